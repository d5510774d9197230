"""The e-mail digest: printed, or sent where a mail server is set."""

from __future__ import annotations

from pathlib import Path

import click

from amparo.cli import terminal
from amparo.cli.desk import home_option, ready
from amparo.cli.library import amparo
from amparo.errors import MailNotSet


@amparo.command()
@home_option
@click.option("--send", is_flag=True, help="Send them by the mail server in AMPARO_SMTP_URL; else they are printed.")
def digest(*, home: Path, send: bool) -> None:
    """Tell each person who chose so which days run in their cases: by reference and procedure, never by name.

    Run it once a day. Each person gets it as often as they chose on the desk, and once a day at most.

    \b
    Examples:
      amparo digest
      AMPARO_SMTP_URL=smtp://user:password@mail.example.org:587 amparo digest --send
    """
    ready(home)
    from django.conf import settings
    from django.core.mail import send_mail
    from django.utils import timezone

    from amparo.casework.actions.feeds import digest_sent, digests_due

    if send and not settings.AMPARO_SMTP_URL:
        raise click.ClickException(str(MailNotSet()))
    today, count = timezone.localdate(), 0
    for due in digests_due(today=today):
        if send:
            send_mail(due.letter.subject, due.letter.body, None, [due.user.email])
            digest_sent(due, today=today)
        else:
            click.echo(f"{due.user.username} <{due.user.email}>\n{due.letter.subject}\n\n{due.letter.body}\n")
        count += 1
    terminal.tell(f"{count} sent." if send else f"{count} due today.")
