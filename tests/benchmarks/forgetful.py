"""Settings of a site with a fault: it confirms an answer at once and stores it a second later."""

import json
from collections.abc import Callable
from threading import Timer

from django.http import HttpRequest, HttpResponse, JsonResponse

from benchmarks.settings import *  # noqa: F403
from benchmarks.settings import MIDDLEWARE as SOUND_MIDDLEWARE

MIDDLEWARE = [*SOUND_MIDDLEWARE, f"{__name__}.confirm_first"]
DELAY = 1.0

View = Callable[[HttpRequest], HttpResponse]


def confirm_first(get_response: View) -> View:
    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.endswith("/judgements/"):
            return get_response(request)
        sent = json.loads(request.body)
        Timer(DELAY, get_response, [request]).start()
        value = {"preferred": sent["preferred"], "strength": sent["strength"]}
        return JsonResponse({"value": value, "seq": sent["seq"]})

    return middleware
