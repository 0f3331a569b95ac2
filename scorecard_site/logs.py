"""Keeps the secrets that addresses carry out of the logs."""

import logging
import re
import time

# Whoever holds one of these addresses may act with it: invitations of experts and of staff,
# and password resets. Questionnaire codes (q/) are public.
SECRET_PATHS = re.compile(r"(/(?:a|join|password-reset)/)[^\s?\"']+")
# From the beginning of a word, so that a long one is looked through once.
QUERY_STRINGS = re.compile(r"(?<![^\s?\"'])([^\s?\"'/]*+/[^\s?\"']*+)\?[^\s\"']+")


def hide_secrets(text: str) -> str:
    return QUERY_STRINGS.sub(r"\1?…", SECRET_PATHS.sub(r"\1…", text))


class HideSecrets(logging.Filter):
    """Rewrites the finished message, so that no formatter sees the secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        # One line each: nobody writes a line of their own into the log through an address.
        record.msg = hide_secrets(record.getMessage()).replace("\r", "\\r").replace("\n", "\\n")
        record.args = ()
        return True


class UTCFormatter(logging.Formatter):
    """Logs of several machines are read side by side, so they all keep one clock."""

    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"
