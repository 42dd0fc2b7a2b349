"""Telling people of a breach: who they are, the letter, sending and printing it, and when everybody is told (UK GDPR Article 34)."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from exports.breach_letters import MOST_LETTERS, Letters, To, docx, pdf
from exports.paper import Letterhead
from models.breach_person import BreachPerson
from registry.access import Deed
from registry.breaches import letter, people, posting, telling
from registry.breaches.people import Standing
from registry.rows import CannotBeDone
from registry.rules.plain_dates import full_day
from registry.school import logos
from web.breach_one_person import WAYS, deeds_on_one, page_of_one, way_sent
from web.breach_page import ADDRESS, SLUG, BreachPage, Errors, act, breach_page, shown
from web.breach_people_view import People
from web.files import attachment
from web.guard import needs, now, school_facts, visitor
from web.ids_and_numbers import id_in, number_in
from web.moments import asked_moment
from web.pages import occasion
from web.rendering import moment

blueprint = Blueprint("breach_people", __name__, url_prefix=ADDRESS, url_defaults=SLUG)
HERE = "breach_people.of_record"
KINDS = {"pdf": pdf, "docx": docx}


@blueprint.get("/people")
@needs(Deed.CHANGE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """Who is told, how far each of them is, and what is to be done next."""
    return _list(breach_page(record))


@blueprint.post("/people", endpoint="act")
@needs(Deed.CHANGE, register_from_slug=True)
def do(slug: str, record: UUID) -> ResponseReturnValue:
    """Add people, or say that they were told."""
    deeds = {"add": _add, "take_over": _take_over, "told_all": _told_all, "everybody": _everybody, "public": _public, "stop": _stop}
    return act(record, deeds, _list, HERE)


@blueprint.get("/people/letter")
@needs(Deed.CHANGE, register_from_slug=True)
def letter_of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """The letter, with what is to be looked at before it goes out."""
    return _letter(breach_page(record))


@blueprint.post("/people/letter")
@needs(Deed.CHANGE, register_from_slug=True)
def keep_letter(slug: str, record: UUID) -> ResponseReturnValue:
    """Keep the letter as it was written."""
    return act(record, {"write": _write, "afresh": _afresh}, _letter, "breach_people.letter_of_record")


@blueprint.get("/people/send")
@needs(Deed.CHANGE, register_from_slug=True)
def ask_before_sending(slug: str, record: UUID) -> ResponseReturnValue:
    """How many would go out now, to whom none can, and the button that sends them."""
    return _ask(breach_page(record))


@blueprint.post("/people/send")
@needs(Deed.CHANGE, register_from_slug=True)
def send(slug: str, record: UUID) -> ResponseReturnValue:
    """Hand the letters to the outbox."""
    return act(record, {"send": _send}, _ask, HERE)


@blueprint.get("/people/<uuid:person>")
@needs(Deed.CHANGE, register_from_slug=True)
def one(slug: str, record: UUID, person: UUID) -> ResponseReturnValue:
    """One person, with the letter as they get it."""
    return page_of_one(person, breach_page(record))


@blueprint.post("/people/<uuid:person>")
@needs(Deed.CHANGE, register_from_slug=True)
def act_on_one(slug: str, record: UUID, person: UUID) -> ResponseReturnValue:
    """Say what became of telling them, or change how they are reached."""
    return act(record, deeds_on_one(person), partial(page_of_one, person), HERE)


@blueprint.post("/people/letters.pdf")
@needs(Deed.CHANGE, register_from_slug=True)
def letters_pdf(slug: str, record: UUID) -> ResponseReturnValue:
    """The letters to be printed; noted in the history, therefore never a GET."""
    return _file(record, "pdf")


@blueprint.post("/people/letters.docx")
@needs(Deed.CHANGE, register_from_slug=True)
def letters_docx(slug: str, record: UUID) -> ResponseReturnValue:
    """The same for Word."""
    return _file(record, "docx")


def _file(record: UUID, kind: str) -> ResponseReturnValue:
    page = breach_page(record)
    try:
        return _printed(People(page), kind)
    except CannotBeDone as problem:
        return _list(page, {"of": [str(problem)]}), 409


def _list(page: BreachPage, errors: Errors | None = None) -> str:
    only, number = request.args.get("standing", ""), request.args.get("page", "1")
    told = People(page, Standing(only) if only in set(Standing) else None, number_in(number, 5) or 1)
    return shown("people", page, errors, people=told, standings=Standing, ways=WAYS)


def _letter(page: BreachPage, errors: Errors | None = None) -> str:
    return shown("letter", page, errors, people=People(page))


def _ask(page: BreachPage, errors: Errors | None = None) -> str:
    return shown("send", page, errors, people=People(page))


def _add(row: Any) -> str:
    added = people.add(row, request.form.get("people", ""), occasion())
    return _added(added)


def _take_over(row: Any) -> str:
    return _added(people.add(row, row.names or "", occasion()))


def _added(added: people.Added) -> str:
    doubled = f" {people.many(added.doubled).capitalize()} stood there already." if added.doubled else ""
    return f"Added: {people.many(added.new)}.{doubled}"


def _told_all(row: Any) -> str:
    many = telling.told_all(row, way_sent(), occasion(), at=asked_moment(request.form, "told_at"))
    return f"Noted as told: {people.many(many)}."


def _everybody(row: Any) -> str:
    telling.everybody_told(row, occasion())
    return "It is kept that everybody has been told."


def _stop(row: Any) -> str:
    stopped = posting.stop(row, occasion())
    return f"{people.many(stopped)[:1].upper()}{people.many(stopped)[1:]} will not be written to for now. They are to be told, as before."


def _public(row: Any) -> str:
    telling.told_in_public(row, request.form.get("where", ""), occasion())
    return "It is kept where everybody was told."


def _write(row: Any) -> str:
    changed = letter.keep(row, request.form.get("text", ""), occasion(), seen=id_in(request.form.get("seen", "")))
    return "The letter is kept." if changed else "The letter is as it was."


def _afresh(row: Any) -> str:
    letter.keep(row, letter.proposed(row), occasion(), seen=id_in(request.form.get("seen", "")))
    return "The letter was made afresh from the answers. What was written before is kept in the history of this breach."


def _send(row: Any) -> str:
    expected = number_in(request.form.get("expected", ""))
    seen = id_in(request.form.get("seen", "")) or UUID(int=0)
    many = posting.post(row, occasion(), expected=expected or 0, seen=seen)
    return f"{'1 letter is' if many == 1 else f'{many:,} letters are'} on the way. What becomes of each stands in the list."


def _printed(told: People, kind: str) -> Response:
    which, _, start = request.form.get("of", "waiting:0").partition(":")
    one = id_in(request.form.get("person", ""))
    found = [people.find(told.row, one)] if one else told.of(which)[number_in(start, 5) or 0 :][:MOST_LETTERS]
    if not found:
        raise CannotBeDone("Nobody is left for whom a letter could be made.")
    if told.review.stops:
        raise CannotBeDone("The letter still has brackets that somebody must fill.")
    people.demand_to_tell(told.row)
    made = KINDS[kind](_letters(told, found))
    telling.printed(told.row, len(found), occasion())
    return attachment(made, f"{told.row.reference}-letters.{kind}")


def _letters(told: People, found: Sequence[BreachPerson]) -> Letters:
    here = visitor()
    name = here.school.name if here and here.school else ""
    to = [To(each.name, each.about or "", tuple((each.address or "").splitlines())) for each in found]
    today = school_facts().today
    return Letters(
        title=f"Letters about {told.row.reference}", head=Letterhead(name, moment(now()), logos.logo_of_school()),
        day=full_day(today) if today else "", text=told.text, headings=letter.headings(), to=to,
    )  # fmt: skip
