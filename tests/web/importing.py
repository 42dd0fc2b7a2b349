"""A file brought through the pages of an import, step by step."""

import io
import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import doors
from models.asset import Asset
from models.upload import Upload
from tests.browsing import check_page, plain, send, token, visit

START = "/registers/assets/import"


def bring(desk: FlaskClient, content: bytes | str, name: str = "list.csv", start: str = START) -> TestResponse:
    """Send a file with the first form."""
    raw = content.encode() if isinstance(content, str) else content
    return desk.post(start, data={"csrf_token": token(desk, start), "file": (io.BytesIO(raw), name)}, content_type="multipart/form-data")


def brought(desk: FlaskClient, content: bytes | str, start: str = START) -> str:
    """Send a file that can be read; where it goes on."""
    response = bring(desk, content, start=start)
    assert response.status_code == 303, plain(response.text)
    return response.location


def settled(desk: FlaskClient, place: str, **answers: str) -> TestResponse:
    """Send the page of columns as it stands, with some of its answers changed."""
    page = visit(desk, place).text
    chosen = {name: value for name, box in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', page, re.DOTALL)
              for value in re.findall(r'value="([^"]*)" selected', box)}  # fmt: skip
    return send(desk, place, **{**chosen, **answers})


def preview_of(desk: FlaskClient, content: bytes | str, **answers: str) -> str:
    """Send a file and settle its columns; where it is shown row by row."""
    place = brought(desk, content)
    response = settled(desk, place, **answers)
    assert response.status_code == 303, plain(response.text)
    return f"{place}/preview"


def press_save(desk: FlaskClient, preview: str) -> TestResponse:
    """Save what the preview shows."""
    shown = re.search(r'name="shown" value="([0-9a-f]+)"', visit(desk, preview).text)
    assert shown, plain(visit(desk, preview).text)
    return desk.post(preview.replace("/preview", "/save"), data={"csrf_token": token(desk, preview), "shown": shown[1]})


def names(school: Any) -> list[str]:
    """The names of the assets of a school."""
    with doors.looking_at(school.id):
        return sorted(row.name for row in Asset.select())


def complaint(response: TestResponse) -> str:
    """The sentence with which a file is refused, of which nothing may be left."""
    assert response.status_code == 422
    check_page(response)
    assert not Upload.select().count()
    found = re.search(r'id="file-error"[^>]*>(.*?)</p>', response.text, re.DOTALL)
    assert found, plain(response.text)
    return plain(found[1]).removeprefix("Error: ")
