"""Records in every register: what is shown of them, to whom, and what is done to them."""

import re
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from models.audit import AuditEntry
from models.school import School
from models.vocabulary import Classification, YesNo
from registry import records
from registry.access import Deed, may
from registry.catalogue import REGISTERS
from registry.definition import Register
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.registers.images.take_downs import TAKE_DOWNS
from registry.school.adoption import adopt
from registry.school.starter import all_that_fits
from tests.browsing import check_page, plain, send, sign_in, visit
from tests.least import add_least
from tests.people import Person


def test_who_may_not_see_every_answer_is_told_of_no_findings(client: FlaskClient, shelf: list[UUID], dev: Person, ian: Person) -> None:
    sign_in(client, dev)
    assert "With findings" in visit(client, "/registers/assets/").text
    client = client.application.test_client()
    sign_in(client, ian)
    page = visit(client, "/registers/assets/").text
    assert "warning" not in page
    assert "With findings" not in page


def test_a_finding_does_not_tell_the_it_provider_what_is_in_an_asset(
    client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person, ian: Person
) -> None:
    answers = {"name": "Counselling notes", "classification": Classification.PUBLIC, "contains_personal": YesNo.YES, "contains_special": YesNo.YES}
    asset = records.add(ASSETS, answers, occasion)
    sign_in(client, dev)
    assert "Special category" in visit(client, f"/registers/assets/{asset.id}").text
    client = client.application.test_client()
    sign_in(client, ian)
    page = visit(client, f"/registers/assets/{asset.id}").text
    assert "Special category" not in page
    assert "AS0" not in page


def test_the_way_back_from_a_record_is_the_list_as_it_was_and_no_other_site(client: FlaskClient, shelf: list[UUID], dev: Person) -> None:
    sign_in(client, dev)
    record = re.search(r'href="([0-9a-f-]{36}\?[^"]+)"', visit(client, "/registers/assets/?q=book&sort=reference").text)
    assert record
    page = visit(client, f"/registers/assets/{record[1]}").text
    assert 'href="/registers/assets/?q=book&amp;sort=reference" class="govuk-back-link"' in page
    wicked = visit(client, f"/registers/assets/{shelf[0]}?back=//elsewhere.example/%0d%0aX: y").text
    assert 'href="/registers/assets/" class="govuk-back-link"' in wicked


