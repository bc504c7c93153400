"""What is said to whoever claimed, when the payer has answered. The reference, no amounts, no names of PAs."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

CLAIMS: Mapping[str, NoticeText] = {
    "claim_approved": NoticeText(
        N_("Your claim for training money was approved"),
        N_(
            "Hello %(name)s,\n\nyour claim %(reference)s was approved. Your council writes down the payment when it "
            "comes. Ask them if you have a question. You can read what stands about you and your PAs here:"
        ),
        "/",
    ),
    "claim_rejected": NoticeText(
        N_("Your claim for training money was rejected"),
        N_(
            "Hello %(name)s,\n\nyour claim %(reference)s was rejected. Your council can tell you why, and whether you "
            "can ask anew. You can sign in here:"
        ),
        "/",
    ),
    "claim_needs_action": NoticeText(
        N_("Something more is needed for your claim"),
        N_(
            "Hello %(name)s,\n\nthe payer wants something more before it decides on your claim %(reference)s. Your "
            "council knows what, and works on it with you. You can sign in here:"
        ),
        "/",
    ),
}
