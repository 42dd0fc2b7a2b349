"""The History tab and the page of the whole trace: in sentences, filtered by their address, and only for those they concern."""

import html
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from models import doors
from models.school import School
from registry import records
from registry.audit import erase_values, recording
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.browsing import plain, sign_in, visit
from tests.people import Person
from tests.tampering import behind_its_back, sql


@pytest.fixture
def files(occasion: Occasion, school: School) -> Any:
    """Paper files, added by Dev and changed a day later."""
    with doors.looking_at(school.id):
        row = records.add(ASSETS, {"name": "Paper files", "next_review_on": date(2026, 12, 1)}, occasion)
        later = Occasion(occasion.by, occasion.at - timedelta(days=1), occasion.school)
        records.change(ASSETS, row, {"next_review_on": date(2027, 1, 4)}, later)
        return row


def text(client: FlaskClient, path: str) -> str:
    """What a page says, without its tags."""
    return html.unescape(plain(visit(client, path).text))


def test_the_tab_says_who_changed_what(client: FlaskClient, dev: Person, files: Any) -> None:
    sign_in(client, dev)
    path = f"/registers/assets/{files.id}/history"
    page = visit(client, path).text
    label = ASSETS.questions["next_review_on"].label
    assert f"Dev Marchetti changed {label}." in html.unescape(plain(page))
    assert "<del>1 Dec 2026</del>" in page
    assert "<ins>4 Jan 2027</ins>" in page
    assert "Today, Monday 23 November 2026" in page
    assert "Yesterday, Sunday 22 November 2026" in page
    assert path in visit(client, f"/registers/assets/{files.id}").text


def test_the_history_of_another_schools_record_is_not_there(client: FlaskClient, otto: Person, files: Any) -> None:
    sign_in(client, otto)
    visit(client, f"/registers/assets/{files.id}/history", 404)
    assert "Paper files" not in text(client, "/audit")
    assert "Paper files" not in text(client, f"/audit?reference={files.reference}")


@pytest.mark.parametrize("who", ["dina", "ola", "ian", "tess", "gus"])
def test_the_whole_trace_is_for_leaders_only(who: str, client: FlaskClient, people: dict[str, Person]) -> None:
    sign_in(client, people[who])
    for path in ("/audit", "/audit/check"):
        visit(client, path, 403)


def test_the_whole_trace_names_records_and_leads_to_them(client: FlaskClient, hana: Person, files: Any) -> None:
    sign_in(client, hana)
    page = visit(client, "/audit").text
    assert f'<a class="govuk-link" href="/registers/assets/{files.id}">Paper files</a>' in page
    assert "set up the school" in page


def test_filters_stand_in_the_address(client: FlaskClient, dev: Person, files: Any) -> None:
    sign_in(client, dev)
    added, changed = "added Paper files", "of Paper files"
    for query, shown in {
        "deed=added": (added,),
        "deed=changed": (changed,),
        f"by={dev.user.hex}": (added, changed),
        "by=robots": (),
        "register=assets&reference=IA-0001": (added, changed),
        "register=suppliers": (),
        "from=2026-11-23&register=assets": (added,),
        "to=2026-11-22&register=assets": (changed,),
        "from=2026-11-24": (),
        "reference=IA-0002": (),
    }.items():
        said = text(client, f"/audit?{query}")
        assert tuple(words for words in (added, changed) if words in said) == shown, query
    assert 'value="changed" selected' in visit(client, "/audit?deed=changed").text


NOT_THERE = ("by=x", "deed=x&register=x", "from=31.12.&to=0001-01-01", "to=9999-12-31", "before=x&after=-1", "before=²", "before=9999999999999999999")


@pytest.mark.parametrize("query", NOT_THERE)
def test_what_does_not_exist_is_left_out(query: str, client: FlaskClient, dev: Person) -> None:
    sign_in(client, dev)
    assert "set up the school" in text(client, f"/audit?{query}")


def test_pages_keep_their_filters(client: FlaskClient, dev: Person, occasion: Occasion, school: School) -> None:
    with doors.looking_at(school.id):
        for each in range(30):
            records.add(SUPPLIERS, {"name": f"Supplier number {each}"}, occasion)
    sign_in(client, dev)
    first = visit(client, "/audit?register=suppliers").text
    older = html.unescape(first.split('class="sh-pages"')[1].split('href="')[1].split('"')[0])
    assert older.startswith("/audit?register=suppliers&before=")
    second = visit(client, older).text
    assert "Supplier number 0<" in second
    assert "Supplier number 29<" not in second
    newer = html.unescape(second.split('class="sh-pages"')[1].split('href="')[1].split('"')[0])
    assert "Supplier number 29<" in visit(client, newer).text


def test_erased_values_are_said_to_be_erased(client: FlaskClient, dev: Person, files: Any, occasion: Occasion, school: School) -> None:
    with recording(occasion.by, occasion.at) as trace:
        erase_values(trace, school.id, "asset", files.id)
        number = trace.number
    sign_in(client, dev)
    said = text(client, f"/registers/assets/{files.id}/history")
    assert f"Values erased on Monday 23 November 2026, 09:14 under entry {number}." in said
    assert "4 Jan 2027" not in said


def test_what_people_typed_is_never_markup(client: FlaskClient, dev: Person, occasion: Occasion, school: School) -> None:
    with doors.looking_at(school.id):
        row = records.add(ASSETS, {"name": "<script>alert(1)</script>"}, occasion)
    sign_in(client, dev)
    for path in ("/audit", f"/registers/assets/{row.id}/history"):
        assert "<script>alert" not in visit(client, path).text


def test_the_check_says_that_nothing_was_altered(client: FlaskClient, dev: Person, files: Any) -> None:
    sign_in(client, dev)
    (number,) = sql("SELECT number FROM audit_head WHERE id = ?", files.school_id.bytes)[0]
    assert f"Yes. {number} entries, none altered, removed or added." in text(client, "/audit/check")


def test_the_check_names_what_was_altered(client: FlaskClient, dev: Person, files: Any) -> None:
    with behind_its_back():
        sql("UPDATE audit_entry SET at = 1 WHERE chain = ? AND number = 2", files.school_id.bytes)
    sign_in(client, dev)
    said = text(client, "/audit/check")
    assert "1 thing is not as Safehold left it." in said
    assert "Entry 2 was changed, moved or put in" in said
