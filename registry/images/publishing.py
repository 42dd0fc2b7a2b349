"""From a check that was kept to a publication that is written down: only with those for whom the answer is still yes at that moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from peewee import IntegrityError

from models.publication import Publication
from models.vocabulary import NameShown, Outcome
from registry.access import Deed, Permission, require
from registry.images import evidence
from registry.images.checking import Checked, Line
from registry.images.evidence import Evidence
from registry.images.facts import verdicts
from registry.images.take_downs import today_of
from registry.images.uses import Use, find_use
from registry.occasion import Occasion
from registry.placing import next_number
from registry.records import answers_of, find, insert
from registry.registers.images.publications import PUBLICATIONS
from registry.rows import CannotBeDone
from registry.rules.image_reasons import shown as safe_words
from registry.trace.audit import recording

USE_GONE = "The use that was checked is not on the list any more. Check the names again for one that is."
NOT_CHECKED = "Only people whom the check allowed can be written down with it. Check the names again for others."
WRITTEN_BEFORE = "This form was sent before and is kept as {}. Change it there, or publish from the check again for another picture."
PICTURE_REFUSED = "The check did not say yes to the picture itself. Look at it once more, check the names again, then publish."


@dataclass(frozen=True, slots=True)
class Wish:
    """What was published where, with whom; `record` is an id made beforehand, so that pressing twice writes it once."""

    check: UUID
    record: UUID
    name: str
    people: tuple[UUID, ...]
    published_on: date
    name_shown: NameShown
    address: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody whom the check allowed, and what stands against them by now; empty while nothing does."""

    line: Line
    said: str

    @property
    def is_allowed(self) -> bool:
        """Whether they may still be in it."""
        return not self.said


class NoLongerAllowed(CannotBeDone):
    """The answer has changed since the check for somebody who was to be in it; nothing was written."""

    def __init__(self, changed: Sequence[Standing]) -> None:
        super().__init__("The answer has changed since the check, so nothing was written down.")
        self.changed = tuple(changed)


def find_check(check: UUID, occasion: Occasion) -> Evidence:
    """The check with this id; raises NotFound, and Forbidden for whoever writes down no publications."""
    require(occasion.by, Permission.PUBLISH_IMAGES)
    return evidence.find(check, occasion.by)


def most_shown(checked: Checked) -> NameShown:
    """How much of anybody's name the check was asked about."""
    order = tuple(NameShown)
    return max((line.shown for line in checked.allowed), key=order.index, default=checked.shown)


def stand_now(checked: Checked, on: date, name_shown: NameShown, occasion: Occasion) -> tuple[Standing, ...]:
    """Everybody whom the check allowed, looked at again for a day and for as much of their names as is shown. Raises CannotBeDone."""
    use = _use(checked)
    looked = checked.looked
    today = today_of(occasion)
    attested = {"on_school_device": looked.on_school_device is not False, "is_attested": looked.is_attested}
    found = verdicts([line.person for line in checked.allowed], use, max(on, today), name_shown, today=today, **attested)
    said = {person: "" if each.outcome is Outcome.ALLOW else safe_words(each, use.in_sentence) for person, each in found.items()}
    return tuple(Standing(line, said[line.person]) for line in checked.allowed)


def publish(wish: Wish, occasion: Occasion) -> Publication:
    """Write a publication down with these people. Raises NotFound, Forbidden, CannotBeDone, and NoLongerAllowed with those who may not be in it."""
    require(occasion.by, Deed.ADD, PUBLICATIONS)
    try:
        with recording(occasion.by, occasion.at) as trace:
            checked = find_check(wish.check, occasion).checked
            _demand_checked(checked, wish.people)
            _demand_allowed(stand_now(checked, wish.published_on, wish.name_shown, occasion), wish.people)
            number = next_number(PUBLICATIONS, occasion.by)
            row: Publication = insert(trace, PUBLICATIONS, _answers(wish, checked), occasion, number=number, record=wish.record)
    except IntegrityError:  # the button was pressed before
        return _written(wish, occasion)
    return row


def _written(wish: Wish, occasion: Occasion) -> Publication:
    """What was written under this id before; raises CannotBeDone where that says anything else, for whoever is missing in it is missed later."""
    row: Publication = find(PUBLICATIONS, wish.record, occasion.by)
    held = answers_of(PUBLICATIONS, row, occasion.by)
    told = {**_answers(wish, find_check(wish.check, occasion).checked), "pupils": tuple(sorted(wish.people))}
    if any(held[name] != answer for name, answer in told.items()):
        raise CannotBeDone(WRITTEN_BEFORE.format(row.reference))
    return row


def _answers(wish: Wish, checked: Checked) -> Mapping[str, Any]:
    return {
        "name": wish.name,
        "use": checked.use,
        "published_on": wish.published_on,
        "address": wish.address or None,
        "image": wish.image or None,
        "name_shown": wish.name_shown,
        "image_check": wish.check,
        "pupils": wish.people,
    }


def _demand_checked(checked: Checked, people: Collection[UUID]) -> None:
    if checked.is_picture_refused:
        raise CannotBeDone(PICTURE_REFUSED)
    if not people or not {line.person for line in checked.allowed}.issuperset(people):
        raise CannotBeDone(NOT_CHECKED)


def _demand_allowed(standings: Sequence[Standing], people: Collection[UUID]) -> None:
    changed = [each for each in standings if each.line.person in people and not each.is_allowed]
    if changed:
        raise NoLongerAllowed(changed)


def _use(checked: Checked) -> Use:
    use = find_use(checked.use.hex)
    if use is None:
        raise CannotBeDone(USE_GONE)
    return use
