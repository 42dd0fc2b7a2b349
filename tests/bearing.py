"""A program that acts for somebody of the tests, with a token of theirs."""

from datetime import date

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.roles import Role
from registry.accounts import tokens
from registry.accounts.tokens import Wanted
from tests.people import NOW, Person


def token_of(person: Person, role: Role | None = None, days: int = 30) -> str:
    """A new token of somebody, in their own role unless another is named."""
    held = role or person.actor.role
    assert held
    return tokens.make(person.actor, Wanted(name="Monthly figures", role=held, days=days), NOW)


def header(token: str) -> dict[str, str]:
    """What a request with a token carries."""
    return {"Authorization": f"Bearer {token}"}


class Program:
    """Another program at work, which checks what is true of every answer that it gets."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.token = client, token

    def ask(self, method: str, path: str, status: int = 200, **more: object) -> TestResponse:
        """One request, and the status that it must have."""
        sent = {**header(self.token), **(more.pop("headers", None) or {})}  # type: ignore[dict-item]
        response = self.client.open(path, method=method, headers=sent, **more)
        assert response.status_code == status, f"{method} {path} answered {response.status}: {response.text}"
        check_answer(response)
        return response

    def read(self, path: str, status: int = 200) -> dict:  # type: ignore[type-arg]
        """What stands at an address."""
        return dict(self.ask("GET", path, status).get_json())


def check_answer(response: TestResponse) -> None:
    """JSON, or a problem in JSON that says what to do; no cookie, nothing kept, nothing of HTML."""
    wanted = "application/json" if response.status_code < 400 else "application/problem+json"
    assert response.mimetype == wanted
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
    assert "<html" not in response.text
    if response.status_code >= 400:
        problem = response.get_json()
        assert problem["status"] == response.status_code
        assert problem["title"]
        assert problem["detail"].endswith(".")
        assert problem["type"].startswith("/help/api#")


TODAY: date = NOW.date()
