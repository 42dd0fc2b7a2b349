"""DPIAs in the browser's terms: begun from a template or a supplier, filled from the library, moved on by who may, and shut to others."""

import io
import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from models import doors
from models.dpia import Dpia
from models.school import School
from models.vocabulary import DpiaStage
from models.vocabulary.shapes import FLOWS, RISKS
from registry import records
from registry.linking import linked_ids
from registry.registers.data_protection.dpias import DPIAS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rules.row_text import rows_in, written
from registry.templates_for_schools.dpias import risk, template
from tests.browsing import plain, problems, sign_in, text_of, token, visit
from tests.exports.test_cnil_pia import answer, exported
from tests.people import Person
from tests.registry.dpias.conftest import COMPLETE, HIGH, RISK, at_work, dpia  # noqa: F401 - fixtures
from tests.web.filling_in import hidden

Desks = dict[str, FlaskClient]


@pytest.fixture
def desks(client: FlaskClient, people: dict[str, Person]) -> Desks:
    """The office, the headteacher, a governor, a teacher and somebody of another school, each at a computer."""
    found = {key: client.application.test_client() for key in ("ola", "hana", "gus", "tess", "otto")}
    for key, browser in found.items():
        sign_in(browser, people[key])
    return found


def press(browser: FlaskClient, path: str, status: int = 303, **answers: Any) -> str:
    """Send a form; what the page says then."""
    response = browser.post(path, data={"csrf_token": token(browser, "/account"), **answers})
    assert response.status_code == status, plain(response.text)
    return text_of(browser, response.location) if status == 303 else plain(response.text)


def stands(school: School, **by: Any) -> Dpia:
    with doors.looking_at(school.id):
        return Dpia.get(*(getattr(Dpia, name) == value for name, value in by.items()))


def there(row: Any) -> str:
    return f"/registers/dpias/{row.id}"


def test_it_is_begun_from_a_template_about_a_supplier(desks: Desks, school: School, at_work: Any) -> None:  # noqa: F811
    till: Any = records.add(SUPPLIERS, {"name": "Plateful"}, at_work("ola"))
    ola = desks["ola"]
    assert f"/dpias/begin?suppliers={till.id}" in ola.get(f"/registers/suppliers/{till.id}").text
    page = visit(ola, f"/dpias/begin?suppliers={till.id}").text
    assert 'value="Plateful"' in page
    assert "Which processing activity" not in page  # there is none to choose
    wrong = ola.post("/dpias/begin", data={"csrf_token": token(ola, "/account"), "suppliers": till.id}).text
    assert f'<option value="{till.id}" selected>' in wrong
    sent: dict[str, Any] = {"name": "Fingerprints at the till", "template": "cashless-catering-biometrics", "token": hidden(page, "token")}
    said = press(ola, f"/dpias/begin?suppliers={till.id}", **sent)
    assert "Begun as DA-0001" in press(ola, f"/dpias/begin?suppliers={till.id}", **sent)  # twice is once
    press(ola, f"/dpias/begin?suppliers={till.id}", 422, **{**sent, "token": f"{till.id.hex}.x"})
    assert "Begun as DA-0001. Check every answer that the template gave." in said
    row, whole = stands(school, number=1), template("cashless-catering-biometrics")
    with doors.looking_at(school.id):
        assert linked_ids(row.id) == {"suppliers": (till.id,)}
    assert (row.template, row.stage, row.nature, row.outcome) == (whole.id, DpiaStage.SCREENING, whole.nature, whole.outcome)
    assert len(rows_in(RISKS, row.risks)) == len(whole.risks)
    assert "The screening says that an assessment is required. Begin the assessment." in text_of(ola, there(row))
    assert "Ask for approval" not in text_of(ola, there(row))
    assert "1 DPIA looked at it" in text_of(ola, f"/registers/suppliers/{till.id}")


def test_what_is_wrong_is_said_where_it_is_begun(desks: Desks, school: School, at_work: Any) -> None:  # noqa: F811
    ola = desks["ola"]
    assert "Say what is planned" in press(ola, "/dpias/begin", 422)
    assert problems(ola.post("/dpias/begin", data={"csrf_token": token(ola, "/account")})) == ["Say what is planned, in a few words."]
    assert "characters or fewer" in press(ola, "/dpias/begin", 422, name="x" * 300)
    press(ola, "/dpias/begin", name="  A   survey ", suppliers=UUID(int=7), template="no-such-template")
    row = stands(school, number=1)
    assert (row.name, row.template, row.outcome) == ("A survey", None, None)
    said = text_of(ola, there(row))
    assert "Answer the screening. It takes five minutes." in said
    assert "“Begin the assessment” and “No assessment is needed” are not open yet. Answer the screening first." in said
    records.change(DPIAS, row, {"concerns_pupils": "no", "criteria": ("1",)}, at_work("ola"))
    assert "The screening does not require an assessment. Say why none is made" in text_of(ola, there(row))
    records.change(DPIAS, stands(school, number=1), {"screening_because": "It is small."}, at_work("ola"))
    assert "Choose “No assessment is needed”. It is then approved with its reasons." in text_of(ola, there(row))


