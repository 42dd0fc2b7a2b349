"""What stands in a letter: that there is something, its reference, and the link to it; never a name, and no word of a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from itertools import groupby
from urllib.parse import urlsplit
from uuid import UUID

from models.mail import MailSettings

PROGRAM = "Safehold"
WHY_SO_SHORT = "Letters from Safehold hold no names and no details, because e-mail is not sealed. Sign in to see more."


@dataclass(frozen=True)
class DigestLine:
    """One line of a digest: what waits, as a sentence without a name or a full stop, where it leads, and in which school."""

    sentence: str
    path: str
    school: str


def news_text(sentence: str, path: str, settings: MailSettings) -> str:
    """The text of a letter about one thing."""
    return "\n\n".join((f"{sentence}.", f"See it here:\n{settings.base_address}{path}", *_end(settings)))


def digest_text(lines: Sequence[DigestLine], settings: MailSettings) -> str:
    """The text of a digest; with the names of the schools when there are several."""
    schools = {line.school for line in lines}
    parts = []
    for school, those in groupby(lines, key=lambda line: line.school):
        if len(schools) > 1:
            parts.append(f"{school}\n{'-' * len(school)}")
        parts += [f"{line.sentence}:\n{settings.base_address}{line.path}" for line in those]
    start = "This is what waits for you." if len(lines) != 1 else "One thing waits for you."
    return "\n\n".join((start, *parts, *_end(settings)))


def trial_text(settings: MailSettings) -> str:
    """The text of the letter by which somebody sees that mail works."""
    return f"Mail works: this letter was sent by {PROGRAM}, because you pressed the button for it.\n\n{settings.base_address}/settings/mail"


def addressed(
    subject: str, text: str, settings: MailSettings, *, to: str, named: UUID, at: datetime, sender: str = PROGRAM
) -> EmailMessage:
    """A letter ready to be sent. Its Message-ID comes from the row it is kept in, so that it is the same however often it is tried."""
    letter = EmailMessage()
    letter["From"] = formataddr((sender, settings.sender))
    letter["To"] = to
    letter["Subject"] = subject
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = f"<{named.hex}@{urlsplit(settings.base_address).hostname}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text + "\n", cte="quoted-printable")
    return letter


def _end(settings: MailSettings) -> tuple[str, str]:
    return WHY_SO_SHORT, f"How often you get these letters is your choice:\n{settings.base_address}/account"
