"""The History tab and the page of the whole trace: in sentences, filtered by their address, and only for those they concern."""

import html
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from models import doors
from models.school import School
from registry import records
from registry.access import Deed, may
from registry.many import bulk
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.school.schools import facts_of
from registry.trace.audit import erase_values, recording
from tests.browsing import plain, send, sign_in, text_of, visit
from tests.people import NOW, Person
from tests.tampering import behind_its_back, sql


@pytest.fixture
def files(occasion: Occasion, school: School) -> Any:
    """Paper files, added by Dev and changed a day later."""
    with doors.looking_at(school.id):
        row = records.add(ASSETS, {"name": "Paper files", "next_review_on": date(2026, 12, 1)}, occasion)
        later = Occasion(occasion.by, occasion.at - timedelta(days=1), occasion.school)
        records.change(ASSETS, row, {"next_review_on": date(2027, 1, 4)}, later)
        return row


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
    assert "Paper files" not in text_of(client, "/audit")
    assert "Paper files" not in text_of(client, f"/audit?reference={files.reference}")


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
        said = text_of(client, f"/audit?{query}")
        assert tuple(words for words in (added, changed) if words in said) == shown, query
    assert 'value="changed" selected' in visit(client, "/audit?deed=changed").text


NOT_THERE = ("by=x", "deed=x&register=x", "from=31.12.&to=0001-01-01", "to=9999-12-31", "before=x&after=-1", "before=²", "before=9999999999999999999")


@pytest.mark.parametrize("query", NOT_THERE)
def test_what_does_not_exist_is_left_out(query: str, client: FlaskClient, dev: Person) -> None:
    sign_in(client, dev)
    assert "set up the school" in text_of(client, f"/audit?{query}")


def test_pages_keep_their_filters(client: FlaskClient, dev: Person, occasion: Occasion, school: School) -> None:
    with doors.looking_at(school.id):
        for each in range(30):
            records.add(SUPPLIERS, {"name": f"Supplier number {each}"}, replace(occasion, at=occasion.at + timedelta(seconds=each)))
    sign_in(client, dev)
    first = visit(client, "/audit?register=suppliers").text
    older = html.unescape(first.split('class="sh-pages"')[1].split('href="')[1].split('"')[0])
    assert older.startswith("/audit?register=suppliers&before=")
    second = visit(client, older).text
    assert "Supplier number 0<" in second
    assert "Supplier number 29<" not in second
    newer = html.unescape(second.split('class="sh-pages"')[1].split('href="')[1].split('"')[0])
    assert "Supplier number 29<" in visit(client, newer).text


def test_what_was_done_in_one_go_stands_together_however_much_it_is(client: FlaskClient, dev: Person, occasion: Occasion, school: School) -> None:
    with doors.looking_at(school.id), recording(occasion.by, occasion.at + timedelta(hours=1)) as trace:
        bulk.insert_many(trace, SUPPLIERS, ({"name": f"Supplier number {each}"} for each in range(700)), occasion, number=1)
        last = trace.number
    sign_in(client, dev)
    page = visit(client, "/audit").text
    assert "699 more entries of the same save" in page
    assert "Show all 700" in page
    assert "set up the school" in page
    rest = visit(client, f"/audit?save={last}").text
    assert f"Only what was saved together with entry {last}." in rest
    assert rest.count("datetime=") == 25
    assert "set up the school" not in rest


def test_the_history_of_a_record_can_be_narrowed(client: FlaskClient, ola: Person, files: Any) -> None:
    sign_in(client, ola)
    path = f"/registers/assets/{files.id}/history"
    assert "added this information asset" not in text_of(client, f"{path}?deed=changed")
    assert "added this information asset" in text_of(client, f"{path}?deed=added")
    assert "No entry about this information asset fits" in text_of(client, f"{path}?to=2026-11-01")


def test_a_wrong_entry_stays_and_the_correction_stands_beside_it(client: FlaskClient, dev: Person, files: Any) -> None:
    sign_in(client, dev)
    path = f"/registers/assets/{files.id}/history"
    (wrong,) = sql("SELECT number FROM audit_entry WHERE record = ? AND deed = 'changed'", files.id.bytes)[0]
    assert f'href="{path}/{wrong}/correct"' in visit(client, path).text
    refused = send(client, f"{path}/{wrong}/correct", text="  ")
    assert refused.status_code == 422
    assert "Write what is wrong, and what is right." in refused.text
    assert send(client, f"{path}/{wrong}/correct", text="The review is on 5 January.").status_code == 302
    said = text_of(client, path)
    assert f"corrected what is said of this information asset. Entry {wrong} is wrong: The review is on 5 January." in said
    assert "by entry" in said
    assert "<ins>4 Jan 2027</ins>" in visit(client, path).text
    assert "Entry" in text_of(client, "/audit?deed=corrected")
    (correction,) = sql("SELECT number FROM audit_entry WHERE deed = 'corrected'")[0]
    visit(client, f"{path}/{correction}/correct", 404)
    visit(client, f"{path}/999999/correct", 404)


def test_who_only_reads_may_not_correct(client: FlaskClient, gus: Person, files: Any) -> None:
    sign_in(client, gus)
    assert "Say that this is wrong" not in visit(client, f"/registers/assets/{files.id}/history").text
    visit(client, f"/registers/assets/{files.id}/history/1/correct", 403)


def test_a_correction_is_said_only_to_those_who_may_read_every_answer(client: FlaskClient, people: dict[str, Person], files: Any) -> None:
    sign_in(client, people["dev"])
    path = f"/registers/suppliers/{_supplier(people['dev'])}/history"
    (wrong,) = sql("SELECT number FROM audit_entry WHERE deed = 'added' AND subject = 'supplier'")[0]
    send(client, f"{path}/{wrong}/correct", text="The phone number was wrong.")
    assert "The phone number was wrong." in text_of(client, path)
    reader = client.application.test_client()
    sign_in(reader, people["gus"])
    narrowed = any(not may(people["gus"].actor, Deed.SEE, SUPPLIERS, question) for question in SUPPLIERS.questions.values())
    assert ("The phone number was wrong." not in text_of(reader, path)) == narrowed


def _supplier(dev: Person) -> UUID:
    assert dev.actor.school
    with doors.looking_at(dev.actor.school):
        occasion = Occasion(dev.actor, NOW, facts_of(School.get_by_id(dev.actor.school), NOW.date()))
        return records.add(SUPPLIERS, {"name": "Mealwise"}, occasion).id  # type: ignore[no-any-return]


def test_erased_values_are_said_to_be_erased(client: FlaskClient, dev: Person, files: Any, occasion: Occasion, school: School) -> None:
    with recording(occasion.by, occasion.at) as trace:
        erase_values(trace, school.id, "asset", files.id)
        number = trace.number
    sign_in(client, dev)
    said = text_of(client, f"/registers/assets/{files.id}/history")
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
    assert f"Yes. {number} entries, none altered, removed or added." in text_of(client, "/audit/check")


def test_the_check_names_what_was_altered(client: FlaskClient, dev: Person, files: Any) -> None:
    with behind_its_back():
        sql("UPDATE audit_entry SET at = 1 WHERE chain = ? AND number = 2", files.school_id.bytes)
    sign_in(client, dev)
    said = text_of(client, "/audit/check")
    assert "1 thing is not as Safehold left it." in said
    assert "Entry 2 was changed, moved or put in" in said
