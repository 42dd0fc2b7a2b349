"""A comment on a part of a record stands in its margin, for whoever may see that part."""

from dataclasses import replace
from typing import Any

import pytest

from models.comment import Comment
from models.roles import Role
from registry import records
from registry.catalogue import REGISTERS
from registry.occasion import Occasion
from registry.registers.data_protection.dpias import DPIAS
from registry.schema import names_for
from registry.talk.comments import part, withdraw, write
from registry.talk.thread import margin, thread
from tests.people import Person

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def row(occasion: Occasion) -> Any:
    """A DPIA that people talk about."""
    return records.add(DPIAS, {"name": "Tablets"}, occasion)


def test_it_stands_beside_its_part_and_in_the_thread_until_it_is_withdrawn(row: Any, occasion: Occasion, ola: Person, gus: Person) -> None:
    office = replace(occasion, by=ola.actor)
    first = write(DPIAS, row, "Which tablets?", (), occasion=office, about="need")
    write(DPIAS, row, "In general: good.", (), occasion=office)
    write(DPIAS, row, "Nowhere", (), occasion=office, about="no-such-part")
    found = margin(DPIAS, row, gus.actor)
    assert {slug: [each.text for each in said] for slug, said in found.items()} == {"need": ["Which tablets?"]}
    assert [each.about.title if each.about else "" for each in thread(DPIAS, row, gus.actor).said] == ["Need", "", ""]
    withdraw(DPIAS, row, Comment.get_by_id(first.id), office)
    assert margin(DPIAS, row, gus.actor) == {}


def test_nobody_is_shown_a_part_of_which_they_see_nothing(occasion: Occasion) -> None:
    shut = [
        (register, section, replace(occasion.by, role=role))
        for register in REGISTERS
        for section in register.sections
        for role in Role
        if not names_for(register, replace(occasion.by, role=role)) & {question.name for question in section.questions}
    ]
    assert shut
    assert all(part(register, section.slug, by) is None for register, section, by in shut)


def test_who_may_not_read_along_has_an_empty_margin(row: Any, occasion: Occasion, tess: Person) -> None:
    write(DPIAS, row, "Which tablets?", (), occasion=occasion, about="need")
    assert margin(DPIAS, row, tess.actor) == {}
