"""Whose names were asked about: found by blind index without opening anybody else's, and never guessed."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from models.names import fold
from models.pupil import Pupil
from models.statements import Kept
from models.vocabulary import PictureSubject, RollStatus
from registry.images.facts import Person, has_left
from registry.images.near_names import MOST, Names
from registry.images.statements import NOTHING, as_id, in_pairs, in_pieces, school_in_view
from registry.rules.pasted_names import Asked, Reading, chosen

_COLUMNS = (Pupil.id, Pupil.name, Pupil.class_name, Pupil.year_group, Pupil.kind, Pupil.status, Pupil.archived_at)
_INDEXES = (Pupil.name_index, Pupil.legal_name_index)
_FIGURES = re.compile(r"\d+|\D+")


class Found(NamedTuple):
    """What came of one name: the one person it is, or several of that name or nearly that name to choose from, or nobody."""

    asked: Asked
    person: Person | None = None
    others: tuple[Person, ...] = ()
    is_near: bool = False


class Row(NamedTuple):
    """Somebody as they are stored, their name still sealed."""

    id: Any
    sealed: Any
    class_name: str | None
    year_group: str | None
    kind: str
    status: str
    archived_at: int | None

    def opened(self) -> Person:
        """The person with their name."""
        return Person(
            id=as_id(self.id),
            name=Pupil.name.open_stored(bytes(self.id), self.sealed),
            class_name=self.class_name or "",
            kind=Pupil.kind.python_value(self.kind),
            has_left=has_left(self.status, self.archived_at),
        )


def _by_name(size: int) -> Any:
    """By the name that they go by and by the one on their papers, apart: looking for either at once reads the whole school."""
    tokens = [NOTHING] * size
    found = [Pupil.select(*_COLUMNS, index).where(index.in_(tokens)) for index in _INDEXES]
    return found[0].union_all(found[1])


def _by_id(size: int) -> Any:
    return Pupil.select(*_COLUMNS).where(Pupil.id.in_([NOTHING] * size))


_here = Pupil.archived_at.is_null() & (Pupil.status == RollStatus.ON_ROLL)
_everybody = Kept(lambda: Pupil.select(*_COLUMNS, Pupil.legal_name).where(Pupil.archived_at.is_null()))
_of_class = Kept(lambda: Pupil.select(*_COLUMNS).where(_here & (Pupil.class_name == "")))
_of_year = Kept(lambda: Pupil.select(*_COLUMNS).where(_here & (Pupil.year_group == "")))
_classes = Kept(lambda: _of_pupils(Pupil.class_name))
_years = Kept(lambda: _of_pupils(Pupil.year_group))


def _of_pupils(group: Any) -> Any:
    return Pupil.select(group).where(_here & group.is_null(False) & (Pupil.kind == PictureSubject.PUPIL)).distinct()


def in_class(class_name: str) -> tuple[Person, ...]:
    """Everybody in a class who is at the school, by surname."""
    rows = _of_class(school_in_view(), RollStatus.ON_ROLL.value, class_name).fetchall()
    return tuple(sorted((Row(*row).opened() for row in rows), key=by_surname))


def classes() -> tuple[str, ...]:
    """The classes that pupils at the school are in, 3B before 10A."""
    rows = _classes(school_in_view(), RollStatus.ON_ROLL.value, PictureSubject.PUPIL.value).fetchall()
    return tuple(sorted((name for (name,) in rows if name), key=in_order))


def years() -> tuple[str, ...]:
    """The year groups that pupils at the school are in, Year 3 before Year 10."""
    rows = _years(school_in_view(), RollStatus.ON_ROLL.value, PictureSubject.PUPIL.value).fetchall()
    return tuple(sorted((name for (name,) in rows if name), key=in_order))


def in_year(year_group: str) -> tuple[Person, ...]:
    """Everybody in a year group who is at the school, by surname."""
    rows = _of_year(school_in_view(), RollStatus.ON_ROLL.value, year_group).fetchall()
    return tuple(sorted((Row(*row).opened() for row in rows), key=by_surname))


def by_id(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Those of these people who belong to the school in view."""
    keys = list(dict.fromkeys(person.bytes for person in ids))
    people = (Row(*row).opened() for row in in_pieces(_by_id, (school_in_view(),), keys))
    return {person.id: person for person in people}


