"""Two people, one record: nothing of either is lost, and nothing is stored that nobody chose."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.audit import AuditDetail
from models.school import School
from registry import records
from registry.merging import Side, merge
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.browsing import check_page, plain, sign_in, visit
from tests.people import Person
from tests.web.filling_in import change_of, hidden

REVIEW = "review"


@pytest.fixture
def asset(in_quillbrook: School, occasion: Occasion) -> UUID:
    """An asset of Quillbrook, in its first version."""
    return records.add(ASSETS, {"name": "Accident book", "accuracy_check": "Never"}, occasion).id  # type: ignore[no-any-return]


@pytest.fixture
def olas(ola: Person, occasion: Occasion) -> Occasion:
    """Ola at work a quarter of an hour later."""
    return Occasion(ola.actor, occasion.at + timedelta(minutes=-3), occasion.school)


def change(record: UUID, occasion: Occasion, **answers: Any) -> None:
    """Somebody else saves."""
    records.change(ASSETS, records.find(ASSETS, record, occasion.by), answers, occasion)


def opened(client: FlaskClient, address: str) -> dict[str, str]:
    """A form as it stands in a browser, with what it carries."""
    page = visit(client, address).text
    return {name: hidden(page, name) for name in ("csrf_token", "asked", "version")}


def carried(response: TestResponse) -> dict[str, str]:
    """What the page of a conflict sends again."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.text))


def test_both_changed_one_answer_so_somebody_must_choose(client: FlaskClient, asset: UUID, occasion: Occasion, olas: Occasion, dev: Person) -> None:
    sign_in(client, dev)
    form = opened(client, change_of(asset, REVIEW))
    change(asset, olas, accuracy_check="Every spring", last_verified_on=occasion.at.date())
    response = client.post(
        change_of(asset, REVIEW),
        data={**form, "accuracy_check": "Every autumn", "next_review_on-day": "1", "next_review_on-month": "6", "next_review_on-year": "2027"},
    )
    assert response.status_code == 409
    check_page(response)
    words = plain(response.text)
    assert "Ola Brandt saved at 09:11, while you were typing." in words
    assert "Both changed it" in words
    assert "Ola’s: Every spring" in words
    assert "Yours: Every autumn" in words
    assert "Ola’s is kept: 23 November 2026" in words
    assert "Yours is taken: 1 June 2027" in words
    assert re.search(r"<del>\s*Never\s*</del>", response.text)
    assert " checked>" not in response.text
    assert records.find(ASSETS, asset, occasion.by).accuracy_check == "Every spring"


@pytest.mark.parametrize(("chosen", "stands"), [("yours", "Every autumn"), ("theirs", "Every spring")])
def test_the_choice_is_what_is_stored(
    client: FlaskClient, asset: UUID, occasion: Occasion, olas: Occasion, dev: Person, chosen: str, stands: str
) -> None:
    sign_in(client, dev)
    form = opened(client, change_of(asset, REVIEW))
    change(asset, olas, accuracy_check="Every spring", last_verified_on=occasion.at.date())
    sent = {**form, "accuracy_check": "Every autumn", "next_review_on-day": "1", "next_review_on-month": "6", "next_review_on-year": "2027"}
    conflict = client.post(change_of(asset, REVIEW), data=sent)
    settled = client.post(change_of(asset, REVIEW), data={**carried(conflict), "stands-accuracy_check": chosen})
    assert settled.status_code == 302
    row = records.find(ASSETS, asset, occasion.by)
    assert (row.accuracy_check, str(row.next_review_on), row.last_verified_on) == (stands, "2027-06-01", occasion.at.date())


def test_without_a_choice_nothing_is_stored_and_everything_stays(
    client: FlaskClient, asset: UUID, occasion: Occasion, olas: Occasion, dev: Person
) -> None:
    sign_in(client, dev)
    form = opened(client, change_of(asset, REVIEW))
    change(asset, olas, accuracy_check="Every spring")
    conflict = client.post(change_of(asset, REVIEW), data={**form, "accuracy_check": "Every autumn"})
    again = client.post(change_of(asset, REVIEW), data=carried(conflict))
    assert again.status_code == 409
    assert "Choose which answer stands: Check of accuracy." in again.text
    assert '<a href="#stands-accuracy_check-theirs">' in again.text
    assert carried(again)["accuracy_check"] == "Every autumn"
    assert records.find(ASSETS, asset, occasion.by).version == 2


