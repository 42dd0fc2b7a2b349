"""Registers on paper: one record, a list as its reader sees it, or every record in full."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from exports.paper import Letterhead, Paper, Part
from exports.register_csv import note, today_of
from exports.selection import Chosen
from models.record import Record
from registry.access import Deed, require, school_of
from registry.asking import asked_of
from registry.catalogue import find as register_of
from registry.checks import findings_of
from registry.definition import Links, Question, Register
from registry.kinds import title_of
from registry.linking import linked_ids
from registry.lists import query
from registry.lists.views import SIZES, View, sees_findings
from registry.naming import ids_of, named
from registry.records import Occasion
from registry.rows import CannotBeDone
from registry.schema import questions_for
from registry.trace.audit import Happened, recording, where_it_stands
from registry.trace.chain import in_groups
from registry.trace.telling import lines_of_answer

MOST_LINES, MOST_RECORDS = 5_000, 1_000
"""What is laid out at once: beyond it a paper helps nobody, and a workbook does."""


def of_record(register: Register, row: Record, occasion: Occasion, head: Letterhead) -> Paper:
    """One record with what is to be mended; noted in its history. Raises Forbidden."""
    require(occasion.by, Deed.EXPORT, register)
    with recording(occasion.by, occasion.at) as trace:
        trace.note(Happened.EXPORTED, register.table._meta.table_name, row.id)
    title = _title(register, row)
    below = [row.reference, *(["Archived."] if row.archived_at else []), *(["Starter entry, not yet checked by the school."] if row.starter else [])]
    return paper_of(title, occasion, head, below=below, parts=[*_to_mend(register, row, occasion), *_sections(register, row, occasion, level=2)])


def of_list(chosen: Chosen, occasion: Occasion, head: Letterhead, said: str) -> Paper:
    """A list with the columns its reader chose; `said` is how it is narrowed, in words. Raises Forbidden, and CannotBeDone for a list too long."""
    register, by = chosen.register, occasion.by
    count = _note(chosen, occasion, MOST_LINES)
    rows = [(f"{row.title} ({row.reference})", *row.cells) for row in _lines(chosen, occasion)]
    columns = [register.title.label, *(question.label for question in query.columns_of(register, by, chosen.view))]
    about = [f"{count:,} {register.one if count == 1 else register.many}{f', {said}' if said else ''}. {register.about}"]
    return paper_of(register.heading, occasion, head, below=about, parts=[Part(columns=columns, rows=rows)], wide=True)


def of_register(chosen: Chosen, occasion: Occasion, head: Letterhead) -> Paper:
    """Every record of a register in full, in the order of the references. Raises Forbidden, and CannotBeDone for a register too long."""
    register = chosen.register
    count = _note(chosen, occasion, MOST_RECORDS)
    table = register.table
    rows = table.select().where(table.archived_at.is_null()).order_by(table.number)
    parts = [part for row in rows for part in _in_full(register, row, occasion)]
    about = [f"{count:,} {register.one if count == 1 else register.many}. {register.about}"]
    return paper_of(register.heading, occasion, head, below=about, parts=parts)


def paper_of(title: str, occasion: Occasion, head: Letterhead, **content: Any) -> Paper:
    """A paper of the school somebody works in, with where its history stands."""
    number, digest = where_it_stands(school_of(occasion.by))
    sealed = f"History: entry {number:,}, seal {in_groups(digest)}"
    return Paper(title=title, letterhead=head, sealed=sealed, **content)


def _note(chosen: Chosen, occasion: Occasion, most: int) -> int:
    """Note in the trace what is about to be laid out, once it is sure that it is not too much; how many records."""
    register, by = chosen.register, occasion.by
    require(by, Deed.EXPORT, register)
    count = query.count(register, by, chosen.view, today_of(occasion))
    if count > most:
        raise CannotBeDone(f"A paper holds at most {most:,} {register.many}, and these are {count:,}. Narrow the list, or take it as Excel.")
    note([chosen], occasion)
    return count


def _lines(chosen: Chosen, occasion: Occasion) -> Iterator[query.Row]:
    """Every line of a list, page by page."""
    view: View | None = replace(chosen.view.first_page(), size=SIZES[-1])
    while view is not None:
        page = query.page(chosen.register, occasion.by, view, today_of(occasion))
        yield from page.rows
        view = None if page.later is None else replace(view, after=page.later)


def _in_full(register: Register, row: Record, occasion: Occasion) -> Iterable[Part]:
    yield Part(heading=f"{_title(register, row)} ({row.reference})", level=2)
    yield from _sections(register, row, occasion, level=3)


def _to_mend(register: Register, row: Record, occasion: Occasion) -> Iterator[Part]:
    found = findings_of(register, row, occasion.school) if sees_findings(register, occasion.by) else ()
    points = [f"{finding.severity.capitalize()}. {finding.message} {finding.source} ({finding.code})" for finding in found]
    if points:
        yield Part(heading="What the rules say", points=points)


def _sections(register: Register, row: Record, occasion: Occasion, *, level: int) -> Iterator[Part]:
    """The answers of a record by section, without those that nobody has given."""
    allowed = questions_for(register, occasion.by, Deed.EXPORT)
    asked = asked_of(register, lambda name: getattr(row, name))
    links = linked_ids(row.id) if register.link_names else {}
    for section in register.sections:
        questions = [question for question in section.questions if question in allowed and question.name in asked]
        answers = [(question.label, _linked(question, row, links, occasion) or _own(question, row)) for question in questions]
        if given := [(label, lines) for label, lines in answers if lines]:
            yield Part(heading=section.title, level=level, answers=given)


def _linked(question: Question, row: Record, links: Mapping[str, Sequence[UUID]], occasion: Occasion) -> tuple[str, ...]:
    """The records of another register that a question names; nothing for other questions."""
    ids = links.get(question.name, ()) if isinstance(question.column, Links) else ids_of(getattr(row, question.name)) if question.to else ()
    return tuple(f"{each.name} ({each.reference})" for each in named(register_of(question.to), occasion.by, ids)) if ids else ()


def _own(question: Question, row: Record) -> tuple[str, ...]:
    return () if question.to else lines_of_answer(question, getattr(row, question.name))


def _title(register: Register, row: Record) -> str:
    return title_of(register, row) or str(row.reference)
