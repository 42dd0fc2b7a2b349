"""What the pages of approved versions show: the strip on a record, one version, what differs, and the way to the next approval."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from models.vocabulary.advice import Advice
from registry.approval import versions
from registry.approval.approving import Seen
from registry.approval.freezing import FrozenAnswer, freeze, visible
from registry.approval.versions import Difference, Version
from registry.lists.views import sees_findings
from registry.records import NotFound
from registry.rules.approval import needs_reasons, not_ready
from web.approval_view import Approval, approved_words
from web.ids_and_numbers import number_in
from web.plain_forms import Asked, Form, options
from web.record_view import RecordPage

NOW = "now"
MAY_BE_EMPTY = "You may leave this empty. It is kept sealed."


@dataclass(frozen=True)
class ApprovalPage:
    """The page on which a record is asked for, advised on and approved."""

    shown: RecordPage
    approval: Approval
    form: Form

    @property
    def changes(self) -> list[Difference]:
        """What differs from the version before, with the names of linked records."""
        version = self.approval.version
        return versions.differences(*_sides(self.shown, version, None), self.shown.by, is_live=True) if version else []

    @property
    def can_ask(self) -> bool:
        """Whether all that the reader can do is to ask others."""
        standing = self.approval.standing
        goes_further = self.approval.can_approve or (standing.waits_for_advice and standing.may_advise)
        return self.shown.may_change and self.approval.is_open and not goes_further

    @property
    def in_the_way(self) -> str:
        """Why it cannot be put forward."""
        return not_ready(self.approval.standing)


@dataclass(frozen=True)
class VersionPage:
    """One approved version, laid out as the record's page was."""

    shown: RecordPage
    version: Version

    @property
    def sections(self) -> Iterator[tuple[str, list[FrozenAnswer], list[FrozenAnswer]]]:
        """(heading, answers, those that nobody gave) of every section in which something was asked and may be seen."""
        asked = [answer for answer in visible(self.shown.register, self.version.frozen, self.shown.by) if answer.was_asked]
        for title in dict.fromkeys(answer.section for answer in asked):
            here = [answer for answer in asked if answer.section == title]
            yield title, [answer for answer in here if not answer.is_blank], [answer for answer in here if answer.is_blank]

    def to(self, answer: FrozenAnswer, record: UUID) -> str:
        """Where a linked record stands now."""
        return url_for("pages.record", slug=answer.name, record=record)

    @property
    def seal(self) -> bytes:
        """The keyed digest of what was frozen, which paper can be held against."""
        return bytes.fromhex(self.version.row.digest)

    @property
    def tells_findings(self) -> bool:
        """Whether the reader may know how many findings there were: a count tells of answers."""
        return sees_findings(self.shown.register, self.shown.by)

    @property
    def approved(self) -> str:
        """Who approved it and when."""
        return approved_words(self.version)


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions, or between one and the record as it is now."""

    shown: RecordPage
    before: Version
    after: Version | None

    @property
    def differences(self) -> list[Difference]:
        """The answers that differ, as far as the reader may see them."""
        return versions.differences(*_sides(self.shown, self.before, self.after), self.shown.by, is_live=self.after is None)

    @property
    def title(self) -> str:
        """What is compared."""
        return f"Version {self.before.number} and {f'version {self.after.number}' if self.after else 'now'}"


def _sides(shown: RecordPage, before: Version, after: Version | None) -> tuple[Any, Any, Any]:
    return shown.register, before.frozen, after.frozen if after else freeze(shown.register, shown.row)


def approval_of(shown: RecordPage) -> Approval:
    """How a record stands; raises NotFound where its register has no versions."""
    if shown.approval is None:
        raise NotFound(f"There are no versions of {shown.register.many}.")
    return shown.approval


def blank_form(approval: Approval) -> Form:
    """What may be asked of the reader on the way to an approval."""
    must = needs_reasons(approval.standing)
    why = ("Why do you approve it as it is?", "It is kept sealed, with the version.") if must else ("Anything to add?", MAY_BE_EMPTY)
    return Form(
        [
            Asked(name="asking", label="What should they know?", kind="text", hint=MAY_BE_EMPTY),
            Asked(name="verdict", label="What do you advise?", kind="choice", options=options(Advice), required=True),
            Asked(name="words", label="What should be different, and why?", kind="text", hint="Needed unless you agree. It is kept sealed."),
            Asked(name="reasons", label=why[0], kind="text", hint=why[1], required=must),
        ]
    )


def seen_in(form: Mapping[str, Any], row: Any) -> Seen:
    """The version that a form was filled in for."""
    return Seen(row.id, number_in(form.get("version", ""), 9) or 0)
