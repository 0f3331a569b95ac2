from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from organizations.models import Organization
from surveys.demo.load import load_demo
from surveys.demo.people import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Load the three published studies as demo data and print the demo accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing where there is an organization already",
        )

    def handle(self, *, if_empty: bool, **options: Any) -> None:
        if settings.SITE_URL.startswith("https://"):
            raise CommandError(
                "The demo's passwords are printed in its manual: it is not for a public site."
            )
        if not Organization.objects.exists():
            # Names that services make up are in the language of the studies.
            with translation.override("id"):
                load_demo()
            self.stdout.write("Loaded the three studies: Lasem, Bayat, Loocs.")
        elif not if_empty:
            raise CommandError("There is data already. The demo needs an empty database.")
        self._print_accounts()

    def _print_accounts(self) -> None:
        self.stdout.write(f"Demo accounts (password of all: {PASSWORD}):")
        for account in ACCOUNTS:
            roles = ", ".join(f"{role.value} of {slug}" for slug, role in account.roles)
            self.stdout.write(f"  {account.email:<28} {roles or 'operator of the site'}")
