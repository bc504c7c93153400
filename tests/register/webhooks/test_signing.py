"""The signature, checked by the library receivers use."""

import secrets as random
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from lms.register.webhooks.signing import fingerprint, headers, secret

KEY, ID = random.token_urlsafe(40), uuid4()


def test_receivers_can_check_a_message_with_the_secret_they_were_given() -> None:
    ours = secret(KEY, ID, 1)
    sent = headers([ours], message_id="m-1", body=b'{"a":"\xc3\xa9"}', now=datetime.now(UTC))
    assert Webhook(ours).verify(b'{"a":"\xc3\xa9"}', sent) == {"a": "é"}


def test_one_changed_letter_is_seen() -> None:
    ours = secret(KEY, ID, 1)
    sent = headers([ours], message_id="m-1", body=b'{"a":1}', now=datetime.now(UTC))
    for body, told in ((b'{"a":2}', sent), (b'{"a":1}', {**sent, "webhook-id": "m-2"})):
        with pytest.raises(WebhookVerificationError):
            Webhook(ours).verify(body, told)


def test_while_a_secret_is_changed_over_both_count() -> None:
    old, new = secret(KEY, ID, 1), secret(KEY, ID, 2)
    sent = headers([new, old], message_id="m-1", body=b"{}", now=datetime.now(UTC))
    assert Webhook(old).verify(b"{}", sent) == Webhook(new).verify(b"{}", sent) == {}


def test_every_system_turn_and_key_has_a_secret_of_its_own() -> None:
    many = {secret(key, each, turn) for key in (KEY, KEY + "x") for each in (ID, uuid4()) for turn in (1, 2)}
    assert len(many) == len({fingerprint(each) for each in many}) == 8
    assert secret(KEY, ID, 1) in many
