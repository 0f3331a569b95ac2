"""How gunicorn serves the site. Templates are the ceiling, so: processes for the cores, and
threads so that one slow phone doesn't hold a process."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

# Our matrices are small: threads that share one product wait for each other longer than they work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

wsgi_app = "scorecard_site.wsgi:application"
bind = os.environ.get("CANTING_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("CANTING_WORKERS", "2"))
worker_class = "gthread"
threads = 4
timeout = 30  # above the 20 s that a writer may wait for SQLite's lock
graceful_timeout = 30
loglevel = "warning"
# No access log: the reverse proxy writes one. Paths carry secrets (scorecard_site/logs.py).
accesslog = None
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Refuse a database that this version can't work with, before anybody is let in.

    In a process of its own: workers must not inherit a connection.
    """
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-m", "scorecard_site.schema"]
    environment = {"DJANGO_SETTINGS_MODULE": "scorecard_site.settings", **os.environ}
    if subprocess.run(command, cwd=root, env=environment, check=False).returncode:  # noqa: S603
        sys.exit(1)
