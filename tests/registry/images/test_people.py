"""Names that somebody pasted are found by blind index; who is not known exactly is offered, and never taken."""

import pytest

from models.pupil import Pupil
from registry import records
from registry.images import people
from registry.images.people import Found, by_id, classes, in_class, is_same_group
from registry.records import Occasion
from registry.registers.images.pupils import PUPILS
from registry.rules.pasted_names import readings
from tests.pictured import a_pupil

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def look_up(text: str) -> list[Found]:
    return people.look_up(readings(text))


def one(text: str) -> Found:
    """What comes of a single name."""
    (found,) = look_up(text)
    return found


def offered(text: str) -> list[str]:
    """Who is offered for a name that nobody has, or that several have."""
    found = one(text)
    assert found.person is None
    return [f"{person.name}, {person.class_name}" for person in found.others]


@pytest.mark.parametrize(
    "spelling",
    [
        *("Zofia Łukaszewicz", "zofia lukaszewicz", "LUKASZEWICZ, Zofia", "3. Zofia Łukaszewicz", "Zofia\u00a0Lukaszewicz"),
        *("Zofia  Łukaszewicz (4 Heron)", "Zofia Łukaszewicz 4H", "(4h) zofia lukaszewicz", "Zofia Łukaszewicz [Class 4 Heron]"),
    ],
)
def test_one_person_is_found_however_the_name_is_written(occasion: Occasion, spelling: str) -> None:
    zofia = a_pupil(occasion, "Zofia Łukaszewicz", "4 Heron")
    found = one(spelling)
    assert found.person is not None
    assert (found.person.id, found.person.name, found.person.class_name) == (zofia.id, "Zofia Łukaszewicz", "4 Heron")


@pytest.mark.parametrize("apostrophe", "'’‘`´ʼ′＇")
def test_every_apostrophe_is_one(occasion: Occasion, apostrophe: str) -> None:
    a_pupil(occasion, "Noah O’Rourke")
    assert one(f"Noah O{apostrophe}Rourke").person is not None


def test_the_name_on_their_papers_finds_them_as_well(occasion: Occasion) -> None:
    a_pupil(occasion, "Sam Patel", legal_name="Samir Patel")
    assert [found.person.name for found in look_up("Samir Patel\nSam Patel") if found.person] == ["Sam Patel", "Sam Patel"]


def test_two_of_one_name_are_offered_and_a_class_tells_them_apart(occasion: Occasion) -> None:
    a_pupil(occasion, "Sam Patel", "4 Heron")
    a_pupil(occasion, "Sam Patel", "6 Kestrel")
    assert offered("Patel, Sam") == ["Sam Patel, 4 Heron", "Sam Patel, 6 Kestrel"]
    assert not one("Sam Patel").is_near
    kestrel = one("Sam Patel (6K)").person
    assert kestrel is not None
    assert kestrel.class_name == "6 Kestrel"


def test_one_persons_name_on_anothers_papers_makes_two(occasion: Occasion) -> None:
    a_pupil(occasion, "Sam Patel", "4 Heron")
    a_pupil(occasion, "Raj Patel", "6 Kestrel", legal_name="Sam Patel")
    assert offered("Sam Patel") == ["Raj Patel, 6 Kestrel", "Sam Patel, 4 Heron"]


@pytest.mark.parametrize("group", ["5 Owl", "9Z", "the choir"])
def test_a_class_that_is_another_or_none_makes_a_near_miss(occasion: Occasion, group: str) -> None:
    a_pupil(occasion, "Sam Patel", "4 Heron")
    found = one(f"Sam Patel ({group})")
    assert (found.person, [each.name for each in found.others], found.is_near) == (None, ["Sam Patel"], True)


def test_a_year_in_brackets_is_a_group_as_well(occasion: Occasion) -> None:
    a_pupil(occasion, "Sam Patel", "Heron", year_group="Year 4")
    assert one("Sam Patel (Year 4)").person is not None
    assert one("Sam Patel (Year 5)").person is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("S. Patel", ["Sam Patel, 4 Heron"]),
        ("Sam P", ["Sam Patel, 4 Heron"]),
        ("Patel S", ["Sam Patel, 4 Heron"]),
        ("Patel Sam", ["Sam Patel, 4 Heron"]),
        ("Samm Patel", ["Sam Patel, 4 Heron"]),
        ("Okonja, Amelia", ["Amelia Okonjo, 4 Heron"]),
        ("Amelia", ["Amelia Okonjo, 4 Heron"]),
        ("Miss Okonjo", ["Amelia Okonjo, 4 Heron"]),
        ("Mr Toller", []),
        ("🎉🎉", []),
        ("12345", []),
        ("x", []),
    ],
)
def test_whoever_is_close_is_offered_and_nobody_else(occasion: Occasion, written: str, expected: list[str]) -> None:
    a_pupil(occasion, "Sam Patel", "4 Heron")
    a_pupil(occasion, "Amelia Okonjo", "4 Heron")
    a_pupil(occasion, "Wilhelmina Featherstone", "6 Kestrel")
    assert offered(written) == expected


