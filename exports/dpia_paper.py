"""A DPIA on paper and for Word, in the order of the ICO’s template: its seven steps, the last of which says who decided and against what advice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exports.paper import Letterhead, Paper, Part
from exports.register_paper import paper_of
from models.dpia import Dpia
from models.vocabulary import ConsultedParty
from models.vocabulary.advice import Advice
from models.vocabulary.shapes import CONSULTATIONS
from registry.access import Deed, require
from registry.approval.versions import Version, steps_of, versions_of
from registry.catalogue import find as register_of
from registry.definition import Section
from registry.linking import linked_ids
from registry.naming import named
from registry.occasion import Occasion
from registry.registers.data_protection.dpias import DPIAS
from registry.rules.dpia_regulator import RegulatorFacts, block
from registry.rules.dpia_risks import RiskRow, rows_of
from registry.rules.dpia_screening import ScreeningAnswers, screen
from registry.rules.flow_picture import FlowRow, flows_of
from registry.rules.plain_dates import full_day
from registry.rules.rows_said import rows_said
from registry.trace.audit import Happened, recording
from registry.trace.telling import lines_of_answer

NOBODY_YET = "Nobody yet"
OVERRULED = {
    Advice.AGREES: "Accepted",
    Advice.WITH_CHANGES: "Approved as it is, against part of the advice",
    Advice.AGAINST: "Overruled",
}
Answers = Sequence[tuple[str, Sequence[str]]]


def of_dpia(row: Dpia, occasion: Occasion, head: Letterhead) -> Paper:
    """The whole DPIA; noted in its history. Raises Forbidden."""
    require(occasion.by, Deed.EXPORT, DPIAS)
    with recording(occasion.by, occasion.at) as trace:
        trace.note(Happened.EXPORTED, DPIAS.table._meta.table_name, row.id)
    parts = (_screening(row, occasion), *_description(row), *_consultation(row), *_necessity(row), *_risks(row), *_sign_off(row, occasion))
    below = [f"Data protection impact assessment {row.reference}", f"{row.stage.label}."]
    return paper_of(row.name, occasion, head, below=below, parts=[*_said(parts)])


def _said(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts in which something stands; a step that nobody has written yet says so."""
    for part in parts:
        if part.answers or part.rows or part.points:
            yield part if part.rows else replace(part, columns=())
        elif part.heading.startswith("Step"):
            yield Part(heading=part.heading, below=("Not written yet.",))


def _screening(row: Dpia, occasion: Occasion) -> Part:
    """Whether one is needed, and about what it is."""
    about = linked_ids(row.id)
    answers = [(question.label, [f"{each.name} ({each.reference})" for each in named(register_of(question.to), occasion.by, about[question.name])])
               for question in DPIAS.links if question.name in about]  # fmt: skip
    said = ScreeningAnswers(row.article_35, row.regulator_items, row.criteria, row.concerns_pupils)
    verdict = [("Screening", [row.outcome.label]), ("Reasons", _lines(row.screening_because))] if row.outcome else []
    return Part(heading="Screening", answers=_given([*verdict, *answers]), points=screen(said).reasons if row.outcome else ())


def _description(row: Dpia) -> Iterator[Part]:
    yield Part(heading="Step 1: identify the need for a DPIA", answers=_of(row, "need"))
    yield Part(heading="Step 2: describe the processing", answers=_of(row, "nature", "scope", "context", "purposes"))
    flows = [(str(number), *_flow(flow)) for number, flow in enumerate(flows_of(row.flows), 1)]
    yield Part(heading="Where the data goes", level=3, columns=("Way", "From", "To", "What goes", "Protected by"), rows=flows)


def _flow(flow: FlowRow) -> tuple[str, ...]:
    return flow.sender, f"{flow.receiver} ({flow.country})" if flow.leads_abroad else flow.receiver, flow.what, flow.protected_by


def _consultation(row: Dpia) -> Iterator[Part]:
    asked = [(ConsultedParty(each["party"]).label, each.get("how", ""), each.get("said", ""), each.get("taken_up", ""))
             for each in rows_said(CONSULTATIONS, row.consultations)]  # fmt: skip
    columns = ("Who", "How and when", "What they said", "What came of it")
    yield Part(heading="Step 3: consultation process", columns=columns, rows=asked, answers=_of(row, "not_consulted_because"))


