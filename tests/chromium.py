"""Finding the browser of the machine the tests run on."""

import os
import shutil

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str | None:
    """Where a Chromium is on this machine; LMS_TEST_BROWSER names another one."""
    given = os.environ.get("LMS_TEST_BROWSER")
    return given or next((path for name in _NAMES if (path := shutil.which(name))), None)
