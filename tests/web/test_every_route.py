"""What is true of every address of the program."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from models.audit import AuditEntry
from models.base import Traced
from models.tables import TABLES
from models.user import OneUseLink, Session
from registry.access import may
from registry.catalogue import find
from tests.browsing import sign_in
from tests.people import Person
from web.guard import MARK

EXAMPLES = {"slug": "suppliers", "secret": "s" * 43, "name": "school", "filename": "mark.svg", "code": "SU1"}


def routes(app: Flask) -> Iterator[Rule]:
    """Every address but the static files."""
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static")


def pages(app: Flask) -> Iterator[Rule]:
    """Every address but those of the API, which test_every_operation.py tries."""
    return (rule for rule in routes(app) if not rule.rule.startswith("/api/"))


def example(rule: Rule) -> str:
    """An address of this shape."""
    values = {name: EXAMPLES.get(name) or UUID(int=7) for name in rule.arguments}
    built = rule.build(values, append_unknown=False)
    assert built, rule.rule
    return built[1]


def test_every_page_is_marked_with_who_may_open_it(app: Flask) -> None:
    unmarked = [rule.rule for rule in routes(app) if not hasattr(app.view_functions[rule.endpoint], MARK)]
    assert unmarked == []


def test_what_is_open_to_strangers_is_known_by_name(app: Flask) -> None:
    open_to_all = {rule.endpoint for rule in routes(app) if getattr(app.view_functions[rule.endpoint], MARK).deed is None}
    assert open_to_all == {
        "account.choose_new",
        "account.invitation",
        "account.join",
        "account.reset",
        "calendar.read",
        "help.accessibility",
        "help.health",
        "help.help_page",
        "parent_signing.form",
        "parent_signing.send",
        "reporting.form",
        "reporting.form_of",
        "reporting.send",
        "reporting.send_to",
        "identity.check",
        "identity.sign_in",
        "public_answers.copy",
        "public_answers.form",
        "public_answers.receipt",
        "public_answers.say_no",
        "public_answers.send",
        "set_up.answer",
        "set_up.start",
        "set_up.step",
    }


def test_a_stranger_gets_no_further_than_sign_in_anywhere(app: Flask, client: FlaskClient) -> None:
    for rule in pages(app):
        if getattr(app.view_functions[rule.endpoint], MARK).deed is not None:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                response = client.open(example(rule), method=method)
                assert response.status_code == 302, rule.rule
                assert response.headers["Location"].startswith("/sign-in"), rule.rule


def test_every_form_without_its_token_is_refused(app: Flask, hana: Person, dev: Person, ian: Person) -> None:
    """Each is tried by somebody whose role may do what it does: what is advised on before approval is not the headteacher's to say."""
    browsers = [(person, app.test_client()) for person in (hana, dev, ian)]
    for person, client in browsers:
        sign_in(client, person)
    for rule in pages(app):
        if "POST" in (rule.methods or ()):
            deed = getattr(app.view_functions[rule.endpoint], MARK).deed
            client = next(client for person, client in browsers if deed is None or may(person.actor, deed, find("suppliers")))
            assert client.post(example(rule), data={"as": "head"}).status_code == 400, rule.rule


@pytest.mark.parametrize("key", ["hana", "dev", "tess"])
def test_reading_writes_nothing(app: Flask, client: FlaskClient, people: dict[str, Person], key: str) -> None:
    sign_in(client, people[key])
    before = written()
    for rule in routes(app):
        if "GET" in (rule.methods or ()):
            assert client.get(example(rule)).status_code < 500, rule.rule
    assert written() == before


def written() -> dict[str, int]:
    """How much there is that only deeds may change; refusals are noted on purpose."""
    tables = [table for table in TABLES if issubclass(table, Traced)]
    counts = {table._meta.table_name: int(count(table)) for table in [*tables, Session, OneUseLink]}
    return {**counts, "trace": AuditEntry.select().where(AuditEntry.deed != "refused").count()}


def count(table: type) -> int:
    """Every row of a table, whatever school it belongs to."""
    return int(table._meta.database.execute_sql(f'SELECT COUNT(*) FROM "{table._meta.table_name}"').fetchone()[0])  # type: ignore[attr-defined]
