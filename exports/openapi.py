"""The description of the API (OpenAPI 3.1) as far as one reader's role may see what it describes, made from the declarations."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from marshmallow import Schema

from exports import openapi_parts as parts
from exports.openapi_parts import Json, some_of, whole
from registry import catalogue
from registry.access import Deed, Permission, may
from registry.actor import Actor
from registry.definition import Question, Register
from registry.lists.parameters import Parameter, history_parameters, parameters_of
from registry.lists.plain_lines import may_show
from registry.lists.views import chips_of, sees_findings
from registry.plain import may_be_null, shape_of
from registry.schema import questions_for, schema_for

VERSION = "1"
NEEDS = "x-needs"
"""Which deed or permission an operation takes, while the paths are templates."""


def document(templates: Mapping[str, Any], by: Actor) -> Json:
    """The whole description for one reader; `templates` are the paths as routed, with `{slug}` for the register."""
    registers = [register for register in catalogue.REGISTERS if may(by, Deed.SEE, register)]
    schemas = dict(parts.SCHEMAS)
    for register in registers:
        schemas |= schemas_of(register, by)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Safehold", "version": VERSION, "description": parts.ABOUT},
        "security": [{"token": []}],
        "tags": [{"name": each.slug, "description": each.about} for each in registers],
        "paths": {address: path for address, path in _paths(templates, registers, by) if path},
        "components": {"schemas": schemas, "responses": parts.RESPONSES, "securitySchemes": {"token": parts.TOKEN}},
    }


def _paths(templates: Mapping[str, Any], registers: list[Register], by: Actor) -> Iterator[tuple[str, Json]]:
    for address, template in templates.items():
        if "{slug}" not in address:
            yield address, _path(template, None, by)
            continue
        for register in registers:
            yield address.replace("{slug}", register.slug), _path(template, register, by)


def _path(template: Mapping[str, Any], register: Register | None, by: Actor) -> Json:
    """The operations at one address that this reader may do."""
    told = {method: operation for method, operation in template.items() if method != "parameters"}
    path = {method: _operation(each, register, by) for method, each in told.items() if may(by, _needed(each), register)}
    in_path = [deepcopy(each) for each in template.get("parameters", ()) if each["name"] != "slug"]
    return path | ({"parameters": in_path} if path and in_path else {})


def _needed(operation: Mapping[str, Any]) -> Deed | Permission:
    needed: str = operation[NEEDS]
    deeds: dict[str, Deed | Permission] = {deed.value: deed for deed in (*Deed, *Permission)}
    return deeds[needed]


def _operation(template: Mapping[str, Any], register: Register | None, by: Actor) -> Json:
    slug = register.slug if register else ""
    name, gives, takes = template["operationId"], template["gives"], template.get("takes", "")
    told: Json = {"operationId": f"{slug}.{name}" if slug else name, "summary": template["summary"], "tags": [slug or "token"]}
    parameters = list(_parameters(template.get("asks", ""), register, by))
    told |= {"parameters": parameters} if parameters else {}
    if takes:
        told["requestBody"] = {"required": True, "content": _json(f"{slug}.{takes}")}
    good = {"description": parts.GIVES[gives], "content": _json(gives if gives in parts.SCHEMAS else f"{slug}.{gives}")}
    good |= {"headers": parts.HEADERS[gives]} if gives in parts.HEADERS else {}
    told["responses"] = {str(template.get("status", 200)): good, **parts.problems(bool(register), bool(parameters or takes), bool(takes))}
    return told


def _parameters(asks: str, register: Register | None, by: Actor) -> Iterator[Json]:
    if asks in parts.ASKED_IN_HEADERS:
        yield parts.ASKED_IN_HEADERS[asks]
    elif asks == "history":
        yield from map(_parameter, history_parameters())
    elif asks == "list" and register:
        yield from map(_parameter, parameters_of(register, by))


def _parameter(asked: Parameter) -> Json:
    one: Json = {"type": "string", "maxLength": 200}
    if asked.choices:
        one = {"type": "string", "enum": list(asked.choices)}
    elif asked.is_id:
        one = {"type": "string", "format": "uuid"}
    elif asked.is_number:
        one = {"type": "integer", "minimum": 0, "maximum": 10**15 - 1}
    schema = one if asked.most == 1 else {"type": "array", "items": one, "maxItems": asked.most}
    return {"name": asked.name, "in": "query", "description": asked.says, "schema": schema}


def schemas_of(register: Register, by: Actor) -> dict[str, Json]:
    """What is sent and given about the records of one register."""
    slug, seen = register.slug, [each for each in questions_for(register, by) if may_show(each, by)]
    reading = schema_for(register, by, Deed.SEE)
    answers = {each.name: described(each, reading) for each in seen}
    own = {**parts.RECORD, "answers": some_of({name: _given(told) for name, told in answers.items()})}
    line = {**parts.LINE, "answers": some_of({name: _given(told) for name, told in answers.items()})}
    if sees_findings(register, by):
        own |= parts.FINDINGS
        line |= parts.COUNTS
    counts = some_of({name: {"type": "integer"} for name in ("all", *filter(None, chips_of(register, by)))})
    made = {f"{slug}.record": whole(own), f"{slug}.line": whole(line), f"{slug}.list": parts.page_of(f"{slug}.line", counts)}
    for name, deed in (("new", Deed.ADD), ("change", Deed.CHANGE)):
        if may(by, deed, register):
            made[f"{slug}.{name}"] = _sent(register, by, deed)
    return made


def _sent(register: Register, by: Actor, deed: Deed) -> Json:
    schema = schema_for(register, by, deed)
    answers = some_of({name: described(register.questions[name], schema) for name in schema.fields})
    required = [name for name, answer in schema.fields.items() if answer.required]
    if deed is Deed.CHANGE:
        return whole({"version": {"type": "integer", "minimum": 1, "description": parts.VERSION_SAYS}, "answers": answers})
    return whole({"answers": answers | ({"required": required} if required else {})})


def described(question: Question, schema: Schema) -> Json:
    """One answer as a program sends it: its shape, and what people are asked."""
    answer: Any = schema.fields[question.name]
    shape = dict(shape_of(answer).schema)
    if may_be_null(answer):
        shape["type"] = [shape["type"], "null"]
        if "enum" in shape:
            shape["enum"] = [*shape["enum"], None]
    said = " ".join(filter(None, (question.ask if question.short else "", question.hint)))
    return {"title": question.label, **({"description": said} if said else {}), **shape}


def _given(told: Json) -> Json:
    """The same where it is given: an answer of long ago may be what could not be sent today."""
    return {name: value for name, value in told.items() if name not in ("maxLength", "pattern", "minimum", "maximum", "items")} | (
        {"items": {"type": "string"}} if "items" in told else {}
    )


def _json(schema: str) -> Json:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
