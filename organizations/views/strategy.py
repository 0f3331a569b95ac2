from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organizations import services
from organizations.access import get_organization, get_strategy
from organizations.forms.strategy import StrategyForm
from organizations.models import Organization, Role, Strategy, delete_if_unchanged
from organizations.versioned_forms import VersionForm


@require_safe
def strategy(request: HttpRequest, org: str) -> HttpResponse:
    organization = get_organization(request.user, org)
    context = {
        "organization": organization,
        "strategies": organization.strategies.prefetch_related("missions"),
        "nav": "strategy",
    }
    return render(request, "organizations/strategy.html", context)


def strategy_create(request: HttpRequest, org: str) -> HttpResponse:
    organization = get_organization(request.user, org, role=Role.EDITOR)
    return _edit(request, Strategy(organization=organization))


def strategy_edit(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    return _edit(request, get_strategy(request.user, org, pk, role=Role.EDITOR))


def strategy_delete(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    strategy = get_strategy(request.user, org, pk, role=Role.EDITOR)
    form = VersionForm(request.POST or None, initial={"version": strategy.version})
    if request.method == "POST" and form.is_valid():
        delete_if_unchanged(strategy, seen=form.cleaned_data["version"], by=request.user)
        messages.success(request, _("The strategy is deleted."))
        return redirect("organizations:strategy", org=org)
    context = _context(strategy.organization, form) | {"strategy": strategy}
    status = 422 if form.is_bound else 200
    return render(request, "organizations/strategy_delete.html", context, status=status)


def _edit(request: HttpRequest, strategy: Strategy) -> HttpResponse:
    organization = strategy.organization
    if "rearrange" in request.POST:
        return _rearranged(request, strategy)
    form = StrategyForm(request.POST or None, instance=strategy)
    if request.method == "POST" and form.is_valid():
        services.save_strategy(
            strategy=form.instance,
            missions=form.missions,
            seen=form.cleaned_data.get("version"),
            by=request.user,
        )
        messages.success(request, _("Vision and missions are saved."))
        return redirect("organizations:strategy", org=organization.slug)
    status = 422 if form.is_bound else 200
    context = _context(organization, form)
    return render(request, "organizations/strategy_form.html", context, status=status)


def _rearranged(request: HttpRequest, strategy: Strategy) -> HttpResponse:
    """A row's button was pressed: the same page with its rows in their new places."""
    wish = request.POST["rearrange"]
    form = StrategyForm.rearranged(request.POST, wish=wish, instance=strategy)
    context = _context(strategy.organization, form) | {"is_rearranged": True}
    return render(request, "organizations/strategy_form.html", context)


def _context(organization: Organization, form: StrategyForm | VersionForm) -> dict[str, object]:
    return {"organization": organization, "form": form, "nav": "strategy"}
