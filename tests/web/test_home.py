"""Today: what waits for whom."""

import re
from datetime import date

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

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


def test_what_waits_is_counted_and_leads_to_the_list_that_shows_it(client: FlaskClient, dev: Person, occasion: records.Occasion) -> None:
    records.add(SUPPLIERS, {"name": "Plateful Catering Systems"}, occasion)
    sign_in(client, dev)
    page = visit(client, "/")
    assert "Start your registers" not in page.text
    assert "1 with errors" in plain(page.text)
    assert 'href="/registers/suppliers/?show=errors"' in page.text


def test_nothing_of_another_school_is_counted(client: FlaskClient, dev: Person, elsewhere: records.Occasion) -> None:
    records.add(SUPPLIERS, {"name": "Somebody else's caterer"}, elsewhere)
    sign_in(client, dev)
    assert "Start your registers" in visit(client, "/").text


def test_a_teacher_is_shown_what_is_about_pictures_and_a_governor_is_offered_no_deed(
    app: Flask, client: FlaskClient, tess: Person, gus: Person
) -> None:
    sign_in(client, tess)
    page = visit(client, "/").text
    assert registers_shown(page) == [register.slug for register in (*AREAS["Images"], *AREAS["Pupils"]) if may(tess.actor, Deed.SEE, register)]
    assert "Data protection</a>" not in page
    other = app.test_client()
    sign_in(other, gus)
    page = visit(other, "/").text
    assert registers_shown(page) == ["processing", "assets", "suppliers", "image-uses"]
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
    assert all(row.is_clear and not row.records for row in rows)


def test_what_is_longest_overdue_stands_before_what_has_most_to_mend(client: FlaskClient, dev: Person, occasion: records.Occasion) -> None:
    for name, due in (("Late files", date(2026, 11, 1)), ("Later files", date(2026, 11, 20)), ("Files in good time", date(2027, 11, 20))):
        records.add(ASSETS, {"name": name, "next_review_on": due}, occasion)
    records.add(SUPPLIERS, {"name": "Plateful Catering Systems", "role": "processor"}, occasion)
    with time_machine.travel("2026-11-23T09:00:00+00:00", tick=False):
        sign_in(client, dev)
        page = plain(visit(client, "/").text)
    assert "22 days late Sunday 1 November 2026" in page
    assert page.index("Late files") < page.index("Later files") < page.index("Plateful Catering Systems")
    assert "Files in good time" not in page
