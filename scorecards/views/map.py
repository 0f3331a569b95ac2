from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify

from scorecards.access import get_scorecard
from scorecards.exports.map_png import map_png as render_map_png
from scorecards.exports.map_svg import map_svg as render_map_svg
from scorecards.forms.design import CauseLinkForm
from scorecards.models import CauseLink, Scorecard
from scorecards.selectors.map import map_page
from scorecards.views.pages import show


def map(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, pk)
    page = map_page(scorecard, with_status=_wants_status(request))
    link_form = None
    if scorecard.organization.can_edit:
        link_form = CauseLinkForm(instance=CauseLink(scorecard=scorecard))
    return show(request, "map", scorecard, tab="map", page=page, link_form=link_form)


def map_svg(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, pk)
    drawing = render_map_svg(scorecard, with_status=_wants_status(request))
    return _download(drawing, scorecard, "svg", "image/svg+xml")


def map_png(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, pk)
    picture = render_map_png(scorecard, with_status=_wants_status(request))
    return _download(picture, scorecard, "png", "image/png")


def _download(
    content: bytes | None, scorecard: Scorecard, ending: str, content_type: str
) -> HttpResponse:
    if content is None:
        raise Http404
    name = slugify(f"{scorecard.organization.slug} {scorecard.name}") or "map"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _wants_status(request: HttpRequest) -> bool:
    return request.GET.get("status") != "off"
