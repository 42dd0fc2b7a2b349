"""What is kept so that everything can be searched: the plain words of each record, once for each circle of readers, and no sealed text."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from peewee import (
    JOIN,
    BigAutoField,
    BigIntegerField,
    BinaryUUIDField,
    BooleanField,
    Cast,
    Column,
    Expression,
    ForeignKeyField,
    Join,
    SqliteDatabase,
    Table,
    TextField,
    fn,
)

from models import doors
from models.audit import AuditEntry
from models.base import Guarded, KeptToSchools, db
from models.school import School

INDEX = Table("search_word", ("rowid", "words", "search_word"))
"""The words of the entries as each database searches them, kept in step with them by triggers: FTS5 in SQLite, a tsvector with GIN in PostgreSQL."""

Wanted = Sequence[Sequence[tuple[str, bool]]]
"""A search: of each of these lists one word must be there, whole or (True) as the beginning of a longer one."""


class SearchEntry(Guarded):
    """What one circle of readers can find one record by: a copy of its plain words, made again at will, and so without a trace of its own."""

    OF_SCHOOLS = True

    id = BigAutoField()
    school = ForeignKeyField(School, on_delete="RESTRICT", lazy_load=False, index=False)
    register = TextField()
    record = BinaryUUIDField()
    archived = BooleanField(default=False)
    words = TextField()

    class Meta:
        database = db
        legacy_table_names = False
        indexes = ((("school", "record"), False),)


class SearchRecipe(Guarded):
    """By which recipe the entries of a register were made; the program of another day may have another."""

    register = TextField(primary_key=True)
    recipe = TextField()

    class Meta:
        database = db
        legacy_table_names = False


class SearchMark(Guarded):
    """Up to which entry of its trace the search has read a school."""

    school = BinaryUUIDField(primary_key=True)
    number = BigIntegerField(default=0)

    class Meta:
        database = db
        legacy_table_names = False


def take_mark(school: UUID) -> int:
    """Up to where the search has read this school; nobody else makes entries of it until the transaction ends."""
    SearchMark.insert(school=school, number=0).on_conflict_ignore().execute()
    query = SearchMark.select(SearchMark.number).where(SearchMark.school == school)
    return int((query.for_update() if db.for_update else query).scalar())  # SQLite's BEGIN IMMEDIATE took the turn already


def move_mark(school: UUID, number: int) -> None:
    """Note that the search has read this school up to this entry; a mark never goes back."""
    SearchMark.update(number=number).where((SearchMark.school == school) & (SearchMark.number < number)).execute()


def mark_of(school: UUID) -> int:
    """Up to where the search has read this school."""
    return int(SearchMark.select(SearchMark.number).where(SearchMark.school == school).scalar() or 0)


def unread() -> Any:
    """The query for what the traces of the schools in view have named since the search last read them; at least one must be in view."""
    return AuditEntry.select(AuditEntry.record).where(reduce(or_, map(_since_the_mark, doors.schools_in_view())) & AuditEntry.record.is_null(False))


def _since_the_mark(school: UUID) -> Any:
    mark = fn.COALESCE(SearchMark.select(SearchMark.number).where(SearchMark.school == school), 0)
    return (AuditEntry.chain == school) & (AuditEntry.number > mark)


def entries_found(*columns: Any, search: Any, most: Any = None) -> Any:
    """The query for what is in the entries, in the schools in view, that a search (made by `as_asked`) finds.

    With `most` it looks at no more entries than that, the newest where that is free.
    """
    found = _numbers(search, most)
    both = Join(found, SearchEntry, JOIN.CROSS)  # a cross join is made in the order in which it is written: the index first, which knows what is rare
    return KeptToSchools(SearchEntry, columns).from_(both).where(SearchEntry.id == Column(found, "rowid"))


def _numbers(search: Any, most: Any) -> Any:
    number = Column(INDEX, "rowid")
    if _is_sqlite():
        query = INDEX.select(number).where(Expression(Column(INDEX, "search_word"), "MATCH", search))
        return query if most is None else query.order_by(number.desc()).limit(most)
    query = INDEX.select(number).where(Expression(Column(INDEX, "words"), "@@", Cast(search, "tsquery")))
    return query if most is None else query.limit(most)


def as_asked(wanted: Wanted) -> str:
    """A search as the database at hand is asked for it. Words are letters and digits only, so that nothing in them is an operator."""
    quote, beginning, either, both = ('"', "*", " OR ", " AND ") if _is_sqlite() else ("'", ":*", " | ", " & ")
    lists = (either.join(f"{quote}{word}{quote}{beginning if begins else ''}" for word, begins in words) for words in wanted)
    return both.join(f"({words})" for words in lists)


def tidy() -> None:
    """Write the index anew in one piece, so that nothing of what was taken out of it is left; as slow as it is large."""
    if _is_sqlite():
        db.execute(INDEX.insert({Column(INDEX, "search_word"): "optimize"}))


def _is_sqlite() -> bool:
    return isinstance(db.obj, SqliteDatabase)
