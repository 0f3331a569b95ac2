"""The site's own settings, with one more address: the empty view that the pages stand beside."""

from scorecard_site.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
