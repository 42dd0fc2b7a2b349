"""The description of the API holds together, and says of each role’s answers what the gate says."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from exports import openapi
from models.roles import Role
from registry import catalogue
from registry.access import Deed
from registry.actor import Actor
from registry.definition import Register
from registry.schema import names_for, schema_for

KEY = re.compile(r"[A-Za-z0-9._-]+")


@pytest.fixture
def templates(app: Flask) -> dict[str, Any]:
    """The paths as they are routed."""
    paths: dict[str, Any] = app.extensions["api_paths"]
    return paths


def references(part: Any) -> Iterator[str]:
    """Everything that a part of the description points to."""
    if isinstance(part, dict):
        yield from (part["$ref"],) if "$ref" in part else ()
        part = list(part.values())
    for each in part if isinstance(part, list) else ():
        yield from references(each)


def operations(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [told for path in described["paths"].values() for method, told in path.items() if method != "parameters"]


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_it_holds_together_for_every_role(templates: dict[str, Any]) -> None:
    for role in Role:
        described = openapi.document(templates, Actor("Somebody", role=role))
        assert described["openapi"] == "3.1.0"
        assert all(KEY.fullmatch(name) for name in described["components"]["schemas"])
        for reference in references(described):
            assert standing_at(described, reference)
        names = [told["operationId"] for told in operations(described)]
        assert len(names) == len(set(names))
        assert {tag for told in operations(described) for tag in told["tags"]} <= {tag["name"] for tag in described["tags"]} | {"token"}
        left = {"x-needs", "gives", "takes", "asks", "status"}
        assert not any(left & set(told) for told in operations(described)), "what only the routes need stays with them"


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
@pytest.mark.parametrize("register", catalogue.REGISTERS, ids=lambda register: register.slug)
def test_it_names_the_answers_that_a_role_may_see_or_send_and_no_others(templates: dict[str, Any], register: Register) -> None:
    links = {name for name, question in register.questions.items() if question.to}
    for role in Role:
        by = Actor("Somebody", role=role)
        schemas = openapi.document(templates, by)["components"]["schemas"]
        assert set(answers_of(schemas, f"{register.slug}.record")) - links == names_for(register, by) - links
        for schema, deed in (("new", Deed.ADD), ("change", Deed.CHANGE)):
            assert set(answers_of(schemas, f"{register.slug}.{schema}")) == set(schema_for(register, by, deed).fields)


def answers_of(schemas: dict[str, Any], name: str) -> dict[str, Any]:
    """The answers that a schema names; none where there is no such schema."""
    if name not in schemas:
        return {}
    answers: dict[str, Any] = schemas[name]["properties"]["answers"]
    assert answers["additionalProperties"] is False
    return dict(answers["properties"])


def standing_at(described: dict[str, Any], reference: str) -> Any:
    """What a reference points to; raises KeyError for nothing."""
    place: Any = described
    for step in reference.removeprefix("#/").split("/"):
        place = place[step]
    return place


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_the_words_of_the_form_stand_beside_each_answer(templates: dict[str, Any]) -> None:
    described = openapi.document(templates, Actor("Dev", role=Role.DPO))
    answers = described["components"]["schemas"]["assets.new"]["properties"]["answers"]
    assert answers["required"] == ["name"]
    assert answers["properties"]["next_review_on"]["type"] == ["string", "null"]
    assert answers["properties"]["next_review_on"]["format"] == "date"
    assert None in answers["properties"]["format"]["enum"]
    assert answers["properties"]["owner"]["description"]
