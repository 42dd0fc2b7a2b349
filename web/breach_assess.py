"""Assessing a breach: is there a risk to people, and a high one, with ENISA's score as an aid; every assessment as it was made then."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.vocabulary import BreachKind, DataSensitivity, JudgementKind, YesNoUnknown
from registry import records
from registry.access import Deed
from registry.breaches import judging
from registry.breaches.judged import standing
from registry.breaches.judging import Judgement
from registry.breaches.playbooks import playbook
from registry.breaches.scoring import Chosen, WorkedOut, encryption_counts
from registry.registers.data_protection.breaches import BREACHES
from registry.rules.breach_severity import band_of
from registry.rules.severity_words import ADJUSTMENTS, CIRCUMSTANCE_WORDS, EASE_WORDS
from registry.schema import Invalid
from web.breach_page import ADDRESS, SLUG, BreachPage, Errors, act, breach_page, shown
from web.guard import current_actor, needs, school_facts
from web.judging_forms import figure_in, figures, form_of, is_sent, text_in, word_in
from web.pages import occasion
from web.plain_forms import Asked, Form, options

blueprint = Blueprint("breach_assess", __name__, url_prefix=f"{ADDRESS}/assess", url_defaults=SLUG)

DO = "assess"
LEGAL = ("risk", "high_risk")
AID = ("kinds", "ei", *CIRCUMSTANCE_WORDS)
CHOOSE = "Choose one, or leave out the whole score."
REASONS = "What could happen to whom, how bad it would be, and how likely. No names."
ASKED = {
    "confidentiality": "Did anybody see it who should not have?",
    "integrity": "Was something changed?",
    "availability": "Is something gone?",
    "malicious": "Did somebody mean it?",
}


@blueprint.get("")
@needs(Deed.CHANGE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """The questions of the law in plain words, the score as an aid, and every assessment so far."""
    return _page(breach_page(record), {})


@blueprint.post("")
@needs(Deed.CHANGE, register_from_slug=True)
def assess(slug: str, record: UUID) -> ResponseReturnValue:
    """Keep an assessment, or work out the score, which keeps nothing."""
    return _worked_out(record) if request.form.get("how") == "score" else act(record, {DO: _assess}, _page, "breach_assess.of_record")


def _worked_out(record: UUID) -> ResponseReturnValue:
    try:
        found = _score(records.find(BREACHES, record, current_actor()), is_wanted=True)
    except Invalid as problem:
        return _page(breach_page(record), problem.messages), 422
    return _page(breach_page(record), {}, found)


def _page(page: BreachPage, errors: Errors, found: WorkedOut | None = None) -> str:
    stands = standing(page.row)
    made = stands.of(JudgementKind.ASSESSMENT)
    return shown(
        "assess", page, errors, form=_form(errors), found=found, made=made, stands=stands, legal=LEGAL, aid=AID, is_sent=is_sent(DO),
        book=playbook(page.row.kind or BreachKind.OTHER, school_facts()), encryption=encryption_counts(page.row), band_of=band_of,
        judges=page.names(each.judged_by_id for each in made),
    )  # fmt: skip


def _form(errors: Errors) -> Form:
    known = options(YesNoUnknown)
    kinds = Asked(
        name="kinds", label="What kinds of data are concerned?", kind="choices", options=options(DataSensitivity),
        hint="Tick each. Of several the highest counts. A password counts as what it opens.",
        revealed={kind.value: [_adjustment(kind)] for kind in DataSensitivity},
    )  # fmt: skip
    ease = Asked(name="ei", label="How easily is somebody recognised from it?", kind="choice", options=figures(EASE_WORDS))
    happened = [Asked(name=name, label=ASKED[name], kind="choice", options=figures(words)) for name, words in CIRCUMSTANCE_WORDS.items()]
    questions = [
        Asked(name="risk", label="Is there a risk to people?", kind="choice", options=known, why=(
            "Unless a risk to people’s rights and freedoms is unlikely, the regulator is told (UK GDPR Article 33(1)). Distress, embarrassment, "
            "being picked on, losing money and danger are risks. It need not be certain, and nobody has to have been harmed yet.")),
        Asked(name="high_risk", label="Is the risk high?", kind="choice", options=known, why=(
            "If it is likely to be high, the people themselves are told (UK GDPR Article 34(1)). The more serious what could happen, the less likely "
            "it has to be: a child whose secret address is known is always at high risk.")),
        Asked(name="reasons", label="Your reasons", kind="text", hint=REASONS, why=(
            "The school must be able to show why it judged so, with what it knew then (UK GDPR Article 33(5)).")),
        kinds, ease, *happened,
    ]  # fmt: skip
    return form_of(DO, questions, errors)


def _adjustment(kind: DataSensitivity) -> Asked:
    return Asked(name=f"adjustment-{kind.value}", label="Which fits best?", kind="choice", options=figures(ADJUSTMENTS[kind]))


def _assess(row: Any) -> str:
    found = _score(row, is_wanted=False)
    judged = Judgement(
        reasons=text_in(DO, "reasons"), risk=word_in(DO, "risk", YesNoUnknown), high_risk=word_in(DO, "high_risk", YesNoUnknown),
        severity=found.facts if found else None, workings=found.words if found else "",
    )  # fmt: skip
    judging.assess(row, judged, occasion())
    return "Your assessment is kept, with what is known now."


def _score(row: Any, *, is_wanted: bool) -> WorkedOut | None:
    """The score of what was chosen; none where nothing was chosen for it. Raises Invalid for half of it."""
    kinds = [kind for kind in DataSensitivity if kind.value in request.form.getlist(f"{DO}-kinds")]
    moved = {kind: figure_in(DO, f"adjustment-{kind.value}", ADJUSTMENTS[kind]) for kind in kinds}  # type: ignore[arg-type]
    chosen = {"ei": figure_in(DO, "ei", EASE_WORDS)} | {name: figure_in(DO, name, words) for name, words in CIRCUMSTANCE_WORDS.items()}
    if not is_wanted and not kinds and not any(figure is not None for figure in chosen.values()):
        return None
    wrong = {name: [CHOOSE] for name, figure in chosen.items() if figure is None}
    wrong |= {f"adjustment-{kind.value}": [CHOOSE] for kind, figure in moved.items() if figure is None}
    if not kinds:
        wrong["kinds"] = ["Tick at least one, or leave out the whole score."]
    if wrong:
        raise Invalid(wrong)
    told = {name: figure for name, figure in chosen.items() if figure is not None}
    return WorkedOut(row, Chosen(kinds={kind: int(figure) for kind, figure in moved.items() if figure is not None}, **told))
