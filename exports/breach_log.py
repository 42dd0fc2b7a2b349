"""The log of all breaches, reported or not: facts, effects, what was done, what was decided and why (UK GDPR Article 33(5)).

Times are by the clock of the school with their zone, so that the hour which comes twice in October is not mistaken. Names of people are not in it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from exports.csv_file import write
from exports.finished_workbook import FinishedWorkbook
from exports.paper import Letterhead, Paper, Part
from exports.register_paper import paper_of
from exports.workbook import Column, Kind, Page, written
from models.breach import Breach
from models.breach_entry import BreachEntry
from models.breach_judgement import BreachJudgement
from models.breach_person import BreachPerson
from models.vocabulary import BreachStage, EntryKind, JudgementKind
from registry.access import Deed, require
from registry.kinds import kind_of
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.rules import breach_clock
from registry.trace.audit import Happened, recording

TITLE = "Log of breaches"
ANSWERS: tuple[tuple[str, Any], ...] = (
    ("Kind", Breach.kind),
    ("Happened", Breach.occurred_at),
    ("First noticed", Breach.discovered_at),
    ("Aware", Breach.aware_at),
    ("What happened", Breach.narrative),
    ("Kinds of data", Breach.data_kinds),
    ("Whose data", Breach.people_kinds),
    ("People affected", Breach.people_count),
    ("Possible consequences", Breach.effects),
    ("Actual harm", Breach.harm),
    ("Measures taken", Breach.measures_taken),
    ("Measures planned", Breach.measures_planned),
    ("Decision about the regulator", Breach.decision),
    ("Regulator told", Breach.told_at),
    ("Regulator’s reference", Breach.regulator_reference),
    ("Reason for delay", Breach.delay_reason),
    ("Telling people", Breach.people_decision),
    ("Causes", Breach.causes),
    ("What changes", Breach.changes),
    ("Stage", Breach.stage),
    ("Closed", Breach.closed_at),
)
WORKED_OUT = {"Aware": "Last moment to tell the regulator", "Decision about the regulator": "Decided", "Regulator told": "In time or late",
              "Telling people": "People told"}  # fmt: skip
"""What stands behind an answer and is no answer itself."""

REASONS = "Reasons"
LONG = frozenset({"What happened", "Possible consequences", "Measures taken", "Measures planned", REASONS, "What changes", "Reason for delay"})
_moment = kind_of(Breach.aware_at)


@dataclass(frozen=True)
class Line:
    """One breach of the log: its id, its reference, what it is called, and everything else in words by heading."""

    id: UUID
    reference: str
    name: str
    words: Mapping[str, str]


def lines(occasion: Occasion) -> list[Line]:
    """Every breach of the school in view, put away or not, in the order of their references. Raises Forbidden."""
    require(occasion.by, Deed.EXPORT, BREACHES)
    decisions = BreachJudgement.select().where(BreachJudgement.kind == JudgementKind.DECISION)
    decided = {each.breach: each for each in decisions.order_by(BreachJudgement.at, BreachJudgement.id)}
    none = _why_none()
    told = Counter(each.breach for each in BreachPerson.select(BreachPerson.id, BreachPerson.breach).where(BreachPerson.told_at.is_null(False)))
    rows = Breach.select().order_by(Breach.number)
    return [Line(row.id, row.reference, row.name, dict(_words(row, decided.get(row.id), none.get(row.id, ""), told[row.id]))) for row in rows]


def headings() -> list[str]:
    """The headings of a file, in order."""
    return ["Reference", "Breach", *(heading for name, _column in ANSWERS for heading in _with_what_follows(name))]


def as_csv(occasion: Occasion) -> Iterator[bytes]:
    """The log as a CSV file; noted in the history. Raises Forbidden."""
    return write(headings(), _cells(_noted(occasion)))


def as_workbook(occasion: Occasion) -> FinishedWorkbook:
    """The log as an Excel workbook; noted in the history. Raises Forbidden."""
    columns = [Column(each, _kind_of_column(each)) for each in headings()]
    return written(TITLE, occasion.at, [Page(TITLE, columns, _cells(_noted(occasion)))])


def as_paper(occasion: Occasion, head: Letterhead) -> Paper:
    """The log as a paper, breach by breach; noted in the history. Raises Forbidden."""
    found = _noted(occasion)
    parts = [Part(heading=f"{line.name} ({line.reference})", answers=_given(line)) for line in found]
    about = ["Every breach of personal data, reported or not, as UK GDPR Article 33(5) asks. Times are by the clock of the school, with their zone."]
    return paper_of(TITLE, occasion, head, below=about, parts=parts)


def _given(line: Line) -> list[tuple[str, list[str]]]:
    return [(name, words.splitlines()) for name, words in line.words.items() if words]


def _noted(occasion: Occasion) -> list[Line]:
    found = lines(occasion)
    with recording(occasion.by, occasion.at) as trace:
        trace.note(Happened.EXPORTED, Breach._meta.table_name, changes={"rows": (None, len(found))})
    return found


def _cells(found: Iterable[Line]) -> Iterator[Sequence[str]]:
    return ((line.reference, line.name, *line.words.values()) for line in found)


def _kind_of_column(heading: str) -> Kind:
    if heading == "Breach":
        return "name"
    return "number" if heading == "People affected" else "text" if heading in LONG else "line"


def _with_what_follows(name: str) -> Iterator[str]:
    yield name
    if name in WORKED_OUT:
        yield WORKED_OUT[name]
    if name == "Decision about the regulator":
        yield REASONS


def _words(row: Any, decided: Any, why_none: str, told: int) -> Iterator[tuple[str, str]]:
    worked_out = {
        "Last moment to tell the regulator": _moment.words(breach_clock.deadline(row.aware_at)) if row.aware_at else "",
        "Decided": _moment.words(decided.at) if decided else "",
        "In time or late": _in_time(row),
        "People told": ", ".join(filter(None, (_moment.words(row.people_told_at), f"{told:,} people" if told else ""))),
        REASONS: "\n".join(filter(None, (decided.reasons, decided.against))) if decided else why_none,
    }
    for name, column in ANSWERS:
        for heading in _with_what_follows(name):
            yield heading, worked_out[heading] if heading in worked_out else kind_of(column).words(getattr(row, column.name))


def _in_time(row: Any) -> str:
    if row.aware_at is None or row.told_at is None:
        return ""
    return "Late" if breach_clock.needs_reason_for_delay(row.aware_at, row.told_at) else "In time"


def _why_none() -> dict[UUID, str]:
    """Why what was reported is no breach, of those of which that was found."""
    none = Breach.select(Breach.id).where(Breach.stage == BreachStage.NO_BREACH)
    moved = BreachEntry.select().where((BreachEntry.kind == EntryKind.STAGE) & BreachEntry.breach.in_(none))
    return {each.breach: each.text or "" for each in moved.order_by(BreachEntry.at, BreachEntry.id)}
