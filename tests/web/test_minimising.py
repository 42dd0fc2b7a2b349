"""What is kept beyond need, as people of the school read it: who may open it, what it says, and what it does not say to whom."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from registry import records
from registry.many.bulk import insert_many
from registry.registers.data_protection.assets import ASSETS
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from registry.trace.audit import recording
from tests.browsing import sign_in, text_of, visit
from tests.people import Person
from tests.registry.retention.conftest import As, Rule, at_work, leaver, rule  # noqa: F401 - fixtures

HERE = "/retention/minimise"


@pytest.fixture
def desks(client: FlaskClient, people: dict[str, Person]) -> dict[str, FlaskClient]:
    """Each at a computer of their own."""
    found = {key: client.application.test_client() for key in ("ola", "dev", "gus", "tess", "ian", "otto")}
    for key, browser in found.items():
        sign_in(browser, people[key])
    return found


def test_where_nothing_is_kept_beyond_need_the_page_says_so(desks: dict[str, FlaskClient]) -> None:
    page = text_of(desks["dev"], HERE)
    assert "Nothing to see to Nothing stands past its day" in page
    assert "People who left" not in page
    assert f'href="{HERE}"' in visit(desks["dev"], "/retention").text
    for key in ("tess", "ian"):
        visit(desks[key], HERE, 403)


@pytest.fixture
def filled(desks: dict[str, FlaskClient], at_work: As, rule: Rule, leaver: Any) -> tuple[UUID, UUID]:  # noqa: F811
    """Something of each kind; the first who left, and the asset that nobody checked."""
    rule()
    gone = [leaver(f"{name} Quill", date(2020, 7, 21)) for name in ("Ada", "Ben", "Cas", "Dee", "Eve", "Fay")]
    ola = at_work("ola")
    records.add(CARERS, {"name": "Ann Quill", "pupils": (gone[0].id,)}, ola)
    asset = records.add(ASSETS, {"name": "Accident book"}, at_work("dev"))
    with recording(ola.by, ola.at) as trace:
        insert_many(trace, PUPILS, [{"name": f"Quill {number}"} for number in range(20)], ola, number=7)
    return gone[0].id, asset.id


def test_each_kind_stands_with_its_count_why_and_the_first_by_reference(desks: dict[str, FlaskClient], filled: tuple[UUID, UUID]) -> None:
    pupil, asset = filled
    page, shown = text_of(desks["ola"], HERE), visit(desks["ola"], HERE).text
    for words in (
        "Kept past its day 6 The schedule lets these go",
        "Pupils and their contacts: nobody proposed that they go 6 The oldest could have gone since Thursday 21 July 2022",
        "PU-0001 , PU-0002 , PU-0003 , PU-0004 , PU-0005 and 1 more",
        "People who left 7",
        "Left more than 90 days ago 6 Whoever left longest ago: they left on Tuesday 21 July 2020",
        "Contacts of nobody at the school 1 The last of their pupils left on Tuesday 21 July 2020",
        "Not checked 2",
        "Information assets: never checked 1 Nobody has looked yet whether it is true. IA-0001",
        "What is their legal name? Pupils None of 26",
        "by register Register How many Questions Pupils 2 Year; Decides for themself",
    ):
        assert words in page, words
    for href in ("/retention/pupils", "/registers/pupils/?status=left", f"/registers/pupils/{pupil}", f"/registers/assets/?row={asset}"):
        assert f'href="{href}"' in shown, href
    assert "Ada" not in shown
    assert "Ann" not in shown
    for address in re.findall(r'href="(/re[^"]+)"', shown):
        visit(desks["ola"], address.replace("&amp;", "&"))
    assert "Nothing to see to Nothing stands" in text_of(desks["otto"], HERE)


def test_whoever_may_not_open_pupils_gets_counts_and_no_references(desks: dict[str, FlaskClient], filled: tuple[UUID, UUID]) -> None:
    page, shown = text_of(desks["gus"], HERE), visit(desks["gus"], HERE).text
    for words in (
        "Pupils and their contacts: nobody proposed that they go 6 Those who keep these records see which.",
        "Left more than 90 days ago 6 Those who keep",
        "Contacts of nobody at the school 1 Those who keep",
        "Questions nobody answers 4",
        "And 4 more in registers that you do not see.",
        "IA-0001",
    ):
        assert words in page, words
    for hidden in ("PU-0", "PC-0", "July 2020", "/registers/pupils", "/retention/pupils", "legal name", str(filled[0])):
        assert hidden not in shown, hidden
