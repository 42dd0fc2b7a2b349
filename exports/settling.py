"""What has to be settled about a file before its rows can be judged: which column answers what, and how its days are written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from exports.columns import Confidence, matches
from exports.csv_file import looks_damaged
from exports.dates_in_files import DateOrder, date_order, parse_day, short_years_note
from exports.spellings import wanted
from registry.actor import Actor
from registry.cells import REFERENCE
from registry.definition import Register
from registry.importing.reading import Reading, offered
from registry.importing.uploads import Decided, FileRows
from registry.kinds import kind_of

ORDERS = (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)
_UNSETTLED = frozenset({DateOrder.AMBIGUOUS, DateOrder.MIXED})
_SAMPLES = 3
_LONGEST_SAMPLE = 60


@dataclass
class Column:
    """One column of a file: what it seems to answer, and what is still to be settled about it."""

    place: int
    heading: str
    samples: tuple[str, ...]
    answers: str | None = None  # the name of a question; None for a column that is left out
    confidence: Confidence | None = None
    asks_order: bool = False
    order: str = ""
    note: str = ""
    errors: list[str] = field(default_factory=list)


def columns_of(register: Register, file: FileRows, by: Actor, *, decided: Decided | None = None) -> list[Column]:
    """The columns of a file: guessed from their headings, or as the person decided."""
    found = matches(file.headings, wanted(register, by))
    days = {question.name for question in offered(register, by) if kind_of(question.column).name == "day"}
    columns = []
    for place, heading in enumerate(file.headings):
        guess = found.get(place)
        answers = (guess.name if guess else None) if decided is None else decided.columns[place]
        column = Column(place, heading, samples_of(file, place), answers, guess.confidence if guess and guess.name == answers else None)
        if answers in days:
            _look_at_days(column, file, decided.orders.get(answers, "") if decided and answers else "")
        columns.append(column)
    return columns


def samples_of(file: FileRows, place: int) -> tuple[str, ...]:
    """The first few different cells of a column, shortened."""
    cells = dict.fromkeys(row[place] for row in file.rows if row[place])
    return tuple(cell if len(cell) <= _LONGEST_SAMPLE else f"{cell[: _LONGEST_SAMPLE - 1]}…" for cell in islice(cells, _SAMPLES))


def _look_at_days(column: Column, file: FileRows, order: str) -> None:
    cells = [row[column.place] for row in file.rows if row[column.place]]
    seen = date_order(cells)
    if seen is DateOrder.EXCEL_SERIAL and file.since_1904:
        seen = DateOrder.EXCEL_SERIAL_1904
    column.asks_order = seen in _UNSETTLED
    column.order = order if column.asks_order else seen.value
    column.note = short_years_note(cells) or ""


def find_faults(register: Register, columns: Sequence[Column]) -> bool:
    """Say at each column what is not settled yet; whether anything is not."""
    answered: dict[str, Column] = {}
    for column in columns:
        if column.answers is None:
            continue
        if column.answers in answered:
            other = answered[column.answers]
            column.errors.append(f"“{other.heading}” answers this already. Choose one of the two, and leave the other out.")
        answered.setdefault(column.answers, column)
        if column.asks_order and column.order not in {order.value for order in ORDERS}:
            column.errors.append("Say whether the day or the month comes first.")
    if columns and register.title.name not in answered and REFERENCE not in answered:
        columns[0].errors.append(f"No column says what each {register.one} is called. Choose “{register.title.label}” for the column that does.")
    return any(column.errors for column in columns)


def decided(columns: Sequence[Column], before: Decided) -> Decided:
    """What was settled, to be kept with the file; what was mended before stays mended."""
    orders = {column.answers: column.order for column in columns if column.answers and column.order}
    return Decided([column.answers for column in columns], orders, before.mended, before.left_out)


def reading_of(register: Register, settled: Decided, by: Actor) -> Reading:
    """How the rows of a file are read, once everything is settled."""
    days = {question.name for question in offered(register, by) if kind_of(question.column).name == "day"}
    readers = {name: partial(parse_day, order=DateOrder(settled.orders.get(name, DateOrder.ISO.value))) for name in settled.columns if name in days}
    return Reading(tuple(settled.columns), readers, looks_damaged, settled.mended, settled.left_out)
