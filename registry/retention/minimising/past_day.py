"""Records that stand although the schedule lets them go: nobody proposed it, it is proposed, or a hold keeps them; boxes as well."""

from collections.abc import Iterable, Iterator
from datetime import date

from models.records_disposal import RecordsDisposal
from models.vocabulary import RecordsDisposalStage, RecordsKind
from registry.catalogue import find as register_of
from registry.lists.views import View
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.retention import due, own
from registry.retention.due import Dated, Kept
from registry.retention.minimising.surplus import EXAMPLES, Example, Surplus, counted, these
from registry.rules import minimise
from registry.rules.school_facts import SchoolFacts

WAITING = (RecordsDisposalStage.PROPOSED, RecordsDisposalStage.APPROVED, RecordsDisposalStage.UNDER_WAY)


def past_day(school: SchoolFacts) -> tuple[Surplus, ...]:
    """Everything whose day has gone by, the oldest first."""
    if school.today is None:
        return ()
    proposed = due.on_disposals()
    found = [each for kept in due.kept(school) for each in _of_kind(kept, proposed)]
    return counted([*found, _elsewhere(school.today)])


def _of_kind(kept: Kept, proposed: Iterable[object]) -> Iterator[Surplus]:
    free = [each for each in kept.due if each.record not in proposed]
    on_list = [each for each in kept.due if each.record in proposed]
    yield _late(kept, free, "nobody proposed that they go")
    yield _late(kept, on_list, "their disposal has begun", is_proposed=True)
    yield _late(kept, kept.held, "a hold keeps them", is_held=True)


def _late(kept: Kept, rows: Iterable[Dated], why: str, *, is_held: bool = False, is_proposed: bool = False) -> Surplus:
    late = sorted((each.on, each.number, each.record) for each in rows if each.on and each.on < kept.today)
    oldest = late[0][0] if late else None
    says = minimise.over_kept(oldest, kept.today, is_held, is_proposed=is_proposed, what=_what(len(late)))
    register = register_of(own.KINDS[kept.covers].register)
    first = tuple(Example(record, number) for _on, number, record in late[:EXAMPLES])
    return Surplus(register, f"{kept.covers.label}: {why}", len(late), says, first, covers=kept.covers)


def _elsewhere(today: date) -> Surplus:
    """Boxes and what other systems keep are known of here once somebody proposed that they go."""
    table = RecordsDisposal
    is_late = (table.due_on < today) & table.stage.in_(WAITING) & (table.records != RecordsKind.OWN) & table.archived_at.is_null()
    rows = [*table.select(table.id, table.number, table.due_on).where(is_late).order_by(table.due_on, table.number).tuples()]
    every = [Example(record, number) for record, number, _on in rows]
    says = minimise.over_kept(rows[0][2] if rows else None, today, is_proposed=True, what=_what(len(rows)))
    view = these(every, View(sort="due_on"))
    return Surplus(RECORDS_DISPOSALS, "Boxes, files and other systems", len(rows), says, tuple(every[:EXAMPLES]), view)


def _what(many: int) -> str:
    return "It" if many == 1 else "The oldest"
