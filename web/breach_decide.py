"""Deciding about a breach: the assessment, the advice, the decision of the headteacher, and the approval that nothing is reported."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.roles import Role
from models.vocabulary import BreachStage, JudgementKind, PeopleDecision, RegulatorDecision
from registry.access import Deed
from registry.breaches import duty, judging
from registry.breaches.judged import Standing, doubts, standing
from registry.breaches.judging import Judgement
from registry.breaches.scoring import is_unintelligible
from registry.rules.breach_clock import deadline
from registry.rules.breach_severity import band_of
from registry.rules.local_time import in_zone
from web.breach_page import ADDRESS, SLUG, BreachPage, Errors, act, breach_page, shown
from web.guard import needs, now, school_facts
from web.judging_forms import form_of, is_sent, text_in, word_in
from web.pages import occasion
from web.plain_forms import Asked, options
from web.rendering import ZONE

blueprint = Blueprint("breach_decide", __name__, url_prefix=f"{ADDRESS}/decide", url_defaults=SLUG)

REST_ON = (JudgementKind.ADVICE, JudgementKind.DECISION, JudgementKind.APPROVAL)
ANSWERS = [
    (RegulatorDecision.NOT_REPORTABLE.value, "I agree: it is not reported", None),
    (RegulatorDecision.REPORT.value, "I do not agree", None),
]


@blueprint.get("")
@needs(Deed.CHANGE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """What the decision rests on, the decision, and whatever the reader may say to it."""
    return _page(breach_page(record), {})


@blueprint.post("")
@needs(Deed.CHANGE, register_from_slug=True)
def judge(slug: str, record: UUID) -> ResponseReturnValue:
    """Advise, decide, or approve that nothing is reported."""
    return act(record, {"advise": _advise, "decide": _decide, "approve": _approve}, _page, "breach_decide.of_record")


def _page(page: BreachPage, errors: Errors) -> str:
    stands = standing(page.row)
    forms = [(do, form_of(do, asked, errors)) for do, asked in _asked(page, stands)] if page.row.stage is BreachStage.OPEN else []
    return shown(
        "decide", page, errors, stands=stands, forms=forms, earlier=stands.of(*REST_ON),
        doubts=doubts(stands.assessment, stands.decision), opened=stands.read, band_of=band_of, is_sent=is_sent, short_from=_short_from(page.row),
        may_now=judging.may_decide_unadvised(page.row, now()), judges=page.names(each.judged_by_id for each in stands.rows),
    )  # fmt: skip


def _asked(page: BreachPage, stands: Standing) -> list[tuple[str, list[Asked]]]:
    """The forms of the reader, with the questions of each."""
    by = page.by
    found: list[tuple[str, list[Asked]]] = []
    if stands.may_approve(by.user, by.role):
        reasons = Asked(name="reasons", label="Your reason", kind="text", hint="A sentence will do. It is kept with what is known now.")
        found.append(("approve", [Asked(name="regulator", label="Do you agree?", kind="choice", options=ANSWERS), reasons]))
    if by.role is Role.DPO:
        found.append(("advise", _both(page.row)))
    if duty.may_decide(by, in_zone(now(), ZONE).date()):
        found.append(("decide", [*_both(page.row), *_beside(page.row, stands)]))
    return found


def _both(row: Any) -> list[Asked]:
    unread = {} if is_unintelligible(row) else {PeopleDecision.UNINTELLIGIBLE: "Not now: nobody has verified that the data was encrypted."}
    return [
        Asked(name="regulator", label=f"Is the {school_facts().regulator_name} told?", kind="choice", options=options(RegulatorDecision), why=(
            "They are told within 72 hours, unless a risk to people is unlikely (UK GDPR Article 33(1)). When in doubt, report.")),
        Asked(name="people", label="Are the people told?", kind="choice", options=options(PeopleDecision, unread), why=(
            "They are told without delay if the risk to them is likely to be high (UK GDPR Article 34(1)). The grounds not to are those of "
            "Article 34(3). The regulator can order that they are told.")),
        Asked(name="reasons", label="Your reasons", kind="text", hint="They are kept with what is known now. No names."),
    ]  # fmt: skip


def _beside(row: Any, stands: Standing) -> list[Asked]:
    """What a decision may need beside its reasons: why not as advised, or without advice, and why so late."""
    if stands.advice:
        against = Asked(name="against", label="Why do you not follow the advice?", kind="text", hint="Only if you decide otherwise than advised.")
    else:
        against = Asked(name="against", label="Why do you not wait for the advice?", kind="text", hint="Such as: abroad, and two calls not answered.")
    is_late = row.aware_at is not None and row.told_at is None and deadline(row.aware_at) < now()
    delay = Asked(name="delay", label="If the regulator is told: why so late?", kind="text", value=row.delay_reason or "",
                  hint="The 72 hours are over. You can leave this for when the report is sent, which needs it.")  # fmt: skip
    return [against, delay] if is_late else [against]


def _short_from(row: Any) -> Any:
    """From when on anything may be decided without advice."""
    return deadline(row.aware_at) - judging.SHORT + timedelta(microseconds=1) if row.aware_at else None


def _judged(do: str) -> Judgement:
    typed = partial(text_in, do)
    return Judgement(
        reasons=typed("reasons"), regulator=word_in(do, "regulator", RegulatorDecision), people=word_in(do, "people", PeopleDecision),
        against=typed("against"), delay=typed("delay"),
    )  # fmt: skip


def _read() -> str:
    """What stood when the page was opened: nobody decides on what they have not read."""
    return request.form.get("opened", "")


def _advise(row: Any) -> str:
    judging.advise(row, _judged("advise"), occasion())
    return "Your advice is kept. The headteacher decides."


def _decide(row: Any) -> str:
    judging.decide(row, _judged("decide"), occasion(), read=_read())
    return "Decided. Your reasons are kept with what is known now."


def _approve(row: Any) -> str:
    judged = _judged("approve")
    judging.approve(row, judged, occasion(), read=_read())
    agrees = judged.regulator is RegulatorDecision.NOT_REPORTABLE
    return "Approved: it is not reported." if agrees else "It is kept why you do not agree. It is for the headteacher to decide again."
