"""Forms as a browser fills them in and sends them, and what is stored then."""

import re
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from tests.browsing import visit

ADD = "/registers/assets/add"


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def fill_in(client: FlaskClient, address: str, **answers: Any) -> TestResponse:
    """Open a form and send it with these answers and its hidden fields."""
    page = visit(client, address).text
    carried = {name: hidden(page, name) for name in ("csrf_token", "asked", "version", "token") if f'name="{name}"' in page}
    return client.post(address, data={**carried, **answers})


def change_of(record: UUID, section: str, slug: str = "assets") -> str:
    """Where a section is changed."""
    return f"/registers/{slug}/{record}/change?section={section}"


def stored(record: UUID, occasion: Occasion, register: Any = ASSETS) -> Any:
    """A record as it stands."""
    return records.find(register, record, occasion.by)
