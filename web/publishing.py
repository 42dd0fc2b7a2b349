"""From a check to a publication in one step: what and where, with those whom the check allowed and who are still allowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.vocabulary import NameShown
from registry.access import Deed, Permission
from registry.images import publishing
from registry.images.evidence import Evidence
from registry.images.publishing import NoLongerAllowed, Standing, Wish
from registry.records import NotFound
from registry.registers.images.publications import PUBLICATIONS
from registry.schema import Invalid, read_answers, schema_for
from web import new_records
from web.answers import NO_ANSWER, Field, as_typed, field_of, typed_in
from web.chrome import tell
from web.guard import current_actor, needs
from web.ids_and_numbers import id_in
from web.pages import occasion
from web.rendering import plural

blueprint = Blueprint("publishing", __name__, url_prefix="/consents/publish")

ASKED = ("name", "published_on", "name_shown", "address", "image")
NEEDED = ("published_on", "name_shown")
QUESTIONS = tuple(PUBLICATIONS.questions[name] for name in ASKED)
NOBODY = "Tick who is in the picture."
NO_DAY = "Enter the day on which it was or will be published."
TOO_EARLY = "Enter the day of the check or a later one: the check says nothing of an earlier day."


@dataclass(kw_only=True)
class PublishPage:
    """The form: what was typed, who was ticked, and how everybody whom the check allowed stands by now."""

    evidence: Evidence
    typed: Mapping[str, Any]
    day: date
    name_shown: NameShown
    ticked: frozenset[UUID] | None = None  # None until somebody has ticked: then everybody who may be in it
    said: Mapping[str, list[str]] = field(default_factory=dict)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Everybody whom the check allowed."""
        return publishing.stand_now(self.evidence.checked, self.day, self.name_shown, occasion())

    @property
    def people(self) -> list[tuple[Standing, bool]]:
        """Those who may be in it, and whether they are."""
        return [(each, self.ticked is None or each.line.person in self.ticked) for each in self.standings if each.is_allowed]

    @property
    def changed(self) -> list[Standing]:
        """Those whom the check allowed and who may not be in it by now."""
        return [each for each in self.standings if not each.is_allowed]

    @property
    def left_out(self) -> int:
        """How many names the check did not allow."""
        return self.evidence.checked.count - len(self.evidence.checked.allowed)

    @cached_property
    def fields(self) -> Sequence[Field]:
        """The questions with what stands in them."""
        fields = [field_of(question, self.typed.get(question.name, ""), self.said, {}) for question in QUESTIONS]
        for each in fields:
            each.options = [option for option in each.options if option != NO_ANSWER]
            each.required = each.required or each.name in NEEDED
        return fields

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every sentence with the id of what it is about."""
        targets = {each.name: each.target for each in self.fields}
        return [(targets.get(name, "people"), sentence) for name, sentences in self.said.items() for sentence in sentences]


@blueprint.get("")
@needs(Permission.PUBLISH_IMAGES)
def ask() -> ResponseReturnValue:
    """The form, with everybody ticked who may be in it."""
    evidence = _evidence(request.args.get("check", ""))
    checked = evidence.checked
    most = publishing.most_shown(checked)
    typed = {question.name: as_typed(question, {"published_on": checked.on, "name_shown": most}.get(question.name)) for question in QUESTIONS}
    page = PublishPage(evidence=evidence, typed=typed, day=checked.on, name_shown=most)
    if checked.is_picture_refused or not checked.allowed:
        return render_template("consents/publish_none.html", page=page)
    return _page(page, new_records.token(PUBLICATIONS))


@blueprint.post("")
@needs(Permission.PUBLISH_IMAGES)
def publish() -> ResponseReturnValue:
    """Write it down, after looking at everybody once more at this moment."""
    evidence, token = _evidence(request.form.get("check", "")), request.form.get("token", "")
    record = new_records.id_in(PUBLICATIONS, token)
    ticked = frozenset(found for text in request.form.getlist("person") if (found := id_in(text)) is not None)
    typed = typed_in(request.form, QUESTIONS)
    answers, said = _read(typed, evidence)
    if not ticked:
        said["people"] = [NOBODY]
    day, shown = answers.get("published_on") or evidence.checked.on, answers.get("name_shown") or NameShown.NONE
    page = PublishPage(evidence=evidence, typed=typed, day=day, name_shown=shown, ticked=ticked, said=said)
    if said:
        return _page(page, token), 422
    try:
        row = publishing.publish(_wish(page, record, answers), occasion())
    except NoLongerAllowed:
        return _page(page, token), 409
    tell("success", f"Written down as {row.reference}, with {plural(len(ticked), 'person', 'people')} in it. It is checked again every night.")
    return redirect(url_for("pages.record", slug="publications", record=row.id))


def _read(typed: Mapping[str, Any], evidence: Evidence) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The answers in what was typed, and the sentences on what cannot be taken."""
    try:
        answers = read_answers(schema_for(PUBLICATIONS, current_actor(), Deed.ADD, only=frozenset(ASKED)), typed)
    except Invalid as problem:
        return {}, dict(problem.messages)
    day = answers.get("published_on")
    if day is None:
        return answers, {"published_on": [NO_DAY]}
    return answers, {"published_on": [TOO_EARLY]} if day < evidence.at.date() else {}


def _wish(page: PublishPage, record: UUID, answers: Mapping[str, Any]) -> Wish:
    order = [line.person for line in page.evidence.checked.allowed]
    ticked = page.ticked or frozenset()
    people = (*(person for person in order if person in ticked), *sorted(ticked.difference(order)))
    texts = {name: answers.get(name) or "" for name in ("address", "image")}
    return Wish(page.evidence.id, record, answers["name"], people, answers["published_on"], page.name_shown, **texts)


def _evidence(check: str) -> Evidence:
    """The check that the address or the form names; raises NotFound."""
    key = id_in(check)
    if key is None:
        raise NotFound("There is no such check here.")
    return publishing.find_check(key, occasion())


def _page(page: PublishPage, token: str) -> str:
    return render_template("consents/publish.html", page=page, token=token, errors=page.errors)
