"""What stands in an address and cannot be what it stands for is not there."""

from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.browsing import sign_in, visit
from tests.people import Person


@pytest.mark.parametrize("number", ["9" * 15, "9" * 16, "9" * 400, "%D9%A3"])
def test_a_number_that_nothing_can_have_is_not_there(client: FlaskClient, asset: UUID, dev: Person, number: str) -> None:
    sign_in(client, dev)
    visit(client, f"/registers/assets/{asset}/history/{number}/correct", 404)
    visit(client, f"/registers/assets/{asset}/versions/{number}", 404)
