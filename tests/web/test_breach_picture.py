"""The governors' picture and the log as pages and files: no names, no small numbers, and each for its readers."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from models.school import School
from models.vocabulary import BreachKind
from registry import records
from registry.breaches.reporting import Report, report
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from tests.browsing import send, sign_in, text_of, visit
from tests.people import NOW, Person

PICTURE, LOG = "/breach-picture", "/registers/breaches/log"


@pytest.fixture
def last_spring(hana: Person, occasion: Occasion, in_quillbrook: School) -> None:
    """Six papers lost, and one password."""
    for day in range(7):
        told = Report(what="Mia’s list is gone.", noticed_at=datetime(2026, 2, 2, 9, tzinfo=UTC) + timedelta(days=day))
        row = report(told, Occasion(hana.actor, NOW, occasion.school))
        kind = BreachKind.LOST_PAPER if day else BreachKind.PHISHING
        records.change(BREACHES, row, {"kind": kind, "name": f"The list of {day}"}, Occasion(hana.actor, NOW, occasion.school))


def test_a_governor_sees_counts_as_a_page_a_file_and_a_paper_and_nothing_else(client: FlaskClient, gus: Person, last_spring: None) -> None:
    sign_in(client, gus)
    told = text_of(client, PICTURE)
    assert "7 breaches in 2025/26, spring." in told
    assert "Paper lost, stolen or left behind hidden hidden" in told, "six of seven would give away the seventh"
    assert "Mia" not in told
    assert "The list of" not in told
    rows = list(csv.reader(io.StringIO(send(client, f"{PICTURE}.csv", page=PICTURE).data.decode("utf-8-sig"))))
    assert ["Breaches", "All", "In all", "7"] in rows
    assert {row[3] for row in rows if row[0] == "What happened"} == {"hidden"}
    paper = " ".join(PdfReader(io.BytesIO(send(client, f"{PICTURE}.pdf", page=PICTURE).data)).pages[0].extract_text().split())
    assert "2025/26, spring 7" in paper
    assert "Log" not in told


def test_before_there_is_enough_the_page_says_what_it_will_show(client: FlaskClient, dev: Person) -> None:
    sign_in(client, dev)
    assert "Here governors see by term how many breaches there were" in text_of(client, PICTURE)
    assert send(client, f"{PICTURE}.pdf", page=PICTURE).data.startswith(b"%PDF")


def test_the_log_is_found_from_the_list_and_taken_away(client: FlaskClient, dev: Person, last_spring: None) -> None:
    sign_in(client, dev)
    assert f'href="{LOG}"' in visit(client, "/registers/breaches/").text
    assert "2 Feb 2026, 09:00 GMT" in text_of(client, LOG)
    for ending, begins in (("csv", b"\xef\xbb\xbfReference,Breach"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        made = send(client, f"{LOG}.{ending}", page=LOG)
        assert (made.status_code, made.data.startswith(begins), made.headers["Content-Disposition"].endswith(f'.{ending}"')) == (200, True, True)
    assert "Dev Marchetti exported" in text_of(client, "/audit")


@pytest.mark.parametrize(
    ("key", "picture", "log"), [("hana", 200, 200), ("gus", 200, 403), ("dina", 403, 403), ("ola", 403, 403), ("ian", 403, 403)]
)
def test_each_is_for_its_readers(client: FlaskClient, people: dict[str, Person], key: str, picture: int, log: int) -> None:
    sign_in(client, people[key])
    visit(client, PICTURE, picture)
    assert send(client, f"{PICTURE}.csv", page="/account").status_code == picture
    visit(client, LOG, log)
