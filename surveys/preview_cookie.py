"""What somebody tries out in a preview: kept by his browser alone, for an hour.

The signed cookie has the answers by their places, so that nothing of a preview is ever stored
on the site. It is sent to the addresses of answering only.
"""

from dataclasses import asdict, dataclass, field, replace

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT = "surveys.preview"
NAME = "preview"
PATH = "/answer/"
LIFETIME = 60 * 60
# Browsers keep 4096 bytes of a cookie, its name and attributes among them.
MOST_BYTES = 3800
# Row, column, and what was said of the two.
Cells = list[list[int]]


@dataclass(frozen=True)
class Tried:
    """``print``: of which words, in which order, these are the answers. ``submission``: under
    which number they were agreed to; empty until then.

    ``judged`` has the place of the matrix, of row and column, and the strength, below zero where
    the column is preferred; ``rated`` the candidate's place, its points and the remark.
    """

    org: str
    survey: int
    print: int = 0
    submission: str = ""
    sent: bool = False
    declined: str | None = None
    judged: Cells = field(default_factory=list)
    kept: list[list[float]] = field(default_factory=list)
    back: list[tuple[int, str]] = field(default_factory=list)
    rated: list[tuple[int, int, str]] = field(default_factory=list)
    proposed: list[tuple[str, str]] = field(default_factory=list)


def keep_preview(response: HttpResponse, tried: Tried) -> None:
    response.set_cookie(
        NAME,
        _fitting(tried),
        max_age=LIFETIME,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def end_preview(response: HttpResponse) -> None:
    response.delete_cookie(NAME, path=PATH, samesite="Lax")


def read_preview(request: HttpRequest) -> Tried | None:
    """What is being tried in this browser, on addresses of answering."""
    try:
        content = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=LIFETIME)
        return Tried(**content)
    except (signing.BadSignature, TypeError):
        return None


def _fitting(tried: Tried) -> str:
    """Texts go first where there is more than a cookie holds, then the answers to the end."""
    text = _signed(tried)
    if len(text) > MOST_BYTES:
        plain = [(place, points, "") for place, points, _remark in tried.rated]
        tried = replace(
            tried,
            rated=plain,
            proposed=[(name, "") for name, _reason in tried.proposed[:1]],
            back=[(place, "") for place, _reason in tried.back],
            declined=None if tried.declined is None else "",
            kept=[],
        )
        text = _signed(tried)
    while len(text) > MOST_BYTES and (tried.judged or tried.rated):
        tried = replace(
            tried,
            judged=tried.judged[: len(tried.judged) * 3 // 4],
            rated=tried.rated[: len(tried.rated) * 3 // 4],
        )
        text = _signed(tried)
    return text


def _signed(tried: Tried) -> str:
    return signing.dumps(asdict(tried), salt=SALT, compress=True)
