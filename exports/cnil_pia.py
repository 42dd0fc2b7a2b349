"""A DPIA out of CNIL's PIA software: what its JSON export says, piece by piece, each with the answer of a DPIA here in which it finds its place.

Its questions are known by numbers. What has no place here is named and left out; who wrote and validated it is not taken over.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from exports.unreadable import Unreadable
from models.vocabulary import ConsultedParty, RiskLikelihood, RiskSeverity
from models.vocabulary.shapes import CONSULTATIONS, RISKS
from registry.importing.uploads import FileRows
from registry.rules.row_text import written
from registry.typed import NOT_TEXT

NO_PIA = "This is no export of CNIL’s PIA software. There, open the list of PIAs, and choose Export, then JSON."
HEADINGS = ("There", "Answer", "Words")
"""What a piece was there, the name of the answer that it becomes here (empty where it has no place), and its words."""

PLACES: Mapping[int, tuple[str, str]] = {
    111: ("Processing under consideration", "need"),
    112: ("Responsibilities", "context"),
    113: ("Standards that apply", "context"),
    121: ("Data processed", "scope"),
    122: ("Life cycle of the data", "nature"),
    123: ("Assets that carry the data", "nature"),
    211: ("Purposes", "purposes"),
    212: ("Lawful basis", "necessity"),
    213: ("Minimisation", "minimisation"),
    214: ("Accuracy", "minimisation"),
    215: ("How long it is kept", "minimisation"),
    221: ("What people are told", "told"),
    222: ("Consent", "necessity"),
    223: ("Access and portability", "rights"),
    224: ("Correction and erasure", "rights"),
    225: ("Restriction and objection", "rights"),
    226: ("Processors", "processors_held"),
    227: ("Transfers", "transfers_safe"),
}
RISK_NAMES = {32: "Illegitimate access to data", 33: "Unwanted change of data", 34: "Data disappears"}
TEXTS = frozenset({*PLACES, *(group * 10 + place for group in RISK_NAMES for place in (5, 6))})
LISTS = frozenset(group * 10 + place for group in RISK_NAMES for place in (1, 2, 3, 4))
"""The questions whose text, and whose list, finds a place."""

SEVERITIES = (RiskSeverity.MINIMAL, RiskSeverity.SIGNIFICANT, RiskSeverity.SEVERE, RiskSeverity.SEVERE)
LIKELIHOODS = (RiskLikelihood.REMOTE, RiskLikelihood.POSSIBLE, RiskLikelihood.PROBABLE, RiskLikelihood.PROBABLE)
"""Four steps there, three here: the highest two become the highest, so that nothing looks smaller than it was."""

TAG = re.compile(r"<(?:([A-Za-z]++)|[/!?])[^<>]*+>")
"""What is no text, by the letters of its name where it begins something. It is read in one go, however broken: who made the file is not known."""
LINES: Mapping[str, str] = {"li": "\n- ", "br": "\n", "p": "\n", "div": "\n", "tr": "\n"}

Piece = tuple[str, str, str]


def take_in(raw: bytes) -> FileRows:
    """The pieces of an export, the first of which is its name. Raises Unreadable."""
    told = _opened(raw)
    pieces = [piece for piece in _pieces(told) if piece[2]]
    name = " ".join(_text(told["pia"].get("name")).split()) or "PIA without a name"
    rows = [("Name", "name", name), *pieces]
    return FileRows(HEADINGS, rows, [*range(1, len(rows) + 1)], {}, [], hashlib.sha256(raw).hexdigest())


def _opened(raw: bytes) -> dict[str, Any]:
    try:
        told = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable(NO_PIA) from None
    if not isinstance(told, dict) or not isinstance(told.get("pia"), dict) or not isinstance(told.get("answers"), list):
        raise Unreadable(NO_PIA)
    return told


def _pieces(told: Mapping[str, Any]) -> Iterator[Piece]:
    answers = {number: answer["data"] for answer in _list(told, "answers") if (number := _number(answer)) and isinstance(answer.get("data"), dict)}
    for number, (words, column) in PLACES.items():
        said = _text(answers.get(number, {}).get("text"))
        yield words, column, f"{words}: {said}" if said and _shared(column) else said
    measures = _measures(told)
    for group, name in RISK_NAMES.items():
        yield name, "risks", _risk(group, name, answers, measures)
    used = {title for group in RISK_NAMES for title in _several(answers.get(group * 10 + 4))}
    for title, content in measures.items():
        yield "Measure that no risk names", "", f"{title}: {content}".strip(": ") if title not in used else ""
    yield from _asked(told["pia"])
    yield from _left_out(told, answers)


def _measures(told: Mapping[str, Any]) -> dict[str, str]:
    """What is said of each measure, by its name, which several may share."""
    found: dict[str, list[str]] = {}
    for each in _list(told, "measures"):
        found.setdefault(" ".join(_text(each.get("title")).split()), []).append(_text(each.get("content")))
    return {title: "\n".join(filter(None, contents)) for title, contents in found.items()}


def _risk(group: int, name: str, answers: Mapping[int, Mapping[str, Any]], measures: Mapping[str, str]) -> str:
    """A risk as a row. What is estimated there counts the measures in, so it stands after them; how it is without them is said nowhere."""
    of = {place: answers.get(group * 10 + place, {}) for place in range(1, 7)}
    severity, likelihood = _step(of[5], SEVERITIES), _step(of[6], LIKELIHOODS)
    if not (severity or likelihood or any(_several(each) or _text(each.get("text")) for each in of.values())):
        return ""
    causes = "; ".join((*_several(of[2]), *_several(of[3])))
    why = [_text(of[place].get("text")) for place in (5, 6)]
    row = {
        "risk": f"{name}: {causes}" if causes else name,
        "impact": "\n".join(filter(None, ("; ".join(_several(of[1])), *why))),
        "measures": "\n".join(": ".join(filter(None, (title, measures.get(title, "")))) for title in _several(of[4])),
        "severity_after": severity,
        "likelihood_after": likelihood,
    }
    return written(RISKS, (row,))


def _step(answer: Mapping[str, Any], steps: tuple[Any, ...]) -> str:
    gauge = answer.get("gauge")
    return str(steps[gauge - 1].value) if type(gauge) is int and 1 <= gauge <= len(steps) else ""


def _asked(pia: Mapping[str, Any]) -> Iterator[Piece]:
    """Opinions. Whose the second was stands nowhere in a way that a program can tell."""
    opinion = _text(pia.get("dpo_opinion"))
    yield "Opinion of the data protection officer", "consultations", _consulted(ConsultedParty.DPO, "In CNIL’s PIA software", opinion)
    people = _text(pia.get("concerned_people_opinion"))
    how = ", ".join(filter(None, ("In CNIL’s PIA software", _text(pia.get("people_names")))))
    yield "Opinion of the people concerned", "consultations", _consulted(ConsultedParty.EXPERT, how, people)
    yield "Why they were not asked", "not_consulted_because", _text(pia.get("concerned_people_searched_content"))


def _consulted(party: ConsultedParty, how: str, said: str) -> str:
    return written(CONSULTATIONS, ({"party": party.value, "how": how, "said": said},)) if said else ""


def _left_out(told: Mapping[str, Any], answers: Mapping[int, Any]) -> Iterator[Piece]:
    for each in _list(told, "evaluations"):
        for field, words in (("evaluation_comment", "Comment of the evaluator"), ("action_plan_comment", "Action plan")):
            yield f"{words}, {_text(str(each.get('reference_to', '')))}", "", _text(each.get(field))
    for each in _list(told, "comments"):
        yield f"Comment, {_text(str(each.get('reference_to', '')))}".removesuffix(", "), "", _text(each.get("description"))
    for number in sorted(answers):
        text, several = _text(answers[number].get("text")), "; ".join(_several(answers[number]))
        yield f"Question {number}", "", "" if number in TEXTS else text
        yield f"Question {number}, its list", "", "" if number in LISTS else several
    yield "Reasons for refusing it", "", _text(told["pia"].get("rejection_reason"))
    yield "Changes made", "", _text(told["pia"].get("applied_adjustments") or told["pia"].get("applied_adjustements"))


def _shared(column: str) -> bool:
    return sum(column == each for _words, each in PLACES.values()) > 1


def _list(told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    several = told.get(name)
    return [each for each in several if isinstance(each, dict)] if isinstance(several, list) else []


def _number(answer: Mapping[str, Any]) -> int:
    """The number of a question; it is text in some versions."""
    said = str(answer.get("reference_to", ""))
    return int(said) if re.fullmatch("[0-9]{3}", said, re.ASCII) else 0


def _several(answer: Mapping[str, Any] | None) -> list[str]:
    several = (answer or {}).get("list")
    return [text for each in several if (text := " ".join(_text(each).split()))] if isinstance(several, list) else []


def _begins(tag: re.Match[str]) -> str:
    """The line that a block begins."""
    return LINES.get((tag[1] or "").lower(), "")


def _text(said: object) -> str:
    """Words without their layout, what a reader sees, a line for each block; whatever is no text says nothing."""
    if not isinstance(said, str):
        return ""
    first, *others = NOT_TEXT.sub("", said).replace("\n", " ").split("<!--")
    shown = first + "".join(each.split("-->", 1)[-1] for each in others)
    lines = (" ".join(line.split()) for line in NOT_TEXT.sub("", unescape(TAG.sub(_begins, shown))).splitlines())
    return "\n".join(line for line in lines if line not in ("", "-"))
