"""Which pupils the rows of a file are about: by their number in the pupil database, else by their exact name; nobody is guessed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from models.fields import BlindIndex
from models.names import fold
from models.pupil import Pupil
from models.statements import stored_rows
from models.vocabulary import PictureSubject
from registry.images.facts import Person
from registry.images.people import Row, is_same_group
from registry.many.bulk import chunks

_COLUMNS = (Pupil.id, Pupil.name, Pupil.class_name, Pupil.year_group, Pupil.kind, Pupil.status, Pupil.archived_at, Pupil.legal_name)

NOBODY_OF_NUMBER = "Nobody here has the number {}. Excel takes zeros away from the front of numbers."
NOBODY_OF_NAME = "Nobody here is called that. Check the spelling, or import the pupils first."
SEVERAL_OF_NAME = "{} people here are called that. Add their numbers, or their classes."
SEVERAL_OF_NUMBER = "{} people here have the number {}."
OTHER_NAME = "The number {} belongs to {} here. Correct the number or the name."
OTHER_CLASS = "{} is in {} here. Correct the class, or take it out."
HAS_LEFT = "{} has left the school."
NO_PUPIL = "This row names no pupil."


class Unclear(ValueError):
    """Nobody can say whom a row is about; the message is a sentence."""


@dataclass(frozen=True)
class _Known:
    """Somebody who may be meant."""

    person: Person
    legal_name: str

    def is_called(self, name: str) -> bool:
        """Whether this is a name of theirs."""
        return fold(name) in (fold(self.person.name), fold(self.legal_name))


class PupilsInFile:
    """The people whom a file may be about, found at once for all its rows."""

    def __init__(self, numbers: Iterable[str], names: Iterable[str]) -> None:
        self._by_number = _found(Pupil.mis_number_index, numbers)
        by_name = [_found(index, names) for index in (Pupil.name_index, Pupil.legal_name_index)]
        self._by_name = {name: {**by_name[1].get(name, {}), **by_name[0].get(name, {})} for name in (*by_name[0], *by_name[1])}

    def find(self, number: str, name: str, class_name: str) -> Person:
        """The one person whom a row means; raises Unclear."""
        if not number and not name:
            raise Unclear(NO_PUPIL)
        found = self._numbered(number, name) if number else self._named(name, class_name)
        if found.has_left:
            raise Unclear(HAS_LEFT.format(found.name))
        return found

    def _numbered(self, number: str, name: str) -> Person:
        fitting = list(self._by_number.get(fold(number), {}).values())
        if not fitting:
            raise Unclear(NOBODY_OF_NUMBER.format(number))
        if len(fitting) > 1:
            raise Unclear(SEVERAL_OF_NUMBER.format(len(fitting), number))
        if name and not fitting[0].is_called(name):
            raise Unclear(OTHER_NAME.format(number, fitting[0].person.name))
        return fitting[0].person

    def _named(self, name: str, class_name: str) -> Person:
        called = [known.person for known in self._by_name.get(fold(name), {}).values()]
        fitting = [person for person in called if not class_name or is_same_group(class_name, person.class_name)]
        if len(fitting) == 1:
            return fitting[0]
        if not called:
            raise Unclear(NOBODY_OF_NAME)
        if len(called) == 1:
            raise Unclear(OTHER_CLASS.format(called[0].name, called[0].class_name or "no class"))
        raise Unclear(SEVERAL_OF_NAME.format(len(called)))


def _found(index: BlindIndex, texts: Iterable[str]) -> dict[str, dict[bytes, _Known]]:
    """Who is found by each of these numbers or names, in plain spelling."""
    tokens = {token: fold(text) for text in set(texts) if (token := index.token(text)) is not None}
    found: dict[str, dict[bytes, _Known]] = defaultdict(dict)
    for part in chunks([*tokens]):
        for *row, legal_name, token in stored_rows(Pupil.select(*_COLUMNS, index).where(index.in_(part) & (Pupil.kind == PictureSubject.PUPIL))):
            found[tokens[bytes(token)]][bytes(row[0])] = _known(row, legal_name)
    return found


def _known(row: Sequence[Any], legal_name: Any) -> _Known:
    legal = Pupil.legal_name.open_stored(bytes(row[0]), legal_name) if legal_name is not None else ""
    return _Known(Row(*row).opened(), legal)