def test_a_third_save_while_somebody_chooses_is_shown_as_well(
    client: FlaskClient, asset: UUID, occasion: Occasion, olas: Occasion, hana: Person, dev: Person
) -> None:
    sign_in(client, dev)
    form = opened(client, change_of(asset, REVIEW))
    change(asset, olas, accuracy_check="Every spring")
    conflict = client.post(change_of(asset, REVIEW), data={**form, "accuracy_check": "Every autumn"})
    change(asset, Occasion(hana.actor, occasion.at, occasion.school), accuracy_check="Every week")
    settled = client.post(change_of(asset, REVIEW), data={**carried(conflict), "stands-accuracy_check": "yours"})
    assert settled.status_code == 409
    assert "Theirs: Every week" in plain(settled.text)
    assert "Hana Whitlow and Ola Brandt saved" in plain(settled.text)
    assert records.find(ASSETS, asset, occasion.by).accuracy_check == "Every week"
    done = client.post(change_of(asset, REVIEW), data={**carried(settled), "stands-accuracy_check": "yours"})
    assert done.status_code == 302
    assert records.find(ASSETS, asset, occasion.by).accuracy_check == "Every autumn"


def test_what_was_changed_in_another_section_is_no_conflict(
    client: FlaskClient, asset: UUID, occasion: Occasion, olas: Occasion, dev: Person
) -> None:
    sign_in(client, dev)
    form = opened(client, change_of(asset, REVIEW))
    change(asset, olas, location="Office")
    assert client.post(change_of(asset, REVIEW), data={**form, "accuracy_check": "Every autumn"}).status_code == 302
    row = records.find(ASSETS, asset, occasion.by)
    assert (row.location, row.accuracy_check) == ("Office", "Every autumn")


def test_a_link_made_from_the_other_end_meanwhile_is_kept(client: FlaskClient, asset: UUID, occasion: Occasion, olas: Occasion, dev: Person) -> None:
    sign_in(client, dev)
    form = opened(client, change_of(asset, "where-it-is"))
    supplier = records.add(SUPPLIERS, {"name": "Ash Systems", "assets": (asset,)}, olas)
    response = client.post(change_of(asset, "where-it-is"), data={**form, "location": "Cupboard"})
    assert response.status_code == 409
    assert "Ash Systems (SU-0001)" in plain(response.text)
    assert client.post(change_of(asset, "where-it-is"), data=carried(response)).status_code == 302
    row = records.find(ASSETS, asset, occasion.by)
    assert (row.location, records.answers_of(ASSETS, row, occasion.by)["suppliers"]) == ("Cupboard", (supplier.id,))


def test_the_same_change_by_both_is_no_conflict(client: FlaskClient, asset: UUID, occasion: Occasion, olas: Occasion, dev: Person) -> None:
    sign_in(client, dev)
    form = opened(client, change_of(asset, REVIEW))
    change(asset, olas, accuracy_check="Every spring")
    assert client.post(change_of(asset, REVIEW), data={**form, "accuracy_check": "Every spring"}).status_code == 302
    assert records.find(ASSETS, asset, occasion.by).version == 2


def test_a_malformed_answer_is_said_before_any_conflict(client: FlaskClient, asset: UUID, olas: Occasion, dev: Person) -> None:
    sign_in(client, dev)
    form = opened(client, change_of(asset, REVIEW))
    change(asset, olas, accuracy_check="Every spring")
    response = client.post(change_of(asset, REVIEW), data={**form, "accuracy_check": "Mine", "next_review_on-day": "99"})
    assert response.status_code == 422
    assert hidden(response.text, "version") == "1"


def test_what_was_there_before_is_read_from_the_trace(asset: UUID, occasion: Occasion, olas: Occasion) -> None:
    change(asset, olas, accuracy_check="Second", individuals=("pupils",))
    change(asset, olas, accuracy_check="Third", last_verified_on=occasion.at.date())
    row = records.find(ASSETS, asset, occasion.by)
    yours = {"accuracy_check": "Mine", "individuals": (), "last_verified_on": None, "name": "Accident book"}
    found = merge(ASSETS, row, 1, yours=yours, by=occasion.by)
    assert {each.question.name: (each.side, each.before) for each in found.differences} == {
        "accuracy_check": (Side.BOTH, "Never"),
        "individuals": (Side.THEIRS, ()),
        "last_verified_on": (Side.THEIRS, None),
    }
    later = merge(ASSETS, row, 2, yours=yours, by=occasion.by)
    assert {each.question.name: (each.side, each.before) for each in later.differences} == {
        "accuracy_check": (Side.BOTH, "Second"),
        "individuals": (Side.YOURS, ("pupils",)),
        "last_verified_on": (Side.THEIRS, None),
    }


def test_values_erased_from_the_trace_are_asked_about(asset: UUID, occasion: Occasion, olas: Occasion) -> None:
    change(asset, olas, accuracy_check="Every spring")
    AuditDetail.delete().execute()
    row = records.find(ASSETS, asset, occasion.by)
    found = merge(ASSETS, row, 1, yours={"accuracy_check": "Every autumn"}, by=occasion.by)
    assert [each.side for each in found.differences] == [Side.BOTH]
