"""The search in the header: who has it, what its address says, and what its page shows."""

import logging
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from models import doors
from models.school import School
from models.search import mark_of
from registry import records
from registry.catalogue import REGISTERS
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.registers.school.term_dates import TERM_DATES
from tests.browsing import check_page, plain, send, sign_in, visit
from tests.people import Person


@pytest.fixture
def database_of_pupils(in_quillbrook: School, occasion: Occasion) -> UUID:
    """One asset of Quillbrook."""
    answers = {"name": "Pupil database", "notes": "Names & <contacts>", "owner": "Quentin Zybeck"}
    return records.add(ASSETS, answers, occasion).id  # type: ignore[no-any-return]


def asked(client: FlaskClient, text: str) -> str:
    """The address of the answer to a question that was typed in the header."""
    answer = send(client, "/search", "/", q=text)
    assert answer.status_code == 303
    return answer.headers["Location"]


def shown(client: FlaskClient, text: str) -> str:
    """The words of the page that answers."""
    response = visit(client, asked(client, text))
    check_page(response)
    return plain(response.text.partition("<main")[2].partition("</main>")[0])


def test_the_answer_groups_what_was_found_and_says_by_which_words(client: FlaskClient, dev: Person, database_of_pupils: UUID) -> None:
    sign_in(client, dev)
    page = shown(client, "contacts pup")
    assert "1 record found for “contacts pup”" in page
    assert "Information assets 1 Pupil database IA-0001" in page
    page = shown(client, "contacts")
    assert "Notes: Names &amp; &lt;contacts&gt;" in page
    assert f"/registers/assets/{database_of_pupils}" in client.get(asked(client, "contacts")).text


def test_neither_the_address_nor_the_log_says_what_was_typed(
    client: FlaskClient, dev: Person, database_of_pupils: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in(client, dev)
    with caplog.at_level(logging.DEBUG):
        address = asked(client, "Quentin Zybeck")
        page = client.get(address).text
    assert "Zybeck" not in address
    assert "Zybeck" not in caplog.text
    assert "Owner: exactly this" in page
    assert "Zybeck" not in "".join(part.partition('"')[0] for part in page.split('href="')[1:])
    assert "Zybeck" not in page.partition("<title>")[2].partition("</title>")[0]
    with client.session_transaction() as kept:
        assert "Zybeck" not in str(dict(kept))


def test_many_found_by_a_name_are_all_shown_without_the_name_in_an_address(
    client: FlaskClient, dev: Person, occasion: Occasion, school: School
) -> None:
    with doors.looking_at(school.id):
        for number in range(7):
            records.add(ASSETS, {"name": f"Asset {number}", "owner": "Quentin Zybeck"}, occasion)
    sign_in(client, dev)
    page = client.get(asked(client, "Quentin Zybeck")).text
    (rest,) = [part.partition('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:] if "register=assets" in part.partition('"')[0]]
    everything = visit(client, rest).text
    assert all(f"Asset {number}" in everything for number in range(7))
    assert "in information assets" in everything
    assert 'href="/registers/assets/?q=asset"' in client.get(asked(client, "asset")).text


def test_nobody_opens_the_address_of_another(client: FlaskClient, dev: Person, ola: Person, database_of_pupils: UUID) -> None:
    sign_in(client, dev)
    address = asked(client, "Quentin Zybeck")
    send(client, "/sign-out", "/")
    sign_in(client, ola)
    assert "This search cannot be opened" in visit(client, address).text
    for wrong in ("/search?s=AAAA", "/search?s=%F0%9F%98%80", "/search?s=a", "/search?s=" + "A" * 3_000, f"{address}&register=nothing"):
        assert "This search cannot be opened" in visit(client, wrong).text


def test_a_reference_leads_to_its_record(client: FlaskClient, dev: Person, database_of_pupils: UUID) -> None:
    sign_in(client, dev)
    assert client.get(asked(client, "ia1")).headers["Location"] == f"/registers/assets/{database_of_pupils}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Find a record"),
        ("   ", "Find a record"),
        ("\0", "Find a record"),
        ("x", "Type a little more"),
        ("7", "Nothing found"),
        ("trampoline", "Nothing found"),
        ("😀😀", "Nothing found"),
        ('"* OR <script>', "Nothing found"),
        ("pupal databose", "One is close."),
        ("zebra " * 5_000, "Nothing found"),
    ],
)
def test_every_question_gets_a_sentence(client: FlaskClient, dev: Person, database_of_pupils: UUID, typed: str, said: str) -> None:
    sign_in(client, dev)
    assert said in shown(client, typed)


