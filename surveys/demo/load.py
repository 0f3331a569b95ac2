from django.db import transaction

from organizations.models import Organization, User
from surveys.demo.bayat import make_bayat
from surveys.demo.lasem import make_lasem
from surveys.demo.loocs import make_loocs
from surveys.demo.people import make_people
from surveys.study_data import study_data

ORGANIZATIONS = (
    {
        "slug": "batik-lasem",
        "kind": Organization.Kind.COOPERATIVE,
        "regency": "Rembang",
        "province": "Jawa Tengah",
    },
    {
        "slug": "batik-bayat",
        "kind": Organization.Kind.BUSINESS,
        "regency": "Klaten",
        "province": "Jawa Tengah",
    },
    {"slug": "toko-loocs", "kind": Organization.Kind.BUSINESS},
)
STUDY_MAKERS = {"batik-lasem": make_lasem, "batik-bayat": make_bayat, "toko-loocs": make_loocs}


@transaction.atomic
def load_demo() -> None:
    """Make the three published studies, and people who may look at and change them."""
    organizations = {}
    for fields in ORGANIZATIONS:
        printed = study_data(fields["slug"])["organization"]
        organizations[fields["slug"]] = Organization.objects.create(
            name=printed["name"], sector=printed["sector"]["id"], **fields
        )
    make_people(organizations)
    for slug, make in STUDY_MAKERS.items():
        admin = User.objects.get(memberships__organization__slug=slug, memberships__role="admin")
        make(organizations[slug], admin)
