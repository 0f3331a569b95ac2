"""How many examples property tests try: few by default, 10 000 when asked.

HYPOTHESIS_PROFILE=thorough pytest tests/scorecards/methods
"""

import os

from hypothesis import settings


def load_profile() -> None:
    settings.register_profile("quick", max_examples=60, deadline=None)
    settings.register_profile("thorough", max_examples=10_000, deadline=None)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
