"""A file on its way to a bucket whose server dies under it: the page says so, and nothing is kept."""

import io
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from models import file_store
from models.attachment import LooseFile
from tests.browsing import check_page, plain, token, visit
from tests.s3_server import ADDRESS, objects, s3_server
from tests.web.bringing import PDF, address, bring, kept
from tests.web.test_incoming import FORM, form_of

pytestmark = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)  # which database it is makes no difference here


def test_a_server_that_dies_during_an_upload_is_said_on_a_page_and_nothing_is_kept(desk: FlaskClient, supplier: UUID) -> None:
    class Dying(io.BytesIO):
        def readinto(self, into: Any, /) -> int:
            if self.tell() > 8_000_000:
                server.kill()
                server.wait()
            return super().readinto(into)

    with s3_server() as server:
        file_store.open_store(ADDRESS)
        assert bring(desk, address(supplier), (PDF, "Contract.pdf")).status_code == 303
        assert (len(kept()), len(objects())) == (1, 1)
        body = form_of(token(desk, address(supplier)), bytes(16_000_000)) + b"\r\n--b--\r\n"
        response = desk.post(address(supplier), input_stream=Dying(body), content_length=len(body), content_type=FORM)
        check_page(response)
        assert (response.status_code, "does not answer, or is full" in plain(response.text)) == (503, True)
        assert (len(kept()), LooseFile.select().count()) == (1, 1)
        assert visit(desk, address(supplier)).status_code == 200, "the page of its files needs no store"
