"""A list of people from a school's database beside those on the roll: who is new, changed, missing, and who cannot be told.

Somebody is found by their number, or without one by exactly the same name in the same class when only one has it; never by a name that is
near. What cannot be told for certain is left as it is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from models.names import fold
from models.vocabulary import PictureSubject, RollStatus
from registry.rules.roll_people import Compared, Fate, Here, Judged, Key, OnFile
from registry.rules.roll_words import number_key

WHOLE_ROLL = 0.5
"""From this share of the roll on a list is one of the whole school: whoever is not on it may have left, whatever their class."""
_SHORTEST_SHORT_FORM = 2


def compare(file: Sequence[OnFile], here: Sequence[Here], agreed: frozenset[str] = frozenset()) -> Compared:
    """Say what becomes of every person in a file, beside everybody on the roll; `agreed` are marks of rows said to be the same person."""
    roll = _Roll(here)
    judged = [_Row(each, roll, agreed).judged() for each in file]
    _clash_on_the_file(judged)
    _clash_on_the_roll(judged)
    for each in judged:
        if each.fate is Fate.NEW and each.here is not None:
            _note_changes(each)
        if each.fate is Fate.NEW and _is_gone(each.person):
            each.fate = Fate.LEFT_OUT
    return _with_missing(judged, here, roll)


class _Roll:
    """Those on the roll, found by number and by name."""

    def __init__(self, here: Sequence[Here]) -> None:
        self.by_number: dict[Key, list[Here]] = defaultdict(list)
        self.by_name: dict[tuple[PictureSubject, str], list[Here]] = defaultdict(list)
        for each in here:
            if each.number:
                self.by_number[each.kind, number_key(each.number)].append(each)
            for name in {fold(each.name), fold(each.legal_name)} - {""}:
                self.by_name[each.kind, name].append(each)

    def numbered(self, person: OnFile) -> list[Here]:
        """Those with this number: the one who has it to the letter, where zeros alone tell them apart."""
        found = self.by_number.get(person.key, []) if person.number and self.by_number else []
        return [each for each in found if each.number == person.number] or found if len(found) > 1 else found

    def named(self, person: OnFile) -> list[Here]:
        """Those of exactly this name in any class who are still in the list."""
        found = self.by_name.get((person.kind, fold(person.name)), ()) if self.by_name else ()
        return [each for each in found if not each.is_archived]


class _Row:
    """One row on its way to a verdict."""

    def __init__(self, person: OnFile, roll: _Roll, agreed: frozenset[str]) -> None:
        self._person, self._roll = person, roll
        self._is_agreed = bool(agreed) and person.mark in agreed

    def judged(self) -> Judged:
        """Who it is on the roll, or that it is somebody new, or why that cannot be told."""
        if self._person.trouble:
            return Judged(self._person, Fate.CLASHING, sentence=self._person.trouble)
        numbered = self._roll.numbered(self._person)
        if len(numbered) > 1:
            return self._clash(f"{len(numbered)} people here have the number {self._person.number}: {_listed(numbered)}.")
        return self._beside_number(numbered[0]) if numbered else self._beside_name()

    def _beside_number(self, here: Here) -> Judged:
        if here.is_archived:
            return self._clash(f"{here.reference} has this number and is archived. Bring it back first.")
        if self._person.is_mention or self._is_agreed or _may_be_called(self._person, here):
            return Judged(self._person, here=here)
        return self._clash(f"The number {here.number} is {here.in_words} here.", may_agree=True)

    def _beside_name(self) -> Judged:
        person = self._person
        free = [each for each in self._roll.named(person) if not (person.number and each.number)]
        in_class = [each for each in free if fold(each.class_name) == fold(person.class_name)]
        if len(in_class) > 1:
            return self._clash(f"{len(in_class)} people of this name are here: {_listed(in_class)}. Without a number nobody can tell which is meant.")
        if in_class:
            return Judged(person, here=in_class[0])
        if free and self._is_agreed and len(free) == 1:
            return Judged(person, here=free[0])
        if free:
            lacks = "no number here" if person.number else "the row has no number"
            sentence = f"{_listed(free)}: the same name, and {lacks}. Nobody can tell whether it is the same person."
            return self._clash(sentence, may_agree=len(free) == 1)
        if person.is_mention:
            return self._clash("Nobody on the roll or in the file is meant by this row.")
        return Judged(person)

    def _clash(self, sentence: str, *, may_agree: bool = False) -> Judged:
        return Judged(self._person, Fate.CLASHING, sentence=sentence, may_agree=may_agree)


def _may_be_called(person: OnFile, here: Here) -> bool:
    """Whether somebody with this number may have changed from the one name to the other: the same first name, or a short form of it."""
    if person.name == here.name:
        return True
    names = {fold(person.name), fold(person.legal_name)} - {""}
    known = {fold(here.name), fold(here.legal_name)} - {""}
    return bool(names & known) or any(_is_like(one.split(), other.split()) for one in names for other in known)


def _is_like(one: Sequence[str], other: Sequence[str]) -> bool:
    if one[0] == other[0]:
        return True
    short, long = sorted((one[0], other[0]), key=len)
    return one[-1] == other[-1] and len(short) > _SHORTEST_SHORT_FORM and long.startswith(short)


def _clash_on_the_file(judged: Sequence[Judged]) -> None:
    """Rows of one file that cannot both be true: one number with two names, or one name twice without a number."""
    by_number: dict[Key, list[Judged]] = defaultdict(list)
    by_name: dict[tuple[PictureSubject, str, str], list[Judged]] = defaultdict(list)
    for each in judged:
        if not each.person.is_mention and not each.person.trouble:
            (by_number[each.person.key] if each.person.number else by_name[each.person.known_as]).append(each)
    for rows in by_number.values():
        if len(rows) > 1:
            names = list(dict.fromkeys(row.person.name for row in rows))
            said = f"two people: {' and '.join(names[:3])}" if len(names) > 1 else "two classes or years"
            _all_clash(rows, f"The number {rows[0].person.number} stands in this file for {said}.")
    for rows in by_name.values():
        if len(rows) > 1:
            _all_clash(rows, f"{len(rows)} rows of this file have this name and no number. Add the numbers, or the pupils by hand.")


def _clash_on_the_roll(judged: Sequence[Judged]) -> None:
    """Rows that would both be the same person on the roll."""
    claims: dict[UUID, list[Judged]] = defaultdict(list)
    for each in judged:
        if each.here is not None and each.fate is not Fate.CLASHING and not each.person.is_mention:
            claims[each.here.id].append(each)
    for rows in claims.values():
        if len(rows) > 1:
            here = rows[0].here
            _all_clash(rows, f"{len(rows)} rows of this file speak of {here.in_words if here else 'one person'}.")


def _all_clash(rows: Iterable[Judged], sentence: str) -> None:
    for row in rows:
        row.fate, row.sentence, row.may_agree = Fate.CLASHING, sentence, False


def _note_changes(judged: Judged) -> None:
    """What the row would change; a blank cell leaves an answer as it is."""
    person, here = judged.person, judged.here
    if here is None or person.is_mention:
        judged.fate = Fate.SAME
        return
    told: Mapping[str, tuple[Any, Any]] = {
        "name": (here.name, person.name),
        "legal_name": (here.legal_name, person.legal_name),
        "class_name": (here.class_name, person.class_name),
        "year_group": (here.year_group, person.year_group),
        "mis_number": (here.number, "" if here.number else person.number),
    }
    judged.changes = {name: (before or None, after) for name, (before, after) in told.items() if after and before != after}
    if _is_gone(person) and not here.is_left:
        judged.changes["status"] = (RollStatus.ON_ROLL, RollStatus.LEFT)
    elif here.is_left and not _is_gone(person):
        judged.changes["status"] = (RollStatus.LEFT, RollStatus.ON_ROLL)
    left_on = person.left_on if _is_gone(person) else None
    if left_on != here.left_on and (left_on or not _is_gone(person)):
        judged.changes["left_on"] = (here.left_on, left_on)
    judged.fate = Fate.CHANGED if judged.changes else Fate.SAME


def _is_gone(person: OnFile) -> bool:
    return bool(person.has_left)


def _with_missing(judged: Sequence[Judged], here: Sequence[Here], roll: _Roll) -> Compared:
    """Those whom the file does not name; only those whom it should have named are offered."""
    listed = [each for each in judged if not each.person.is_mention]
    kinds = {each.person.kind for each in listed}
    named = {each.here.id for each in listed if each.here}
    for each in listed:
        if each.fate is Fate.CLASHING:
            named |= {one.id for one in (*roll.by_number.get(each.person.key, ()), *roll.named(each.person))}
    there = [each for each in here if each.kind in kinds and not each.is_left and not each.is_archived]
    missing = [each for each in there if each.id not in named]
    matched = Counter(each.kind for each in there if each.id in named)
    whole = {kind for kind, many in Counter(each.kind for each in there).items() if matched[kind] >= many * WHOLE_ROLL}
    named_classes = {(each.person.kind, each.person.class_name) for each in listed if each.person.class_name}
    classes = {(kind, fold(class_name)) for kind, class_name in named_classes}
    offered = [each for each in missing if each.kind in whole or (each.kind, fold(each.class_name)) in classes]
    return Compared(judged, offered, len(missing) - len(offered), is_whole=all(each.kind in whole for each in there))


def _listed(people: Sequence[Here]) -> str:
    said = [each.in_words for each in people[:3]]
    return " and ".join(said) if len(said) < 3 else f"{', '.join(said[:-1])} and {said[-1]}"
