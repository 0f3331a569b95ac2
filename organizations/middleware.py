from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db.models import Field
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.held_forms import hold
from organizations.models import EditConflict, Versioned
from organizations.views.sign_in import sign_in_page

NOT_TYPED = ("csrfmiddlewaretoken", "version")
LAST_ORGANIZATION = "last_organization"


def organization_in_use(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Remembers where a person works, and leaves no organization's clock to the next request."""

    def handle(request: HttpRequest) -> HttpResponse:
        try:
            response = get_response(request)
        finally:
            timezone.deactivate()  # access.get_organization activates it
        match = request.resolver_match
        org = match.kwargs.get("org") if match and request.user.is_authenticated else None
        if response.status_code == 200 and org and request.session.get(LAST_ORGANIZATION) != org:
            request.session[LAST_ORGANIZATION] = org
        return response

    return handle


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Closed by default. Who sent a form after the session's end is told what became of it."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponse]
    ) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        if not request.accepts("text/html"):
            return JsonResponse({"error": "signed-out"}, status=401)
        held = hold(request)
        if held:
            return sign_in_page(request, held)
        messages.warning(
            request,
            _(
                "You need to sign in again. What you just sent is not saved: go back, copy what "
                "you typed, sign in, and send it again."
            ),
        )
        # To the page with the form: the address that it was sent to may have no page to show.
        form_page = urlsplit(request.META.get("HTTP_REFERER", "")).path or request.path
        return redirect_to_login(
            form_page, self.get_login_url(view_func), self.get_redirect_field_name(view_func)
        )


class EditConflictMiddleware:
    """Answer an edit that came too late with both values, and a way to go on with either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, EditConflict):
            if exception.current is None and not request.accepts("text/html"):
                # To a script it is what it would be a moment later.
                return JsonResponse({"error": "gone"}, status=404)
            return conflict_page(request, exception)
        return None


def conflict_page(request: HttpRequest, conflict: EditConflict) -> HttpResponse:
    """Show what both editors have; where the row still stands, one press saves the second's."""
    current = conflict.current
    what = current or conflict.submitted
    context = {
        "what": f"{what._meta.verbose_name}: {what}" if what else "",
        "gone": current is None,
        "deletes": conflict.submitted is None,
        "who": current.saved_by if current else None,
        "when": current.saved_at if current else None,
        "fields": _fields(conflict),
        "back_url": request.path if current else "",
    }
    if current is not None:
        # The same form once more, now knowing the newer version.
        context["action_url"] = request.get_full_path()
        context["resubmit"] = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_TYPED
            for value in values
        ] + [("version", current.version)]
    return render(request, "409.html", context, status=409)


def _fields(conflict: EditConflict) -> list[tuple[str, object, object]]:
    """The fields in which the two differ: label, yours, theirs.

    Of a row that is gone: what was typed, without what a new form begins with anyway.
    """
    theirs, yours = conflict.current, conflict.submitted
    if yours is None:
        return conflict.more
    own = [
        (
            field.verbose_name,
            _shown(yours, field.name),
            _shown(theirs, field.name) if theirs else None,
        )
        for field in yours._meta.concrete_fields
        if field.editable
        and (
            _is_typed(yours, field)
            if theirs is None
            else getattr(yours, field.attname) != getattr(theirs, field.attname)
        )
    ]
    return own + conflict.more


def _is_typed(instance: Versioned, field: Field) -> bool:
    value = getattr(instance, field.attname)
    return not field.primary_key and value not in (None, "", [], {}, field.get_default())


def _shown(instance: Versioned, name: str) -> object:
    display = getattr(instance, f"get_{name}_display", None)
    value = display() if display else getattr(instance, name)
    if isinstance(value, dict):
        value = list(value.values())
    return ", ".join(map(str, value)) if isinstance(value, list) else value
