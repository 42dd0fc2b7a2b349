"""Telling people of a breach: each is told, comes back or is left out with a reason, until everybody is settled."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from models.breach import Breach
from models.vocabulary import PeopleDecision, WayTold
from registry import records
from registry.access import Deed, require
from registry.breaches import settling, timeline
from registry.breaches.moving import demand_open
from registry.breaches.people import (
    AFRESH,
    SETTLED,
    Standing,
    as_seen,
    demand_not_on_its_way,
    demand_to_tell,
    find,
    many,
    name_in,
    people_of,
    standing,
    write,
)
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone, store
from registry.schema import Invalid
from registry.trace.audit import Happened, Trace, recording
from registry.typed import LONGEST_TEXT


def told(
    row: Breach, person: UUID, way: WayTold | None, occasion: Occasion, *, at: datetime | None = None, said: str = "", seen: int | None = None
) -> None:  # fmt: skip
    """Note that somebody was told, how, when, and what they said. `seen` is the version that was read. Raises Forbidden, CannotBeDone, Invalid."""
    word = _demand_way(way, at, row, occasion)
    _settle(row, person, {**AFRESH, "told_at": at or occasion.at, "way": way}, occasion, word=word, said=said, seen=seen)


def told_all(row: Breach, way: WayTold | None, occasion: Occasion, *, at: datetime | None = None) -> int:
    """Note that everybody who still was to be told has been, as when the printed letters are posted; how many."""
    word = _demand_way(way, at, row, occasion)
    with recording(occasion.by, occasion.at) as trace:
        waiting = [each for each in people_of(row) if standing(each) is Standing.WAITING]
        if not waiting:
            raise CannotBeDone("Nobody is left to be told.")
        for each in waiting:
            each.told_at, each.way, each.settled_by_id = at or occasion.at, way, occasion.by.user
            store(trace, Happened.BREACH_PEOPLE, each)
        name_in(trace, row)
        write(trace, row, f"{word[:1].upper()}{word[1:]}: {many(len(waiting))}.", occasion, at=at)
    return len(waiting)


def returned(row: Breach, person: UUID, why: str, occasion: Occasion, *, seen: int | None = None) -> None:
    """Note that what was sent to somebody came back, and why. Raises Forbidden, CannotBeDone, and Invalid without a reason."""
    _demand_why(why, "Say what came back, such as: the post office does not know them there.")
    if standing(find(row, person)) not in (Standing.TOLD, Standing.POSTED):
        raise CannotBeDone("Nothing was sent that could have come back.")
    _settle(row, person, {"returned_at": occasion.at}, occasion, word="it came back", said=why, seen=seen)


def leave_out(row: Breach, person: UUID, why: str, occasion: Occasion, *, seen: int | None = None) -> None:
    """Leave somebody out, with the reason. Raises Forbidden, CannotBeDone, and Invalid without one."""
    _demand_why(why, "Say why they are not told.")
    _settle(row, person, {"left_out_at": occasion.at}, occasion, word="left out", said=why, seen=seen)


def tell_again(row: Breach, person: UUID, occasion: Occasion, *, seen: int | None = None) -> None:
    """Have somebody told after all, or once more: who was left out, whose letter came back, or of whom nobody knows. Raises as the others."""
    if standing(find(row, person)) is Standing.WAITING:
        raise CannotBeDone("They are to be told already.")
    _settle(row, person, AFRESH, occasion, word="is to be told after all", seen=seen)


def everybody_told(row: Breach, occasion: Occasion) -> None:
    """Note that everybody was told who is not left out. Raises Forbidden, Conflict, and CannotBeDone while somebody is missing."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    demand_to_tell(row)
    with recording(occasion.by, occasion.at) as trace:
        there = people_of(row)
        left = sum(standing(each) not in SETTLED for each in there)
        if left or not there:
            raise CannotBeDone(f"Not yet: {many(left)} neither told nor left out with a reason." if there else "Enter who is told first.")
        last = max((each.told_at for each in there if each.told_at), default=row.people_told_at or occasion.at)
        if row.people_told_at == last:
            raise CannotBeDone("That is written down already.")
        _settle_breach(trace, row, last, occasion)
        write(trace, row, f"Everybody has been told: {many(sum(standing(each) is Standing.TOLD for each in there))}.", occasion)


def told_in_public(row: Breach, where: str, occasion: Occasion) -> None:
    """Note where everybody was told in public (Article 34(3)(c)). Raises Forbidden, Conflict, CannotBeDone, and Invalid without the place."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    demand_open(row)
    if row.people_decision is not PeopleDecision.IN_PUBLIC:
        raise CannotBeDone("It is not decided that everybody is told in public.")
    _demand_why(where, "Say where it was published, and keep the text as a file.", "where")
    with recording(occasion.by, occasion.at) as trace:
        _settle_breach(trace, row, occasion.at, occasion)
        write(trace, row, f"Told in public: {where.strip()}", occasion)


def printed(row: Breach, count: int, occasion: Occasion) -> None:
    """Note that letters were made for printing: they leave the program with names and addresses. Raises Forbidden and CannotBeDone."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    demand_to_tell(row)
    with recording(occasion.by, occasion.at) as trace:
        trace.note(Happened.EXPORTED, Breach._meta.table_name, row.id)
        write(trace, row, f"Letters made to be printed: {count:,}.", occasion)


def _settle(
    row: Breach, person: UUID, what: Mapping[str, Any], occasion: Occasion, *, word: str, said: str = "", seen: int | None = None
) -> None:  # fmt: skip
    require(occasion.by, Deed.CHANGE, BREACHES)
    demand_open(row)
    _demand_room(said)
    with recording(occasion.by, occasion.at) as trace:
        found = as_seen(row, person, seen)
        demand_not_on_its_way(found)
        for name, value in {**what, "said": said.strip() or None, "settled_by": occasion.by.user}.items():
            setattr(found, name, value)
        store(trace, Happened.BREACH_PEOPLE, found)
        name_in(trace, row)
        write(trace, row, "\n".join(filter(None, (f"{found.name}: {word}.", said.strip()))), occasion, at=what.get("told_at"))


def _settle_breach(trace: Trace, row: Breach, at: datetime, occasion: Occasion) -> None:
    settling.note_told(trace, row, "people-affected", occasion, at=at)
    if row.people_told_at != at:
        records.amend(trace, BREACHES, row, {"people_told_at": (row.people_told_at, at)}, occasion=occasion, happened=Happened.BREACH_PEOPLE)
    else:
        name_in(trace, row)


def _demand_way(way: WayTold | None, at: datetime | None, row: Breach, occasion: Occasion) -> str:
    """How somebody was told, in words."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    demand_to_tell(row)
    wrong: dict[str, list[str]] = {}
    if way is None:
        wrong["way"] = ["Choose how they were told."]
    if at and at > occasion.at + timeline.A_LITTLE:
        wrong["told_at"] = ["That time is still to come."]
    elif at and row.discovered_at and at < row.discovered_at:
        wrong["told_at"] = ["That is before anybody had noticed it. Look at the day."]
    if wrong:
        raise Invalid(wrong)
    return f"told {way.label[:1].lower()}{way.label[1:]}" if way else ""


def _demand_why(why: str, sentence: str, name: str = "said") -> None:
    if not why.strip():
        raise Invalid({name: [sentence]})
    _demand_room(why, name)


def _demand_room(words: str, name: str = "said") -> None:
    if len(words) > LONGEST_TEXT:
        raise Invalid({name: [f"Shorten it to {LONGEST_TEXT:,} characters."]})
