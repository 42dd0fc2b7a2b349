"""Asking the check of names as a browser does, for tests about what it answers and what it keeps."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from registry.images.uses import Use
from registry.records import Occasion
from tests.browsing import check_page, plain, token
from tests.pictured import a_pupil, an_answer

CHECK = "/consents/check"


def ask(client: FlaskClient, names: str, use: object = "website", on: str = "24 11 2026", **more: object) -> TestResponse:
    """Send the form as a browser does."""
    return client.post(CHECK, data={"csrf_token": token(client, "/account"), "use": str(use), "names": names, "on": on, **more})


def said(response: TestResponse, status: int = 200) -> str:
    """What the page of an answer says, without its tags."""
    assert response.status_code == status, plain(response.text)[:400]
    check_page(response)
    return plain(response.text)


def allowed(occasion: Occasion, name: str, use: Use, class_name: str = "4 Heron") -> Any:
    """A pupil whose family said yes."""
    pupil = a_pupil(occasion, name, class_name)
    an_answer(occasion, pupil, use)
    return pupil
