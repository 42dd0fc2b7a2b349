"""What the API gives: records, lists and histories as JSON, made of what the pages are made of."""

from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, url_for

from models.record import Record
from registry.actor import Actor
from registry.checks import findings_of
from registry.definition import Register
from registry.lists import query
from registry.lists.plain_lines import may_show, plain_lines
from registry.lists.views import View, sees_findings
from registry.plain import plain
from registry.records import answers_of
from registry.rules.school_facts import SchoolFacts
from registry.trace import history


def record_given(register: Register, row: Record, by: Actor, school: SchoolFacts) -> dict[str, Any]:
    """One record: its answers as far as the reader may see them, and for those who may see all what is to be mended."""
    answers = answers_of(register, row, by)
    engine = ("id", "reference", "version", "created_at", "changed_at", "archived_at", "starter", "approved_number")
    given = {name: plain(getattr(row, name)) for name in engine}
    given["changed_since_approval"] = row.approved_number is not None and not row.is_as_approved
    shown = {name: plain(value) for name, value in answers.items() if may_show(register.questions[name], by)}
    return {**given, "answers": shown, **(_findings(register, row, school) if sees_findings(register, by) else {})}


def answer_with(given: dict[str, Any], status: int = 200) -> Response:
    """A record as an answer, under the version that a change of it must name."""
    response = jsonify(given)
    response.status_code = status
    response.set_etag(str(given["version"]))
    return response


def list_given(register: Register, by: Actor, school: SchoolFacts, view: View) -> dict[str, Any]:
    """One page of a list, with how many there are and where it goes on."""
    if school.today is None:
        raise ValueError("A list needs to know which day it is.")
    found = query.stored_page(register, by, view, school.today)
    lines = plain_lines(register, by, found.columns, found.rows)
    return {
        "found": query.count(register, by, view, school.today),
        "counts": {chip or "all": count for chip, count in query.chip_counts(register, by, school.today).items()},
        "earlier": _address(register, view, before=str(found.earlier)) if found.earlier else None,
        "later": _address(register, view, after=str(found.later)) if found.later else None,
        "records": [line.given for line in lines],
    }


def history_given(register: Register, row: Record, by: Actor, view: history.View) -> dict[str, Any]:
    """One page of what was done to a record, newest first, in the sentences of its page."""
    page = history.of_record(register, row, by, view)
    here = url_for("api.history", slug=register.slug, record=row.id)
    return {
        "newer": f"{here}?after={page.newer}" if page.newer else None,
        "older": f"{here}?before={page.older}" if page.older else None,
        "entries": [_entry(line) for line in page.lines],
    }


def _findings(register: Register, row: Record, school: SchoolFacts) -> dict[str, Any]:
    found = findings_of(register, row, school)
    told = ("severity", "code", "message", "source", "question", "mend")
    return {"findings": [{name: plain(getattr(finding, name)) for name in told} for finding in found]}


def _entry(line: history.Line) -> dict[str, Any]:
    """One entry; `changes` are in words, as the trace keeps them for people."""
    return {
        "number": line.number,
        "at": plain(line.at),
        "who": line.who,
        "sentence": line.sentence,
        "changes": [change._asdict() for change in line.changes],
        "values_erased": line.erased is not None or line.values_missing,
    }


def _address(register: Register, view: View, **turn: str) -> str:
    return url_for("api.listing", slug=register.slug) + "?" + urlencode([*view.first_page().asked(), *turn.items()])