def test_a_template_fills_only_what_is_empty(desks: Desks, dpia: Any, at_work: Any, school: School) -> None:  # noqa: F811
    row = dpia(**dict.fromkeys(("nature", "risks"), None))
    ola, here = desks["ola"], f"{there(row)}/template"
    assert "Choose a template first" in press(ola, here, seen=row.version)
    said = press(ola, here, template="cctv", seen=row.version)
    assert "filled in from “CCTV”" in said
    after, whole = stands(school, number=1), template("cctv")
    assert (after.nature, after.scope, after.template) == (whole.nature, COMPLETE["scope"], "cctv")
    assert "Fill in from a template" not in said
    assert "changed since you opened" in press(ola, here, 409, template="cctv", seen=row.version)
    press(ola, f"{there(row)}/move", do="drop", seen=after.version)
    assert "Assess it again first" in press(ola, here, 409, template="cctv", seen=after.version + 1)


def test_risks_are_taken_from_the_library(desks: Desks, dpia: Any, school: School) -> None:  # noqa: F811
    row = dpia()
    ola, here = desks["ola"], f"{there(row)}/risks"
    every = visit(ola, here).text.count('name="risk"')
    some = visit(ola, f"{here}?technology=email&words=ordinary+EMAIL").text
    assert "Addresses of a whole group shown to each other" in some
    assert 0 < some.count('name="risk"') < every
    assert "No risk of the library is like that" in visit(ola, f"{here}?words=zzzz").text
    assert "Tick the risks that fit" in press(ola, here, 422, seen=row.version)
    said = press(ola, here, risk=["wrong-recipient", "cc-instead-of-bcc"], seen=row.version)
    assert "2 risks added" in said
    after = stands(school, number=1)
    rows = rows_in(RISKS, after.risks)
    assert len(rows) == 3
    assert rows[1]["risk"].startswith(risk("wrong-recipient").title)
    assert visit(ola, here).text.count('name="risk"') == every - 2
    assert visit(ola, here).text.count("In this DPIA") == 2
    assert "All of these stand in this DPIA already." in text_of(ola, f"{here}?words={risk('wrong-recipient').title.replace(' ', '+')}")
    assert "0 risks added" in press(ola, here, risk=["wrong-recipient"], seen=after.version)
    assert "changed since you opened" in press(ola, here, 409, risk=["wrong-recipient"], seen=row.version)


def test_its_page_says_where_it_stands_and_what_is_next(desks: Desks, dpia: Any, at_work: Any) -> None:  # noqa: F811
    about: Any = records.add(PROCESSING, {"name": "Canteen", "purpose": "To feed pupils", "art6": ("6.1.e",)}, at_work("ola"))
    flows = written(FLOWS, ({"sender": "Till", "what": "Names", "receiver": "Cloud", "country": "Norway"},))
    row = dpia(risks=written(RISKS, (RISK, HIGH)), flows=flows, processing=(about.id,))
    ola, here = desks["ola"], there(row)
    said = press(ola, f"{here}/move", do="assess", seen=row.version)
    for words in ("Nothing may begin (Article 36)", "Go on: regulator", "2 of the nine criteria are met", "2 risks", "Possible, significant",
                  "Cloud (Norway)", "To feed pupils", "Parents and carers An evening",
                  "“It is in use from today” is not open yet. The risk that is left is high"):  # fmt: skip
        assert words in said, words
    press(ola, f"{here}/move", 403, do="live", seen=row.version + 1)
    assert "before the regulator is consulted" in press(desks["hana"], f"{here}/move", do="live", seen=row.version + 1)
    regulator = {"regulator_asked_on": date(2026, 9, 7), "regulator_outcome": "may_proceed", "regulator_outcome_on": date(2026, 10, 5)}
    records.change(DPIAS, Dpia.get_by_id(row.id), regulator, at_work("ola"))
    said = text_of(ola, here)
    assert "Ask for approval" in said
    assert "Nothing may begin" not in said
    governor = text_of(desks["gus"], here)
    assert "Being assessed" in governor
    assert "It does not go ahead" not in governor


