"""Files that a browser saves, under a name in the reader's own letters."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/json; charset=utf-8"
LONGEST_NAME = 100


def download(body: bytes | str, *, name: str, ending: str, content_type: str) -> HttpResponse:
    stem = slugify(name, allow_unicode=True)[:LONGEST_NAME].strip("-") or "scorecard"
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{stem}.{ending}")
    response["X-Content-Type-Options"] = "nosniff"
    return response
