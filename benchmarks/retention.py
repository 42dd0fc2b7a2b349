"""A hundred thousand records under the schedule: from which day on each may go, what the night keeps of that, and five hundred pupils erased."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from benchmarks.house import House, house
from benchmarks.pairs import WORK, Result, seconds
from models.pupil import Pupil
from models.records_disposal import RecordsDisposal
from models.roles import Role
from models.vocabulary import OwnRecords, RollStatus
from registry import records
from registry.catalogue import find
from registry.many.bulk import insert_many
from registry.placing import next_number
from registry.retention import disposing, due, erasing_records, looking, proposing
from registry.trace.audit import recording

PEOPLE, AT_ONCE, GOING, TIMES = 50_000, 5_000, 500, 3
"""Each of these people has one answer about pictures, which makes a hundred thousand records."""

RULES = (
    {"name": "Pupils", "covers": OwnRecords.PUPILS, "trigger": "leaves_school", "years": 2, "rounding": "end_academic_year"},
    {"name": "Decisions", "covers": OwnRecords.IMAGE_DECISIONS, "trigger": "last_relied_on", "years": 3},
)


def measure() -> Iterator[Result]:
    """Each beside its goal, in seconds: of processor time what is worked out, by the clock on the wall what is erased."""
    with house() as there:
        _fill(there)
        many = f"{2 * PEOPLE:,} records"
        worked_out = [_cpu(partial(due.kept, there.occasion.school)) for _ in range(TIMES)]
        yield Result("retention", f"the schedule of {many} worked out", worked_out, 20, "s")
        yield Result("retention", f"the same, kept with its rules at night: {many}", [_cpu(partial(looking.look, there.occasion))], 20, "s")
        row = proposing.propose(OwnRecords.PUPILS, there.occasion)
        head = replace(there.occasion, by=replace(there.occasion.by, role=Role.HEADTEACHER, user=None))
        disposing.approve(row, head, seen=row.version)
        erased = seconds(partial(_erase, row, there))
        yield Result("retention", f"{GOING} pupils erased with their answers, of {many}, and the disk tidied", [erased], 10, "s")


def _erase(row: RecordsDisposal, there: House) -> None:
    done = erasing_records.carry_out(RecordsDisposal.get_by_id(row.id), there.occasion)
    if (done.erased, done.left) != (GOING, 0):
        raise RuntimeError(f"Erased {done.erased} and left {done.left}.")


def _cpu(deed: partial[object]) -> float:
    return seconds(deed, 1, WORK)


def _fill(there: House) -> None:
    for rule in RULES:
        records.add(find("retention-rules"), rule, there.occasion)
    use = records.add(find("image-uses"), {"name": "Website"}, there.occasion)
    for start in range(0, PEOPLE, AT_ONCE):
        span = range(start, start + AT_ONCE)
        _insert(there, "pupils", (
            {"name": f"Ada Quill {number}", "class_name": "6 Oak", "status": RollStatus.LEFT, "left_on": _left(number)} for number in span
        ))  # fmt: skip
        people = Pupil.select(Pupil.id).order_by(Pupil.number).offset(start).limit(AT_ONCE).tuples()
        _insert(there, "image-decisions", ({"person": person, "use": use.id, "decision": "given"} for (person,) in list(people)))


def _left(number: int) -> date:
    """Five hundred left long ago, the others one by one since."""
    return date(2021, 7, 20) if number < GOING else date(2024 + number % 3, 9 - number % 6, 1 + number % 28)


def _insert(there: House, slug: str, rows: Iterator[dict[str, object]]) -> None:
    register = find(slug)
    with recording(there.occasion.by, there.occasion.at) as trace:
        insert_many(trace, register, rows, there.occasion, number=next_number(register, there.occasion.by))
