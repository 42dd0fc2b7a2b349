"""A list of things with parts on a form: rows are added, changed and taken away, and nothing that was typed is lost."""

from flask.testing import FlaskClient

from models.dpia import Dpia
from models.school import School
from models.vocabulary.shapes import RISKS
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.dpias import DPIAS
from registry.rules.row_text import rows_in
from tests.browsing import check_page, problems, sign_in, visit
from tests.people import Person
from tests.web.filling_in import fill_in, stored

LOST = {"risk": "A lost tablet", "likelihood": "possible", "severity": "severe"}
SENT = {"risks-rows": "2", **{f"risks-1-{name}": words for name, words in LOST.items()}}


def test_rows_are_added_changed_and_taken_away(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    row = records.add(DPIAS, {"name": "Tablets"}, occasion)
    address = f"/registers/dpias/{row.id}/change?section=risks-and-measures"
    sign_in(client, dev)
    looked = fill_in(client, address, find="risks", **SENT)
    check_page(looked)
    assert "Another risk" in looked.text
    assert 'name="risks-2-risk"' in looked.text
    assert stored(row.id, occasion, DPIAS).risks is None, "a button for one more saves nothing"
    assert fill_in(client, address, **SENT).status_code == 302
    assert rows_in(RISKS, stored(row.id, occasion, DPIAS).risks) == (LOST,)
    page = visit(client, address).text
    assert '<option value="severe" selected>Severe</option>' in page
    assert fill_in(client, address, **SENT, **{"risks-2-risk": "A forgotten\r\npassword"}).status_code == 302
    assert [each["risk"] for each in rows_in(RISKS, stored(row.id, occasion, DPIAS).risks)] == ["A lost tablet", "A forgotten\npassword"]
    page = visit(client, f"/registers/dpias/{row.id}").text
    assert "2 risks, shown above" in page
    assert "A forgotten\npassword" in page
    assert fill_in(client, address, **SENT, **{"risks-1-away": "yes"}).status_code == 302
    assert stored(row.id, occasion, DPIAS).risks is None


def test_a_row_that_cannot_be_kept_is_said_and_stays(client: FlaskClient, in_quillbrook: School, occasion: Occasion, dev: Person) -> None:
    row = records.add(DPIAS, {"name": "Tablets"}, occasion)
    address = f"/registers/dpias/{row.id}/change?section=risks-and-measures"
    sign_in(client, dev)
    for odd in ({"risks-1-likelihood": "often"}, {"risks-1-risk": ""}, {"risks-1-<b>": "x"}):
        refused = fill_in(client, address, **{**SENT, "risks-1-impact": "Strangers read it", **odd})
        assert refused.status_code == 422
        assert problems(refused)
        assert "Strangers read it" in refused.text
    for count in ("-1", "many", "99999"):
        assert fill_in(client, address, **{**SENT, "risks-rows": count}).status_code == 302
    assert Dpia.get_by_id(row.id).risks is None
