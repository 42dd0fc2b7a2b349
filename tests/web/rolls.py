"""Lists for the roll brought through its pages, as the office does it."""

import io
import re
from collections.abc import Sequence

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import doors
from models.carer import Carer
from models.pupil import Pupil
from models.school import School
from models.upload import Upload
from registry.linking import linked_ids
from tests.browsing import check_page, plain, send, token, visit

START = "/consents/roll"
SIMS = (
    "Adm No,UPN,Legal Surname,Legal Forename,Preferred Forename,Reg Group,Year Group,DOB,Contact 1 Name,Contact 1 Relationship,Contact 1 Email,"
    "Contact 1 Parental Responsibility\r\n"
    "00123,A1,Patel,Samantha,Sam,3B,Year 3,1/2/2018,Mrs Ann Patel,Mother,ann@family.example,Yes\r\n"
    "00124,A2,O’Brien,Zoë,,3B,Year 3,1/3/2018,Tom O’Brien,Father,tom@family.example,Yes\r\n"
    "00125,A3,Patel,Asha,,5A,Year 5,1/4/2016,Mrs Ann Patel,Mother,ann@family.example,Yes\r\n"
)
"""Two families of a small school, with columns that nobody needs."""


def bring(desk: FlaskClient, *files: bytes | str) -> TestResponse:
    """Send files with the first form."""
    sent = [(io.BytesIO(each.encode() if isinstance(each, str) else each), f"list-{place}.csv") for place, each in enumerate(files)]
    return desk.post(START, data={"csrf_token": token(desk, START), "file": sent}, content_type="multipart/form-data")


def brought(desk: FlaskClient, *files: bytes | str) -> str:
    """Send files that are understood as they are; where it is shown what would happen."""
    response = bring(desk, *files)
    assert response.status_code == 303, plain(response.text)
    assert response.location.endswith("/preview"), plain(visit(desk, response.location).text)
    return response.location


def press_save(desk: FlaskClient, preview: str, *left: str, **more: str) -> TestResponse:
    """Save what the preview shows."""
    page = visit(desk, preview).text
    shown = re.search(r'name="shown" value="([0-9a-f]+)"', page)
    assert shown, plain(page)
    return desk.post(preview.replace("/preview", "/save"), data={"csrf_token": token(desk, preview), "shown": shown[1], "left": list(left), **more})


def saved(desk: FlaskClient, *files: bytes | str) -> str:
    """Send files and save them; what the next page says."""
    response = press_save(desk, brought(desk, *files))
    assert response.status_code == 303
    return plain(visit(desk, response.location).text)


def roll(school: School) -> dict[str, tuple[str, str, str]]:
    """Number, class and state of everybody on the roll of a school, by name."""
    with doors.looking_at(school.id):
        return {row.name: (row.mis_number or "", row.class_name or "", row.status.value) for row in Pupil.select().order_by(Pupil.number)}


def families(school: School) -> dict[str, tuple[str, ...]]:
    """The names of the parents of a school with those of their pupils, as their links say."""
    with doors.looking_at(school.id):
        names = {row.id: row.name for row in Pupil.select()}
        return {carer.name: tuple(sorted(names[pupil] for pupil in linked(carer))) for carer in Carer.select()}


def linked(carer: Carer) -> Sequence[object]:
    """The pupils of a carer."""
    return linked_ids(carer.id).get("pupils", ())


def refused(desk: FlaskClient, *files: bytes | str) -> str:
    """The sentence with which files are refused, of which nothing may be left."""
    response = bring(desk, *files)
    assert response.status_code == 422
    check_page(response)
    assert not Upload.select().count()
    found = re.search(r'id="file-error"[^>]*>(.*?)</p>', response.text, re.DOTALL)
    assert found, plain(response.text)
    return plain(found[1]).removeprefix("Error: ")


def settle(desk: FlaskClient, place: str, **answers: str) -> TestResponse:
    """Send the page of columns as it stands, with some of its answers changed."""
    page = visit(desk, place).text
    chosen = {name: value for name, box in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL)
              for value in re.findall(r'value="([^"]*)" selected', box)}  # fmt: skip
    return send(desk, place, **{**chosen, **answers})
