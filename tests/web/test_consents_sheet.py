"""The class sheet: who may be pictured for what, until when, and nothing about why."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from exports.qr_code import drawing
from models.audit import AuditEntry
from models.school import School
from models.vocabulary import Decider, ImageDecision, ImageFlag
from registry.images.uses import Use
from registry.records import Occasion
from tests.browsing import plain, sign_in, text_of, token, visit
from tests.people import Person
from tests.pictured import a_limit, a_pupil, a_use, an_answer

SHEET = "/consents/sheet"
CLASS = "4 Heron"


def address(class_name: str = CLASS) -> str:
    return f"{SHEET}?{urlencode({'class': class_name})}"


def cells(page: str, name: str) -> list[str]:
    """What stands in the row of a child, as bytes of HTML."""
    row = re.search(rf'<tr><th scope="row">{re.escape(name)}[^<]*</th>(.*?)</tr>', page)
    assert row, f"no row of {name}"
    return re.findall(r"<td.*?</td>", row[1])


@pytest.fixture
def website(in_quillbrook: School, occasion: Occasion) -> Use:
    return a_use(occasion)


@pytest.fixture
def teacher(client: FlaskClient, tess: Person) -> FlaskClient:
    sign_in(client, tess)
    return client


@pytest.fixture
def lead(dina: Person, occasion: Occasion) -> Occasion:
    return Occasion(dina.actor, occasion.at, occasion.school)


YES, NO = "<td>Yes</td>", '<td class="sh-no"><strong>NO</strong></td>'


def test_a_limited_child_a_refused_one_and_one_whose_parents_disagree_have_the_same_bytes(
    teacher: FlaskClient, occasion: Occasion, lead: Occasion, website: Use
) -> None:
    journal = a_use(occasion, "Learning journals", "learning_journal")
    for name in ("Limited Child", "Refused Child", "Torn Child", "Own Child", "Both Child"):
        pupil = a_pupil(occasion, name, CLASS)
        for use in (website, journal):
            an_answer(occasion, pupil, use, ImageDecision.REFUSED if name == "Refused Child" else ImageDecision.GIVEN)
            if name == "Torn Child":
                an_answer(occasion, pupil, use, ImageDecision.REFUSED, decided_by="Bo Lund")
            if name in ("Own Child", "Both Child"):
                an_answer(occasion, pupil, use, ImageDecision.REFUSED, decider=Decider.PUPIL)
        if name in ("Limited Child", "Both Child"):
            a_limit(lead, pupil, ImageFlag.NO_IMAGES)
    page = visit(teacher, address()).text
    rows = {name: cells(page, f"Child, {name}") for name in ("Limited", "Refused", "Torn", "Own", "Both")}
    assert list(rows.values()) == [[NO, NO]] * 5


def test_the_sheet_says_yes_or_no_and_no_answer_is_no(teacher: FlaskClient, occasion: Occasion, website: Use) -> None:
    an_answer(occasion, a_pupil(occasion, "Sam Patel", CLASS), website)
    a_pupil(occasion, "Esme Garrick", CLASS)
    page = visit(teacher, address()).text
    assert (cells(page, "Patel, Sam"), cells(page, "Garrick, Esme")) == ([YES], [NO])
    assert page.index("Garrick, Esme") < page.index("Patel, Sam")
    for word in ("answer for", "safeguarding", "refused", "withdrawn", "run out", "parent"):
        assert word not in plain(page).lower()


def test_two_of_one_name_have_the_no_of_either(teacher: FlaskClient, occasion: Occasion, lead: Occasion, website: Use) -> None:
    first, second = a_pupil(occasion, "Sam Patel", CLASS), a_pupil(occasion, "Sam Patel", CLASS)
    for pupil in (first, second):
        an_answer(occasion, pupil, website)
    assert [cells(visit(teacher, address()).text, "Patel, Sam")] == [[YES]]
    a_limit(lead, second)
    page = visit(teacher, address()).text
    assert re.findall(r'<tr><th scope="row">Patel, Sam \(one of 2 of this name\)</th>(.*?)</tr>', page) == [NO, NO]


@pytest.mark.parametrize(("until", "good_until"), [
    (None, "Monday 30 November 2026"), (date(2026, 12, 24), "Monday 30 November 2026"), (date(2026, 11, 30), "Monday 30 November 2026"),
    (date(2026, 11, 26), "Thursday 26 November 2026"), (date(2026, 11, 23), "Monday 23 November 2026"),
    (date(2026, 11, 22), "Monday 30 November 2026"),
])  # fmt: skip
def test_it_is_good_until_monday_and_no_longer_than_every_yes(
    teacher: FlaskClient, occasion: Occasion, website: Use, until: date | None, good_until: str
) -> None:
    an_answer(occasion, a_pupil(occasion, "Sam Patel", CLASS), website, valid_until=until)
    assert f"Good until {good_until}." in text_of(teacher, address())


def test_how_long_it_is_good_tells_nothing_of_a_limited_child(teacher: FlaskClient, occasion: Occasion, lead: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel", CLASS)
    an_answer(occasion, pupil, website, valid_until=date(2026, 11, 25))
    a_limit(lead, pupil)
    assert "Good until Monday 30 November 2026." in text_of(teacher, address())


def test_printing_it_is_noted_and_numbers_the_sheet(teacher: FlaskClient, tess: Person, occasion: Occasion, website: Use) -> None:
    an_answer(occasion, a_pupil(occasion, "Sam Patel", CLASS), website)
    before = AuditEntry.select().where(AuditEntry.deed == "exported").count()
    assert "Sheet 1" not in text_of(teacher, address())
    page = plain(teacher.post(SHEET, data={"csrf_token": token(teacher, address()), "class": CLASS}).text)
    (entry,) = AuditEntry.select().where(AuditEntry.deed == "exported")
    assert before == 0
    assert entry.actor == tess.actor.signature
    assert f"Printed for the camera bag by Tess Quayle on Monday 23 November 2026 at 09:14. Sheet {entry.number:,}." in page


def test_the_code_leads_to_the_check_of_the_class(teacher: FlaskClient, occasion: Occasion, website: Use) -> None:
    a_pupil(occasion, "Sam Patel", "🦉 Owls")
    page = visit(teacher, address("🦉 Owls")).text
    assert re.search(r'<svg class="sh-qr" viewBox="0 0 (\d+) \1" role="img" aria-label="[^"]+"><path d="M4 4h7v1', page)


def test_the_code_leads_by_https_where_visitors_come_so(teacher: FlaskClient, occasion: Occasion, website: Use) -> None:
    a_pupil(occasion, "Sam Patel", "Owls")
    leads_to = "://localhost/consents/check?class=Owls"
    assert drawing(f"http{leads_to}")[1] in visit(teacher, address("Owls")).text
    settings = teacher.application.extensions["settings"]
    teacher.application.extensions["settings"] = replace(settings, https=True)
    assert drawing(f"https{leads_to}")[1] in visit(teacher, address("Owls")).text


def test_who_has_left_stands_on_no_sheet(teacher: FlaskClient, occasion: Occasion, website: Use) -> None:
    a_pupil(occasion, "Sam Patel", CLASS)
    a_pupil(occasion, "Gone Away", CLASS, status="left")
    assert "Away, Gone" not in text_of(teacher, address())


def test_a_class_that_does_not_exist_is_said_not_to(teacher: FlaskClient, occasion: Occasion, website: Use) -> None:
    a_pupil(occasion, "Sam Patel", CLASS)
    page = visit(teacher, address("9 Nowhere"), 404).text
    assert "There is no class of that name here" in page
    assert "9 Nowhere" not in page
    assert teacher.post(SHEET, data={"csrf_token": token(teacher, address()), "class": "9 Nowhere"}).status_code == 404


@pytest.mark.parametrize("who", ["ian", "gus"])
def test_whoever_checks_no_pictures_gets_no_sheet(client: FlaskClient, people: dict[str, Person], who: str) -> None:
    sign_in(client, people[who])
    assert client.get(SHEET).status_code == 403
    assert client.get(address()).status_code == 403
