"""Adding and changing through the forms: what is typed is kept, what is malformed is said, and nothing is stored twice."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import doors
from models.audit import AuditEntry
from models.school import School
from models.user import Draft, Session
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.browsing import check_page, plain, problems, sign_in, token, visit
from tests.people import NOW, Person

ADD = "/registers/assets/add"


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def fill_in(client: FlaskClient, address: str, **answers: Any) -> TestResponse:
    """Open a form and send it with these answers and its hidden fields."""
    page = visit(client, address).text
    carried = {name: hidden(page, name) for name in ("csrf_token", "asked", "version", "token") if f'name="{name}"' in page}
    return client.post(address, data={**carried, **answers})


def change_of(record: UUID, section: str, slug: str = "assets") -> str:
    """Where a section is changed."""
    return f"/registers/{slug}/{record}/change?section={section}"


@pytest.fixture
def asset(in_quillbrook: School, occasion: Occasion) -> UUID:
    """An asset of Quillbrook."""
    return records.add(ASSETS, {"name": "Accident book", "owner_role": "headteacher"}, occasion).id  # type: ignore[no-any-return]


def stored(record: UUID, occasion: Occasion, register: Any = ASSETS) -> Any:
    """A record as it stands."""
    return records.find(register, record, occasion.by)


def test_adding_asks_for_a_name_and_goes_on(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    sign_in(client, dev)
    response = fill_in(client, ADD, name="Accident book", asset_type="dataset", next="who-answers-for-it")
    row = ASSETS.table.get()
    assert response.headers["Location"] == change_of(row.id, "who-answers-for-it")
    assert row.name == "Accident book"
    assert "Saved as IA-0001" in visit(client, response.headers["Location"]).text


def test_without_a_name_nothing_is_stored_and_everything_typed_stays(client: FlaskClient, in_quillbrook: School, dev: Person) -> None:
    sign_in(client, dev)
    response = fill_in(client, ADD, name=" ", description="Cuts & bruises", notes="line one\r\nline two")
    check_page(response)
    assert response.status_code == 422
    assert problems(response) == ["Enter the asset."]
    assert '<a href="#name">Enter the asset.</a>' in response.text
    assert "Cuts &amp; bruises" in response.text
    assert "<title>Error: " in response.text
    assert not ASSETS.table.select().count()


def test_a_double_click_adds_one_record(client: FlaskClient, in_quillbrook: School, dev: Person) -> None:
    sign_in(client, dev)
    page = visit(client, ADD).text
    sent = {"csrf_token": hidden(page, "csrf_token"), "token": hidden(page, "token"), "asked": hidden(page, "asked"), "name": "Once"}
    first, second = (client.post(ADD, data=sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert ASSETS.table.select().count() == 1
    assert AuditEntry.select().where(AuditEntry.deed == "added").count() == 1


def test_going_back_to_a_form_that_was_saved_and_typing_on_is_not_taken_for_saved(client: FlaskClient, in_quillbrook: School, dev: Person) -> None:
    sign_in(client, dev)
    page = visit(client, ADD).text
    sent = {"csrf_token": hidden(page, "csrf_token"), "token": hidden(page, "token"), "asked": hidden(page, "asked"), "name": "Once"}
    assert client.post(ADD, data=sent).status_code == 302
    response = client.post(ADD, data={**sent, "description": "Typed after going back"})
    check_page(response)
    assert response.status_code == 409
    assert "This form was saved already, as IA-0001, with other answers." in response.text
    assert "Typed after going back" in response.text
    assert ASSETS.table.select().count() == 1


def test_a_token_made_up_or_of_another_register_adds_nothing(client: FlaskClient, in_quillbrook: School, dev: Person) -> None:
    sign_in(client, dev)
    page = visit(client, ADD).text
    other = hidden(visit(client, "/registers/suppliers/add").text, "token")
    for wrong in ("", other, f"{uuid4().hex}.", f"{uuid4().hex}.{'0' * 32}", "nonsense"):
        sent = {"csrf_token": hidden(page, "csrf_token"), "asked": hidden(page, "asked"), "name": "Forged", "token": wrong}
        assert client.post(ADD, data=sent).status_code == 422
    assert not ASSETS.table.select().count()


def test_a_section_is_changed_and_says_how_much(client: FlaskClient, asset: UUID, occasion: Occasion, dev: Person) -> None:
    sign_in(client, dev)
    response = fill_in(client, change_of(asset, "who-answers-for-it"), owner_role="dpo", owner="Ola Brandt")
    assert response.headers["Location"] == f"/registers/assets/{asset}"
    assert "Saved. 2 answers changed." in visit(client, response.headers["Location"]).text
    assert (stored(asset, occasion).owner, stored(asset, occasion).owner_role, stored(asset, occasion).name) == ("Ola Brandt", "dpo", "Accident book")


def test_a_form_sent_as_it_was_opened_changes_nothing(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    suppliers = tuple(records.add(SUPPLIERS, {"name": name}, occasion).id for name in ("Zebra Hosting", "Ash Systems"))
    several = {"individuals": ("pupils", "staff"), "data_categories": ("a; b", "c"), "risks": ("one; two",), "suppliers": suppliers}
    row = records.add(ASSETS, {"name": "Whole", "contains_personal": "yes", "recover_within_hours": 24, **several}, occasion)
    sign_in(client, dev)
    for section in ASSETS.sections:
        address = change_of(row.id, section.slug)
        response = client.post(address, data=as_a_browser_sends(visit(client, address).text))
        assert response.status_code == 302, problems(response)
    assert stored(row.id, occasion).version == 1


def as_a_browser_sends(page: str) -> dict[str, list[str]]:
    """Every field of the form on a page with the value it stands at."""
    form = page[page.index('<form class="sh-form"') : page.index("</form>", page.index('<form class="sh-form"'))]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given["type"] not in ("checkbox", "radio") or tag.rstrip(">").endswith("checked") or " checked" in tag:
            sent.setdefault(given["name"], []).append(given.get("value", ""))
    for name, text in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = [text.replace("\n", "\r\n")]
    return sent


def test_days_and_numbers_that_make_no_sense_are_refused_with_the_reason(client: FlaskClient, asset: UUID, occasion: Occasion, dev: Person) -> None:
    sign_in(client, dev)
    day = {"next_review_on-day": "31", "next_review_on-month": "6", "next_review_on-year": "2027"}
    response = fill_in(client, change_of(asset, "review"), accuracy_check="Every autumn", **day)
    assert (response.status_code, problems(response)) == (422, ["June 2027 has 30 days."])
    assert '<a href="#next_review_on-day">' in response.text
    assert all(f'value="{part}"' in response.text for part in day.values())
    assert "Every autumn" in response.text
    response = fill_in(client, change_of(asset, "how-much-it-matters"), recover_within_hours="most of them")
    assert problems(response) == ["Enter a whole number, such as 250."]
    assert 'value="most of them"' in response.text
    assert stored(asset, occasion).version == 1


def test_a_choice_that_is_not_on_the_list_is_refused(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    assert fill_in(client, change_of(asset, "what-it-is"), name="Same", asset_type="zeppelin").status_code == 422


def test_an_answer_can_be_taken_away(client: FlaskClient, asset: UUID, occasion: Occasion, dev: Person) -> None:
    sign_in(client, dev)
    assert "Take this answer away" in visit(client, change_of(asset, "who-answers-for-it")).text
    fill_in(client, change_of(asset, "who-answers-for-it"), owner_role="")
    assert stored(asset, occasion).owner_role is None


def test_shortcomings_stand_under_their_question_and_stop_nothing(client: FlaskClient, asset: UUID, occasion: Occasion, dev: Person) -> None:
    sign_in(client, dev)
    address = change_of(asset, "who-may-see-it")
    assert "You can save without this." in visit(client, address).text
    assert fill_in(client, address, access_groups="office").status_code == 302
    assert stored(asset, occasion).access_groups == ("office",)


def test_a_question_that_is_not_asked_keeps_what_is_stored(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    row = records.add(PROCESSING, {"name": "Photos", "art6": ("6.1.a",), "consent_mechanism": "Form 7"}, occasion)
    sign_in(client, dev)
    fill_in(client, change_of(row.id, "lawful-basis", "processing"), art6="6.1.e", consent_mechanism="", statute="Education Act 1996")
    kept = stored(row.id, occasion, PROCESSING)
    assert ([*kept.art6], kept.statute, kept.consent_mechanism) == (["6.1.e"], "Education Act 1996", "Form 7")
    assert "Form 7" not in visit(client, f"/registers/processing/{row.id}").text


def test_a_question_that_another_section_rules_out_is_not_in_the_form(client: FlaskClient, asset: UUID, occasion: Occasion, dev: Person) -> None:
    sign_in(client, dev)
    row = records.add(SUPPLIERS, {"name": "Ash Systems", "handles_personal_data": "no"}, occasion)
    assert "Whose data do they handle?" not in visit(client, f"/registers/suppliers/{row.id}").text


def test_few_records_are_offered_as_boxes(client: FlaskClient, asset: UUID, occasion: Occasion, dev: Person) -> None:
    one, two = (records.add(SUPPLIERS, {"name": name}, occasion).id for name in ("Ash Systems", "Birch Ltd"))
    sign_in(client, dev)
    address = change_of(asset, "where-it-is")
    assert "Birch Ltd (SU-0002)" in visit(client, address).text
    fill_in(client, address, suppliers=[str(one), str(two)])
    assert set(records.answers_of(ASSETS, stored(asset, occasion), occasion.by)["suppliers"]) == {one, two}


def test_many_records_are_looked_for_by_name_without_a_script(client: FlaskClient, asset: UUID, occasion: Occasion, dev: Person) -> None:
    rows = [records.add(SUPPLIERS, {"name": f"Supplier number {place}"}, occasion) for place in range(103)]
    sign_in(client, dev)
    address = change_of(asset, "where-it-is")
    looked = fill_in(client, address, find="suppliers", **{"suppliers-add": "number 42", "location": "Cupboard 3"})
    assert looked.status_code == 200
    check_page(looked)
    assert "Supplier number 42 (SU-0043)" in looked.text
    assert "Cupboard 3" in looked.text
    assert stored(asset, occasion).version == 1
    unclear = fill_in(client, address, **{"suppliers-add": "number 4"})
    assert problems(unclear) == ["Choose which one you mean by “number 4”, or empty that line."]
    fill_in(client, address, suppliers=[str(rows[0].id)], **{"suppliers-add": "su-0043"})
    assert set(records.answers_of(ASSETS, stored(asset, occasion), occasion.by)["suppliers"]) == {rows[0].id, rows[42].id}


def test_a_record_of_another_school_cannot_be_linked(
    client: FlaskClient, asset: UUID, occasion: Occasion, elsewhere: Occasion, other_school: School, dev: Person
) -> None:
    with doors.looking_at(other_school.id):
        theirs = records.add(SUPPLIERS, {"name": "Theirs"}, elsewhere).id
    sign_in(client, dev)
    response = fill_in(client, change_of(asset, "where-it-is"), suppliers=str(theirs))
    assert response.status_code == 422
    assert "Theirs" not in response.text
    assert stored(asset, occasion).version == 1


def test_somebody_who_only_reads_may_not_change(client: FlaskClient, asset: UUID, gus: Person) -> None:
    sign_in(client, gus)
    visit(client, change_of(asset, "review"), 403)
    assert "Change" not in plain(visit(client, f"/registers/assets/{asset}").text)


def test_a_section_that_does_not_exist_is_not_found(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    visit(client, change_of(asset, "nonsense"), 404)


@pytest.mark.parametrize("version", ["", "0", "2", "-1", "x", "9" * 30])
def test_a_version_that_never_was_saves_nothing(client: FlaskClient, asset: UUID, occasion: Occasion, dev: Person, version: str) -> None:
    sign_in(client, dev)
    assert fill_in(client, change_of(asset, "review"), version=version, accuracy_check="Mine").status_code == 404
    assert stored(asset, occasion).version == 1


def keep_draft(client: FlaskClient, address: str, pairs: object, proof: str | None = None) -> TestResponse:
    """What the script does a few seconds after the typing stops."""
    return client.post(address, json=pairs, headers={"X-CSRFToken": proof or token(client, "/registers/assets/add")})


def test_what_was_typed_can_be_put_back(client: FlaskClient, asset: UUID, occasion: Occasion, dev: Person, clock: time_machine.Traveller) -> None:
    sign_in(client, dev)
    place = f"/registers/assets/{asset}/draft?section=review"
    kept = keep_draft(client, place, [["version", "1"], ["accuracy_check", "Half a sent"], ["csrf_token", "secret"]])
    assert kept.json == {"at": "09:14"}
    clock.shift(timedelta(minutes=20))
    began = visit(client, change_of(asset, "review")).text
    assert "You were typing here at 09:14" in plain(began)
    assert "Half a sent" not in began
    back = visit(client, change_of(asset, "review") + "&draft=back").text
    assert "Half a sent" in back
    fill_in(client, change_of(asset, "review"), accuracy_check="Half a sentence.")
    assert Draft.select().count() == 0
    assert stored(asset, occasion).accuracy_check == "Half a sentence."


def test_a_draft_is_sealed_and_only_for_whoever_typed_it(client: FlaskClient, asset: UUID, dev: Person, hana: Person) -> None:
    sign_in(client, dev)
    keep_draft(client, f"/registers/assets/{asset}/draft?section=review", [["version", "1"], ["accuracy_check", "Half a sentence"]])
    assert b"Half" not in bytes(Draft.select(Draft.typed).tuples().get()[0])
    client = client.application.test_client()
    sign_in(client, hana)
    assert "You were typing here" not in visit(client, change_of(asset, "review")).text


def test_a_draft_is_thrown_away_when_asked(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    keep_draft(client, f"/registers/assets/{asset}/draft?section=review", [["version", "1"]])
    client.post(f"/registers/assets/{asset}/draft/throw-away?section=review", data={"csrf_token": token(client, ADD)})
    assert "You were typing here" not in visit(client, change_of(asset, "review")).text


def test_a_draft_of_a_new_record_comes_back_as_the_same_record(client: FlaskClient, in_quillbrook: School, dev: Person) -> None:
    sign_in(client, dev)
    page = visit(client, ADD).text
    keep_draft(client, "/registers/assets/add/draft", [["token", hidden(page, "token")], ["name", "Half"]])
    back = visit(client, f"{ADD}?draft=back").text
    assert 'value="Half"' in back
    assert hidden(back, "token") == hidden(page, "token")


@pytest.mark.parametrize("pairs", [{}, "x", [["a"]], [["a", 1]], [1], None])
def test_a_draft_that_is_no_form_is_refused(client: FlaskClient, asset: UUID, dev: Person, pairs: object) -> None:
    sign_in(client, dev)
    assert keep_draft(client, f"/registers/assets/{asset}/draft?section=review", pairs).status_code == 400


def test_a_draft_nested_too_deeply_is_refused(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    headers = {"X-CSRFToken": token(client, f"/registers/assets/{asset}/change"), "Content-Type": "application/json"}
    assert client.post(f"/registers/assets/{asset}/draft?section=review", data="[" * 60_000, headers=headers).status_code == 400


def test_half_a_character_in_a_draft_is_left_out(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    pairs = [["version", "1"], ["accuracy_check", "Every\ud800 term"]]
    assert keep_draft(client, f"/registers/assets/{asset}/draft?section=review", pairs).status_code == 200
    assert "Every term" in visit(client, change_of(asset, "review") + "&draft=back").text


def test_an_enormous_draft_is_refused(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    assert keep_draft(client, f"/registers/assets/{asset}/draft?section=review", [["a", "x" * 300_000]]).status_code == 413


@pytest.mark.parametrize("began", ["without scripts", "with a draft before"])
def test_a_session_that_ends_while_somebody_types_loses_nothing(
    client: FlaskClient, asset: UUID, occasion: Occasion, dev: Person, clock: time_machine.Traveller, began: str
) -> None:
    sign_in(client, dev)
    page = visit(client, change_of(asset, "review")).text
    if began == "with a draft before":
        keep_draft(client, f"/registers/assets/{asset}/draft?section=review", [["version", "1"], ["accuracy_check", "A long"]])
    clock.shift(timedelta(hours=2))
    sent = {"csrf_token": hidden(page, "csrf_token"), "version": "1", "accuracy_check": "A long thought"}
    ended = client.post(change_of(asset, "review"), data=sent)
    assert ended.headers["Location"].startswith("/sign-in?next=")
    proof = hidden(visit(client, ended.headers["Location"]).text, "csrf_token")
    returned = client.post(ended.headers["Location"], data={"csrf_token": proof, "email": dev.email, "password": "correct horse battery staple"})
    arrived = client.get(returned.headers["Location"], follow_redirects=True)
    assert "You were typing here" in arrived.text
    assert "Change review" in arrived.text
    assert stored(asset, occasion).version == 1


def test_a_new_record_sent_after_the_session_ended_comes_back_whole(
    client: FlaskClient, in_quillbrook: School, dev: Person, clock: time_machine.Traveller
) -> None:
    sign_in(client, dev)
    page = visit(client, ADD).text
    clock.shift(timedelta(hours=2))
    address = f"{ADD}?section=what-it-is"
    client.post(address, data={"csrf_token": hidden(page, "csrf_token"), "token": hidden(page, "token"), "name": "Half a name"})
    assert "What you typed is kept for you" in visit(client, "/sign-in").text
    sign_in(client, dev)
    back = visit(client, f"{address}&draft=back").text
    assert 'value="Half a name"' in back
    assert hidden(back, "token") == hidden(page, "token")


def test_what_comes_from_a_session_that_was_ended_on_purpose_is_not_kept(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    visit(client, change_of(asset, "review"))
    Session.update(ended_at=NOW).execute()
    client.post(change_of(asset, "review"), data={"version": "1", "accuracy_check": "From a stolen laptop"})
    assert Draft.select().count() == 0


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_sends_after_a_session_ended_is_not_kept(
    client: FlaskClient, asset: UUID, dev: Person, clock: time_machine.Traveller, site: str
) -> None:
    sign_in(client, dev)
    clock.shift(timedelta(hours=2))
    client.post(change_of(asset, "review"), data={"accuracy_check": "Planted"}, headers={"Sec-Fetch-Site": site})
    assert Draft.select().count() == 0
