"""Whatever a list says: what was saved of it is unchanged when it is brought again."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import Relation, YesNoUnknown
from registry.rules.roll_carers import CarerFate, Contact, Entry, Known, compare_carers
from registry.rules.roll_comparing import compare
from registry.rules.roll_people import Fate, Here, Judged, OnFile

people = st.lists(
    st.builds(
        OnFile,
        where=st.just("line 2"),
        number=st.sampled_from(["", "1", "2", "03", "3"]),
        name=st.sampled_from(["Sam Patel", "Ann Lee", "Sam Lee", "sam patel"]),
        class_name=st.sampled_from(["", "3B", "4B"]),
        legal_name=st.sampled_from(["", "Samuel Patel"]),
    ),
    max_size=5,
)
contacts = st.lists(
    st.builds(
        Contact,
        pupil=st.integers(0, 3),
        where=st.just("line 2"),
        name=st.sampled_from(["Ann Patel", "Tom Ash"]),
        number=st.sampled_from(["", "7", "8"]),
        email=st.sampled_from(["", "a@family.example", "t@family.example"]),
        relation=st.sampled_from([None, Relation.MOTHER, Relation.FATHER]),
        responsibility=st.sampled_from([None, YesNoUnknown.YES, YesNoUnknown.NO]),
        restrictions=st.sampled_from(["", "May not collect."]),
    ),
    max_size=6,
)


def stored(place: int, each: Judged) -> Here:
    """Somebody new, as the roll has them afterwards."""
    told = each.person
    return Here(
        UUID(int=place + 1), f"PU-{place:04d}", 1, told.name, told.number, told.legal_name, class_name=told.class_name, year_group=told.year_group
    )


def kept(place: int, entry: Entry) -> Known:
    """A new parent, as their entry stands afterwards."""
    told: Any = entry.contact
    pupils = frozenset(UUID(int=each + 1) for each in entry.pupils if isinstance(each, int))
    return Known(
        UUID(int=place + 100), f"PC-{place:04d}", 1, told.name, told.number, told.email, told.relation,
        told.responsibility or YesNoUnknown.UNKNOWN, told.restrictions, pupils,
    )  # fmt: skip


@given(people)
def test_people_who_were_saved_are_the_same_the_next_time(file: list[OnFile]) -> None:
    roll = [stored(place, each) for place, each in enumerate(compare(file, []).judged) if each.fate is Fate.NEW]
    again = compare(file, roll)
    assert {each.fate for each in again.judged} <= {Fate.SAME, Fate.CLASHING}
    assert not again.missing


@given(contacts)
def test_parents_who_were_saved_are_the_same_the_next_time(file: list[Contact]) -> None:
    known = [kept(place, entry) for place, entry in enumerate(compare_carers(file, [])) if entry.fate is CarerFate.NEW]
    again = compare_carers([replace(each, pupil=UUID(int=each.pupil + 1)) for each in file if isinstance(each.pupil, int)], known)
    assert {entry.fate for entry in again} <= {CarerFate.SAME, CarerFate.CLASHING}
