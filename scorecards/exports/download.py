"""Files that a browser saves, under a name in the reader's own letters."""

from collections.abc import Iterable, Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.text import slugify

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/json; charset=utf-8"
CSV = "text/csv; charset=utf-8"
LONGEST_NAME = 100


def file_name(name: str, ending: str) -> str:
    stem = slugify(name, allow_unicode=True)[:LONGEST_NAME].strip("-") or "scorecard"
    return f"{stem}.{ending}"


def download(body: bytes | str, *, name: str, ending: str, content_type: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    _save_as(response, file_name(name, ending))
    return response


def download_pieces(
    pieces: Iterable[str], *, name: str, ending: str, content_type: str
) -> StreamingHttpResponse:
    """A large text that goes out while it is made."""
    response = StreamingHttpResponse(_in_language(pieces), content_type=content_type)
    _save_as(response, file_name(name, ending))
    return response


def _save_as(response: HttpResponseBase, name: str) -> None:
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"


def _in_language(pieces: Iterable[str]) -> Iterator[bytes]:
    """In the language of the request, which is over when the pieces are made."""
    language = translation.get_language()
    each = iter(pieces)
    while True:
        with translation.override(language):
            piece = next(each, None)
        if piece is None:
            return
        yield piece.encode()
