"""The regulator's form about a breach, question by question in its order, so that every answer is ready before the form is opened.

The form cannot be saved half-way; the cyber questions, the reason for a delay and the case reference are asked only when they apply.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.vocabulary import (
    BreachData,
    BreachKind,
    BreachPeople,
    CyberImpact,
    Likelihood,
    PeopleDecision,
    PeopleTold,
    Recovery,
    ReportPhase,
    Security,
    Words,
    YesNoUnknown,
)
from registry.rules.breach_clock import needs_reason_for_delay
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import clock, full_day

ZONE = "Europe/London"
MAY_NAME = frozenset(
    {
        *("case_reference", "spoken_to", "school_name", "fee_number", "school_address"),
        *("reporter_name", "reporter_role", "dpo_name", "dpo_contact"),
    }
)
"""The questions whose answers name somebody or some place with good reason: no warning is due there."""

PLAINLY_NOT_CYBER = frozenset(
    {
        *(BreachKind.WRONG_RECIPIENT, BreachKind.CC_FOR_BCC, BreachKind.LOST_PAPER, BreachKind.FAILED_REDACTION),
        *(BreachKind.PICTURE, BreachKind.SPOKEN),
    }
)
"""Kinds of breach that are taken for no cyber incident until somebody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """What is known of a breach, of the school and of whoever reports; anything may still be empty."""

    name: str | None = None
    kind: BreachKind | None = None
    narrative: str | None = None
    how_discovered: str | None = None
    occurred_at: datetime | None = None
    discovered_at: datetime | None = None
    aware_at: datetime | None = None
    data_kinds: tuple[BreachData, ...] = ()
    records_count: int | None = None
    people_kinds: tuple[BreachPeople, ...] = ()
    people_count: int | None = None
    effects: str | None = None
    harm: str | None = None
    likelihood: Likelihood | None = None
    cyber: YesNoUnknown | None = None
    lost: tuple[Security, ...] = ()
    impact: CyberImpact | None = None
    recovery: Recovery | None = None
    staff_involved: YesNoUnknown | None = None
    staff_trained: YesNoUnknown | None = None
    delay_reason: str | None = None
    measures_before: str | None = None
    measures_taken: str | None = None
    measures_planned: str | None = None
    changes: str | None = None
    people_decision: PeopleDecision | None = None
    people_told_at: datetime | None = None
    told_at: datetime | None = None
    phase: ReportPhase = ReportPhase.INITIAL
    case_reference: str | None = None
    spoken_to: str | None = None
    others_told: tuple[str, ...] = ()
    school_name: str | None = None
    school_address: str | None = None
    fee_number: str | None = None
    sector: str | None = None
    reporter_name: str | None = None
    reporter_role: str | None = None
    dpo_name: str | None = None
    dpo_contact: str | None = None


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """One question of the form with the school's answer, which is empty when nobody has given it."""

    name: str
    question: str
    answer: str
    is_missing: bool
    hint: str


