"""The group looks at one screen: a pair, how its answers spread, and no names."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from surveys.access import get_comparison
from surveys.drawings.spread import draw_spread
from surveys.selectors.workshop import FEWEST_SHOWN, Workshop, WorkshopPair, workshop
from surveys.views.pages import show

SPREAD = "spread"


@never_cache
@require_safe
def workshop_screen(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    survey = get_comparison(request.user, org, pk)
    found = workshop(survey)
    order = SPREAD if request.GET.get("order") == SPREAD else ""
    pairs = found.by_spread if order else found.pairs
    shown = _shown(found, pairs, request.GET.get("pair", ""))
    context = {
        "pair": shown,
        "pairs": pairs,
        "order": order,
        "fewest": FEWEST_SHOWN,
    }
    if shown is not None:
        place = pairs.index(shown)
        context |= {
            "place": place + 1,
            "before": pairs[place - 1] if place else None,
            "after": pairs[place + 1] if place + 1 < len(pairs) else None,
            "drawing": draw_spread(shown.counts, shown.group_step),
        }
    return show(request, "workshop", survey, **context)


def _shown(found: Workshop, pairs: tuple[WorkshopPair, ...], item: str) -> WorkshopPair | None:
    """The pair of the address, or the first; None while nothing is compared."""
    if not item:
        return pairs[0] if pairs else None
    pair = found.find(item)
    if pair is None:
        raise Http404
    return pair
