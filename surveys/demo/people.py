"""The people of the demo, with addresses that no mail can ever reach."""

from dataclasses import dataclass

from organizations.models import Membership, Organization, Role, User

PASSWORD = "canting-demo"  # noqa: S105 - printed by make run; load_demo refuses a public site


@dataclass(frozen=True)
class DemoAccount:
    email: str
    name: str
    # Role by organization's slug; empty for the site's operator.
    roles: tuple[tuple[str, Role], ...] = ()


ACCOUNTS = (
    DemoAccount("pengurus@lasem.example", "Admin Lasem", (("batik-lasem", Role.ADMIN),)),
    DemoAccount("petugas@lasem.example", "Petugas Data Lasem", (("batik-lasem", Role.EDITOR),)),
    DemoAccount("pengurus@bayat.example", "Admin Bayat", (("batik-bayat", Role.ADMIN),)),
    DemoAccount("pengurus@loocs.example", "Pemilik Toko Loocs", (("toko-loocs", Role.ADMIN),)),
    DemoAccount(
        "peneliti@canting.example",
        "Peneliti",
        (
            ("batik-lasem", Role.RESEARCHER),
            ("batik-bayat", Role.RESEARCHER),
            ("toko-loocs", Role.RESEARCHER),
        ),
    ),
    DemoAccount("operator@canting.example", "Operator"),
)


def make_people(organizations: dict[str, Organization]) -> None:
    """Create every demo account with its memberships."""
    for account in ACCOUNTS:
        if not account.roles:
            User.objects.create_superuser(account.email, PASSWORD, name=account.name)
            continue
        user = User.objects.create_user(account.email, PASSWORD, name=account.name)
        for slug, role in account.roles:
            Membership.objects.create(user=user, organization=organizations[slug], role=role)
