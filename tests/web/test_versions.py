"""The pages of approved versions: who sees what, who may do what, and what each page says."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models import doors
from models.school import School
from models.version import ApprovedVersion
from models.vocabulary.advice import Advice
from registry import records
from registry.approval import approving
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from tests.browsing import plain, problems, send, sign_in, token, visit
from tests.people import Person
from tests.registry.approvals import COMPLETE, add_complete, approve, seen

PROCESSING_LIST = "/registers/processing/"
PAGES = ("/versions", "/versions/1", "/versions/changes", "/approval")


@pytest.fixture
def trips(client: FlaskClient, ola: Person, occasion: Occasion, school: School) -> Any:
    """An activity that Ola wrote, and in which nothing is missing."""
    with doors.looking_at(school.id):
        return add_complete(ola, occasion)


@pytest.fixture
def approved(trips: Any, hana: Person, dev: Person, occasion: Occasion, school: School) -> Any:
    """The same, approved once."""
    with doors.looking_at(school.id):
        approve(trips, dev, hana, occasion)
        return records.find(PROCESSING, trips.id, occasion.by)


def change(row: Any, occasion: Occasion, school: School, **answers: Any) -> None:
    with doors.looking_at(school.id):
        records.change(PROCESSING, records.find(PROCESSING, row.id, occasion.by), answers, occasion)


def at(app: Flask, person: Person) -> FlaskClient:
    """The browser of somebody who has signed in."""
    client = app.test_client()
    sign_in(client, person)
    return client


def here(row: Any, more: str = "") -> str:
    return f"{PROCESSING_LIST}{row.id}{more}"


def test_the_strip_says_who_approved_which_version_and_what_changed_since(
    client: FlaskClient, approved: Any, dev: Person, occasion: Occasion, school: School
) -> None:
    sign_in(client, dev)
    page = plain(visit(client, here(approved)).text)
    assert "Version 1, approved by Hana Whitlow on 23 November 2026, after advice from Dev Marchetti. Nothing has changed since then." in page
    assert "Versions (1)" in page
    change(approved, occasion, school, purpose="To learn outside", notes="New")
    page = plain(visit(client, here(approved)).text)
    assert "2 answers have changed since then." in page
    assert "See the 2 changes" in page
    assert "Give your advice, then ask Hana Whitlow to approve version 2." in page


def test_the_changes_are_shown_answer_by_answer(client: FlaskClient, approved: Any, dev: Person, occasion: Occasion, school: School) -> None:
    with doors.looking_at(school.id):
        asset = records.add(ASSETS, {"name": "Paper files"}, occasion)
    change(approved, occasion, school, purpose="To learn outside", assets=(asset.id,))
    sign_in(client, dev)
    page = visit(client, here(approved, "/versions/changes"))
    assert "<del>To take pupils out safely</del>" in page.text
    assert "<ins>To learn outside</ins>" in page.text
    assert "Paper files (IA-0001)" in page.text
    assert "2 answers differ" in plain(page.text)


def test_a_version_is_laid_out_as_it_was(client: FlaskClient, approved: Any, dev: Person, occasion: Occasion, school: School) -> None:
    change(approved, occasion, school, purpose="To learn outside", name="Walks")
    sign_in(client, dev)
    page = visit(client, here(approved, "/versions/1"))
    assert "<h1 class=\"govuk-heading-l\">Version 1 of School trips</h1>" in page.text
    assert "To take pupils out safely" in page.text
    assert "To learn outside" not in page.text
    assert re.search(r"Seal: <span class=\"sh-ref\">[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}", page.text)


def test_all_versions_are_listed_and_any_two_compared(
    client: FlaskClient, approved: Any, hana: Person, dev: Person, occasion: Occasion, school: School
) -> None:
    change(approved, occasion, school, purpose="To learn outside")
    with doors.looking_at(school.id):
        approve(approved, dev, hana, occasion)
    change(approved, occasion, school, purpose="To walk")
    sign_in(client, hana)
    page = plain(visit(client, here(approved, "/versions")).text)
    assert page.index("Version 2") < page.index("Version 1 ")
    for address in ("?from=1&to=2", "?from=2&to=1"):
        between = visit(client, here(approved, f"/versions/changes{address}"))
        assert "<del>To take pupils out safely</del>" in between.text
        assert "<ins>To learn outside</ins>" in between.text
    assert "Nothing differs" in visit(client, here(approved, "/versions/changes?from=2&to=2")).text
    for wrong in ("?from=3", "?from=x", "?to=9", "?from=0"):
        visit(client, here(approved, f"/versions/changes{wrong}"), 404)
    visit(client, here(approved, "/versions/3"), 404)


def test_before_anything_is_approved_the_tab_says_what_for(client: FlaskClient, trips: Any, gus: Person) -> None:
    sign_in(client, gus)
    page = plain(visit(client, here(trips, "/versions")).text)
    assert "No version yet" in page
    assert "Versions (0)" in page
    assert "sh-sealed" not in visit(client, here(trips)).text


def test_from_asking_to_approving_on_the_pages(
    app: Flask, trips: Any, ola: Person, dev: Person, hana: Person, school: School
) -> None:
    page = here(trips, "/approval")
    client = at(app, ola)
    assert send(client, f"{page}/ask", page, version=trips.version, asking="For the summer").status_code == 302
    client = at(app, dev)
    assert "Ola Brandt asked for approval" in plain(visit(client, page).text)
    assert send(client, f"{page}/advise", page, version=trips.version, verdict="with_changes", words="Say how long").status_code == 302
    client = at(app, hana)
    shown = visit(client, page)
    assert "Say how long" in shown.text
    refused = send(client, f"{page}/approve", page, version=trips.version, reasons="")
    assert refused.status_code == 422
    assert problems(refused) == ["Write why you approve it as it is, because the advice was not simply to agree."]
    bell = visit(client, "/notices")
    assert "Dev Marchetti gave advice, before you approve it, on" in plain(bell.text)
    done = send(client, f"{page}/approve", page, version=trips.version, reasons="It is in the policy")
    assert done.status_code == 302
    assert "Approved. Version 1 is frozen with its links." in visit(client, here(trips)).text
    version = visit(client, here(trips, "/versions/1")).text
    assert "Say how long" in version
    assert "It is in the policy" in version
    with doors.looking_at(school.id):
        assert ApprovedVersion.select().count() == 1


def test_advice_needs_its_words(client: FlaskClient, trips: Any, dev: Person) -> None:
    page = here(trips, "/approval")
    sign_in(client, dev)
    nothing = send(client, f"{page}/advise", page, version=trips.version)
    assert (nothing.status_code, problems(nothing)) == (422, ["Choose what you advise."])
    silent = send(client, f"{page}/advise", page, version=trips.version, verdict="against")
    assert (silent.status_code, problems(silent)) == (422, ["Write what should be different, and why."])


def test_the_author_is_told_on_the_page_who_else_may_approve(
    client: FlaskClient, trips: Any, hana: Person, occasion: Occasion, school: School
) -> None:
    by_hana = replace(occasion, by=hana.actor)
    change(trips, by_hana, school, purpose="Fresh air")
    sign_in(client, hana)
    page = plain(visit(client, here(trips)).text)
    assert "You cannot approve it alone: you wrote the last change." in page
    asked = visit(client, here(trips, "/approval")).text
    assert "Approve version 1</button>" not in asked
    sent = {"csrf_token": token(client, here(trips, "/approval")), "version": trips.version + 1}
    refused = client.post(here(trips, "/approval/approve"), data=sent)
    assert refused.status_code == 422


def test_what_moved_on_meanwhile_is_neither_advised_on_nor_approved(
    app: Flask, trips: Any, hana: Person, dev: Person, occasion: Occasion, school: School
) -> None:
    change(trips, occasion, school, notes="New")
    page = here(trips, "/approval")
    for person, deed, answers in ((dev, "advise", {"verdict": "agrees"}), (hana, "approve", {}), (dev, "ask", {})):
        client = at(app, person)
        stale = send(client, f"{page}/{deed}", page, version=trips.version, **answers)
        assert stale.status_code == 409
        assert "has changed it in the meantime" in stale.text


def test_a_version_shows_nobody_what_they_may_not_see(client: FlaskClient, approved: Any, ian: Person, occasion: Occasion, school: School) -> None:
    change(approved, occasion, school, purpose="To learn outside")
    sign_in(client, ian)
    for address in ("", *PAGES):
        page = visit(client, here(approved, address)).text
        for hidden in ("To take pupils out safely", "To learn outside", "Education Act", "Purpose"):
            assert hidden not in page, address
    assert "every answer that you see is as it was" in visit(client, here(approved)).text


@pytest.mark.parametrize(("who", "deed"), [("gus", "ask"), ("ola", "advise"), ("hana", "advise"), ("dev", "approve"), ("ola", "approve")])
def test_a_role_that_may_not_is_refused(client: FlaskClient, trips: Any, people: dict[str, Person], who: str, deed: str) -> None:
    sign_in(client, people[who])
    sent = {"csrf_token": token(client, "/registers/processing/"), "version": trips.version, "verdict": "agrees"}
    assert client.post(here(trips, f"/approval/{deed}"), data=sent).status_code == 403


@pytest.mark.parametrize("address", [*PAGES, "/approval/ask", "/approval/advise", "/approval/approve"])
def test_another_school_finds_nothing(client: FlaskClient, approved: Any, otto: Person, address: str) -> None:
    sign_in(client, otto)
    if address.startswith("/approval/"):
        role_missing = address.endswith("approve")  # Otto is a data protection officer, and refused before anything is looked for
        sent = {"csrf_token": token(client, "/registers/processing/"), "version": 1, "verdict": "agrees"}
        assert client.post(here(approved, address), data=sent).status_code == (403 if role_missing else 404)
    else:
        visit(client, here(approved, address), 404)


def test_what_cannot_be_approved_yet_says_why(client: FlaskClient, dev: Person, occasion: Occasion, school: School) -> None:
    with doors.looking_at(school.id):
        row = records.add(PROCESSING, {**COMPLETE, "art6": ()}, occasion)
    sign_in(client, dev)
    page = plain(visit(client, here(row)).text)
    assert "To mend before it can be approved" in page
    assert "Mend the error, then give your advice, then ask Hana Whitlow to approve version 1." in page
    assert "class=\"sh-form" not in visit(client, here(row, "/approval")).text
    with doors.looking_at(school.id), pytest.raises(Exception, match="It has 1 error"):
        approving.advise(PROCESSING, seen(row), Advice.AGREES, "", occasion=occasion)


def test_the_list_shows_what_was_approved_and_the_chip_what_changed_since(
    app: Flask, approved: Any, dev: Person, ian: Person, occasion: Occasion, school: School
) -> None:
    with doors.looking_at(school.id):
        records.add(PROCESSING, {"name": "Never approved"}, occasion)
    desk = at(app, dev)
    page = plain(visit(desk, PROCESSING_LIST).text)
    assert "Changed since approved 0" in page
    assert page.count("Version 1") == 1
    assert "changed since" not in page
    change(approved, occasion, school, purpose="To learn outside")
    page = plain(visit(desk, f"{PROCESSING_LIST}?show=changed").text)
    assert "Changed since approved 1" in page
    assert "Version 1 changed since" in page
    assert "Never approved" not in page
    assert "Version 1" in visit(at(app, ian), PROCESSING_LIST).text


def test_the_approved_state_is_exported_after_its_number_was_said(
    app: Flask, approved: Any, dev: Person, ola: Person, occasion: Occasion, school: School
) -> None:
    with doors.looking_at(school.id):
        records.add(PROCESSING, {"name": "Never approved"}, occasion)
    change(approved, occasion, school, purpose="To learn outside")
    desk = at(app, dev)
    assert "As they were approved" in visit(desk, PROCESSING_LIST).text
    page = visit(desk, f"{PROCESSING_LIST}export/approved?column=purpose")
    assert "1 of these 2 processing activities has an approved version." in plain(page.text)
    assert "1 was never approved and is left out." in plain(page.text)
    action = re.search(r'action="([^"]+export\.csv[^"]+)"', page.text)
    assert action
    file = send(desk, action[1].replace("&amp;", "&"), f"{PROCESSING_LIST}export/approved")
    assert file.headers["Content-Disposition"] == 'attachment; filename="processing-approved-2026-11-23.csv"'
    assert "To take pupils out safely,1,2026-11-23" in file.text
    assert "To learn outside" not in file.text
    assert "None of these" in visit(desk, "/registers/suppliers/export/approved").text
    assert at(app, ola).get(f"{PROCESSING_LIST}export/approved").status_code == 403


def test_a_form_opened_before_an_approval_is_saved_after_it_without_a_question(
    app: Flask, trips: Any, dev: Person, hana: Person, occasion: Occasion, school: School
) -> None:
    client, form = at(app, dev), here(trips, "/change?section=what-and-why")
    page = client.get(form).text
    carried = {name: value for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page) if name != "next"}
    with doors.looking_at(school.id):
        approve(trips, dev, hana, occasion)
    saved = client.post(form, data={**carried, "name": "School trips", "role": "controller", "purpose": "Typed before", "is_core_task": "yes"})
    assert saved.status_code == 302, plain(saved.text)
    with doors.looking_at(school.id):
        row = records.find(PROCESSING, trips.id, occasion.by)
    assert (row.purpose, row.approved_number, row.is_as_approved) == ("Typed before", 1, False)


def test_how_many_warnings_a_version_had_is_for_those_who_see_every_answer(app: Flask, approved: Any, people: dict[str, Person]) -> None:
    assert "The rules then" in visit(at(app, people["dev"]), here(approved, "/versions/1")).text
    assert "The rules then" not in visit(at(app, people["ian"]), here(approved, "/versions/1")).text