def test_records_of_the_other_school_are_not_found(client: FlaskClient, otto: Person, database_of_pupils: UUID) -> None:
    sign_in(client, otto)
    for typed in ("Pupil database", "contacts", "IA-0001", "1", "Quentin Zybeck"):
        assert "Nothing found" in shown(client, typed)


def test_only_what_a_role_may_read_is_found(client: FlaskClient, ian: Person, database_of_pupils: UUID) -> None:
    sign_in(client, ian)
    assert "Nothing found" in shown(client, "contacts")
    assert "Nothing found" in shown(client, "Quentin Zybeck")
    assert "Pupil database" in shown(client, "pupil")


def test_an_administrator_finds_when_the_school_is_open_and_no_other_records(
    app: Flask, client: FlaskClient, hana: Person, tess: Person, occasion: Occasion, database_of_pupils: UUID, school: School
) -> None:
    with doors.looking_at(school.id):
        records.add(TERM_DATES, {"name": "Pupils break up"}, occasion)
    head = app.test_client()
    sign_in(head, hana)
    send(head, f"/people/{tess.user}/role", page=f"/people/{tess.user}", role="admin")
    sign_in(client, tess)
    found = shown(client, "pupil")
    assert "Pupils break up" in found
    assert "Pupil database" not in found


def test_an_archived_record_is_marked(client: FlaskClient, dev: Person, occasion: Occasion, database_of_pupils: UUID, school: School) -> None:
    with doors.looking_at(school.id):
        records.archive(ASSETS, records.find(ASSETS, database_of_pupils, occasion.by), occasion)
        records.add(SUPPLIERS, {"name": "Pupil photos Ltd"}, occasion)
    sign_in(client, dev)
    assert "IA-0001 archived" in shown(client, "pupil")


def test_what_was_saved_a_moment_ago_is_found_and_showing_the_answer_writes_nothing(
    client: FlaskClient, dev: Person, occasion: Occasion, database_of_pupils: UUID, school: School
) -> None:
    sign_in(client, dev)
    assert "Pupil database" in shown(client, "contacts")
    with doors.looking_at(school.id):
        row = records.find(ASSETS, database_of_pupils, occasion.by)
        records.change(ASSETS, row, {"name": "Marvellous database"}, occasion)
        records.add(SUPPLIERS, {"name": "Marvellous photos Ltd"}, occasion)
    page = shown(client, "marvellous")
    assert "2 records found" in page
    address = asked(client, "marvellous")
    with doors.looking_at(school.id):
        records.add(SUPPLIERS, {"name": "Marvellous paper Ltd"}, occasion)
    stood = mark_of(school.id)
    assert visit(client, address).status_code == 200
    assert mark_of(school.id) == stood, "a page that is only shown writes nothing"
    assert "3 records found" in shown(client, "marvellous")


def test_a_search_asks_the_database_a_few_times_for_each_register(client: FlaskClient, dev: Person, database_of_pupils: UUID) -> None:
    sign_in(client, dev)
    address = asked(client, "pupil")
    client.get(address)
    with count_queries() as counted:
        client.get(address)
    assert counted.count <= 3 * len(REGISTERS)
