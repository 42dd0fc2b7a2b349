"""Approved versions: those that a record has, what each froze, and what differs between two of them or from the record as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from models.version import ApprovalStep, ApprovedVersion
from models.vocabulary.advice import Advice
from registry.access import Deed, require
from registry.accounts.colleagues import FORMER, names_of
from registry.actor import Actor
from registry.approval.freezing import Frozen, FrozenAnswer, thaw, visible
from registry.definition import Register
from registry.records import NotFound

NOT_OPENED = tuple(field for name, field in ApprovedVersion._meta.fields.items() if name not in ("answers",))


@dataclass(frozen=True)
class Version:
    """One approved version with the names of those who had to do with it."""

    row: ApprovedVersion
    approved_by: str
    advised_by: str

    @property
    def number(self) -> int:
        """1 for the first, 2 for the next."""
        return int(self.row.number)

    @property
    def sentence(self) -> str:
        """Whose advice came before it; empty where there was none."""
        came = "against the advice of" if self.row.verdict is Advice.AGAINST else "after advice from"
        return f"{came} {self.advised_by}" if self.advised_by else ""

    @cached_property
    def frozen(self) -> Frozen:
        """The record as it was approved."""
        return thaw(str(self.row.answers))


@dataclass(frozen=True)
class Step:
    """Somebody asked for approval, or advised."""

    by: str
    at: datetime
    about: int
    verdict: Advice | None
    words: str
    row: ApprovalStep


@dataclass(frozen=True)
class Difference:
    """One answer that is not the same in both; None where the question is not there."""

    label: str
    before: FrozenAnswer | None
    after: FrozenAnswer | None

    @property
    def words_before(self) -> tuple[str, ...]:
        """The earlier answer."""
        return self.before.words if self.before else ()

    @property
    def words_after(self) -> tuple[str, ...]:
        """The later answer."""
        return self.after.words if self.after else ()


def versions_of(register: Register, row: Any, by: Actor) -> list[Version]:
    """Every approved version of a record, the newest first; what they froze is not read. Raises Forbidden."""
    require(by, Deed.SEE, register)
    return _named([*_about(ApprovedVersion, register, row.id, NOT_OPENED).order_by(ApprovedVersion.number.desc())])


def find(register: Register, row: Any, number: int, by: Actor) -> Version:
    """One approved version of a record with what it froze; raises NotFound or Forbidden."""
    require(by, Deed.SEE, register)
    found = [*_about(ApprovedVersion, register, row.id).where(ApprovedVersion.number == number)]
    if not found:
        raise NotFound("This record has no such version.")
    return _named(found)[0]


def steps_of(register: Register, row: Any, by: Actor) -> list[Step]:
    """What was asked and advised since the record was approved last, the newest first."""
    require(by, Deed.SEE, register)
    query = _about(ApprovalStep, register, row.id).where(ApprovalStep.about > (row.approved_version or 0))
    found = [*query.order_by(ApprovalStep.at.desc(), ApprovalStep.id.desc())]
    names = names_of(step.by for step in found)
    return [Step(names.get(step.by, FORMER), step.at, step.about, step.verdict, str(step.words or ""), step) for step in found]


def differences(register: Register, before: Frozen, after: Frozen, by: Actor, *, is_live: bool = False) -> list[Difference]:
    """The answers that somebody may see and that are not the same, in the order of the later one.

    A question that the register no longer asks is no difference from the live record: nobody changed its answer.
    """
    earlier = {answer.name: answer for answer in visible(register, before, by)}
    later = {answer.name: answer for answer in visible(register, after, by)}
    names = [*later, *(() if is_live else (name for name in earlier if name not in later))]
    found = ((earlier.get(name), later.get(name)) for name in names)
    return [Difference((new or old).label, old, new) for old, new in found if _differ(old, new) and (new or old)]  # type: ignore[union-attr]


def _differ(before: FrozenAnswer | None, after: FrozenAnswer | None) -> bool:
    blank = before is None or before.is_blank, after is None or after.is_blank
    if all(blank):
        return False
    return any(blank) or before.value != after.value  # type: ignore[union-attr]


def _about(table: Any, register: Register, record: UUID, fields: Sequence[Any] = ()) -> Any:
    return table.select(*fields).where((table.register == register.slug) & (table.record == record))


def _named(rows: Sequence[ApprovedVersion]) -> list[Version]:
    names = names_of(person for row in rows for person in (row.approved_by, row.advised_by))

    def name(person: UUID | None) -> str:
        return names.get(person, FORMER) if person else ""

    return [Version(row, name(row.approved_by), name(row.advised_by)) for row in rows]
