"""The one gate: who may answer what, and that everything else is an unknown word."""

from uuid import UUID

import pytest

from models.roles import Role
from registry.access import Deed
from registry.actor import Actor
from registry.catalogue import REGISTERS, area_of
from registry.definition import Register
from registry.registers.data_protection.assets import ASSETS
from registry.schema import Invalid, questions_for, read_answers, schema_for

SOMEBODY = UUID(int=1)
DPO = Actor("Dev", user=SOMEBODY, role=Role.DPO)
IT = Actor("Ian", user=SOMEBODY, role=Role.IT_PROVIDER)
GOVERNOR = Actor("Gus", user=SOMEBODY, role=Role.GOVERNOR)


def sentences(actor: Actor, deed: Deed = Deed.CHANGE, partial: bool = False, **given: object) -> dict[str, list[str]]:
    """Why these answers cannot be stored."""
    with pytest.raises(Invalid) as problem:
        read_answers(schema_for(ASSETS, actor, deed), given, partial=partial)
    return problem.value.messages


def test_an_unknown_question_is_refused() -> None:
    assert sentences(DPO, name="Accident book", number="7") == {"number": ["This is not a question that you may answer here."]}


def test_a_question_one_may_not_see_is_as_unknown_as_one_that_is_not_there() -> None:
    assert "owner" not in schema_for(ASSETS, IT, Deed.SEE).fields
    assert "owner" in schema_for(ASSETS, GOVERNOR, Deed.SEE).fields


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.slug)
def test_who_only_reads_has_nothing_to_answer(register: Register) -> None:
    assert not schema_for(register, GOVERNOR, Deed.CHANGE).fields
    if not area_of(register).startswith("Device"):
        assert not schema_for(register, IT, Deed.ADD).fields


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.slug)
def test_nobody_may_answer_what_they_may_not_see(register: Register) -> None:
    for role in Role:
        actor = Actor("Somebody", user=SOMEBODY, role=role)
        seen = {question.name for question in questions_for(register, actor)}
        for deed in (Deed.ADD, Deed.CHANGE, Deed.EXPORT):
            assert {question.name for question in questions_for(register, actor, deed)} <= seen


def test_without_its_name_a_record_is_refused_unless_only_a_part_is_sent() -> None:
    assert sentences(DPO) == {"name": ["Enter the asset."]}
    assert sentences(DPO, name=" ") == {"name": ["Enter the asset."]}
    assert read_answers(schema_for(ASSETS, DPO, Deed.CHANGE), {"location": "Office"}, partial=True) == {"location": "Office"}
    assert sentences(DPO, partial=True, name="") == {"name": ["Enter the asset."]}


def test_every_malformed_answer_is_said_at_once() -> None:
    messages = sentences(DPO, name="Accident book", recover_within_hours="x", next_review_on="x", individuals=["pupils", "zeppelins"])
    assert set(messages) == {"recover_within_hours", "next_review_on", "individuals"}


def test_a_form_of_one_section_asks_for_that_section_only() -> None:
    schema = schema_for(ASSETS, DPO, Deed.CHANGE, only=frozenset({"location", "nonsense"}))
    assert set(schema.fields) == {"location"}
