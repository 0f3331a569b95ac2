"""Fingers that wait until a page has arrived, with its scripts.

A page is seen, and can be used, before its scripts have run: that is meant so. What a test says
about scripts is true only afterwards, and on a slow machine a browser's driver is faster than they.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from playwright.sync_api import Locator

ACTS = ("check", "clear", "click", "fill", "press", "press_sequentially", "select_option", "tap")
ACTS += ("set_checked", "set_input_files", "uncheck")


def be_patient() -> None:
    """Before anything is done with a page's element, the page has loaded."""
    for name in ACTS:
        setattr(Locator, name, _after_loading(getattr(Locator, name)))


def _after_loading(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def patient(self: Locator, *args: Any, **kwargs: Any) -> Any:
        self.page.wait_for_load_state()
        return act(self, *args, **kwargs)

    return patient
