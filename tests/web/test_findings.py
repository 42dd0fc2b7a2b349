"""Everything that is open, narrowed, and what is agreed about one thing."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.arrangement import Arrangement
from models.school import School
from registry import records
from registry.needs import history
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.browsing import plain, send, sign_in, text_of, visit
from tests.people import Person


@pytest.fixture
def asset(occasion: Occasion, in_quillbrook: School) -> Any:
    """An asset whose check is due in two days, and of which little is known."""
    return records.add(ASSETS, {"name": "Paper files", "next_review_on": date(2026, 11, 25), "owner_role": "office_manager"}, occasion)


@pytest.fixture
def desk(client: FlaskClient, dev: Person, asset: Any) -> FlaskClient:
    """The DPO, signed in."""
    sign_in(client, dev)
    return client


def where(asset: Any, code: str = "AD1") -> str:
    return f"/findings/assets/{asset.id}/{code}"


def test_each_open_thing_has_its_sentence_its_source_and_its_step(desk: FlaskClient, asset: Any) -> None:
    words = text_of(desk, "/findings/")
    for said in ("Paper files IA-0001", "Check this entry again.", "It is not said where this is kept.", "UK GDPR Article 5(2) AS11", "Say where",
                 "Owner: Office manager."):
        assert said in words, said
    page = visit(desk, "/findings/").text
    assert f'href="/registers/assets/{asset.id}/change?section=' in page


@pytest.mark.parametrize(("query", "shown", "hidden"), [
    ("register=assets&severity=deadline", "Check this entry again.", "It is not said where"),
    ("register=assets&code=AS11", "It is not said where", "Check this entry again."),
    ("register=suppliers", "Plateful", "Paper files"),
    ("due=2026-11-25", "Check this entry again.", "It is not said where"),
    ("register=nothing&severity=odd&due=someday&state=x&page=x", "Paper files", "Nothing is open here"),
    ("code=%00", "Paper files", "Nothing is open here"),
    ("state=waiting", "Nothing is put off", "Paper files"),
    ("state=excused", "Nothing was said not to apply", "Everything that is open 0"),
])  # fmt: skip
def test_the_list_is_narrowed_by_its_address(desk: FlaskClient, occasion: Occasion, query: str, shown: str, hidden: str) -> None:
    records.add(SUPPLIERS, {"name": "Plateful Catering Systems", "role": "processor"}, occasion)
    words = plain(visit(desk, f"/findings/?{query}").text.partition("<aside")[0])
    assert shown in words
    assert hidden not in words


def test_the_page_says_of_what_the_figures_are_made_and_draws_their_course(desk: FlaskClient, school: School) -> None:
    visit(desk, "/findings/")  # what is open is known from then on
    for day in (date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)):
        history.keep(school.id, day)
    page = visit(desk, "/findings/").text
    assert "No single figure tells" in page
    assert page.count("<rect") >= 6
    assert "Show as a table" in plain(page)
    assert "between 9 Nov 2026 and 23 Nov 2026" in page


def test_what_is_not_ones_own_move_can_be_left_out(desk: FlaskClient, occasion: Occasion, asset: Any, dev: Person) -> None:
    records.add(ASSETS, {"name": "Visitor book", "next_review_on": date(2026, 11, 24), "owner_role": "dpo"}, occasion)
    own = text_of(desk, "/findings/?whose=own&severity=deadline")
    assert "Visitor book" in own
    assert "Paper files" not in own
    assert send(desk, where(asset), do="assign", assigned_to=dev.user.hex).status_code == 303
    assert "Paper files" in text_of(desk, "/findings/?whose=own&severity=deadline")


def test_what_was_put_off_is_headed_so_and_names_its_day(desk: FlaskClient, asset: Any) -> None:
    assert send(desk, where(asset), do="snooze", until="2026-11-30", reason="The cupboard is being moved").status_code == 303
    words = text_of(desk, "/findings/?state=waiting")
    assert "What was put off 1 thing. Each comes back by itself on its day." in words
    assert "Put off until Monday 30 November 2026: The cupboard is being moved" in words


def test_several_things_found_by_one_rule_stand_on_one_page_and_what_is_agreed_holds_for_all(desk: FlaskClient, occasion: Occasion) -> None:
    supplier = records.add(SUPPLIERS, {"name": "Plateful Catering Systems", "role": "processor"}, occasion)
    words = text_of(desk, f"/findings/suppliers/{supplier.id}/SP01")
    assert "The contract lacks all 8 terms" in words
    assert "The same rule also finds here The contract must describe the work" in words
    assert "What is agreed below holds for all of it." in words


def test_every_step_to_a_day_is_said(desk: FlaskClient, occasion: Occasion) -> None:
    dates = {"last_verified_on": date(2025, 11, 25), "next_review_on": date(2027, 1, 4)}
    asset = records.add(ASSETS, {"name": "Cupboard", **dates}, occasion)
    words = text_of(desk, where(asset))
    assert "The next check is set for: Monday 4 January 2027, as entered. It was last checked on Tuesday 25 November 2025." in words
    assert "The earlier of the two: Wednesday 25 November 2026." in words


def test_it_is_passed_on_and_then_waits_for_the_other(app: Flask, desk: FlaskClient, asset: Any, ola: Person) -> None:
    page = visit(desk, where(asset))
    assert "Check this entry again: Paper files" in plain(page.text)
    assert send(desk, where(asset), do="assign", assigned_to=ola.user.hex).status_code == 303
    assert "Ola Brandt: Check this entry again: Paper files" in text_of(desk, "/")
    other = app.test_client()
    sign_in(other, ola)
    assert "Needs you 1" in text_of(other, "/")
    assert "Asked to see to it Ola Brandt" in text_of(other, where(asset))


def test_it_is_put_off_with_a_reason_and_stands_apart(desk: FlaskClient, asset: Any) -> None:
    refused = send(desk, where(asset), do="snooze", until="soon", reason="")
    assert refused.status_code == 422
    assert "Choose the day on which it comes back, after today." in refused.text
    assert "Say why, so that others know." in refused.text  # both at once
    refused = send(desk, where(asset), do="snooze", until="2026-12-01", reason=" ")
    assert 'value="2026-12-01"' in refused.text
    assert "Say why, so that others know." in refused.text
    assert send(desk, where(asset), do="snooze", until="2026-12-01", reason="The supplier is away.").status_code == 303
    page = visit(desk, "/")
    assert "IA-0001 is put off. It comes back by itself on Tuesday 1 December 2026." in plain(page.text)
    assert f'action="{where(asset)}/take-back"' in page.text
    assert "Put off Check this entry again: Paper files, until Tuesday 1 December 2026" in plain(page.text)
    assert "Put off until Tuesday 1 December 2026: The supplier is away." in text_of(desk, "/findings/?state=waiting")
    assert send(desk, f"{where(asset)}/take-back").status_code == 303  # the button beside what was said
    assert "IA-0001 needs somebody again." in text_of(desk, "/")
    assert "Put off" not in text_of(desk, "/")


def test_undo_takes_back_nothing_that_another_has_agreed_since(app: Flask, desk: FlaskClient, asset: Any, ola: Person) -> None:
    assert send(desk, where(asset), do="snooze", until="2026-12-01", reason="The supplier is away.").status_code == 303
    other = app.test_client()
    sign_in(other, ola)
    assert send(other, where(asset), do="snooze", until="2026-12-08", reason="Until the new cupboard is here.").status_code == 303
    refused = send(desk, f"{where(asset)}/take-back")
    assert refused.status_code == 409
    assert "Somebody else has agreed something about it since" in plain(refused.text)
    assert Arrangement.get().reason == "Until the new cupboard is here."


def test_nothing_is_offered_to_be_undone_where_nothing_was_agreed(desk: FlaskClient, asset: Any) -> None:
    assert send(desk, where(asset), do="assign", assigned_to="").status_code == 303
    assert "take-back" not in visit(desk, "/").text


def test_a_finding_that_does_not_apply_is_listed_apart_with_its_reason(desk: FlaskClient, asset: Any) -> None:
    assert send(desk, where(asset, "AS11"), do="excuse", until="2027-06-01", reason="It is only ever spoken.").status_code == 303
    assert "It is not said where" not in text_of(desk, "/findings/")
    assert "Does not apply until Tuesday 1 June 2027: It is only ever spoken." in text_of(desk, "/findings/?state=excused")


def test_what_is_done_today_is_noted_and_open_no_more(desk: FlaskClient, asset: Any, dev: Person) -> None:
    assert send(desk, where(asset), do="done").status_code == 303
    row = records.find(ASSETS, asset.id, dev.actor)
    assert row.last_verified_on == date(2026, 11, 23)
    assert "Check this entry again: Paper files" not in text_of(desk, "/")


def test_what_makes_no_sense_is_refused_and_nothing_is_kept(desk: FlaskClient, asset: Any) -> None:
    for do, code, status in (("", "AD1", 404), ("done", "AS11", 409), ("excuse", "AD1", 409), ("excuse", "AS11", 422), ("assign", "AD1", 422)):
        answer = send(desk, where(asset, code), page=where(asset), do=do, assigned_to="7" * 32, until="x")
        assert answer.status_code == status, do
    assert visit(desk, where(asset, "NO1"), 404)
    assert not Arrangement.select().exists()


@pytest.mark.parametrize("key", ["ian", "gus"])
def test_who_only_reads_sees_the_day_and_no_button(client: FlaskClient, people: dict[str, Person], asset: Any, key: str) -> None:
    sign_in(client, people[key])
    page = visit(client, where(asset))
    assert "Wednesday 25 November 2026" in page.text
    assert "Your role reads this." in page.text
    assert send(client, where(asset), page="/account", do="snooze", until="2026-12-01", reason="Later.").status_code == 403


def test_a_teacher_is_told_nothing_of_it(client: FlaskClient, tess: Person, asset: Any) -> None:
    sign_in(client, tess)
    assert client.get(where(asset)).status_code in (403, 404)
    assert "Paper files" not in text_of(client, "/findings/")


@pytest.mark.parametrize("code", ["AD1%00", "AD1%0D%0A", "%E2%80%AE", "x" * 3_000])
def test_what_can_be_no_code_is_not_looked_for(desk: FlaskClient, asset: Any, code: str) -> None:
    assert desk.get(where(asset, code)).status_code == 404


def test_what_is_agreed_from_a_narrowed_list_leads_back_to_it(desk: FlaskClient, asset: Any) -> None:
    listed = visit(desk, "/findings/?register=assets&severity=warning").text
    address = re.search(r'href="(/findings/assets/[^"]+/AS11[^"]*)"', listed)
    assert address is not None
    there = unescape(address[1])
    page = visit(desk, there).text
    assert 'href="/findings/?register=assets&amp;severity=warning&amp;page=1"' in page
    assert re.search(r'action="([^"]+)"[^>]*aria-labelledby="snooze"', page)[1] == address[1]  # type: ignore[index]
    answer = send(desk, there, do="snooze", until="2026-12-01", reason="The supplier is away.")
    assert (answer.status_code, answer.location) == (303, "/findings/?register=assets&severity=warning&page=1")


def test_an_address_cannot_lead_anywhere_else(desk: FlaskClient, asset: Any) -> None:
    there = where(asset) + "?list=%2F%2Felsewhere.example%2F%3Fx%3D1"
    assert send(desk, there, do="snooze", until="2026-12-01", reason="The supplier is away.").location.startswith("/findings/?")


def test_a_finding_that_somebody_was_asked_to_mend_can_be_passed_on_from_the_first_page(desk: FlaskClient, asset: Any, dev: Person) -> None:
    assert send(desk, where(asset, "AS11"), do="assign", assigned_to=dev.user.hex).status_code == 303
    assert f'href="{where(asset, "AS11")}" title="Pass on, put off or tick off"' in visit(desk, "/").text
    assert "Information asset. You were asked to see to it." in text_of(desk, "/")
    assert send(desk, where(asset, "AS11"), do="snooze", until="2026-12-01", reason="The supplier is away.").status_code == 303
    assert f'<a class="govuk-link" href="{where(asset, "AS11")}">' in visit(desk, "/").text