def test_only_who_may_moves_it_on(desks: Desks, dpia: Any, school: School) -> None:  # noqa: F811
    row = dpia()
    for key in ("gus", "tess", "otto"):
        for path, answers in ((f"{there(row)}/move", {"do": "assess"}), (f"{there(row)}/risks", {"risk": "wrong-recipient"}),
                              (f"{there(row)}/template", {"template": "cctv"})):  # fmt: skip
            press(desks[key], path, 404 if key == "otto" else 403, seen=row.version, **answers)
    assert stands(school, number=1).version == row.version
    assert "changed since you opened" in press(desks["ola"], f"{there(row)}/move", do="assess", seen=7)
    assert "Being assessed" in press(desks["ola"], f"{there(row)}/move", do="assess", seen=row.version)


def brought(browser: FlaskClient, raw: bytes) -> Any:
    sent = {"csrf_token": token(browser, "/account"), "file": (io.BytesIO(raw), "pia.json")}
    return browser.post("/dpias/import", data=sent, content_type="multipart/form-data")


def test_a_dpia_of_cnils_program_is_looked_at_and_then_saved(desks: Desks, school: School) -> None:
    ola, hana = desks["ola"], desks["hana"]
    assert "Choose a file first" in press(ola, "/dpias/import", 422)
    refused = brought(ola, b"{}")
    assert refused.status_code == 422
    assert "no export of CNIL" in refused.text
    raw = exported(answer(111, "A robot hears pupils read"), answer(122, "Recorded"), answer(123, "A robot"), answer(325, "High", 3),
                   answer(335, None, 1), pia={"rejection_reason": "Too short"})  # fmt: skip
    look = brought(ola, raw).location
    page = text_of(ola, look)
    for words in ("Reading robot: 5 pieces placed, 1 left out. Nothing is saved yet.", "Step 1: need", "Too short"):
        assert words in page, words
    visit(hana, look, 404)
    assert "A DPIA is waiting" in text_of(ola, "/dpias/import")
    assert "Saved as DA-0001. Answer the screening" in press(ola, look)
    row = stands(school, number=1)
    assert (row.name, row.need, row.stage) == ("Reading robot", "A robot hears pupils read", DpiaStage.SCREENING)
    assert row.nature == "Life cycle of the data: Recorded\n\nAssets that carry the data: A robot"
    assert [each["risk"] for each in rows_in(RISKS, row.risks)] == ["Illegitimate access to data", "Unwanted change of data"]
    assert ola.post(look, data={"csrf_token": token(ola, "/account")}).status_code == 404


def test_a_file_that_cannot_be_saved_says_why_and_can_be_given_up(desks: Desks, school: School) -> None:
    ola = desks["ola"]
    look = brought(ola, exported(answer(111, "x" * 100_001))).location
    assert "Nothing was saved" in press(ola, look, 422)
    assert "nothing was added" in press(ola, f"{look}/give-up")
    with doors.looking_at(school.id):
        assert not Dpia.select().exists()


def test_it_is_taken_away_by_leaders_in_each_kind(desks: Desks, dpia: Any) -> None:  # noqa: F811
    row = dpia()
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("json", b"{")):
        got = desks["hana"].post(f"{there(row)}/dpia.{kind}", data={"csrf_token": token(desks["hana"], "/account")})
        assert got.status_code == 200
        assert got.data.startswith(begins)
        press(desks["ola"], f"{there(row)}/dpia.{kind}", 403)
        press(desks["otto"], f"{there(row)}/dpia.{kind}", 404)


def test_a_part_of_it_is_talked_about_in_its_margin(desks: Desks, dpia: Any) -> None:  # noqa: F811
    row, ola = dpia(), desks["ola"]
    talk = f"{there(row)}/comments"
    assert f'href="{talk}?about=need#add"' in ola.get(there(row)).text
    page = visit(ola, f"{talk}?about=need").text
    assert 'name="about" value="need"' in page
    assert "On Need: it stands beside that part of the record as well." in plain(page)
    assert 'name="about"' not in visit(ola, f"{talk}?about=nothing").text
    mark = re.search(r'name="token" value="([^"]+)"', page)
    assert mark
    press(ola, talk, 302, token=mark[1], text="Which ones?", about="need")
    assert re.search("Ola Brandt .{0,30}Which ones\\?", text_of(desks["hana"], there(row)))
    assert "On Need Which ones?" in text_of(desks["gus"], talk)