def test_at_most_five_are_offered_those_of_the_class_first(occasion: Occasion) -> None:
    for number, surname in enumerate(("Adams", "Brown", "Clark", "Davis", "Evans", "Frost", "Green")):
        a_pupil(occasion, f"Sam {surname}", f"{number} Oak")
    assert len(offered("Sam")) == 5
    assert offered("Sam (6O)")[0] == "Sam Green, 6 Oak"


def test_right_to_left_names_are_found(occasion: Occasion) -> None:
    a_pupil(occasion, "محمد الأحمد")
    a_pupil(occasion, "נועה כהן")
    assert all(found.person for found in look_up("محمد الأحمد\n\u202bנועה כהן\u202c\n\u200fمحمد الأحمد"))


def test_no_name_is_opened_but_those_that_are_shown(occasion: Occasion, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Sam Patel", "Amelia Okonjo", "Wilhelmina Featherstone"):
        a_pupil(occasion, name)
    opened = []
    seal = type(Pupil.name).open_stored
    monkeypatch.setattr(type(Pupil.name), "open_stored", lambda *values: opened.append(values) or seal(*values))
    assert one("Sam Patel").person is not None
    assert len(opened) == 1
    look_up("Sam Petal\nAmelia Okonja")
    assert len(opened) == 1 + 3 + 2, "everybody once for both, and then the two that are shown"


def test_nobody_of_another_school_is_found_or_near(occasion: Occasion, elsewhere: Occasion) -> None:
    theirs = a_pupil(elsewhere, "Sam Patel")
    assert one("Sam Patel") == Found(one("Sam Patel").asked)
    assert offered("Samm Patel") == []
    assert by_id([theirs.id]) == {}


def test_somebody_who_was_put_away_still_makes_a_name_unclear(occasion: Occasion) -> None:
    a_pupil(occasion, "Sam Patel", "4 Heron")
    away = a_pupil(occasion, "Sam Patel", "6 Kestrel")
    records.archive(PUPILS, away, occasion)
    assert len(offered("Sam Patel")) == 2


def test_classes_stand_in_the_order_of_their_figures(occasion: Occasion) -> None:
    for number, name in enumerate(("10A", "3B", "3A", "Reception", "9C")):
        a_pupil(occasion, f"Pupil {number}", name)
    a_pupil(occasion, "Gone", "7X", status="left")
    assert classes() == ("3A", "3B", "9C", "10A", "Reception")
    assert [person.name for person in in_class("3B")] == ["Pupil 1"]
    assert in_class("7X") == in_class("No such class") == ()


SAME = [("4H", "4 Heron"), ("Class 4H", "4h"), ("year 4", "Year 4"), ("Oak", "OAK class"), ("10a", "10A")]
OTHER = [("1", "10A"), ("4H", "4 Kestrel"), ("4", "4 Heron"), ("O", "Oak"), ("", "Oak"), ("1A", "11A"), ("", "")]


@pytest.mark.parametrize(("one_spelling", "other"), SAME)
def test_spellings_of_one_class(one_spelling: str, other: str) -> None:
    assert is_same_group(one_spelling, other)
    assert is_same_group(other, one_spelling)


@pytest.mark.parametrize(("one_spelling", "other"), OTHER)
def test_what_is_another_class(one_spelling: str, other: str) -> None:
    assert not is_same_group(one_spelling, other)
    assert not is_same_group(other, one_spelling)


def test_five_thousand_names_are_looked_up_in_a_few_statements(occasion: Occasion) -> None:
    a_pupil(occasion, "Sam Patel")
    found = look_up("\n".join(f"Nobody {number}" for number in range(4_999)) + "\nSam Patel")
    assert sum(each.person is not None for each in found) == 1
    assert len(found) == 5_000
