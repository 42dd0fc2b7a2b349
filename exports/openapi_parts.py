"""What is the same in every description of the API: problems, headers, and the members that the engine gives with each record."""

from typing import Any

Json = dict[str, Any]

ABOUT = (
    "Every register of the school, for other programs: the same lists, the same answers, the same permissions and the same history as the pages. "
    "Send a personal token with each request. This description shows what the role of the token may see."
)
VERSION_SAYS = "The version of the record that was read; when it is not the present one, nothing is saved and the answer is 409."
TOKEN: Json = {"type": "http", "scheme": "bearer", "description": "A personal token, made on the account page and shown there once."}

INSTANT: Json = {"type": "string", "format": "date-time"}
ADDRESS: Json = {"type": ["string", "null"], "description": "The address at which it goes on; null at the end."}


def some_of(properties: Json) -> Json:
    """An object that has none but these members."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def whole(properties: Json) -> Json:
    """An object that has just these members."""
    return {**some_of(properties), "required": list(properties)}


def page_of(line: str, counts: Json) -> Json:
    """A page of a list whose lines have this schema."""
    records: Json = {"type": "array", "items": {"$ref": f"#/components/schemas/{line}"}}
    found: Json = {"type": "integer", "description": "How many records the whole list has."}
    return whole({"found": found, "counts": counts, "earlier": ADDRESS, "later": ADDRESS, "records": records})


LINE: Json = {
    "id": {"type": "string", "format": "uuid"},
    "reference": {"type": "string", "description": "What people call the record."},
    "starter": {"type": "boolean", "description": "Whether it came with the program and nobody has confirmed it yet."},
    "archived": {"type": "boolean"},
    "approved_number": {"type": ["integer", "null"], "description": "The number of the version approved last; null before there is one."},
    "changed_since_approval": {"type": "boolean"},
}
RECORD: Json = {
    "id": LINE["id"],
    "reference": LINE["reference"],
    "version": {"type": "integer", "description": "Grows with each save; a change names it."},
    "created_at": INSTANT,
    "changed_at": INSTANT,
    "archived_at": {**INSTANT, "type": ["string", "null"]},
    "starter": LINE["starter"],
    "approved_number": LINE["approved_number"],
    "changed_since_approval": LINE["changed_since_approval"],
}
COUNTS: Json = {"errors": {"type": "integer"}, "warnings": {"type": "integer"}}
FINDING: Json = {
    "severity": {"type": "string", "enum": ["error", "warning", "note"]},
    "code": {"type": "string"},
    "message": {"type": "string"},
    "source": {"type": "string", "description": "The law or guidance that says so."},
    "question": {"type": "string", "description": "The name of the answer that mends it."},
    "mend": {"type": "string", "description": "The step that mends it, where the message does not say."},
}
FINDINGS: Json = {"findings": {"type": "array", "items": whole(FINDING), "description": "What is to be mended, errors first."}}
CHANGE: Json = {name: {"type": "string"} for name in ("label", "before", "after")}
ENTRY: Json = {
    "number": {"type": "integer", "description": "Its place in the history of the school."},
    "at": INSTANT,
    "who": {"type": "string"},
    "sentence": {"type": "string"},
    "changes": {"type": "array", "items": whole(CHANGE)},
    "values_erased": {"type": "boolean", "description": "Whether the values it spoke of were erased since."},
}
PROBLEM: Json = {
    "type": {"type": "string", "description": "The address at which this kind of problem is explained."},
    "title": {"type": "string"},
    "status": {"type": "integer"},
    "detail": {"type": "string"},
    "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}, "description": "Sentences by field."},
    "version": {"type": "integer", "description": "On a stale change: the version as it is now."},
    "record": {"type": "object", "description": "On a stale change: the record as it is now."},
    "reference": {"type": "string", "description": "What to tell whoever looks after the program."},
}
OPENED: Json = {name: {"type": "string"} for name in ("slug", "name", "address")}

SCHEMAS: dict[str, Json] = {
    "problem": {"type": "object", "properties": PROBLEM, "required": ["type", "title", "status", "detail"]},
    "history": whole({"newer": ADDRESS, "older": ADDRESS, "entries": {"type": "array", "items": whole(ENTRY)}}),
    "start": whole({**{name: {"type": "string"} for name in ("name", "role", "school")}, "registers": {"type": "array", "items": whole(OPENED)}}),
    "anything": {"type": "object"},
}
GIVES = {
    "start": "Who the token acts for.",
    "anything": "The description.",
    "list": "One page of the list.",
    "record": "The record as it stands.",
    "history": "One page of the history.",
}
HEADERS: dict[str, Json] = {"record": {"ETag": {"description": "The version, for If-Match.", "schema": {"type": "string"}}}}
ASKED_IN_HEADERS: dict[str, Json] = {
    "key": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Any word of the other program for this record. The same request sent again with it makes no second record.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    },
    "match": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag that was read; when the record has moved on, nothing is done and the answer is 412.",
        "schema": {"type": "string", "format": "etag"},
    },
}

_SAYS = {
    "400": "The request cannot be read.",
    "401": "There is no token, or it does not work.",
    "403": "The role of the token may not do this.",
    "404": "There is no such record in the school of the token.",
    "409": "The record has moved on, or the key was used for another one.",
    "412": "The record has moved on since the version in If-Match.",
    "413": "More was sent than is taken in at once.",
    "415": "The body is not JSON.",
    "422": "Something cannot be taken as it is; “errors” says what, by field.",
    "429": "Too many requests with tokens that do not work; “Retry-After” says how many seconds to wait.",
    "500": "Something went wrong; “reference” is what to tell whoever looks after the program.",
}
RESPONSES: Json = {
    f"problem-{status}": {"description": said, "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}}
    for status, said in _SAYS.items()
}
_OF_A_BODY = ("400", "409", "412", "413", "415")


def problems(of_a_register: bool, has_parameters: bool, has_a_body: bool) -> Json:
    """What can go wrong, by status: always a token that does not work; the rest where it can happen."""
    statuses = ["401", "403", "429", "500", *(["404"] if of_a_register else []), *(["422"] if has_parameters else [])]
    statuses += _OF_A_BODY if has_a_body else ["409", "412"] if has_parameters else []
    return {status: {"$ref": f"#/components/responses/problem-{status}"} for status in sorted(statuses)}
