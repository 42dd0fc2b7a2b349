"""Keeping what the search looks in as the records are: read on in the trace before somebody searches, and made anew after an upgrade or in doubt."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from models import doors
from models.base import db
from models.school import School
from models.search import SearchEntry, SearchRecipe, mark_of, move_mark, take_mark, tidy
from models.statements import stored_rows
from registry.catalogue import REGISTERS
from registry.definition import Register
from registry.search.search_words import bring_up_to_date, columns_of, entry_of, recipe_of
from registry.trace.audit import LEAVING_THE_VERSION, Happened, where_it_stands
from registry.trace.fault import Progress, unseen
from registry.trace.reading_on import named_between

AT_ONCE = 1_000

LEAVING_THE_WORDS = frozenset(LEAVING_THE_VERSION) - {Happened.ERASED_VALUES}
"""What leaves a record to be found by the same words as before."""


def catch_up(school: UUID) -> None:
    """Let the search find what was saved in this school until now; not inside a recording, whose entries are written when it ends.

    A thousand entries of the trace at a time: whoever searches meanwhile waits for so many at most, and on SQLite whoever saves.
    """
    stands, _digest = where_it_stands(school)  # of all that its chain holds up to there, nothing is still being written
    while mark_of(school) < stands:
        with db.atomic():
            begun = take_mark(school)
            end = min(begun + AT_ONCE, stands)
            bring_up_to_date(school, named_between(school, begun, end, leaving_out=LEAVING_THE_WORDS))
            move_mark(school, end)


def catch_up_everywhere() -> None:
    """The same in every school."""
    for school in School.select(School.id):
        catch_up(school.id)


def outdated() -> list[Register]:
    """The registers whose entries were made by another recipe than today's, or never."""
    made = dict(stored_rows(SearchRecipe.select(SearchRecipe.register, SearchRecipe.recipe)))
    return [register for register in REGISTERS if made.get(register.slug) != recipe_of(register)]


def rebuild(registers: Iterable[Register] = REGISTERS, progress: Progress = unseen) -> None:
    """Make every entry of these registers anew, a thousand records at a time, so that people can work meanwhile."""
    registers = [*registers]
    stood = {school.id: where_it_stands(school.id)[0] for school in School.select(School.id)}
    for register in registers:
        for school in stood:
            with doors.looking_at(school):
                _rebuild(register, school, progress)
        made = {SearchRecipe.register: register.slug, SearchRecipe.recipe: recipe_of(register)}
        SearchRecipe.insert(made).on_conflict(conflict_target=(SearchRecipe.register,), preserve=(SearchRecipe.recipe,)).execute()
    if {*REGISTERS} <= {*registers}:
        _mark_as_read(stood)
    tidy()


def _mark_as_read(stood: dict[UUID, int]) -> None:
    for school, number in stood.items():
        with db.atomic():
            take_mark(school)
            move_mark(school, number)


def record_count(registers: Iterable[Register] = REGISTERS) -> int:
    """How many records there are to look at."""
    with doors.looking_at(*(school.id for school in School.select(School.id))):
        return sum(int(register.table.select().count()) for register in registers)


def out_of_step() -> int:
    """How many entries in the school in view are missing, too many, or other than the records say."""
    (school,) = doors.schools_in_view()
    held = SearchEntry.select(SearchEntry.school, SearchEntry.register, SearchEntry.record, SearchEntry.archived, SearchEntry.words)
    there = {(bytes(row[0]), row[1], bytes(row[2]), bool(row[3]), row[4]) for row in stored_rows(held)}
    due = {entry_of(register, school, row) for register in REGISTERS for row in stored_rows(register.table.select(*columns_of(register)))}
    return len(there ^ due) + int(held.count()) - len(there)


def _rebuild(register: Register, school: UUID, progress: Progress) -> None:
    for keys in _batches(register):
        with db.atomic():
            take_mark(school)
            bring_up_to_date(school, {register.table._meta.table_name: keys})
        progress(len(keys))
    here = (SearchEntry.school == school) & (SearchEntry.register == register.slug)
    SearchEntry.delete().where(here & SearchEntry.record.not_in(register.table.select(register.table.id))).execute()


def _batches(register: Register) -> Iterator[list[bytes]]:
    table = register.table
    number = -1
    while rows := stored_rows(table.select(table.id, table.number).where(table.number > number).order_by(table.number).limit(AT_ONCE)):
        yield [bytes(key) for key, _number in rows]
        number = rows[-1][1]
