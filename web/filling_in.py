"""A form that was sent: read into its section, refused with sentences, or turned into answers to store."""

from typing import Any
from uuid import UUID

from flask import request
from werkzeug.datastructures import MultiDict

from models.record import Record
from registry import catalogue, naming
from registry.access import Deed
from registry.definition import Register, Section
from registry.records import NotFound, answers_of
from registry.schema import Invalid, read_answers, schema_for
from web.answers import as_given, as_typed, typed_in
from web.form_view import FOUND_AT_MOST, SectionForm, exactly, form_sections
from web.guard import current_actor, school_facts

Sent = MultiDict[str, str]


def section_asked(register: Register, deed: Deed) -> Section:
    """The section that the address names, or the first; raises NotFound for one that this person may not fill in."""
    sections = form_sections(register, current_actor(), deed)
    wanted = request.args.get("section") or sections[0].slug
    for section in sections:
        if section.slug == wanted:
            return section
    raise NotFound("There is no such section here.")


def blank_form(register: Register, section: Section, row: Record | None = None) -> SectionForm:
    """A section as it is stored; while a record is being added, empty but for the records that the address says it is about."""
    answers = answers_of(register, row, current_actor()) if row is not None else _said_in_address(register)
    form = SectionForm(register=register, section=section, by=current_actor(), school=school_facts(), row=row, answers=answers)
    form.typed = {question.name: as_typed(question, answers.get(question.name)) for question in form.questions}
    return form


def _said_in_address(register: Register) -> dict[str, Any]:
    asked = {question.name: request.args.get(question.name, type=UUID) for question in register.ones}
    return {name: record for name, record in asked.items() if record is not None}


def sent_form(register: Register, section: Section, sent: Sent, row: Record | None = None) -> SectionForm:
    """A section with what was typed into it; what the form that was sent did not show stays as it is stored."""
    form = blank_form(register, section, row)
    shown = set(sent.get("asked", "").split())
    form.typed |= typed_in(sent, [question for question in form.questions if not shown or question.name in shown])
    form.looked_for = {question.name: sent.get(f"{question.name}-add", "").strip()[:200] for question in register.questions.values() if question.to}
    return form


def is_only_looking(sent: Sent) -> bool:
    """Whether a button to look for records was pressed, and not one that saves."""
    return "find" in sent


def read(form: SectionForm) -> dict[str, Any] | None:
    """The answers to store; None when some cannot be stored as they are, which the form then says."""
    _add_those_named(form)
    to_save = form.to_save
    given = {question.name: as_given(question, form.typed[question.name]) for question in to_save}
    schema = schema_for(form.register, form.by, form.deed, only=frozenset(given))
    try:
        answers = read_answers(schema, given)
    except Invalid as problem:
        form.said = {**problem.messages, **form.said}
    return None if form.said else answers


def _add_those_named(form: SectionForm) -> None:
    """Take the records whose reference or name was typed in full; say so where it was not."""
    for question in form.questions:
        words = form.looked_for.get(question.name)
        if not question.to or not words:
            continue
        far = catalogue.find(question.to)
        one = exactly(naming.found(far, form.by, words, FOUND_AT_MOST), words)
        if one is None:
            form.said[question.name] = [f"Choose which one you mean by “{words}”, or empty that line."]
        else:
            others = form.typed[question.name] if question in form.register.links else ()
            form.typed[question.name] = [*others, str(one.id)]