def test_a_record_shows_its_answers_what_to_mend_and_where(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    row = records.add(PROCESSING, {"name": "Meals", "individuals": ("pupils",), "special_categories": ("health",)}, occasion)
    sign_in(client, dev)
    page = visit(client, f"/registers/processing/{row.id}").text
    assert "PA-0001" in page
    assert "LB07" in page
    assert f"/registers/processing/{row.id}/change?section=special-and-criminal-offence-data#art9" in page
    assert "is-missing" in page
    assert "Why will no other basis do?" not in page
    assert "Why vital interests" not in page


def test_names_are_shown_opened_and_escaped(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    row = records.add(ASSETS, {"name": "<script>alert(1)</script>", "owner": "Tove & Sons"}, occasion)
    sign_in(client, dev)
    for tail in ("?column=owner", row.id, f"{row.id}/change", f"{row.id}/archive"):
        page = visit(client, f"/registers/assets/{tail}").text
        assert "<script>alert(1)" not in page
    assert "Tove &amp; Sons" in visit(client, f"/registers/assets/{row.id}").text


def test_a_link_leads_to_the_other_record_and_back(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    supplier = records.add(SUPPLIERS, {"name": "Ash Systems"}, occasion)
    asset = records.add(ASSETS, {"name": "Pupil database", "suppliers": (supplier.id,)}, occasion)
    sign_in(client, dev)
    page = visit(client, f"/registers/assets/{asset.id}").text
    assert f'href="/registers/suppliers/{supplier.id}">Ash Systems</a>' in page
    assert "1 supplier" in page
    assert "Pupil database" in visit(client, f"/registers/suppliers/{supplier.id}").text


def test_archiving_says_what_would_dangle_and_can_be_undone(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    supplier = records.add(SUPPLIERS, {"name": "Ash Systems"}, occasion)
    asset = records.add(ASSETS, {"name": "Pupil database", "suppliers": (supplier.id,)}, occasion)
    sign_in(client, dev)
    address = f"/registers/suppliers/{supplier.id}"
    assert "Pupil database" in visit(client, f"{address}/archive").text
    assert send(client, f"{address}/archive").status_code == 302
    assert "Bring back" in visit(client, address).text
    assert "archived" in visit(client, f"/registers/assets/{asset.id}").text
    assert send(client, f"{address}/restore", address).status_code == 302
    assert records.find(SUPPLIERS, supplier.id, occasion.by).archived_at is None


def test_archiving_twice_notes_it_once(client: FlaskClient, shelf: list[UUID], dev: Person) -> None:
    sign_in(client, dev)
    for _ in range(2):
        send(client, f"/registers/assets/{shelf[0]}/archive", "/registers/assets/")
    assert AuditEntry.select().where((AuditEntry.record == shelf[0]) & (AuditEntry.deed == "archived")).count() == 1


def test_only_leaders_confirm_a_starter_entry(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person, ola: Person) -> None:
    adopt([entry for entry in all_that_fits(in_quillbrook) if entry.register == "assets"][:1], occasion)
    row = ASSETS.table.get()
    address = f"/registers/assets/{row.id}"
    sign_in(client, ola)
    assert "not yet checked by your school" in visit(client, address).text
    assert "Confirm:" not in visit(client, address).text
    assert send(client, f"{address}/confirm", "/registers/assets/add").status_code == 403
    client = client.application.test_client()
    sign_in(client, dev)
    assert "Confirm:" in visit(client, address).text
    assert send(client, f"{address}/confirm", address).status_code == 302
    assert not records.find(ASSETS, row.id, occasion.by).starter
    assert "not yet checked" not in visit(client, address).text


@pytest.mark.parametrize("tail", ["", "/archive", "/change", "/change?section=review"])
@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.slug)
def test_a_record_of_another_school_reads_like_one_that_never_was(
    client: FlaskClient, theirs: dict[str, UUID], hana: Person, register: Register, tail: str
) -> None:
    sign_in(client, hana)
    slug = register.slug
    foreign, never = (client.get(f"/registers/{slug}/{record}{tail}") for record in (theirs[slug], uuid4()))
    status = 404 if may(hana.actor, Deed.CHANGE if tail else Deed.SEE, register) else 403
    assert (foreign.status_code, never.status_code) == (status, status)
    check_page(foreign)
    assert without_what_differs(foreign.text) == without_what_differs(never.text)
    assert "Theirs alone" not in foreign.text


@pytest.mark.parametrize("deed", ["archive", "restore", "confirm", "change", "draft", "draft/throw-away"])
def test_nothing_is_done_to_a_record_of_another_school(client: FlaskClient, theirs: dict[str, UUID], dev: Person, deed: str) -> None:
    sign_in(client, dev)
    before = AuditEntry.select().count()
    assert send(client, f"/registers/assets/{theirs['assets']}/{deed}", "/registers/assets/add", version="1", name="Mine").status_code == 404
    assert AuditEntry.select().count() == before


def test_a_list_asks_at_most_twelve_questions_and_a_record_few_more(client: FlaskClient, shelf: list[UUID], occasion: Occasion, dev: Person) -> None:
    supplier = records.add(SUPPLIERS, {"name": "Ash Systems", "assets": tuple(shelf)}, occasion).id
    sign_in(client, dev)
    for address, most in (("/registers/assets/?q=list&format=-&sort=owner_role&column=suppliers", 12), (f"/registers/suppliers/{supplier}", 18)):
        with count_queries() as counted:
            visit(client, address)
        assert 0 < counted.count <= most


def test_a_teacher_has_no_business_here(client: FlaskClient, shelf: list[UUID], tess: Person) -> None:
    sign_in(client, tess)
    for address in ("/registers/assets/", f"/registers/assets/{shelf[0]}", "/registers/assets/add"):
        visit(client, address, 403)


def test_a_register_that_does_not_exist_is_not_found(client: FlaskClient, dev: Person) -> None:
    sign_in(client, dev)
    visit(client, "/registers/unicorns/", 404)


def without_what_differs(page: str) -> str:
    """A page without the words that change with every answer."""
    return re.sub(r'(?:nonce|name="csrf_token" value)="[^"]*"|Reference[^<]*', "", page)


def test_what_nobody_misses_is_gathered_in_one_line_that_leads_to_its_question(client: FlaskClient, dev: Person, occasion: Occasion) -> None:
    asset = records.add(ASSETS, {"name": "Pupil files"}, occasion)
    sign_in(client, dev)
    page = visit(client, f"/registers/assets/{asset.id}").text
    quiet = [label for label in re.findall(r"<dt>(.*?)</dt>", page) if label == "Not answered"]
    assert len(quiet) == len(set(re.findall(r'id="section-[a-z-]+"', page))), "one line for each section at most, here for every one"
    answer = r'#notes"><span class="govuk-visually-hidden">Answer: </span>Notes</a>'
    assert re.search(rf"/registers/assets/{asset.id}/change\?section=[a-z-]+{answer}", page)


def test_a_reader_is_not_told_to_do_what_only_others_may(client: FlaskClient, gus: Person, occasion: Occasion) -> None:
    supplier = records.add(SUPPLIERS, {"name": "Plateful Catering Systems", "role": "processor"}, occasion)
    sign_in(client, gus)
    page = plain(visit(client, f"/registers/suppliers/{supplier.id}").text)
    assert "to be mended. Your role reads this and does not change it." in page
    assert "Answer:" not in page


def test_archiving_warns_of_what_points_at_a_record_and_not_of_what_it_names(client: FlaskClient, hana: Person, occasion: Occasion) -> None:
    task = add_least(TAKE_DOWNS, "Sports day", occasion)
    sign_in(client, hana)
    page = visit(client, f"/registers/take-downs/{task.id}/archive").text
    assert "Nothing else is linked to it." in page
    assert "/registers/person/" not in page
