"""The server's entry point: `gunicorn -c python:scorecard_site.server`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scorecard_site.settings")
application = get_wsgi_application()
