"""Thousands of requests made up from the description itself, right and wrong: none breaks the program or contradicts what it says."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.hooks import unregister

from models import doors
from models.base import db
from registry import catalogue
from registry.access import Deed, may
from registry.actor import Actor
from registry.kinds import kind_of
from registry.plain import AN_ID
from registry.records import Occasion
from registry.schema import names_for
from tests.bearing import Program, header, token_of
from tests.least import add_least
from tests.people import PEOPLE, Person

PERSONAS = ("hana", "dev", "dina", "ola", "ian", "tess", "gus")
TOKEN = "token"
"""What operations are gathered under in the description that belong to no register."""

QUICK = {"coverage": {"enabled": False}, "fuzzing": {"enabled": True}}
SEVERE = {"coverage": {"enabled": True}, "fuzzing": {"enabled": False}}
"""Every limit of every answer and parameter, one by one."""

schemathesis.openapi.format("date", st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat))
schemathesis.openapi.format("etag", st.integers(1, 9).map(lambda version: f'"{version}"'))


def settings(token: str, record: UUID, phases: dict[str, Any]) -> SchemathesisConfig:
    """How much is tried, about which record, and by whom."""
    refused = {"expected-statuses": ["4xx"]}
    accepted = {"expected-statuses": ["2xx", "409", "412"]}
    return SchemathesisConfig.from_dict(
        {
            "headers": header(token),
            "parameters": {"path.record": str(record)},
            "generation": {"max-examples": 2, "deterministic": True, "database": "none", "no-shrink": True},
            "phases": {"examples": {"enabled": False}, "stateful": {"enabled": False}, **phases},
            # test_every_operation.py asks without a token; this check cannot ask a program that is called and not served
            "checks": {"ignored_auth": {"enabled": False}, "negative_data_rejection": refused, "positive_data_acceptance": accepted},
        }
    )


def with_what_is_there(program: Program, tag: str, ids: Mapping[str, UUID]) -> Any:
    """What a description cannot say: what is named is there, and the version sent is the present one."""
    register = catalogue.find(tag) if tag != TOKEN else None
    named = {question.name: str(ids[question.to]) for question in (register.questions.values() if register else ()) if question.to}

    def there(name: str, value: Any) -> Any:
        if name not in named:
            return value
        return [named[name]] if _are_ids(value) else named[name] if isinstance(value, str) and AN_ID.fullmatch(value) else value

    def before_call(_context: object, case: Any, _kwargs: object) -> None:
        body = case.body
        if not isinstance(body, dict) or not isinstance(body.get("answers"), dict):
            return
        answers = {name: there(name, value) for name, value in body["answers"].items()}
        version = body.get("version")
        if isinstance(version, int) and not isinstance(version, bool) and version > 0:
            body = {**body, "version": program.read(f"/api/registers/{tag}/{ids[tag]}")["version"]}
        case.body = {**body, "answers": answers}

    return before_call


def after_call(_context: object, _case: object, _response: object) -> None:
    """Requests come from threads that end without a word, so each leaves its connection closed."""
    if not db.is_closed():
        db.close()


def _are_ids(value: Any) -> bool:
    """Whether this is a list of ids that is as the description asks."""
    is_sound = isinstance(value, list) and bool(value) and all(isinstance(each, str) and AN_ID.fullmatch(each) for each in value)
    return is_sound and len(set(value)) == len(value)


def faults(schema: Any) -> Iterator[str]:
    """Everything that contradicts the description, in words."""
    tried = 0
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            yield repr(event)
        if isinstance(event, events.ScenarioFinished):
            tried += len(event.recorder.interactions)
            for key, checks in event.recorder.checks.items():
                failed = [check for check in checks if check.failure_info]
                yield from (f"{event.label}: {check.name}: {check.failure_info.failure} {event.recorder.cases[key].value}" for check in failed)
    assert tried, "nothing was tried"


def fuzz(program: Program, tag: str, ids: Mapping[str, UUID], phases: dict[str, Any]) -> list[str]:
    """What goes wrong when one person’s program asks everything about one register."""
    chosen = settings(program.token, ids.get(tag, UUID(int=7)), phases)
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", program.client.application, config=chosen, headers=header(program.token))
    hooks = [schemathesis.hook(with_what_is_there(program, tag, ids)), schemathesis.hook(after_call)]
    try:
        return list(faults(schema.include(tag=tag)))
    finally:
        for hook in hooks:
            unregister(hook)


@pytest.fixture
def ids(occasion: Occasion) -> dict[str, UUID]:
    """A record of each register."""
    assert occasion.by.school
    with doors.looking_at(occasion.by.school):
        return {register.slug: add_least(register, "Something", occasion).id for register in catalogue.REGISTERS}


def told_apart() -> Iterator[tuple[str, str]]:
    """Each register with a kind of question that none has before, and whoever has rights that nobody had; what belongs to none as everybody.

    That each role is told of its own answers and no others is said of every register in test_openapi.py.
    """
    met: set[Any] = set()
    for register, key in ((register, key) for register in catalogue.REGISTERS for key in PERSONAS):
        by = Actor(key, role=PEOPLE[key][1])
        rights = (may(by, Deed.ADD, register), may(by, Deed.CHANGE, register), names_for(register, by) == set(register.questions))
        kinds = {(kind_of(question.column).name, question.required, question in register.ones) for question in register.questions.values()}
        if may(by, Deed.SEE, register) and not {*kinds, rights} <= met:
            met |= {*kinds, rights}
            yield key, register.slug
    yield from ((key, TOKEN) for key in PERSONAS)


def differing() -> Iterator[str]:
    """The registers that ask a kind of question which none asks before, or let something else be done: another database could keep that otherwise."""
    met: set[Any] = set()
    by = Actor("hana", role=PEOPLE["hana"][1])
    for register in catalogue.REGISTERS:
        kinds = {(kind_of(question.column).name, question.required, question in register.ones) for question in register.questions.values()}
        kinds_and_deeds = {*kinds, (may(by, Deed.ADD, register), may(by, Deed.CHANGE, register))}
        if not kinds_and_deeds <= met:
            met |= kinds_and_deeds
            yield register.slug
    yield TOKEN


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("key", "tag"), list(told_apart()))
def test_nothing_made_up_from_the_description_contradicts_it(
    client: FlaskClient, people: dict[str, Person], ids: dict[str, UUID], key: str, tag: str
) -> None:
    assert fuzz(Program(client, token_of(people[key])), tag, ids, QUICK) == []


@pytest.mark.parametrize("prepared", ["postgresql"], indirect=True)
@pytest.mark.parametrize("tag", list(differing()))
def test_nor_does_it_on_the_other_database(client: FlaskClient, hana: Person, ids: dict[str, UUID], tag: str) -> None:
    assert fuzz(Program(client, token_of(hana)), tag, ids, QUICK) == []


@pytest.mark.slow
@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
@pytest.mark.parametrize("tag", ["suppliers", TOKEN])
def test_every_limit_of_every_answer_is_as_the_description_says(client: FlaskClient, dev: Person, ids: dict[str, UUID], tag: str) -> None:
    assert fuzz(Program(client, token_of(dev)), tag, ids, SEVERE) == []
