"""Whatever is sent to a page about money, nothing falls over: a page that says so, or a way back."""

import pytest

from tests.register.test_attacks_posts import fallen
from tests.whole import test_access_funding as pages

who, things = pages.who, pages.things
ASKED = pages.MAY | pages.POSTS
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("turn", range(4))
def test_garbage_is_never_our_mistake(who, things, browser_for, turn):
    wrong = {}
    for pattern, may in list(ASKED.items())[turn::4]:
        name = next((each for each in who if each in may), None)
        if name and (found := fallen(browser_for(who[name]), pattern.format_map(things), pattern)):
            wrong[pattern] = found
    assert wrong == {}
