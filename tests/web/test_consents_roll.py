"""The roll is brought up to date from what the school's database exports: shown first, then saved whole, and undone whole."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from models import doors
from models.carer import Carer
from models.link import Link
from models.pupil import Pupil
from models.upload import Upload
from registry import records
from registry.records import Occasion
from registry.registers.images.pupils import PUPILS
from registry.trace.verification import verify_chain, verify_rows
from tests.browsing import plain, send, sign_in, token, visit
from tests.people import Person
from tests.web.rolls import SIMS, START, bring, brought, families, press_save, refused, roll, saved, settle


@pytest.fixture
def desk(client: FlaskClient, ola: Person) -> FlaskClient:
    """The school office at a computer."""
    sign_in(client, ola)
    return client


def test_a_list_becomes_a_roll_with_its_families(desk: FlaskClient, school: Any) -> None:
    preview = brought(desk, SIMS)
    page = plain(visit(desk, preview).text)
    assert "New 3" in page
    assert "New parents 2" in page
    assert "Not kept, because nobody needs it here: UPN, DOB" in page
    assert "Legal name: Samantha Patel" in page
    assert roll(school) == {}
    saved_page = press_save(desk, preview)
    assert saved_page.location == "/registers/pupils/"
    assert "The roll is up to date. 3 added, 2 parents or carers added." in plain(visit(desk, saved_page.location).text)
    assert roll(school) == {
        "Sam Patel": ("00123", "3B", "on_roll"),
        "Zoë O’Brien": ("00124", "3B", "on_roll"),
        "Asha Patel": ("00125", "5A", "on_roll"),
    }
    assert families(school) == {"Ann Patel": ("Asha Patel", "Sam Patel"), "Tom O’Brien": ("Zoë O’Brien",)}
    assert not Upload.select().count()
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_the_same_list_changes_nothing_the_second_time(desk: FlaskClient, school: Any) -> None:
    saved(desk, SIMS)
    page = visit(desk, brought(desk, SIMS.replace("00123", "123").replace("00124", "124"))).text
    assert "There is nothing to save" in plain(page)
    assert "3 people unchanged, 2 parents or carers unchanged" in plain(page)
    assert 'name="shown"' not in page


def undone(desk: FlaskClient, slug: str) -> None:
    """Undo what was done last to many records of a register, which its page offers."""
    page = visit(desk, f"/registers/{slug}/batches").text
    undo = re.search(rf'action="(/registers/{slug}/batches/[^"]+/undo)"', page)
    assert undo, plain(page)
    assert send(desk, undo[1], f"/registers/{slug}/batches").status_code == 303


@pytest.mark.parametrize("slug", ["pupils", "carers"])
def test_people_and_parents_are_undone_together(desk: FlaskClient, school: Any, slug: str) -> None:
    saved(desk, SIMS)
    undone(desk, slug)
    with doors.looking_at(school.id):
        assert not Pupil.select().count()
        assert not Carer.select().count()
        assert not Link.select().count()
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_what_a_list_changed_is_brought_back(desk: FlaskClient, school: Any) -> None:
    saved(desk, SIMS)
    said = saved(desk, SIMS.replace("3B,Year 3", "4B,Year 4").replace("ann@", "anne@"))
    assert "2 changed, 1 parent or carer changed" in said
    assert roll(school)["Sam Patel"][1] == "4B"
    undone(desk, "pupils")
    assert roll(school)["Sam Patel"][1] == "3B"
    with doors.looking_at(school.id):
        assert {row.email for row in Carer.select()} == {"ann@family.example", "tom@family.example"}
    assert [*verify_chain(school.id), *verify_rows()] == []
