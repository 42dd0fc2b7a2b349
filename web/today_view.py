"""What the first page says of each thing that needs somebody: the title, where it leads, and how near its day is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from flask import url_for

from registry.access import Deed
from registry.accounts.colleagues import FORMER, names_of
from registry.actor import Actor
from registry.needs.needs import Line
from registry.needs.owners import owners_by_name, post
from registry.rules.finding import Severity
from registry.rules.plain_dates import full_day
from registry.schema import names_for
from web.rendering import plural

NAMED = 3
"""Posts that are named; of more it is said that there are others."""

ICONS = {Severity.ERROR.value: ("stop", "sh-error"), Severity.WARNING.value: ("warn", "sh-warn")}


@dataclass(frozen=True)
class Shown:
    """One line of the first page."""

    line: Line
    by: Actor
    today: date
    asked: str = ""  # who was asked to see to it
    named: str = ""  # who answers for the record by name, where no post does

    @property
    def title(self) -> str:
        """What is to be done, with what."""
        what = self.line.record.name if self.line.record else plural(self.line.many, self.line.register.one, self.line.register.many)
        if self.line.deadline:
            return f"{self.line.deadline.words}: {what}"
        return f"{what}: {'an error' if self.line.severity == Severity.ERROR.value else 'a warning'} to mend" if self.line.record else f"Mend {what}"

    @property
    def owner(self) -> str:
        """Who was asked to see to it, or else the posts or the person that answer for it."""
        owners = self.line.owners
        return self.asked or ", ".join(map(post, owners[:NAMED])) + " and others" * (len(owners) > NAMED) or self.named

    @property
    def soft(self) -> str:
        """What else is worth knowing before opening it."""
        several = "All due on this day" if self.line.deadline else "Found by the rules of the register"
        kind = self.line.register.one if self.line.record else several
        posts = "Owners" if len(self.line.owners) > 1 else "Owner"
        whose = "You were asked to see to it." if self._is_asked_of_reader else f"{posts}: {self.owner}." if self.owner else ""
        return f"{kind[:1].upper()}{kind[1:]}. {whose}".strip()

    @property
    def href(self) -> str:
        """Where the one click leads: to the question that mends it, to the record for those who read, or to the list of several."""
        slug, record = self.line.register.slug, self.line.record
        if record is None:
            due = self.line.due.isoformat() if self.line.due else ""
            asked = {"register": slug, "severity": self.line.severity, "code": self.line.code, "due": due}
            return f"{url_for('findings.listing_page')}?{urlencode({name: value for name, value in asked.items() if value})}"
        if self.line.question in names_for(self.line.register, self.by, Deed.CHANGE):
            section = self.line.register.section_of(self.line.question).slug
            return f"{url_for('forms.change', slug=slug, record=record.id, section=section)}#{self.line.question}"
        return url_for("pages.record", slug=slug, record=record.id)

    @property
    def more(self) -> str:
        """Where it is passed on, put off or said to be done; empty for what can only be read, and for several at once."""
        if self.line.record is None:
            return ""
        return url_for("findings.one", slug=self.line.register.slug, record=self.line.record.id, code=self.line.rule)

    @property
    def icon(self) -> tuple[str, str]:
        """Its icon and tone: late and statutory worst."""
        if self.line.due:
            return ("stop", "sh-error") if self.is_late else ("warn", "sh-warn") if self._days <= 3 else ("note", "sh-soft")
        return ICONS.get(self.line.severity, ("note", "sh-soft"))

    @property
    def lateness(self) -> str:
        """How late it is, or how soon it is due."""
        if self.line.due is None:
            return ""
        if self.is_late:
            return f"{plural(-self._days, 'day')} late"
        return ("Today", "Tomorrow")[self._days] if self._days < 2 else f"In {plural(self._days, 'day')}"

    @property
    def is_late(self) -> bool:
        """Whether its day is over."""
        return self._days < 0

    @property
    def day(self) -> str:
        """Its day in words."""
        return full_day(self.line.due) if self.line.due else ""

    @property
    def _is_asked_of_reader(self) -> bool:
        return self.line.assigned_to is not None and self.line.assigned_to == self.by.user

    @property
    def _days(self) -> int:
        return (self.line.due - self.today).days if self.line.due else 0


def shown(lines: Iterable[Line], by: Actor, today: date) -> list[Shown]:
    """These lines for a reader, with the names of who was asked and of who answers for it."""
    lines = [*lines]
    asked: dict[UUID | None, str] = names_of(line.assigned_to for line in lines)
    owners = owners_by_name(((line.register, line.record.id) for line in lines if line.record and not line.owners), by)
    return [
        Shown(line, by, today, asked.get(line.assigned_to, FORMER) if line.assigned_to else "", owners.get(line.record.id, "") if line.record else "")
        for line in lines
    ]
