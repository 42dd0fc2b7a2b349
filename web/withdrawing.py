"""Taking a yes back for whoever asks the office: choose the use, confirm what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.vocabulary import AnswerMethod
from registry.access import Permission
from registry.images import withdrawing
from registry.images.where_used import Place
from registry.images.withdrawing import Asker, Standing, Standings, Wish
from registry.records import NotFound
from registry.typed import NOT_TEXT
from web.chrome import tell
from web.guard import needs
from web.pages import occasion
from web.rendering import plural

blueprint = Blueprint("withdrawing", __name__, url_prefix="/consents/withdraw/<uuid:record>")

ALL = "all"
OTHER = "other"
METHODS = (AnswerMethod.SPOKEN, AnswerMethod.PAPER, AnswerMethod.EMAIL)
LONGEST_NAME = 100


@dataclass(frozen=True)
class Confirming:
    """What the page asks before a yes is taken back: for which uses, who asks and how, and what follows."""

    standings: Standings
    chosen: tuple[Standing, ...]
    who: str
    name: str
    method: str
    errors: Sequence[tuple[str, str]] = ()

    @property
    def use_ids(self) -> tuple[UUID, ...]:
        """The uses meant."""
        return tuple(each.use.id for each in self.chosen)

    @cached_property
    def follows(self) -> tuple[Place, ...]:
        """The publications that become tasks."""
        return withdrawing.what_follows(self.standings.person.id, self.use_ids)

    @property
    def is_by_consent(self) -> bool:
        """Whether what is done is called withdrawing; otherwise it is objecting."""
        return any(each.is_by_consent for each in self.chosen)

    @property
    def asker(self) -> Asker | None:
        """Who asks, as far as that was said."""
        if self.who == OTHER:
            return withdrawing.somebody_else(self.name) if self.name else None
        return next((asker for asker in self.standings.askers if asker.key == self.who), None)


@blueprint.get("")
@needs(Permission.PUBLISH_IMAGES)
def ask(record: UUID) -> ResponseReturnValue:
    """Every use with the yes that stands for it; once one is chosen, what follows and who asks."""
    standings = withdrawing.standings(record, occasion())
    wanted = request.args.getlist("use")
    if not wanted:
        return render_template("consents/withdraw.html", standings=standings)
    chosen = _chosen(standings, wanted)
    likely = standings.likely([each.use.id for each in chosen])
    return _confirm(Confirming(standings, chosen, likely.key if likely else "", "", AnswerMethod.SPOKEN))


@blueprint.post("")
@needs(Permission.PUBLISH_IMAGES)
def withdraw(record: UUID) -> ResponseReturnValue:
    """Write it down; from then on every check says no."""
    standings = withdrawing.standings(record, occasion())
    name = " ".join(NOT_TEXT.sub("", request.form.get("name", "")).split())[:LONGEST_NAME]
    method = request.form.get("method", "")
    page = Confirming(standings, _chosen(standings, request.form.getlist("use")), request.form.get("who", ""), name, method)
    if page.asker is None or method not in METHODS:
        return _confirm(page, _problems(page)), 422
    done = withdrawing.withdraw(Wish(record, page.use_ids, page.asker, AnswerMethod(method)), occasion())
    follows = f" {plural(done.tasks, 'take-down task')} followed." if done.tasks else " Nothing that can still be seen has to come down."
    link = ("See the tasks", url_for("pages.listing", slug="take-downs")) if done.tasks else (None, None)
    tell("success", f"Written down for {plural(done.answers, 'use')}. From now on every check says no.{follows}", *link)
    return redirect(url_for("withdrawing.ask", record=record))


def _chosen(standings: Standings, wanted: Sequence[str]) -> tuple[Standing, ...]:
    """The uses that the address or the form names; raises NotFound for none of this school's."""
    named = (each for each in standings.uses if {each.use.id.hex, str(each.use.id)} & set(wanted))
    chosen = standings.with_yes if wanted == [ALL] else tuple(named)
    if not chosen:
        raise NotFound("There is no such use to take back.")
    return chosen


def _problems(page: Confirming) -> list[tuple[str, str]]:
    found = []
    if page.asker is None:
        found.append(("name", "Enter the name of whoever asks.") if page.who == OTHER else ("who", "Choose who asks."))
    if page.method not in METHODS:
        found.append(("method", "Choose how they asked."))
    return found


def _confirm(page: Confirming, errors: Sequence[tuple[str, str]] = ()) -> str:
    return render_template("consents/withdraw_confirm.html", page=page, errors=list(errors), methods=METHODS, other=OTHER)
