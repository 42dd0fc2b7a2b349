"""Choices as other people's workbooks word them: by article, by the usual names of groups and rights, or by our own labels."""

import re
from collections.abc import Iterable

from exports.columns import spelling
from models.vocabulary import Words

NOT_APPLICABLE = frozenset({"na", "none", "notapplicable", "nil", ""})

_SPELT: dict[str, tuple[str, ...]] = {
    "yes": ("y", "true"),
    "no": ("n", "false"),
    "pupils": ("pupil", "students", "student", "children", "learners", "data subjects: pupils"),
    "parents_carers": ("parents", "carers", "guardians", "parents/carers", "parents and guardians", "parents/guardians", "families"),
    "staff": ("employees", "employee", "current employees", "workforce", "teachers", "school workforce"),
    "former_staff": ("former employees", "leavers", "ex-employees"),
    "former_pupils": ("alumni", "former students", "past pupils"),
    "prospective_pupils": ("prospective students", "applicants for a place", "future pupils"),
    "job_applicants": ("applicants", "candidates", "successful candidates", "unsuccessful candidates"),
    "emergency_contacts": ("next of kin",),
    "governors_trustees": ("governors", "trustees", "members", "school governors", "governors and trustees"),
    "suppliers_contacts": ("suppliers", "supplier contacts", "vendors"),
    "agency_staff": ("supply staff", "agency workers", "temporary staff"),
    "public": ("the public", "general public"),
    "hr": ("human resources", "personnel", "hr", "payroll and personnel"),
    "finance": ("accounts", "payroll"),
    "curriculum": ("education", "teaching", "teaching and learning", "curriculum", "assessment"),
    "premises": ("facilities", "estates", "site", "security"),
    "communications": ("marketing", "publicity", "pr"),
    "it": ("ict", "information technology", "it services"),
    "sen": ("send", "inclusion"),
    "health": ("medical", "first aid"),
    "information_governance": ("data protection", "compliance", "information governance"),
    "access": ("right of access", "access", "subject access"),
    "rectification": ("right to rectification", "rectification"),
    "erasure": ("right to erasure", "erasure", "right to be forgotten"),
    "restriction": ("right to restrict processing", "right to restriction", "restriction", "restrict processing"),
    "portability": ("right to data portability", "portability", "data portability"),
    "objection": ("right to object", "objection", "object"),
    "informed": ("right to be informed", "information"),
    "withdraw_consent": ("right to withdraw consent", "withdraw consent"),
    "human_review": ("rights in relation to automated decision making and profiling", "automated decisions"),
}
_BY_SPELLING = {spelling(words): code for code, several in _SPELT.items() for words in several}
_ARTICLES = (
    (re.compile(r"\b6\s*[.(]\s*1\s*\)?\s*[.(]*\s*(ea|[a-f])\b", re.IGNORECASE), "6.1.{}"),
    (re.compile(r"\b9\s*[.(]\s*2\s*\)?\s*[.(]*\s*([a-j])\b", re.IGNORECASE), "9.2.{}"),
    (re.compile(r"\bpart\s*(\d)\D{1,20}?(\d{1,2})\b", re.IGNORECASE), "part{}.{}"),
)
_PARTS = re.compile(r"[;\n]")


def is_blank(text: str) -> bool:
    """Whether a cell says that there is nothing to say: N/A, none, a dash."""
    return spelling(text) in NOT_APPLICABLE


def several(words: Iterable[Words], text: str) -> str:
    """A cell of several choices in our own words, with semicolons; a part that is not recognised stands as it is."""
    known = tuple(words)
    found: list[str] = []
    for part in filter(str.strip, _PARTS.split(text)):
        heard = recognised(known, part)
        smaller = [piece for piece in re.split(r",|\band\b|&", part) if piece.strip()] if heard is None else []
        pieces = [recognised(known, piece) for piece in smaller]
        if heard is not None:
            found.append(heard)
        elif pieces and all(pieces):
            found.extend(piece for piece in pieces if piece)
        else:
            found.append(part.strip())
    return "; ".join(dict.fromkeys(found))


def one(words: Iterable[Words], text: str) -> str:
    """A cell of one choice in our own words, or as it stands."""
    return recognised(tuple(words), text) or text.strip()


def recognised(words: tuple[Words, ...], text: str) -> str | None:
    """The label of the choice that a text means; None when that is not certain."""
    labels = {spelling(word.label): word.label for word in words} | {spelling(word.label.partition(": ")[0]): word.label for word in words}
    codes = {word.value.lower(): word.label for word in words}
    wanted = spelling(text)
    for pattern, shape in _ARTICLES:
        if (article := pattern.search(text)) and (label := codes.get(shape.format(*article.groups()).lower())):
            return label
    return labels.get(wanted) or codes.get(text.strip().lower()) or codes.get(_BY_SPELLING.get(wanted, ""))
