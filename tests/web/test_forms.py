"""Adding and changing through the forms: what is typed is kept, what is malformed is said, and nothing is stored twice."""

import re
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from models import doors
from models.audit import AuditEntry
from models.school import School
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.browsing import check_page, plain, problems, sign_in, visit
from tests.people import Person
from tests.web.filling_in import ADD, change_of, fill_in, hidden, stored


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


def test_a_register_of_one_section_announces_no_others(client: FlaskClient, in_quillbrook: School, dev: Person) -> None:
    sign_in(client, dev)
    adding = "/registers/term-dates/add"
    assert "Begin with the days. What you do not know yet can wait." in plain(visit(client, adding).text)
    words = plain(visit(client, fill_in(client, adding, name="Autumn term").headers["Location"]).text)
    assert "Saved as TE-0001." in words
    assert "other sections" not in words
