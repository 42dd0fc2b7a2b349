"""The list of a register: found, filtered, sorted and paged by its address, and never more than one may see."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from models import doors
from models.school import School
from registry import records
from registry.access import Deed, may
from registry.catalogue import REGISTERS
from registry.definition import Register
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.browsing import plain, sign_in, visit
from tests.people import NOW, Person
from tests.web.conftest import NAMES

TODAY = NOW.date()


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
def test_an_empty_register_says_what_it_is_for_and_offers_the_first_step(client: FlaskClient, hana: Person, register: Register) -> None:
    sign_in(client, hana)
    page = visit(client, f"/registers/{register.slug}/").text
    assert register.about in page.replace("&#39;", "'")
    first = {"dpias": "/dpias/begin"}.get(register.slug, f"/registers/{register.slug}/add")
    assert (first in page) == may(hana.actor, Deed.ADD, register)


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
