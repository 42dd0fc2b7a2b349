"""Many records changed at once: rows ticked in a list, what would change in each, then one button, and all of it or none."""

import time
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.batch import Batch, Together
from registry import catalogue
from registry.access import Deed, may
from registry.asking import is_answered
from registry.definition import Register
from registry.lists import query
from registry.lists.views import View, view_of
from registry.many import together
from registry.many.together import DoneAlready, NotAsShown, Wish
from registry.records import NotFound
from registry.rows import CannotBeDone
from registry.rules.local_time import in_zone
from registry.schema import Invalid, read_answers, schema_for
from web.answers import as_given, field_of, typed_in
from web.chrome import tell
from web.guard import current_actor, needs, now
from web.ids_and_numbers import number_in
from web.list_view import EVERYTHING, list_address
from web.pages import occasion
from web.rendering import ZONE
from web.together_view import EXPORTS, WORDS, Chosen, TogetherPage, these, view_in

blueprint = Blueprint("together", __name__, url_prefix="/registers/<slug:slug>/together")

LONG = 500
"""Records from which on people are told how long it took."""

EMPTY = {"owner": "Enter the owner’s name, or choose a post.", "next_review_on": "Enter a day, such as 1 9 2027."}


@blueprint.post("")
@needs(Deed.SEE, register_from_slug=True)
def choose(slug: str) -> ResponseReturnValue:
    """What is to be done with the rows that were ticked: on to its page, to a file, or to a list of only these."""
    register = catalogue.find(slug)
    chosen, do = _chosen(register), request.form.get("do", "")
    if not chosen.is_all and not chosen.ticked.only:
        tell("warning", "Tick the rows first.")
        return redirect(_back(chosen), 303)
    if do == "only":
        return redirect(list_address(register, _query(replace(chosen.view, size=100))), 303)
    if do in EXPORTS and may(current_actor(), Deed.EXPORT, register):
        return redirect(url_for(EXPORTS[do][1], slug=slug) + f"?{_query(chosen.view)}", 307)  # the same form goes on to there
    return _page(_asked(register, chosen, _kind(do)))


@blueprint.post("/look")
@needs(Deed.CHANGE, register_from_slug=True)
def look(slug: str) -> ResponseReturnValue:
    """What would change in each record, once it is said what to change."""
    register = catalogue.find(slug)
    page = _asked(register, _chosen(register), _kind(request.form.get("do", "")), is_answered_now=True)
    return _page(page), 422 if page.problems else 200


@blueprint.post("/save")
@needs(Deed.CHANGE, register_from_slug=True)
def save(slug: str) -> ResponseReturnValue:
    """Change every record that the preview showed, or none."""
    register, begun = catalogue.find(slug), time.perf_counter()
    chosen, kind = _chosen(register), _kind(request.form.get("do", ""))
    wish, said = _wish(register, kind)
    if said:
        return _page(_asked(register, chosen, kind, is_answered_now=True)), 422
    shown, stands = request.form.get("shown", ""), number_in(request.form.get("stands", "")) or 0
    try:
        _tell_of(register, together.do(register, chosen.view, wish, occasion(), shown=shown, stands=stands), begun)
    except NotAsShown as problem:
        tell("warning", str(problem))
        return _page(_asked(register, chosen, kind, is_answered_now=True)), 409
    except CannotBeDone as problem:
        tell("information" if isinstance(problem, DoneAlready) else "warning", str(problem))
    return redirect(_back(chosen), 303)


def _tell_of(register: Register, batch: Batch, begun: float) -> None:
    """Say what was done, with the button that undoes it."""
    took = f" It took {time.perf_counter() - begun:.1f} seconds." if batch.many >= LONG else ""
    done = WORDS[Together(batch.kind)].done.format(these=these(register, batch.many))
    tell("success", done + took, "Undo", url_for("batches.undo", slug=register.slug, batch=batch.id), is_deed=True)


def _kind(do: str) -> Together:
    """The deed that a button names; raises NotFound for what no button says."""
    for kind in WORDS:
        if kind.value == do:
            return kind
    raise NotFound("There is no such thing to do here.")


def _chosen(register: Register) -> Chosen:
    """The records that the form means, which are never more than its list and the sender's role show."""
    listed = view_in(register, current_actor(), request.form.get("list", "")).first_page()
    ticked = view_of(register, current_actor(), {"row": request.form.getlist("row")}).only
    only = replace(View(), only=ticked, columns=listed.columns, sort=listed.sort, descending=listed.descending, size=listed.size)
    return Chosen(register, listed, only, "all" in request.form)


def _asked(register: Register, chosen: Chosen, kind: Together, is_answered_now: bool = False) -> TogetherPage:
    """The page of a deed: its questions, and the preview where nothing is left to ask."""
    by = current_actor()
    questions = together.asked_for(kind, register, by)
    typed = typed_in(request.form, questions)
    wish, said = _wish(register, kind)
    said = said if is_answered_now else {}
    fields = [field_of(question, typed[question.name], said, {}) for question in questions]
    problems = [(each.target, sentence) for each in fields for sentence in each.errors]
    if questions and (problems or not is_answered_now):
        together.demand(register, Wish(kind), by)
        count = query.count(register, by, chosen.view, in_zone(now(), ZONE).date())
        return TogetherPage(chosen=chosen, kind=kind, count=count, fields=fields, problems=problems, typed=typed)
    plan = together.plan(register, chosen.view, wish, occasion())
    return TogetherPage(chosen=chosen, kind=kind, count=len(plan.rows), fields=fields, plan=plan, typed=typed)


def _wish(register: Register, kind: Together) -> tuple[Wish, dict[str, list[str]]]:
    """What is wished for, or the sentences that say why it cannot be; a question left empty is left alone."""
    questions = together.asked_for(kind, register, current_actor())
    given = {question.name: as_given(question, typed) for question, typed in zip(questions, typed_in(request.form, questions).values(), strict=True)}
    try:
        read: dict[str, Any] = read_answers(schema_for(register, current_actor(), Deed.CHANGE, only=frozenset(given)), given)
    except Invalid as problem:
        return Wish(kind), problem.messages
    answers = {name: answer for name, answer in read.items() if is_answered(answer)}
    if questions and not answers:
        name = questions[-1].name
        return Wish(kind), {name: [EMPTY.get(name, "Enter an answer.")]}
    return Wish(kind, answers), {}


def _query(view: View) -> str:
    return urlencode(view.asked()) or EVERYTHING


def _back(chosen: Chosen) -> str:
    """The list in which the rows were ticked."""
    return list_address(chosen.register, chosen.query_string or EVERYTHING)


def _page(page: TogetherPage) -> str:
    return render_template("together/ask.html" if page.plan is None else "together/look.html", page=page)
