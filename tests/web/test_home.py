"""Today: what waits for whom."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from models.base import new_id
from models.job import JobRun
from models.school import Installation
from registry import records
from registry.access import Deed, may
from registry.catalogue import AREAS, REGISTERS
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.browsing import plain, sign_in, visit
from tests.people import Person
from web.home import today_rows


def registers_shown(html: str) -> list[str]:
    """The registers that the page lists."""
    return re.findall(r'<a class="govuk-link" href="/registers/([a-z-]+)/">', html)


def test_an_empty_school_is_offered_its_first_steps(client: FlaskClient, dev: Person) -> None:
    sign_in(client, dev)
    page = visit(client, "/")
    assert "Start your registers" in page.text
    assert "Begin with typical entries" in page.text
    assert registers_shown(page.text) == [register.slug for register in REGISTERS if may(dev.actor, Deed.SEE, register)]


def test_what_needs_somebody_says_what_by_when_and_leads_to_the_question(client: FlaskClient, dev: Person, occasion: records.Occasion) -> None:
    row = records.add(ASSETS, {"name": "Paper files", "next_review_on": date(2026, 11, 25)}, occasion)
    sign_in(client, dev)
    page = visit(client, "/")
    assert "Start your registers" not in page.text
    assert "Needs you 1" in plain(page.text)
    assert "Check this entry again: Paper files IA-0001 Information asset. In 2 days Wednesday 25 November 2026" in plain(page.text)
    assert f'href="/registers/assets/{row.id}/change?section=review#next_review_on"' in page.text
    assert f'href="/findings/assets/{row.id}/AD1"' in page.text


def test_nothing_of_another_school_is_counted(client: FlaskClient, dev: Person, elsewhere: records.Occasion) -> None:
    records.add(SUPPLIERS, {"name": "Somebody else's caterer"}, elsewhere)
    sign_in(client, dev)
    assert "Start your registers" in visit(client, "/").text


def test_a_teacher_is_shown_pictures_and_terms_and_a_governor_is_offered_no_deed(
    app: Flask, client: FlaskClient, tess: Person, gus: Person
) -> None:
    sign_in(client, tess)
    page = visit(client, "/").text
    seen = (*AREAS["Images"], *AREAS["Pupils"], *AREAS["Devices"], *AREAS["School"])
    assert registers_shown(page) == [register.slug for register in seen if may(tess.actor, Deed.SEE, register)]
    assert "Data protection</a>" not in page
    other = app.test_client()
    sign_in(other, gus)
    page = visit(other, "/").text
    read = ["processing", "assets", "suppliers", "dpias", "retention-rules", "disposals-of-records", "image-uses", "agreements", "term-dates"]
    assert registers_shown(page) == read
    for deed in ("Begin with typical entries", "Add the first", "Import ", "Invite"):
        assert deed not in page


@pytest.mark.parametrize(
    ("at", "greeting"),
    [("2026-11-23T11:59:00+00:00", "Good morning"), ("2026-11-23T12:00:00+00:00", "Good afternoon"), ("2026-07-01T17:30:00+00:00", "Good evening")],
)
def test_the_greeting_follows_the_clock_in_london(client: FlaskClient, dev: Person, clock: time_machine.Traveller, at: str, greeting: str) -> None:
    clock.move_to(at)
    sign_in(client, dev)
    assert f"{greeting}, Dev." in visit(client, "/").text


def test_each_register_is_one_row(in_quillbrook: object, dev: Person, clock: time_machine.Traveller, occasion: records.Occasion) -> None:
    rows = today_rows(dev.actor, occasion.at)
    assert [row.register for row in rows] == [register for register in REGISTERS if may(dev.actor, Deed.SEE, register)]
    assert not any(row.records for row in rows)


def test_what_is_longest_overdue_stands_before_what_comes(client: FlaskClient, dev: Person, occasion: records.Occasion) -> None:
    for name, due in (("Late files", date(2026, 11, 1)), ("Later files", date(2026, 11, 20)), ("Files in good time", date(2027, 1, 20))):
        records.add(ASSETS, {"name": name, "next_review_on": due}, occasion)
    sign_in(client, dev)
    page = plain(visit(client, "/").text)
    assert "22 days late Sunday 1 November 2026" in page
    assert page.index("Late files") < page.index("Later files") < page.index("Coming up") < page.index("Files in good time")


def test_several_due_on_one_day_are_one_line_and_a_list(client: FlaskClient, dev: Person, occasion: records.Occasion) -> None:
    for number in range(3):
        records.add(ASSETS, {"name": f"Files {number}", "next_review_on": date(2026, 11, 25)}, occasion)
    sign_in(client, dev)
    page = visit(client, "/")
    assert "Check this entry again: 3 information assets" in plain(page.text)
    there = visit(client, "/findings/?register=assets&severity=deadline&code=AD1&due=2026-11-25")
    assert "3 things due on Wednesday 25 November 2026 under AD1" in plain(there.text)
    assert all(f"Files {number}" in there.text for number in range(3))


def test_what_was_done_since_the_last_visit_is_told(
    app: Flask, client: FlaskClient, ola: Person, occasion: records.Occasion, clock: time_machine.Traveller
) -> None:
    sign_in(client, ola)
    clock.move_to(occasion.at + timedelta(hours=5))
    records.add(ASSETS, {"name": "Paper files"}, replace(occasion, at=occasion.at + timedelta(hours=5)))
    again = app.test_client()
    clock.move_to(occasion.at + timedelta(days=1))
    sign_in(again, ola)
    assert "Since Monday 23 November 2026, 09:14 Dev Marchetti added 1 information asset." in plain(visit(again, "/").text)


@pytest.mark.parametrize(("key", "is_told"), [("dev", True), ("hana", True), ("ola", False)])
def test_those_who_look_after_it_are_told_when_the_work_of_the_night_was_not_done(
    client: FlaskClient, people: dict[str, Person], occasion: records.Occasion, key: str, is_told: bool
) -> None:
    Installation.update(created_at=occasion.at - timedelta(days=3)).execute()
    sign_in(client, people[key])
    words = plain(visit(client, "/").text)
    assert ("Not done for more than a day:" in words) == is_told
    assert ("reminders may be missing" in words.lower()) == is_told


def test_that_the_history_was_checked_is_said(client: FlaskClient, dev: Person, occasion: records.Occasion) -> None:
    JobRun.insert(id=new_id(), name="verify-audit", last_done_at=occasion.at - timedelta(hours=6)).execute()
    sign_in(client, dev)
    assert "History checked at 03:14: nothing altered." in plain(visit(client, "/").text)


def test_it_is_said_when_more_needs_somebody_than_is_shown(client: FlaskClient, dev: Person, occasion: records.Occasion) -> None:
    for number in range(31):
        records.add(ASSETS, {"name": f"Files {number}", "next_review_on": date(2026, 11, 1) + timedelta(days=number)}, occasion)
    sign_in(client, dev)
    words = plain(visit(client, "/").text)
    assert "Needs you 31" in words
    assert "The first 30 of 31. All that is yours to see to · Everything that is open" in words


def test_it_is_said_when_more_comes_up_than_is_shown(client: FlaskClient, dev: Person, occasion: records.Occasion) -> None:
    for number in range(13):
        records.add(ASSETS, {"name": f"Files {number}", "next_review_on": date(2026, 12, 10 + number)}, occasion)
    sign_in(client, dev)
    page = visit(client, "/")
    assert "The first 12 of 14. Everything that is open" in plain(page.text)


def test_the_owner_is_named_where_no_post_is(client: FlaskClient, dev: Person, ian: Person, occasion: records.Occasion) -> None:
    records.add(SUPPLIERS, {"name": "Plateful", "owner": "Zoë Ó Briain", "ends_on": date(2026, 11, 25)}, occasion)
    sign_in(client, dev)
    assert "Renew the contract, or end it: Plateful SU-0001 Supplier. Owner: Zoë Ó Briain." in plain(visit(client, "/").text)
