"""What every page of a breach shows around its own part, and how the deeds of these pages are done."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import records
from registry.access import Deed, may
from registry.accounts.colleagues import names_of
from registry.actor import Actor
from registry.breaches import alerts
from registry.records import NotFound
from registry.registers.data_protection import HANDLERS
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone
from registry.schema import Invalid
from web.breach_clock_view import moment_with_zone
from web.chrome import tell
from web.guard import current_actor, school_facts
from web.moments import as_typed_moment
from web.record_view import RecordPage, page_of

SLUG = {"slug": BREACHES.slug}
ADDRESS = f"/registers/{BREACHES.slug}/<uuid:record>"
FORMER = "a former colleague"

Errors = Mapping[str, Iterable[str]]
Deeds = Mapping[str, Callable[[Any], str]]
"""What a button does to a breach; answers with the sentence that is said afterwards."""


@dataclass(frozen=True)
class BreachPage:
    """One breach for one reader."""

    shown: RecordPage

    @property
    def row(self) -> Any:
        """The breach."""
        return self.shown.row

    @property
    def by(self) -> Actor:
        """The reader."""
        return self.shown.by

    @property
    def is_handler(self) -> bool:
        """Whether the reader handles breaches, and reads what is written of people."""
        return self.by.role in HANDLERS

    @cached_property
    def may_act(self) -> bool:
        """Whether the reader may do something about it."""
        return may(self.by, Deed.CHANGE, BREACHES)

    @cached_property
    def unread(self) -> list[Any]:
        """Alerts that nobody has read."""
        return alerts.unread(self.row) if self.may_act else []

    def names(self, people: Iterable[UUID | None]) -> Mapping[UUID | None, str]:
        """What these people are called."""
        return names_of([each for each in people if each is not None])


def breach_page(record: UUID) -> BreachPage:
    """A breach for whoever asks; raises NotFound and Forbidden."""
    by = current_actor()
    return BreachPage(page_of(BREACHES, records.find(BREACHES, record, by), by, school_facts()))


def shown(template: str, page: BreachPage, errors: Errors | None = None, **told: Any) -> str:
    """A page of a breach; what cannot be taken as it is stands above everything."""
    do = request.form.get("do", "")
    wrong = [(f"{do}-{name}", sentence) for name, sentences in (errors or {}).items() for sentence in sentences]
    return render_template(
        f"breaches/{template}.html", shown=page.shown, page=page, told=page.shown.breach_clock, regulator=school_facts().regulator_name, errors=wrong,
        typed=request.form, with_zone=moment_with_zone, boxes=as_typed_moment, former=FORMER, **told,
    )  # fmt: skip


def act(record: UUID, deeds: Deeds, again: Callable[[BreachPage, Errors], str], after: str) -> ResponseReturnValue:
    """Do what the button that was pressed does, and go to `after`; what cannot be done is said on the page, with all that was typed."""
    deed = deeds.get(request.form.get("do", ""))
    if deed is None:
        raise NotFound("There is no such button.")
    row = records.find(BREACHES, record, current_actor())
    try:
        said = deed(row)
    except Invalid as problem:
        return again(breach_page(record), problem.messages), 422
    except CannotBeDone as problem:
        return again(breach_page(record), {"do": [str(problem)]}), 409
    tell("success", said)
    return redirect(url_for(after, record=record), 303)
