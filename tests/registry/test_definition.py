from typing import Any

import pytest
from peewee import CharField, TextField

from models.fields import BlindIndex, ChoiceField, EncryptedText, LinesField
from models.record import Record
from models.roles import Role
from models.vocabulary import Level
from registry.access import EVERYBODY, LEADERS, READ_ONLY, Access
from registry.definition import Links, Misdeclared, Question, Register, Section


class Kite(Record):
    """A table invented for these tests."""

    name = CharField()
    colour = ChoiceField(Level, null=True)
    flown_by = EncryptedText(null=True)
    flown_by_index = BlindIndex(flown_by)
    tails = LinesField()
    made_by = TextField(null=True)


class Pond(Record):
    """Another one."""

    depth = CharField()


NAME = Question(Kite.name, "What is it called?")
COLOUR = Question(Kite.colour, "What colour is it?", short="Colour", filtered=True)
PERSON = Question(Kite.flown_by, "Who flies it?", when=(Kite.colour, (Level.HIGH,)))
TAILS = Question(Kite.tails, "Which tails has it?")
PONDS = Question(Links("ponds"), "Over which ponds does it fly?")


def declared(*sections: Section, **changed: Any) -> Register:
    """The register of kites, with sections of one's own."""
    words = {"slug": "kites", "one": "kite", "many": "kites", "about": "What flies."}
    given: dict[str, Any] = {"table": Kite, "access": Access(), "kept": (Kite.made_by,)}
    return Register(**{**words, **given, **changed}, sections=sections)


WHOLE = (Section("What it is", NAME, COLOUR), Section("Who flies it, and where", PERSON, TAILS, PONDS))


def test_a_declaration_that_agrees_with_its_table_stands() -> None:
    kites = declared(*WHOLE)
    assert list(kites.questions) == ["name", "colour", "flown_by", "tails", "ponds"]
    assert kites.title is NAME
    assert kites.columns == (NAME, COLOUR, PERSON, TAILS)
    assert kites.links == (PONDS,)
    assert kites.section_of("tails") is WHOLE[1]
    assert [section.slug for section in kites.sections] == ["what-it-is", "who-flies-it-and-where"]


def test_asking_for_the_section_of_nothing_fails() -> None:
    with pytest.raises(KeyError):
        declared(*WHOLE).section_of("string")


@pytest.mark.parametrize(
    ("sections", "changed", "complaint"),
    [
        ((*WHOLE, Section("Again", COLOUR)), {}, "Register kites: colour is asked twice."),
        ((*WHOLE, Section("What it is")), {}, "Register kites: two sections are called what-it-is."),
        ((*WHOLE, Section("Water", Question(Pond.depth, "How deep?"))), {}, "Register kites: depth is not a column of Kite."),
        ((*WHOLE, Section("Water", Question(Pond.number, "Which number?"))), {}, "Register kites: number is not a column of Kite."),
        (WHOLE, {"kept": ()}, "Register kites: column made_by is neither asked nor kept."),
        (WHOLE[:1], {"kept": (Kite.made_by, Kite.tails)}, "Register kites: column flown_by is neither asked nor kept."),
        (
            (Section("One", NAME, COLOUR, TAILS, Question(Kite.flown_by, "Who flies it?", filtered=True)),),
            {},
            "Register kites: flown_by cannot be a filter: it is sealed, or a list.",
        ),
        (
            (Section("One", NAME, COLOUR, PERSON, Question(Kite.tails, "Which tails has it?", filtered=True)),),
            {},
            "Register kites: tails cannot be a filter: it is sealed, or a list.",
        ),
        (
            (Section("One", NAME, PERSON, TAILS),),
            {"kept": (Kite.made_by, Kite.colour)},
            "Register kites: flown_by depends on colour, which is not asked.",
        ),
    ],
)
def test_a_declaration_that_contradicts_its_table_stops_the_program_with_a_sentence(
    sections: tuple[Section, ...], changed: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(Misdeclared) as stopped:
        declared(*sections, **changed)
    assert str(stopped.value) == complaint


def test_a_question_must_be_answered_only_where_the_column_can_be_neither_empty_nor_filled_in() -> None:
    assert NAME.required
    assert not COLOUR.required
    assert not TAILS.required
    assert not PONDS.required


def test_an_answer_is_headed_by_its_short_name_or_else_by_the_question() -> None:
    assert COLOUR.label == "Colour"
    assert NAME.label == "What is it called?"


def test_a_section_narrows_its_questions_and_never_widens_them() -> None:
    strict = Question(Kite.name, "What is it called?", see=frozenset({Role.DPO, Role.TEACHER}))
    section = Section("Secret", strict, COLOUR, see=LEADERS)
    assert section.questions[0].see == {Role.DPO}
    assert section.questions[1].see == LEADERS
    assert section.questions[1].filtered
    assert Section("Open", strict).questions == (strict,)
    assert COLOUR.see is None


def test_roles_are_sets_that_can_be_joined() -> None:
    assert LEADERS | READ_ONLY < EVERYBODY
