"""Lists and records in every register: what is shown, to whom, and what the address says."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from models import doors
from models.audit import AuditEntry
from models.school import School
from models.vocabulary import Classification, YesNo
from registry import records
from registry.catalogue import REGISTERS
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.school.adoption import adopt
from registry.school.starter import all_that_fits
from tests.browsing import check_page, plain, send, sign_in, visit
from tests.people import NOW, Person

TODAY = NOW.date()
NAMES = ("Accident book", "Bus lists", "Central record", "Door passes", "Exam papers", "Free meals list", "Gate camera", "Hall bookings",
         "Intake forms", "Job applications", "Key safe", "Library loans")
Page = tuple[list[str], str]


@pytest.fixture
def shelf(in_quillbrook: School, occasion: Occasion) -> list[UUID]:
    """Twelve assets of Quillbrook, by name."""
    return [records.add(ASSETS, {"name": name}, occasion).id for name in NAMES]


@pytest.fixture
def theirs(other_school: School, elsewhere: Occasion) -> dict[str, UUID]:
    """One record of the other school in each register."""
    with doors.looking_at(other_school.id):
        return {register.slug: records.add(register, {"name": "Theirs alone"}, elsewhere).id for register in REGISTERS}


def names_on(client: FlaskClient, address: str) -> list[str]:
    """The names in a list, in order."""
    return re.findall(r'<th scope="row"[^>]*><a class="govuk-link" href="[^"]*">([^<]*)</a>', visit(client, address).text)


def link(client: FlaskClient, address: str, words: str) -> str:
    """Where the link with these words leads."""
    for href, text in re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', visit(client, address).text, re.DOTALL):
        if plain(text).startswith(words):
            return str(href).replace("&amp;", "&")
    raise AssertionError(f"{address} has no link {words}")


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.slug)
def test_an_empty_register_says_what_it_is_for_and_offers_the_first_step(client: FlaskClient, dev: Person, register: object) -> None:
    sign_in(client, dev)
    page = visit(client, f"/registers/{register.slug}/").text  # type: ignore[attr-defined]
    assert register.about in page.replace("&#39;", "'")  # type: ignore[attr-defined]
    assert f"/registers/{register.slug}/add" in page  # type: ignore[attr-defined]


def test_somebody_who_only_reads_is_offered_no_first_step(client: FlaskClient, gus: Person) -> None:
    sign_in(client, gus)
    page = visit(client, "/registers/assets/").text
    assert "Your role reads this register" in page
    assert "/add" not in page
    assert "/import" not in page


def test_a_list_is_in_the_order_of_its_names_and_pages_by_them(client: FlaskClient, shelf: list[UUID], dev: Person) -> None:
    sign_in(client, dev)
    first = "/registers/assets/?rows=10"
    assert names_on(client, first) == list(NAMES[:10])
    second = link(client, first, "Later")
    assert names_on(client, second) == list(NAMES[10:])
    assert "From “Key safe” to “Library loans”, 2 of 12" in visit(client, second).text
    assert names_on(client, link(client, second, "Earlier")) == list(NAMES[:10])


def test_a_search_finds_part_of_a_name_a_reference_and_a_whole_sealed_name(
    client: FlaskClient, occasion: Occasion, shelf: list[UUID], dev: Person
) -> None:
    with doors.looking_at(occasion.by.school):  # type: ignore[arg-type]
        records.change(ASSETS, records.find(ASSETS, shelf[2], occasion.by), {"owner": "Wilhelmina Featherstone"}, occasion)
    sign_in(client, dev)
    assert names_on(client, "/registers/assets/?q=list") == ["Bus lists", "Free meals list"]
    assert names_on(client, "/registers/assets/?q=ia-0004") == ["Door passes"]
    assert names_on(client, "/registers/assets/?q=featherstone, wilhelmina") == ["Central record"]


def test_somebody_who_may_not_see_a_name_does_not_find_it(client: FlaskClient, occasion: Occasion, shelf: list[UUID], ian: Person) -> None:
    with doors.looking_at(occasion.by.school):  # type: ignore[arg-type]
        records.change(ASSETS, records.find(ASSETS, shelf[2], occasion.by), {"owner": "Wilhelmina Featherstone"}, occasion)
    sign_in(client, ian)
    assert "Nothing here fits" in visit(client, "/registers/assets/?q=Wilhelmina Featherstone").text
    assert "Featherstone" not in visit(client, "/registers/assets/?column=owner").text
    assert "Featherstone" not in visit(client, f"/registers/assets/{shelf[2]}").text


def test_nothing_found_says_so_and_offers_to_clear_all(client: FlaskClient, shelf: list[UUID], dev: Person) -> None:
    sign_in(client, dev)
    assert "“zeppelin”" in visit(client, "/registers/assets/?q=zeppelin&rows=10").text
    assert link(client, "/registers/assets/?q=zeppelin&rows=10", "Clear all") == "/registers/assets/?rows=10"


def test_filters_take_several_values_and_not_answered(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    for name, kind in (("Paper one", "paper"), ("Mixed one", "both"), ("Nobody knows", None)):
        records.add(ASSETS, {"name": name, "format": kind}, occasion)
    sign_in(client, dev)
    assert names_on(client, "/registers/assets/?format=paper&format=-") == ["Nobody knows", "Paper one"]
    assert names_on(client, "/registers/assets/?format=zeppelin") == ["Mixed one", "Nobody knows", "Paper one"]


def test_chips_count_and_narrow(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    late = records.add(ASSETS, {"name": "Late", "next_review_on": TODAY - timedelta(days=1)}, occasion)
    records.add(ASSETS, {"name": "Due today", "next_review_on": TODAY}, occasion)
    gone = records.add(ASSETS, {"name": "Gone"}, occasion)
    sign_in(client, dev)
    assert "Review due 2" in plain(visit(client, "/registers/assets/").text)
    records.archive(ASSETS, records.find(ASSETS, gone.id, occasion.by), occasion)
    page = visit(client, "/registers/assets/").text
    assert "Archived 1" in plain(page)
    assert page.count(", late</strong>") == 1
    assert names_on(client, "/registers/assets/?show=archived") == ["Gone"]
    records.change(ASSETS, records.find(ASSETS, late.id, occasion.by), {"next_review_on": TODAY + timedelta(days=1)}, occasion)
    assert names_on(client, "/registers/assets/?show=review") == ["Due today"]


def test_a_head_sorts_and_says_how(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    for name, day in (("First", date(2027, 1, 1)), ("Second", date(2027, 2, 1)), ("Never", None)):
        records.add(ASSETS, {"name": name, "next_review_on": day}, occasion)
    sign_in(client, dev)
    up = link(client, "/registers/assets/", "Next review")
    assert names_on(client, up) == ["First", "Second", "Never"]
    assert 'aria-sort="ascending"><a' in visit(client, up).text
    down = link(client, up, "Next review")
    assert names_on(client, down) == ["Never", "Second", "First"]
    assert 'aria-sort="descending"><a' in visit(client, down).text


def test_columns_are_chosen_and_moved_without_a_script(client: FlaskClient, shelf: list[UUID], dev: Person) -> None:
    sign_in(client, dev)
    moved = client.get("/registers/assets/?q=&column=owner&column=location&rows=25&move=up:location")
    assert moved.headers["Location"] == "/registers/assets/?column=location&column=owner&choosing=columns"
    page = visit(client, moved.headers["Location"]).text
    assert re.findall(r'<th scope="col"[^>]*>(?:<a [^>]*>)?([^<▲]+)', page) == ["Asset ", "Location", "Owner", "Findings", "Approved"]
    assert '<details class="sh-pop" id="columns" open>' in page


def test_a_form_that_chooses_what_is_usual_anyway_leads_to_a_short_address(client: FlaskClient, shelf: list[UUID], dev: Person) -> None:
    sign_in(client, dev)
    usual = [question.name for question in ASSETS.questions.values() if question.listed and question is not ASSETS.title]
    sent = client.get("/registers/assets/?q=&" + "&".join(f"column={name}" for name in usual))
    assert sent.headers["Location"] == "/registers/assets/"


def test_links_stand_in_a_column_by_name(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    suppliers = tuple(records.add(SUPPLIERS, {"name": name}, occasion).id for name in ("Zebra Hosting", "Ash Systems"))
    records.add(ASSETS, {"name": "Pupil database", "suppliers": suppliers}, occasion)
    sign_in(client, dev)
    assert "Ash Systems, Zebra Hosting" in visit(client, "/registers/assets/?column=suppliers").text


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
    client: FlaskClient, theirs: dict[str, UUID], dev: Person, register: object, tail: str
) -> None:
    sign_in(client, dev)
    slug = register.slug  # type: ignore[attr-defined]
    foreign, never = (client.get(f"/registers/{slug}/{record}{tail}") for record in (theirs[slug], uuid4()))
    assert (foreign.status_code, never.status_code) == (404, 404)
    check_page(foreign)
    assert without_what_differs(foreign.text) == without_what_differs(never.text)
    assert "Theirs alone" not in foreign.text


@pytest.mark.parametrize("deed", ["archive", "restore", "confirm", "change", "draft", "draft/throw-away"])
def test_nothing_is_done_to_a_record_of_another_school(client: FlaskClient, theirs: dict[str, UUID], dev: Person, deed: str) -> None:
    sign_in(client, dev)
    before = AuditEntry.select().count()
    assert send(client, f"/registers/assets/{theirs['assets']}/{deed}", "/registers/assets/add", version="1", name="Mine").status_code == 404
    assert AuditEntry.select().count() == before


def test_a_list_shows_only_the_school_in_view(client: FlaskClient, theirs: dict[str, UUID], shelf: list[UUID], dev: Person) -> None:
    sign_in(client, dev)
    page = visit(client, f"/registers/assets/?after={theirs['assets']}").text
    assert "Theirs alone" not in page
    assert "Accident book" in page


@pytest.mark.parametrize(
    "asked", ["sort=owner", "sort=nonsense", "rows=7", "after=nonsense", "before=nonsense", "column=nonsense", "show=nonsense", "q=%00"]
)
def test_an_address_that_makes_no_sense_shows_the_list_as_it_is(client: FlaskClient, shelf: list[UUID], dev: Person, asked: str) -> None:
    sign_in(client, dev)
    assert names_on(client, f"/registers/assets/?{asked}") == list(NAMES)


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
