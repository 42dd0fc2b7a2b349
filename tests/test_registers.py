"""What is true of every register, whatever it is about."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from peewee import Field, IntegerField

from models import vocabulary
from models.fields import ChoiceField, ChoicesField, DayField, EncryptedText, LinesField, RowsField, UtcDateTime
from models.tables import RECORDS, TABLES
from models.vocabulary import Nation, Words
from registry.access import Deed, allowed
from registry.catalogue import AREAS, REGISTERS, NoSuchRegister, area_of, by_table, find
from registry.definition import Check, Links, Question, Register
from registry.kinds import kind_of
from registry.rules.school_facts import SchoolFacts

SPEAK_FOR_THEMSELVES: frozenset[str] = frozenset()
"""Questions, as slug.name, so plain that neither a hint nor a reason would add anything."""

NOT_STORED = {"DataSensitivity", "SupportStatus", "PeopleTold", "SupplierState", "TransfersExpected"}
"""Lists of choices that no column takes: worked out by a rule, or said by starter content."""

COUNTED, TRIED = 30, 400
SCHOOLS = (
    SchoolFacts(today=date(2026, 11, 22)),
    SchoolFacts(today=date(2026, 11, 22), public_authority=False, nation=Nation.SCOTLAND),
)

each_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.slug)


def each_question(promise: Callable[[Register, Question], None]) -> Callable[[Register], None]:
    """One test for each register that holds a promise of every question in it, and names the one that breaks it."""

    @each_register
    def of_all(register: Register) -> None:
        for name, question in register.questions.items():
            try:
                promise(register, question)
            except AssertionError as broken:
                broken.add_note(f"{register.slug}.{name}")
                raise

    return of_all


each_check = pytest.mark.parametrize(
    ("register", "check"),
    [pytest.param(register, check, id=check.facts.__name__) for register in REGISTERS for check in register.checks],
)


@each_register
def test_every_question_is_explained_or_speaks_for_itself(register: Register) -> None:
    bare = {f"{register.slug}.{name}" for name, question in register.questions.items() if not (question.hint or question.why)}
    assert bare == {name for name in SPEAK_FOR_THEMSELVES if name.startswith(f"{register.slug}.")}


@each_question
def test_whether_a_question_is_asked_tells_nobody_of_an_answer_they_may_not_see(register: Register, question: Question) -> None:
    if question.when is not None:
        asked_first = register.questions[question.when[0].name]
        assert allowed(Deed.SEE, register, question) <= allowed(Deed.SEE, register, asked_first)


@each_question
def test_a_question_is_worded_like_one(register: Register, question: Question) -> None:
    assert question.ask[0].isupper()
    assert question.ask.endswith("?")
    assert question.ask.count("?") == 1
    for sentence in filter(None, (question.hint, question.why)):
        assert sentence[0].isupper()
        assert sentence.endswith((".", "?"))
    for text in (question.ask, question.short, question.hint, question.why):
        assert "'" not in text, "apostrophes are typed as a printed page has them"
        assert "please" not in text.lower()


@each_question
def test_an_answer_is_headed_in_a_few_words(register: Register, question: Question) -> None:
    assert 0 < len(question.label) <= 32
    assert not question.label.endswith(("?", "."))


@each_register
def test_no_two_answers_are_headed_alike_and_no_two_questions_of_a_section_sound_alike(register: Register) -> None:
    labels = [question.label.lower() for question in register.questions.values()]
    assert len(set(labels)) == len(labels)
    for section in register.sections:
        asks = {question.ask for question in section.questions}
        assert len(asks) == len(section.questions)


@each_register
def test_every_index_of_the_table_begins_with_the_school(register: Register) -> None:
    assert register.table in RECORDS
    indexes = register.table._meta.fields_to_index()
    assert len(indexes) > 1
    for index in indexes:
        first = index._expressions[0]
        assert (first if isinstance(first, str) else first.name) == "school", index._name


@each_register
def test_a_link_leads_to_a_register_that_leads_back(register: Register) -> None:
    for question in register.links:
        assert isinstance(question.column, Links)
        back = find(question.column.to).questions[register.slug]
        assert isinstance(back.column, Links)
        assert allowed(Deed.SEE, register, question) == allowed(Deed.SEE, find(question.column.to), back)


@each_register
def test_the_list_shows_the_name_first_and_at_most_eight_columns(register: Register) -> None:
    listed = [question for question in register.questions.values() if question.listed]
    assert listed[0] is register.title
    assert 1 < len(listed) <= 8


@each_register
def test_only_the_name_must_be_given_and_whoever_sees_the_register_sees_it(register: Register) -> None:
    named = [question for question in register.ones if question.required]
    assert [question for question in register.questions.values() if question.required] == [register.title, *named]
    assert allowed(Deed.SEE, register, register.title) == register.access.see


@each_question
def test_a_question_that_depends_on_another_waits_for_choices_that_exist(register: Register, question: Question) -> None:
    if question.when is None:
        return
    column, codes = question.when
    assert codes
    assert isinstance(column, ChoiceField | ChoicesField)
    assert set(codes) <= set(column.words)
    names = list(register.questions)
    assert names.index(column.name) < names.index(question.name)


@each_question
def test_people_are_told_what_is_kept_sealed(register: Register, question: Question) -> None:
    assert isinstance(question.column, EncryptedText) == (kind_of(question.column).name in ("sealed", "prose", "rows")), "its field says so"
    assert "sealed" not in question.hint.lower(), "and says it once"


def test_every_list_of_choices_is_stored_somewhere() -> None:
    tables = TABLES
    columns = [column for table in tables for column in table._meta.fields.values()]
    stored = {column.words.__name__ for column in columns if isinstance(column, ChoiceField | ChoicesField)}
    stored |= {part.words.__name__ for column in columns if isinstance(column, RowsField) for part in column.shape.parts if part.words}
    lists = {name for name in vocabulary.__all__ if isinstance(getattr(vocabulary, name), type) and getattr(vocabulary, name) is not Words}
    assert lists - stored == NOT_STORED | {"Term"}


@each_check
def test_a_rule_takes_its_facts_from_columns_of_the_same_name(register: Register, check: Check) -> None:
    columns = {question.name for question in register.columns}
    assert set(check.facts.__dataclass_fields__) <= columns


@each_check
def test_a_finding_leads_to_a_question_that_is_asked(register: Register, check: Check) -> None:
    chance = random.Random(20261122)
    met = set()
    for _ in range(TRIED):
        answers = {name: some_answer(register.table._meta.fields[name], chance) for name in check.facts.__dataclass_fields__}
        for school in SCHOOLS:
            for finding in check.rule(check.facts(**answers), school):
                met.add(finding.code)
                assert is_asked(register.questions[finding.question], answers), f"{finding.code}: {finding.message} {answers}"
    assert met


def some_answer(column: Field, chance: random.Random) -> Any:
    """An answer that a column may hold, or none."""
    match column:
        case ChoicesField():
            return tuple(chance.sample(list(column.words), chance.choice((0, 0, 1, 2))))
        case ChoiceField():
            return chance.choice((None, *column.words))
        case LinesField():
            return chance.choice(((), ("United States",)))
        case DayField():
            return chance.choice((None, date(2020, 2, 29), date(2027, 1, 4)))
        case UtcDateTime():
            return chance.choice((None, datetime(2026, 9, 1, 8, tzinfo=UTC), datetime(2026, 11, 21, 8, tzinfo=UTC)))
        case IntegerField():
            return chance.choice((None, COUNTED))
    return chance.choice((None, "So it is."))


def is_asked(question: Question, answers: dict[str, Any]) -> bool:
    """Whether the question is asked of somebody who gave these answers."""
    if question.when is None:
        return True
    given = answers[question.when[0].name]
    return bool({given} & set(question.when[1])) if isinstance(given, str) else bool(set(given or ()) & set(question.when[1]))


def test_every_register_stands_in_one_area_of_the_menu() -> None:
    assert [(area_of(register), register) for register in REGISTERS] == [(area, each) for area, registers in AREAS.items() for each in registers]
    assert len(set(REGISTERS)) == len(REGISTERS)


@each_register
def test_a_register_is_found_by_its_address_and_by_its_table(register: Register) -> None:
    assert find(register.slug) is register
    assert by_table(register.table._meta.table_name) is register
    assert sum(each.table.PREFIX == register.table.PREFIX for each in REGISTERS) == 1


def test_what_is_no_register_is_not_found() -> None:
    with pytest.raises(NoSuchRegister):
        find("dragons")
    assert by_table("person") is None
