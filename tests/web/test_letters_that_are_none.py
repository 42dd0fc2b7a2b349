"""What no keyboard types, and PostgreSQL does not take, breaks no page: neither in its address nor in its form."""

from collections.abc import Iterator
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from tests.browsing import sign_in, token
from tests.people import Person
from tests.web.test_every_route import EXAMPLES, pages

LETTERS = "a\0b"
NAMES = (
    *("q", "s", "by", "do", "as", "all", "row", "far", "for", "list", "view", "name", "text", "tell", "note", "next", "from", "sort", "show"),
    *("deed", "save", "after", "before", "state", "shown", "usual", "email", "token", "order", "column", "stands", "school", "section", "version"),
    *("register", "category", "reference", "password", "asking", "reasons", "verdict", "words", "role", "days", "pasted", "owner", "description"),
    *("asset_type", "rows", "leave_out", "opened", "draft", "current", "again", "regulator_name", "number"),
)
FILLED = {**dict.fromkeys(NAMES, LETTERS), "to": "suppliers"}
ENDS_THE_VISIT = {"identity.sign_out", "identity.check"}


def addresses(app: Flask, method: str, record: UUID) -> Iterator[str]:
    """Every address that takes this method, about a record that there is."""
    for rule in pages(app):
        if method in (rule.methods or ()) and rule.endpoint not in ENDS_THE_VISIT:
            values = {**{name: EXAMPLES.get(name) or UUID(int=7) for name in rule.arguments}, "record": record}
            if "slug" in rule.arguments:
                values["slug"] = "assets"
            built = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
            assert built, rule.rule
            yield built[1]


def test_they_break_no_page_that_is_opened(app: Flask, client: FlaskClient, asset: UUID, hana: Person) -> None:
    sign_in(client, hana)
    broken = [path for path in addresses(app, "GET", asset) if client.get(path, query_string=FILLED).status_code >= 500]
    assert broken == []


def test_they_break_no_form_that_is_sent(app: Flask, client: FlaskClient, asset: UUID, hana: Person) -> None:
    sign_in(client, hana)
    sent = {**FILLED, "csrf_token": token(client, "/registers/assets/add")}
    broken = [path for path in addresses(app, "POST", asset) if client.post(path, data=sent).status_code >= 500]
    assert broken == []