def _necessity(row: Dpia) -> Iterator[Part]:
    names = [question.name for question in _section("necessity").questions]
    yield Part(heading="Step 4: assess necessity and proportionality", answers=_of(row, *names))


def _risks(row: Dpia) -> Iterator[Part]:
    risks = rows_of(row.risks)
    before = [(_two(risk.risk, risk.impact), risk.likelihood.label if risk.likelihood else "", risk.severity.label if risk.severity else "",
               risk.before.label if risk.before else "Not judged") for risk in risks]  # fmt: skip
    yield Part(heading="Step 5: identify and assess risks", columns=("Risk and impact", "Likelihood", "Severity", "Overall risk"), rows=before)
    columns = ("Risk", "Measures", "Effect", "Risk left", "Approved")
    yield Part(heading="Step 6: identify measures to reduce risk", columns=columns, rows=[_measured(risk) for risk in risks])


def _measured(risk: RiskRow) -> tuple[str, ...]:
    effect, left = risk.effect.label if risk.effect else "", risk.after.label if risk.after else "Not judged"
    return risk.risk, risk.measures or "", effect, left, risk.approved.label if risk.approved else ""


def _sign_off(row: Dpia, occasion: Occasion) -> Iterator[Part]:
    last = next(iter(versions_of(DPIAS, row, occasion.by)), None)
    decided = _decided(row, last) if last else _advised(row, occasion)
    left = [("Risk left", [row.residual.label] if row.residual else ["Not judged"])]
    yield Part(heading="Step 7: sign off and record outcomes", answers=[*left, *decided])
    names = [question.name for question in _section("regulator").questions]
    stop = block(RegulatorFacts(regulator_asked_on=row.regulator_asked_on, regulator_outcome=row.regulator_outcome, residual=row.residual))
    yield Part(heading="The regulator (Article 36)", level=3, answers=_of(row, *names), points=[stop] if stop else ())
    names = ["kept_under_review_by", "review_when", "last_reviewed_on", "next_review_on", "live_on", "ended_on"]
    yield Part(heading="Review", level=3, answers=_of(row, *names))


def _decided(row: Dpia, last: Version) -> Answers:
    """Who approved which version, and what became of the advice; another version than this one is said to be so."""
    version, advice = last.row, last.row.verdict
    advised = f"{last.advised_by}, {full_day(version.advised_at.date())}: {advice.label}" if advice else "No advice was given"
    now = "as it stands here" if row.is_as_approved else "and changed since: nobody has approved it as it stands here"
    answers = [
        ("Measures and risk left approved by", [f"{last.approved_by}, {full_day(version.approved_at.date())}: version {last.number}, {now}"]),
        ("DPO advice provided by", [advised]),
        ("Summary of DPO advice", _lines(version.advice)),
        ("DPO advice accepted or overruled", [f"{OVERRULED[advice]}, by {last.approved_by}"] if advice else []),
        ("Reasons", _lines(version.reasons)),
    ]
    return _given(answers)


def _advised(row: Dpia, occasion: Occasion) -> Answers:
    """The advice so far, while nobody has approved anything."""
    advice = next((step for step in steps_of(DPIAS, row, occasion.by) if step.verdict and step.about == row.version), None)
    said = f"{advice.by}: {advice.verdict.label}" if advice and advice.verdict else NOBODY_YET
    words = _lines(advice.words) if advice else []
    return _given([("Measures and risk left approved by", [NOBODY_YET]), ("DPO advice provided by", [said]), ("Summary of DPO advice", words)])


def _section(begins: str) -> Section:
    return next(section for section in DPIAS.sections if section.slug.startswith(begins))


def _of(row: Dpia, *names: str) -> Answers:
    """What is answered of these questions, in words."""
    questions = [DPIAS.questions[name] for name in names]
    return _given([(each.label, _lines("\n".join(lines_of_answer(each, getattr(row, each.name))))) for each in questions])


def _given(answers: Sequence[tuple[str, Sequence[str]]]) -> Answers:
    return [(label, lines) for label, lines in answers if lines]


def _lines(words: object) -> list[str]:
    return str(words or "").splitlines()


def _two(first: str, then: str | None) -> str:
    return f"{first}\n{then}" if then else first
