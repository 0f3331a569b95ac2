"""The CRM scorecards of the literature, as a start for one's own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Framework:
    """Perspectives from the top (results) down (enablers), and who proposed them."""

    key: str
    title: str | Promise
    source: str
    perspectives: tuple[tuple[str, str | Promise], ...]


FRAMEWORKS = {
    framework.key: framework
    for framework in (
        Framework(
            key="kim-kim-2007",
            title=_("Performance, customer, process, infrastructure"),
            source="Kim & Kim (2007)",
            perspectives=(
                ("PO", _("Organizational performance")),
                ("C", _("Customer")),
                ("P", _("Process")),
                ("I", _("Infrastructure")),
            ),
        ),
        Framework(
            key="kim-suh-hwang-2003",
            title=_("Customer value, satisfaction, interaction, knowledge"),
            source="Kim, Suh & Hwang (2003)",
            perspectives=(
                ("CV", _("Customer value")),
                ("CS", _("Customer satisfaction")),
                ("CI", _("Customer interaction")),
                ("CK", _("Customer knowledge")),
            ),
        ),
    )
}
