"""A class grid as somebody fills it in: what its form holds as it stands, and what is sent with some of it typed over."""

import re
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import doors
from models.image_answer import ImageAnswer
from models.school import School

GRID = "/consents/grid"
CLASS = "4 Heron"


def address(class_name: str = CLASS, **more: str) -> str:
    return f"{GRID}?{urlencode({'class': class_name, **more})}"


def fields(client: FlaskClient, page: str) -> dict[str, str]:
    """What the form on a page would send as it stands."""
    return fields_in(client.get(page).text)


def fields_in(text: str) -> dict[str, str]:
    form = text[text.index("data-grid") :]
    found = dict(re.findall(r'<input [^>]*name="([^"]+)"[^>]* value="([^"]*)"', form))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options) or re.search(r'<option(?: value="([^"]*)")?>([^<]*)', options)
        assert chosen
        found[name] = chosen[2] if chosen[1] is None else chosen[1]
    return found


def cell(person: Any, place: int = 0) -> str:
    return f"{person.id.hex}-{place}"


def by_mother(person: Any, mother: Any) -> dict[str, str]:
    return {f"s-{person.id.hex}": mother.id.hex}


def stored(school: School) -> list[Any]:
    with doors.looking_at(school.id):
        return list(ImageAnswer.select().order_by(ImageAnswer.number))


def send(client: FlaskClient, page: str, typed: dict[str, str]) -> TestResponse:
    return client.post(GRID, data={**fields(client, page), **typed})
