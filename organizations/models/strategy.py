from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models.organization import Organization
from organizations.models.versioned import Versioned


class Strategy(Versioned):
    """What an organization wants to become in some years: a vision and ordered missions."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="strategies"
    )
    start_year = models.PositiveSmallIntegerField(_("first year"))
    end_year = models.PositiveSmallIntegerField(_("last year"))
    vision = models.TextField(_("vision"), max_length=1000)

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["-start_year", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_year__gte=models.F("start_year")),
                name="strategy_years_in_order",
                violation_error_message=_("The last year can't be before the first year."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.start_year}–{self.end_year}"


class Mission(models.Model):
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="missions")
    order = models.PositiveSmallIntegerField()
    text = models.TextField(_("mission"), max_length=1000)

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text
