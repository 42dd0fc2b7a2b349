"""How a record stands between the version that was approved last and the next one."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from registry.actor import Actor
from registry.approval import versions
from registry.approval.approving import standing_of
from registry.approval.freezing import freeze
from registry.approval.versions import Difference, Step, Version
from registry.definition import Register
from registry.rules.approval import Standing, next_step, not_approvable, not_ready
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import plain_day
from web.rendering import ZONE, plural


@dataclass(frozen=True)
class Told:
    """The words of the brass strip."""

    strong: str
    rest: str


@dataclass(frozen=True)
class Approval:
    """How a record stands between its last approved version and the next."""

    register: Register
    row: Any
    by: Actor
    findings: tuple[Any, ...]

    @cached_property
    def version(self) -> Version | None:
        """The version that was approved last."""
        return versions.find(self.register, self.row, self.row.approved_number, self.by) if self.row.approved_number else None

    @cached_property
    def changes(self) -> list[Difference]:
        """What the reader sees changed since then; linked records without their names."""
        if self.version is None or self.row.is_as_approved:
            return []
        return versions.differences(self.register, self.version.frozen, freeze(self.register, self.row, with_names=False), self.by, is_live=True)

    @property
    def strip(self) -> Told | None:
        """What the brass strip says; None before anything was approved."""
        if self.version is None:
            return None
        advised = f", {self.version.sentence}" if self.version.sentence else ""
        return Told(approved_words(self.version), f"{advised}. {self._since}")

    @property
    def _since(self) -> str:
        if self.row.is_as_approved:
            return "Nothing has changed since then."
        count = len(self.changes)
        if not count:
            return "It has been saved since then, and every answer that you see is as it was."
        return f"{plural(count, 'answer')} {'has' if count == 1 else 'have'} changed since then."

    @cached_property
    def steps(self) -> list[Step]:
        """What was asked and advised since."""
        return [] if self.row.is_as_approved else versions.steps_of(self.register, self.row, self.by)

    @cached_property
    def standing(self) -> Standing:
        """How it stands for the reader."""
        return standing_of(self.register, self.row, self.by, findings=self.findings, steps=self.steps)

    @property
    def next_step(self) -> str:
        """What is due, in a sentence; empty where the record speaks of something else first."""
        return next_step(self.standing)

    @property
    def is_open(self) -> bool:
        """Whether there is anything on the page of its approval to be done or read."""
        return not not_ready(self.standing)

    @property
    def deed(self) -> str:
        """What the link to that page says, for the reader."""
        standing = self.standing
        if standing.waits_for_advice and standing.may_advise:
            return "Give advice"
        if self.can_approve:
            return f"Approve version {standing.number}"
        return self.asks if not self.steps else f"Approval of version {standing.number}"

    @property
    def asks(self) -> str:
        """What the reader asks for: whoever approves it waits for the advice, everybody else for both."""
        return "Ask for advice" if self.standing.may_approve and self.standing.waits_for_advice else "Ask for approval"

    @property
    def can_approve(self) -> bool:
        """Whether the reader may approve it as it is, with reasons where those are needed."""
        return self.standing.may_approve and not not_approvable(self.standing, "reasons")

    @property
    def can_advise(self) -> bool:
        """Whether the reader may advise on it as it is."""
        return self.standing.may_advise and self.is_open


def approved_words(version: Version) -> str:
    """ "Version 2, approved by Hana Whitlow on 4 September 2025"."""
    return f"Version {version.number}, approved by {version.approved_by} on {plain_day(in_zone(version.row.approved_at, ZONE))}"
