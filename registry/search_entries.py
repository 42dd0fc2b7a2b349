"""Making what the search looks in anew from the records: after an upgrade, or whenever somebody doubts it."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from models import doors
from models.audit import AuditHead
from models.base import db
from models.school import School
from models.search import SearchEntry, SearchRecipe, tidy
from models.statements import stored_rows
from registry.catalogue import REGISTERS
from registry.definition import Register
from registry.fault import Progress, unseen
from registry.search_words import bring_up_to_date, columns_of, entry_of, recipe_of

AT_ONCE = 1_000


def outdated() -> list[Register]:
    """The registers whose entries were made by another recipe than today's, or never."""
    made = dict(stored_rows(SearchRecipe.select(SearchRecipe.register, SearchRecipe.recipe)))
    return [register for register in REGISTERS if made.get(register.slug) != recipe_of(register)]


def rebuild(registers: Iterable[Register] = REGISTERS, progress: Progress = unseen) -> None:
    """Make every entry of these registers anew, a thousand records at a time, so that people can work meanwhile."""
    schools = [school.id for school in School.select(School.id)]
    for register in registers:
        for school in schools:
            with doors.looking_at(school):
                _rebuild(register, school, progress)
        made = {SearchRecipe.register: register.slug, SearchRecipe.recipe: recipe_of(register)}
        SearchRecipe.insert(made).on_conflict(conflict_target=(SearchRecipe.register,), preserve=(SearchRecipe.recipe,)).execute()
    tidy()


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
            _take_turn(school)
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


def _take_turn(school: UUID) -> None:
    """Let nobody save records of this school until the transaction ends; on SQLite nobody can."""
    if db.for_update:
        stored_rows(AuditHead.select(AuditHead.id).where(AuditHead.id == school).for_update())