def look_up(lines: Sequence[Sequence[Reading]]) -> list[Found]:
    """Who is meant by each name in the lines that somebody pasted, of `readings`; whoever is not known exactly is nobody yet."""
    rows = _rows_by_name({asked.folded for line in lines for asked in line[0]})
    missed = [line for line in lines if not all(asked.folded in rows for asked in line[0])]
    rows |= _rows_by_name({asked.folded for line in missed for reading in line[1:] for asked in reading if asked.folded not in rows})
    asked = chosen(lines, lambda each: each.folded in rows)
    nearby = _Nearby()
    return [_found(each, rows[each.folded]) if each.folded in rows else _near(each, nearby) for each in asked]


def by_surname(person: Person) -> tuple[Any, ...]:
    """What sorts people as a class list does; those of one name by their class."""
    folded = fold(person.name)
    return folded.rpartition(" ")[2], folded, in_order(person.class_name)


def in_order(class_name: str) -> list[tuple[int, str]]:
    """What sorts classes as people do, by their figures first."""
    return [(int(part), "") if part.isdecimal() else (10**6, part.casefold()) for part in _FIGURES.findall(class_name)]


def _rows_by_name(names: Collection[str]) -> dict[str, list[Row]]:
    """Everybody who goes by one of these names in plain spelling, or has it on their papers."""
    known = [{token: name for name in names if (token := index.token_of(name))} for index in _INDEXES]
    tokens = [list(each) for each in known]
    by_token = known[0] | known[1]
    found: dict[str, dict[bytes, Row]] = {}
    for *row, token in in_pairs(_by_name, school_in_view(), tokens):
        found.setdefault(by_token[bytes(token)], {})[bytes(row[0])] = Row(*row)
    return {name: list(rows.values()) for name, rows in found.items()}


def _found(asked: Asked, rows: Sequence[Row]) -> Found:
    """One person, if there is one alone of that name whom the class beside it does not contradict."""
    fitting = [row for row in rows if not asked.group or is_group_of(asked.group, row)]
    if len(fitting) == 1:
        return Found(asked, fitting[0].opened())
    people = tuple(sorted((row.opened() for row in fitting or rows), key=by_surname))
    return Found(asked, None, people, is_near=bool(people) and not fitting)


class _Nearby:
    """The names of the school in view, opened once for a request, and only when somebody in it is asked for."""

    @cached_property
    def rows(self) -> list[tuple[str, Row]]:
        """Everybody by each name that they have."""
        named = []
        for *values, legal_name in _everybody(school_in_view()).fetchall():
            row = Row(*values)
            named.append((fold(row.opened().name), row))
            if legal_name is not None:
                named.append((fold(Pupil.legal_name.open_stored(bytes(row.id), legal_name)), row))
        return named

    @cached_property
    def names(self) -> Names:
        """The same for looking through."""
        return Names([name for name, _row in self.rows])

    def near(self, asked: Asked) -> list[Row]:
        """Who may have been meant: those of the class beside the name first."""
        rows = {row.id: row for row in (self.rows[place][1] for place in self.names.near(asked.folded))}.values()
        return sorted(rows, key=lambda row: bool(asked.group) and not is_group_of(asked.group, row))[:MOST]


def _near(asked: Asked, nearby: _Nearby) -> Found:
    """Nobody has this name: those who are close to it are offered."""
    people = tuple(row.opened() for row in nearby.near(asked)) if asked.folded else ()
    return Found(asked, None, people, is_near=bool(people))


def is_group_of(group: str, row: Row) -> bool:
    """Whether somebody is in the class or year that stands beside a name: 4H, (4 Heron) and Class 4 Heron are one."""
    return any(is_same_group(group, name) for name in (row.class_name, row.year_group) if name)


def is_same_group(one: str, other: str) -> bool:
    """Whether two spellings may be one class: the same letters and figures, or the same figures and the beginning of the letters."""
    if one and one == other:
        return True
    short, long = sorted((_compact(one), _compact(other)), key=len)
    if short == long:
        return bool(short)
    figures = _FIGURES.match(short)
    return figures is not None and figures[0].isdecimal() and short != figures[0] and long.startswith(short)


def _compact(group: str) -> str:
    words = fold(group).split()
    telling = [word for word in words if word not in ("class", "form", "year", "yr", "group")]
    return "".join(telling or words)
