from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from surveys.services.reminders import Reminded, Result, Rhythm, send_reminders

USUAL = Rhythm()


class Command(BaseCommand):
    help = (
        "Remind experts by e-mail who have not finished an open questionnaire. Meant for a daily "
        "timer; may run twice at the same time and still sends each reminder once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name, default, text in (
            ("after", USUAL.after, "remind first so many days after the invitation"),
            ("every", USUAL.every, "and again every so many days"),
            ("before", USUAL.before, "and in any case so many days before the last moment"),
        ):
            parser.add_argument(
                f"--{name}", type=int, default=default, metavar="DAYS", help=f"{text} ({default})"
            )
        parser.add_argument("--dry-run", action="store_true", help="print who is due, send nothing")

    def handle(self, *, after: int, every: int, before: int, dry_run: bool, **options: Any) -> None:
        if after < 0 or every < 1 or before < 0:
            raise CommandError("--after and --before take 0 or more days, --every at least 1.")
        if not settings.MAIL_IS_SENT:
            raise CommandError("There is no mail server: set CANTING_EMAIL_HOST first.")
        rhythm = Rhythm(after=after, every=every, before=before)
        counts: Counter[Result] = Counter()
        for reminded in send_reminders(rhythm=rhythm, now=timezone.now(), dry_run=dry_run):
            counts[reminded.result] += 1
            self.stdout.write(_line(reminded))
        self.stdout.write(_sum(counts, dry_run=dry_run))


def _line(reminded: Reminded) -> str:
    """By code: names and addresses have no place in the log of a timer."""
    survey, invitation = reminded.survey, reminded.expert.invitation
    slug = survey.scorecard.organization.slug
    return f"{slug}, questionnaire {survey.pk}, {invitation.code}: {reminded.result}"


def _sum(counts: Counter[Result], *, dry_run: bool) -> str:
    if dry_run:
        return f"{counts[Result.DUE]} due, nothing sent (dry run)."
    return f"{counts[Result.SENT]} sent, {counts[Result.FAILED]} failed."
