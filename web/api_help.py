"""The readable page of the API, made of the same description that programs read and of the declarations."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from exports import openapi
from registry import catalogue
from registry.access import Deed, Permission
from registry.definition import Links, Question, Register
from registry.lists.views import NOT_ANSWERED, choices_of
from registry.schema import names_for, questions_for
from web import problems
from web.guard import current_actor, needs

blueprint = Blueprint("api_help", __name__)
KINDS = {"string": "text", "integer": "whole number", "array": "list of texts"}


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    method: str
    address: str
    summary: str
    parameters: tuple[dict[str, Any], ...]
    body: str


@dataclass(frozen=True)
class Answer:
    """One answer as programs name it, as people are asked for it, and what it takes."""

    name: str
    question: Question
    kind: str
    choices: tuple[tuple[str, str], ...]
    may_change: bool


@blueprint.get("/help/api")
@needs(Permission.USE_API)
def overview() -> ResponseReturnValue:
    """How other programs use Safehold: the token, the rules, and the registers."""
    described = _described()
    kinds = sorted({name: (title, problems.DETAILS.get(status, "")) for status, (name, title) in problems.TITLES.items()}.items())
    registers = [catalogue.find(tag["name"]) for tag in described["tags"]]
    return render_template("help/api.html", host=_host(), registers=registers, operations=list(_operations(described, "token")), kinds=kinds)


@blueprint.get("/help/api/<slug:slug>")
@needs(Deed.SEE, register_from_slug=True)
def of_register(slug: str) -> ResponseReturnValue:
    """What programs can ask of one register, and every answer that it has."""
    register, described = catalogue.find(slug), _described()
    operations = list(_operations(described, slug))
    answers = list(_answers(register, described["components"]["schemas"][f"{slug}.record"]["properties"]["answers"]["properties"]))
    return render_template("help/api_register.html", host=_host(), register=register, operations=operations, answers=answers)


def _described() -> dict[str, Any]:
    return openapi.document(current_app.extensions["api_paths"], current_actor())


def _host() -> str:
    return request.host_url.rstrip("/")


def _operations(described: dict[str, Any], tag: str) -> Iterator[Operation]:
    for address, path in described["paths"].items():
        for method, told in path.items():
            if method != "parameters" and tag in told["tags"]:
                yield Operation(method.upper(), address, told["summary"], tuple(told.get("parameters", ())), _body(described, told))


def _body(described: dict[str, Any], told: dict[str, Any]) -> str:
    """The members of the body that an operation takes; empty when it takes none."""
    if "requestBody" not in told:
        return ""
    name = told["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return " and ".join(f"“{member}”" for member in described["components"]["schemas"][name]["properties"])


def _answers(register: Register, properties: dict[str, Any]) -> Iterator[Answer]:
    changed = names_for(register, current_actor(), Deed.CHANGE)
    for question in questions_for(register, current_actor()):
        if question.name in properties:
            choices = tuple((code, label) for code, label in choices_of(question) if code != NOT_ANSWERED)
            yield Answer(question.name, question, _kind(question, properties[question.name], bool(choices)), choices, question.name in changed)


def _kind(question: Question, schema: dict[str, Any], is_choice: bool) -> str:
    """What an answer takes, in a few words."""
    shape = schema["type"] if isinstance(schema["type"], str) else schema["type"][0]
    if isinstance(question.column, Links):
        return f"list of ids of {catalogue.find(question.column.to).many}"
    if question.to:
        return f"id of one of the {catalogue.find(question.to).many}"
    if schema.get("format") == "date":
        return "day, such as 2027-01-04"
    if is_choice:
        return "list of codes" if shape == "array" else "one code"
    return KINDS[shape]
