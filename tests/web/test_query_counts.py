import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient

from models import doors
from models.base import db
from models.school import School
from registry import catalogue, placing, records
from registry.many.bulk import insert_many
from registry.records import Occasion
from registry.registers.data_protection.processing import PROCESSING
from registry.trace.audit import recording
from tests.browsing import sign_in, visit
from tests.least import least
from tests.people import Person
from tests.registry.approvals import add_complete, approve

MOST = 12
MOST_OF_RECORD = 18  # each of its tabs, its approved version, and who is to do what next ask once
LISTS = [f"/registers/{slug}/" for slug in ("processing", "assets", "suppliers", "pupils", "image-decisions")]
"""Plain names and sealed ones, links, and records that name others; the other registers have nothing else in their lists."""
VIEWS = ("?rows=50", "?q=Paper", "?show=findings", "?sort=changed&order=down", "?column=owner&column=suppliers&column=processing")


@contextmanager
def asked() -> Iterator[list[str]]:
    """Every statement that the database is asked inside the block."""
    statements: list[str] = []

    def hook(event: Any) -> None:
        statements.append(event.sql)

    db.query_hooks.append(hook)
    try:
        yield statements
    finally:
        db.query_hooks.remove(hook)


def add(occasion: Occasion, school: School, slug: str, names: Sequence[str]) -> None:
    register = catalogue.find(slug)
    with doors.looking_at(school.id):
        given = [least(register, name, occasion) for name in names]
    with doors.looking_at(school.id), recording(occasion.by, occasion.at) as trace:
        insert_many(trace, register, given, occasion, number=placing.next_number(register, occasion.by))


def count(desk: FlaskClient, path: str) -> int:
    visit(desk, path)
    with asked() as statements:
        visit(desk, path)
    return len(statements)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("view", VIEWS)
def test_a_list_asks_the_database_a_dozen_times_at_most_however_long_it_is(
    client: FlaskClient, hana: Person, occasion: Occasion, school: School, path: str, view: str
) -> None:
    sign_in(client, hana)
    slug = path.split("/")[2]
    if slug == "suppliers" and "suppliers" in view:
        view = "?column=owner&column=processing"
    add(occasion, school, slug, ["Paper 1", "Paper 2"])
    short = count(client, path + view)
    assert 1 <= short <= MOST
    add(occasion, school, slug, [f"Paper {number}" for number in range(3, 80)])
    assert count(client, path + view) == short


def test_the_pages_after_the_first_cost_one_question_more(desk: FlaskClient, occasion: Occasion, school: School) -> None:
    add(occasion, school, "assets", [f"Paper {number:02d}" for number in range(60)])
    later = re.search(r'href="(/registers/assets/\?after=[^"]+)"', visit(desk, "/registers/assets/").text)
    assert later
    assert count(desk, later[1]) == count(desk, "/registers/assets/") + 1


def test_a_record_asks_the_database_no_more_often_however_much_is_known_of_it(desk: FlaskClient, occasion: Occasion, school: School) -> None:
    with doors.looking_at(school.id):
        supplier = records.add(catalogue.find("suppliers"), {"name": "Plateful Catering"}, occasion)
        asset = records.add(catalogue.find("assets"), {"name": "Paper files", "suppliers": (supplier.id,)}, occasion)
    assert 1 <= count(desk, f"/registers/assets/{asset.id}") <= MOST_OF_RECORD


def test_a_record_changed_since_it_was_approved_asks_no_more_often(
    desk: FlaskClient, ola: Person, dev: Person, hana: Person, occasion: Occasion, school: School
) -> None:
    with doors.looking_at(school.id):
        row = add_complete(ola, occasion)
        for purpose in ("One", "Two", "Three"):
            approve(row, dev, hana, occasion)
            records.change(PROCESSING, records.find(PROCESSING, row.id, occasion.by), {"purpose": purpose}, occasion)
    assert 1 <= count(desk, f"/registers/processing/{row.id}") <= MOST_OF_RECORD
