"""What tests need otherwise: no secret to set up, cheap passwords, plain static files."""

import os

os.environ.setdefault("CANTING_SECRET_KEY", "the-secret-key-of-the-tests-long-enough-to-be-taken")

from scorecard_site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": PLAIN_STATIC}}  # noqa: F405
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # nothing is collected
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # noqa: F405
MAIL_IS_SENT = True
MAIL_IS_BESIDE = False  # another thread doesn't see what a test's transaction holds
