"""How a day was worked out: every day that was counted, those that were not and why, and the deed that counts anew."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import worked_out
from registry.access import Deed
from registry.deadlines import deadline_of, deadlines_for
from registry.definition import Deadline
from registry.records import NotFound
from registry.rules.due import Due
from registry.rules.plain_dates import full_day
from registry.rules.working_days import Counted
from web.chrome import tell
from web.guard import needs
from web.ids_and_numbers import number_in
from web.pages import occasion, shown_record
from web.plain_forms import Asked, Form
from web.record_view import RecordPage

blueprint = Blueprint("worked_out", __name__, url_prefix="/registers/<slug:slug>/<uuid:record>/worked-out")

LONGEST_REASON = 500
NO_REASON = "Say why, so that whoever asks for the old day finds the reason."


@dataclass(frozen=True)
class WorkedOutPage:
    """One deadline of a record, with how its day came about."""

    shown: RecordPage
    deadline: Deadline
    form: Form

    @cached_property
    def due(self) -> Due | None:
        """The day by which something is to be done; none once it is, or where nobody knows one."""
        dated = deadline_of(self.shown.register, self.shown.row, self.deadline.code, self.shown.school)
        return dated.due if dated is not None else None

    @cached_property
    def counted(self) -> Counted | None:
        """The count that was frozen with the record."""
        return worked_out.frozen_count(self.deadline, self.shown.row)

    @property
    def is_by_hand(self) -> bool:
        """Whether another day was entered since it was counted."""
        return self.counted is not None and worked_out.is_by_hand(self.deadline, self.shown.row, self.counted)

    @property
    def because(self) -> tuple[str, ...]:
        """The steps that lead to the day, a sentence each, without what is not certain about the count."""
        if self.counted is not None and not self.is_by_hand:
            return self.counted.because[:1]
        return self.due.because if self.due is not None else ()

    @cached_property
    def now(self) -> Counted | None:
        """What the count comes to by what is known of the days now, for those who may put it in the place of the frozen one."""
        if self.counted is None or self.shown.row.archived_at is not None:
            return None
        may = worked_out.may_work_out(self.shown.register, self.deadline, occasion())
        return worked_out.counted_now(self.counted, occasion()) if may else None

    @property
    def is_as_known_now(self) -> bool:
        """Whether nothing would change if it were counted anew."""
        return self.now == self.counted and not self.is_by_hand

    @property
    def day(self) -> date | None:
        """The day that stands."""
        if self.deadline.frozen is not None and self.counted is not None:
            stands: date | None = getattr(self.shown.row, self.deadline.frozen[0])
            return stands
        return self.due.on if self.due is not None else None


@blueprint.get("/<code>")
@needs(Deed.SEE, register_from_slug=True)
def of_record(slug: str, record: UUID, code: str) -> ResponseReturnValue:
    """How the day of a deadline was worked out."""
    return _page(shown_record(slug, record), code)


@blueprint.post("/<code>")
@needs(Deed.CHANGE, register_from_slug=True)
def work_out_anew(slug: str, record: UUID, code: str) -> ResponseReturnValue:
    """Count the day again by what is known of the days now; the old count and the reason stay in the history."""
    shown = shown_record(slug, record)
    deadline, form = _deadline(shown, code), blank_form()
    form.take()
    why = " ".join(form.why.value.split())
    if not why or len(why) > LONGEST_REASON:
        form.say("why", f"Use {LONGEST_REASON} characters or fewer." if why else NO_REASON)
        return _page(shown, code, form), 422
    version = number_in(request.form.get("version", ""), 9) or 0
    counted = worked_out.work_out_anew(shown.register, deadline, shown.row, occasion(), version=version, why=why)
    tell("success", f"Worked out anew: {full_day(counted.due_on)}. The day before, and your reason, are in the history.")
    return redirect(url_for("worked_out.of_record", slug=slug, record=record, code=code), 303)


def blank_form() -> Form:
    """What is asked of whoever works a day out anew."""
    hint = "Such as: a bank holiday was proclaimed, or the term dates were wrong. It is kept sealed, in the history. No names."
    return Form([Asked(name="why", label="Why is it worked out anew?", hint=hint, required=True)])


def _page(shown: RecordPage, code: str, form: Form | None = None) -> str:
    page = WorkedOutPage(shown, _deadline(shown, code), form or blank_form())
    return render_template("worked_out/page.html", shown=shown, page=page, errors=page.form.problems)


def _deadline(shown: RecordPage, code: str) -> Deadline:
    """The deadline of this code that the reader may know of; raises NotFound."""
    found = next((each for each in deadlines_for(shown.register, shown.by) if each.code == code), None)
    if found is None:
        raise NotFound("There is no such deadline here.")
    return found
