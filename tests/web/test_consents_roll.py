"""The roll is brought up to date from what the school's database exports: shown first, then saved whole, and undone whole."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from time_machine import Traveller

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
from tests.web.rolls import SIMS, START, brought, families, press_save, roll, saved


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
        assert not Pupil.select().where(Pupil.archived_at.is_null()).count()
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


@pytest.mark.parametrize("key", ["hana", "dev", "ola"])
def test_who_may_import_and_add_pupils_may_bring_the_roll(client: FlaskClient, people: dict[str, Person], key: str) -> None:
    sign_in(client, people[key])
    visit(client, START)


@pytest.mark.parametrize("key", ["dina", "ian", "tess", "gus"])
def test_nobody_else_may(client: FlaskClient, people: dict[str, Person], key: str) -> None:
    sign_in(client, people[key])
    visit(client, START, 403)
    sent = client.post(START, data={"csrf_token": token(client, "/account")})
    assert sent.status_code == 403


def test_whoever_is_missing_leaves_only_when_ticked(desk: FlaskClient, school: Any) -> None:
    saved(desk, SIMS)
    preview = brought(desk, "\r\n".join(SIMS.splitlines()[:3]))
    page = plain(visit(desk, preview).text)
    assert "1 person on the roll is not on the list" in page
    assert "Asha Patel 5A, PU-0003" in page
    asha = re.search(r'name="left" type="checkbox" value="([^"]+)"', visit(desk, preview).text)
    assert asha
    said = plain(visit(desk, press_save(desk, preview, asha[1], left_on="22 7 2026").location).text)
    assert "1 marked as having left" in said
    assert roll(school)["Asha Patel"][2] == "left"
    assert roll(school)["Sam Patel"][2] == "on_roll"
    assert "1 changed" in saved(desk, SIMS), "whoever is on the list again is back"
    assert roll(school)["Asha Patel"][2] == "on_roll"


def some(*numbers: int) -> str:
    """A list of pupils with these numbers, six in one class and the others in another."""
    rows = (f"{number},Pupil,Number{number},{3 if number < 7 else 5}B" for number in numbers)
    return "\r\n".join(("Adm No,Forename,Surname,Class", *rows))


def test_everybody_missing_can_be_ticked_at_once_only_where_the_list_names_the_school(desk: FlaskClient, school: Any) -> None:
    saved(desk, some(*range(1, 11)))
    one_class = brought(desk, some(1))
    page = plain(visit(desk, one_class).text)
    assert "All 5" not in page
    assert "only the classes in it are looked at. 4 other people not on it are left alone" in page
    unheard = press_save(desk, one_class, left_all="yes", left_on="22 7 2026")
    assert "There is nothing to save" in plain(visit(desk, unheard.location).text)
    assert {state for _number, _class, state in roll(school).values()} == {"on_roll"}
    whole = brought(desk, some(*range(1, 9)))
    assert "All 2" in plain(visit(desk, whole).text)
    press_save(desk, whole, left_all="yes", left_on="22 7 2026")
    assert [name for name, (_number, _class, state) in roll(school).items() if state == "left"] == ["Pupil Number9", "Pupil Number10"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Enter their last day"),
        ("31 2 2026", "February 2026 has 28 days"),
        ("1 1 2030", "That day is still to come"),
        ("soon", "Enter a day"),
    ],
)
def test_a_last_day_that_is_none_is_asked_again_with_the_ticks_kept(desk: FlaskClient, school: Any, day: str, said: str) -> None:
    saved(desk, SIMS)
    preview = brought(desk, "\r\n".join(SIMS.splitlines()[:3]))
    asha = re.search(r'name="left" type="checkbox" value="([^"]+)"', visit(desk, preview).text)
    assert asha
    response = press_save(desk, preview, asha[1], left_on=day)
    assert response.status_code == 422
    assert said in plain(response.text)
    assert f'value="{asha[1]}" checked' in response.text
    assert roll(school)["Asha Patel"][2] == "on_roll"


def test_what_clashes_stays_as_it_is_until_somebody_says_who_it_is(desk: FlaskClient, school: Any) -> None:
    saved(desk, SIMS)
    preview = brought(desk, "Adm No,Name,Class\r\n123,Ebele Moss,3B\r\n124,Zoë O’Brien,3B\r\n125,Asha Patel,5A\r\n")
    page = plain(visit(desk, preview).text)
    assert "1 row clashes" in page
    assert "The number 00123 is Sam Patel in 3B (PU-0001) here." in page
    assert "On the roll and not on the list" not in page, "whoever may be meant has not left"
    agree = preview.replace("preview", "agree")
    assert send(desk, agree, preview, seen="0", same="0").status_code == 303
    assert "Name: Sam Patel becomes Ebele Moss" in plain(visit(desk, preview).text)
    send(desk, agree, preview, seen="0")
    assert "1 row clashes" in plain(visit(desk, preview).text)
    send(desk, agree, preview, seen="0", same=["0", "77", "x"])
    press_save(desk, preview)
    assert list(roll(school)) == ["Ebele Moss", "Zoë O’Brien", "Asha Patel"]


def test_a_second_press_says_that_it_was_saved_already(desk: FlaskClient, school: Any) -> None:
    preview = brought(desk, SIMS)
    shown = re.search(r'name="shown" value="([0-9a-f]+)"', visit(desk, preview).text)
    assert shown
    sent = {"csrf_token": token(desk, preview), "shown": shown[1]}
    assert [desk.post(preview.replace("preview", "save"), data=sent).status_code for _ in range(2)] == [303, 303]
    assert "These files were saved already: 3 added, 2 parents or carers added." in plain(visit(desk, "/registers/pupils/").text)
    assert len(roll(school)) == 3


def test_of_two_people_at_once_the_second_looks_again(desk: FlaskClient, school: Any, occasion: Occasion) -> None:
    preview = brought(desk, SIMS)
    stale = re.search(r'name="shown" value="([0-9a-f]+)"', visit(desk, preview).text)
    assert stale
    with doors.looking_at(school.id):
        records.add(PUPILS, {"name": "Sam Patel", "class_name": "3B"}, occasion)
    response = send(desk, preview.replace("preview", "save"), preview, shown=stale[1])
    assert "nothing was saved. Look at it again" in plain(visit(desk, response.location).text)
    assert list(roll(school)) == ["Sam Patel"]
    press_save(desk, preview)
    assert len(roll(school)) == 3


def test_a_roll_of_another_school_is_neither_seen_nor_touched(
    desk: FlaskClient, school: Any, other_school: Any, elsewhere: Occasion, otto: Person, app: Any
) -> None:
    with doors.looking_at(other_school.id):
        records.add(PUPILS, {"name": "Theirs Alone", "class_name": "3B", "mis_number": "00123"}, elsewhere)
    preview = brought(desk, SIMS)
    assert "Theirs" not in visit(desk, preview).text
    other = app.test_client()
    sign_in(other, otto)
    visit(other, preview, 404)
    press_save(desk, preview)
    assert list(roll(other_school)) == ["Theirs Alone"]
    assert len(roll(school)) == 3


def test_a_colleague_does_not_see_what_somebody_else_brought(desk: FlaskClient, app: Any, hana: Person) -> None:
    preview = brought(desk, SIMS)
    other = app.test_client()
    sign_in(other, hana)
    visit(other, preview, 404)


def test_nothing_is_left_when_somebody_gives_up(desk: FlaskClient, school: Any) -> None:
    preview = brought(desk, SIMS)
    assert "A list is waiting" in plain(visit(desk, START).text)
    send(desk, preview.replace("preview", "give-up"), preview)
    assert "the roll stays as it was" in plain(visit(desk, START).text)
    assert not Upload.select().count()
    assert roll(school) == {}
    visit(desk, preview, 404)


def test_what_is_kept_between_the_steps_is_sealed_and_no_more_than_is_needed(desk: FlaskClient) -> None:
    brought(desk, SIMS)
    (upload,) = Upload.select()
    assert b"Patel" not in bytes(upload.__data__["sheet"])
    assert "Patel" in upload.sheet
    assert "1/2/2018" not in upload.sheet, "a date of birth is dropped as the file is read"
    assert "A1" not in upload.sheet


def test_a_list_that_waits_for_more_than_a_day_is_gone(desk: FlaskClient, ola: Person, clock: Traveller) -> None:
    preview = brought(desk, SIMS)
    clock.shift(timedelta(hours=25))
    sign_in(desk, ola)
    visit(desk, preview, 404)
    brought(desk, SIMS.replace("00123", "00923"))
    assert Upload.select().count() == 1


def test_a_tick_for_everybody_is_kept_as_well(desk: FlaskClient, school: Any) -> None:
    saved(desk, some(*range(1, 11)))
    response = press_save(desk, brought(desk, some(*range(1, 9))), left_all="yes", left_on="soon")
    assert response.status_code == 422
    assert 'name="left_all" type="checkbox" value="yes" checked' in response.text
