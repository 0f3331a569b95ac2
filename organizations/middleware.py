from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organizations.models import EditConflict, Versioned


@dataclass(frozen=True)
class Difference:
    label: str
    yours: object
    theirs: object


def differences(conflict: EditConflict) -> list[Difference]:
    """The fields in which the two edits differ, in the words of the page."""
    theirs, yours = conflict.current, conflict.submitted
    if theirs is None or yours is None:
        return []
    return [
        Difference(field.verbose_name, _shown(yours, field.name), _shown(theirs, field.name))
        for field in yours._meta.concrete_fields
        if field.editable and getattr(yours, field.attname) != getattr(theirs, field.attname)
    ]


def _shown(instance: Versioned, name: str) -> object:
    display = getattr(instance, f"get_{name}_display", None)
    return display() if display else getattr(instance, name)


class EditConflictMiddleware:
    """Answer an edit that came too late with both values, and a way to go on with either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, EditConflict):
            return None
        current = exception.current
        context = {
            "current": current,
            "differences": differences(exception),
            "deletes": exception.submitted is None,
            # Pressing "save mine" sends the same form again, now knowing the newer version.
            "resend": [
                (name, value)
                for name, values in request.POST.lists()
                if name not in ("csrfmiddlewaretoken", "version")
                for value in values
            ],
        }
        return render(request, "409.html", context, status=409)
