"""What the API is sent: a body of the right members, and the version that a request is about."""

import json
import re
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest, PreconditionFailed, UnsupportedMediaType

from models.record import Record
from registry.schema import Invalid

AN_ETAG = re.compile('"[0-9]{1,9}"')
SHAPES = {dict: "Send an object with answers by the name of the question.", int: "Send the version of the record that you read."}


def body(members: dict[str, type]) -> dict[str, Any]:
    """What was sent, an object of just these members; raises what becomes 400, 415 or 422."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send the body as JSON, with the header “Content-Type: application/json”.")
    try:
        sent = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise BadRequest("The body is not JSON that can be read.") from None
    if not isinstance(sent, dict):
        raise Invalid({"body": ["Send an object."]})
    wrong = {name: ["There is no such member."] for name in sent if name not in members}
    wrong |= {name: [SHAPES[kind]] for name, kind in members.items() if not _is(sent.get(name), kind)}
    if wrong:
        raise Invalid(wrong)
    return sent


def _is(value: Any, kind: type) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def demand_match(row: Record) -> None:
    """Raise PreconditionFailed when the header names another version than the present one, and Invalid when it names none."""
    given = request.headers.get("If-Match", f'"{row.version}"')
    if not AN_ETAG.fullmatch(given):
        raise Invalid({"If-Match": ["Send the ETag of the record as it was given, with its quotation marks."]})
    if int(given.strip('"')) != row.version:
        raise PreconditionFailed("Somebody else has saved this record since it was read. Read it again.")