@dataclass(frozen=True, slots=True)
class FormPart:
    """One part of the form."""

    title: str
    answers: tuple[FormAnswer, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    """A question as the table below holds it; `otherwise` is said where an empty answer is an answer."""

    name: str
    words: str
    hint: str = ""
    otherwise: str = ""


_PARTS: tuple[tuple[str, tuple[_Question, ...]], ...] = (
    ("About the report", (
        _Question("phase", "Is this an initial or a follow-up report?"),
        _Question("case_reference", "What is the case reference?", "It is in the regulator’s answer to the first report."),
        _Question("spoken_to", "Whom at the regulator have you spoken to about it?", "Name them if anybody rang.", "Nobody so far"),
    )),
    ("What happened", (
        _Question("narrative", "What happened?", "Tell it in order, and name nobody whose data it is."),
        _Question("cyber", "Was it a cyber incident?", "Say that it is not known yet rather than guess."),
        _Question("how_discovered", "How was it discovered?"),
        _Question("discovered_at", "When was it discovered?"),
        _Question("occurred_at", "When did it happen?", "If nobody knows yet, say so on the form and give the best estimate."),
    )),
    ("The data", (
        _Question("data_kinds", "What kinds of personal data are concerned?", "If it is other data, say which in what happened."),
    )),
    ("Numbers", (
        _Question("records_count", "How many records are concerned?", "An estimate is an answer."),
        _Question("people_count", "How many people could be affected?", "An estimate is an answer."),
    )),
    ("The people", (
        _Question("people_kinds", "Who are the people concerned?", "Pupils under 18 are children, and students are those over 18."),
    )),
    ("Effects", (
        _Question("effects", "What could follow from it for the people?"),
        _Question("harm", "Has anybody come to harm?", "If nobody has, as far as the school knows, say so."),
        _Question("likelihood", "How likely are significant consequences for them?"),
    )),
    ("Cyber incidents", (
        _Question("lost", "What of the data was affected: confidentiality, integrity or availability?"),
        _Question("impact", "What does it do to the school?"),
        _Question("recovery", "How long does it take to recover?"),
    )),
    ("Staff", (
        _Question("staff_involved", "Was a member of staff involved?"),
        _Question("staff_trained", "Had they been trained in data protection in the last two years?"),
    )),
    ("Delay", (
        _Question("delay_reason", "Why is it reported more than 72 hours after becoming aware?", "The law wants the reason (UK GDPR Article 33(1))."),
    )),
    ("Measures", (
        _Question("measures_before", "What was in place to prevent it?"),
        _Question("measures_taken", "What has been done about it?"),
        _Question("measures_planned", "What else is going to be done, and by when?"),
        _Question("changes", "What keeps it from happening again?"),
    )),
    ("Who has been told", (
        _Question(
            "people_told", "Have the people concerned been told?", "The form also offers that they are being told, and that they knew already."
        ),
        _Question(
            "others_told", "Which other organisations have been told?", "The police and other regulators, for example.", "None so far"
        ),
    )),
    ("The organisation", (
        _Question("school_name", "What is the organisation’s name?"),
        _Question("fee_number", "What is its registration number?", "It is on the receipt for the data protection fee."),
        _Question("school_address", "What is its address?"),
        _Question("sector", "Which sector is it in?"),
        _Question("reporter_name", "Who makes this report?"),
        _Question("reporter_role", "What is their role?"),
        _Question("dpo_name", "Who is the data protection officer?"),
        _Question("dpo_contact", "How is the data protection officer reached?"),
    )),
)  # fmt: skip


def parts(facts: FormFacts, now: datetime) -> tuple[FormPart, ...]:
    """The form as far as it applies at an instant, with the school's answers. Raises ValueError for a time without its zone."""
    left_out = frozenset(_left_out(facts, now))
    asked = ((title, [each for each in questions if each.name not in left_out]) for title, questions in _PARTS)
    return tuple(FormPart(title, tuple(_answered(each, facts, now) for each in questions)) for title, questions in asked if questions)


def when(instant: datetime) -> str:
    """An instant by London's clock: "Friday 20 November 2026, 16:35 GMT". Raises ValueError for a time without its zone."""
    local = in_zone(instant, ZONE)
    return f"{full_day(local)}, {clock(local)} {local.tzname()}"


def may_be_cyber(facts: FormFacts) -> bool:
    """Whether the cyber questions are to be answered: it is one, nobody knows yet, or nobody said and its kind does not rule it out."""
    if facts.cyber is None:
        return facts.kind not in PLAINLY_NOT_CYBER
    return facts.cyber != YesNoUnknown.NO


def is_late(facts: FormFacts, now: datetime) -> bool:
    """Whether the regulator was told after the 72 hours, or is not told yet and they are over."""
    return facts.aware_at is not None and needs_reason_for_delay(facts.aware_at, facts.told_at or now)


def people_told(facts: FormFacts, now: datetime) -> PeopleTold:
    """Which of the form's answers on telling the people follows from what was decided and done."""
    if facts.people_told_at is not None:
        return PeopleTold.YES if facts.people_told_at <= now else PeopleTold.PLANNED
    if facts.people_decision is None:
        return PeopleTold.UNDECIDED
    will_be = facts.people_decision in (PeopleDecision.TELL, PeopleDecision.IN_PUBLIC)
    return PeopleTold.PLANNED if will_be else PeopleTold.DECIDED_NOT


def _left_out(facts: FormFacts, now: datetime) -> Iterator[str]:
    """The questions that do not apply."""
    if facts.phase != ReportPhase.FOLLOW_UP:
        yield "case_reference"
    if not may_be_cyber(facts):
        yield from ("lost", "impact", "recovery")
    if not is_late(facts, now):
        yield "delay_reason"


def _answered(question: _Question, facts: FormFacts, now: datetime) -> FormAnswer:
    answer = _answer(question, facts, now) or question.otherwise
    return FormAnswer(question.name, question.words, answer, not answer, _hint(question, facts))


def _answer(question: _Question, facts: FormFacts, now: datetime) -> str:
    if question.name == "people_told":
        return _on_telling(facts, now)
    if question.name == "staff_trained" and facts.staff_trained is None and facts.staff_involved == YesNoUnknown.NO:
        return "Does not apply: no member of staff was involved"
    return _in_words(getattr(facts, question.name))


def _in_words(value: Any) -> str:
    """What the form is told; nothing for what is empty. Of several things each has a line."""
    if isinstance(value, tuple):
        return "\n".join(filter(None, map(_in_words, value)))
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, Words):
        return value.label
    return f"{value:,}" if isinstance(value, int) else (value or "").strip()


def _on_telling(facts: FormFacts, now: datetime) -> str:
    """The answer on telling the people, with the time or the reason."""
    answer = people_told(facts, now)
    if facts.people_told_at is not None:
        return f"{answer.label}, on {when(facts.people_told_at)}"
    if facts.people_decision is None or facts.people_decision == PeopleDecision.TELL:
        return answer.label
    ground = facts.people_decision.label.partition(": ")[2]
    public = " in public" if answer is PeopleTold.PLANNED else ""
    return f"{answer.label}{public}, because {ground}"


def _hint(question: _Question, facts: FormFacts) -> str:
    """What helps to answer; beside the discovery, when the clock started if that was another time."""
    if question.name == "discovered_at" and facts.aware_at not in (None, facts.discovered_at):
        return f"The school became aware, and the 72 hours began, on {_in_words(facts.aware_at)}."
    return question.hint
