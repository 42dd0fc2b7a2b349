"""Who may approve a record as it is, what stands in the way, and what is to be done next; the author is never the only approver."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.vocabulary.advice import Advice

ALONE = "You cannot approve it alone: you wrote the last change."
APART = "You gave the advice on it, so somebody else decides."
ADVISED: dict[Advice | None, str] = {
    Advice.WITH_CHANGES: "The advice is to agree once something is changed.",
    Advice.AGAINST: "The advice is against it.",
}
ANOTHER_CHANGE = "have somebody else make the next change, such as the day it was last checked"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the school: how the trace signs for them, and their name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a record stands on its way to approval, and who is looking at it."""

    number: int  # of the version that would be approved next
    looker: str  # the signature of whoever looks
    errors: int = 0
    is_archived: bool = False
    is_starter: bool = False
    is_as_approved: bool = False
    author: str = ""  # the signature of whoever made the last change; empty when that was the program itself
    approvers: tuple[Colleague, ...] = ()
    approving: tuple[str, ...] = ()  # the roles that approve, in words
    advisers: tuple[Colleague, ...] = ()
    advising: tuple[str, ...] = ()  # the roles whose advice comes first; none where no advice is asked for
    verdict: Advice | None = None  # on the record as it is now
    adviser: str = ""  # the signature of whoever gave that
    may_advise: bool = False
    may_approve: bool = False

    @property
    def is_author(self) -> bool:
        """Whether whoever looks made the last change."""
        return self.looker == self.author

    @property
    def is_adviser(self) -> bool:
        """Whether whoever looks gave the advice, perhaps in another role than they have by now."""
        return self.looker == self.adviser

    @property
    def able(self) -> tuple[Colleague, ...]:
        """Those who may approve it as it is."""
        return tuple(each for each in self.approvers if each.key not in (self.author, self.adviser))

    @property
    def waits_for_advice(self) -> bool:
        """Whether advice comes first, and nobody has given any on the record as it is now."""
        return bool(self.advising) and self.verdict is None


def not_ready(standing: Standing) -> str:
    """Why a record cannot be put forward as it is; empty when it can."""
    if standing.is_archived:
        return "It is archived. Bring it back before it is approved."
    if standing.is_starter:
        return "Nobody has checked this starter entry yet. Confirm it before it is approved."
    if standing.errors:
        return f"It has {_errors(standing.errors)}. Mend {'it' if standing.errors == 1 else 'them'} before it is approved."
    if standing.is_as_approved:
        return f"Nothing has changed since version {standing.number - 1} was approved."
    return ""


def not_advisable(standing: Standing, verdict: Advice, words: str) -> str:
    """Why this advice cannot be taken down; empty when it can. Whether their role advises is asked elsewhere."""
    if verdict is not Advice.AGREES and not words.strip():
        return "Write what should be different, and why."
    return not_ready(standing)


def not_approvable(standing: Standing, reasons: str) -> str:
    """Why whoever looks cannot approve a record as it is; empty when they can. Whether their role approves is asked elsewhere."""
    if sentence := not_ready(standing):
        return sentence
    if standing.waits_for_advice:
        return no_advice(standing)
    if standing.is_author:
        return f"{ALONE} {_who_else(standing)}"
    if standing.is_adviser:
        return f"{APART} {_who_else(standing)}"
    if needs_reasons(standing) and not reasons.strip():
        return "Write why you approve it as it is, because the advice was not simply to agree."
    return ""


def needs_reasons(standing: Standing) -> bool:
    """Whether approving means not following the advice to the letter."""
    return standing.verdict not in (None, Advice.AGREES)


def no_advice(standing: Standing) -> str:
    """Whose advice is missing."""
    if not standing.advisers:
        return f"Nobody here is {_either(standing.advising)}, whose advice comes first. Give somebody that role."
    return f"Advice comes first: {_names(standing.advisers)} has not given any on it as it is now."


def next_step(standing: Standing) -> str:
    """What is to be done next, by whom; empty for what is archived or not checked, of which the record itself speaks."""
    if standing.is_archived or standing.is_starter:
        return ""
    if standing.is_as_approved:
        return f"Version {standing.number - 1} holds: nothing has changed since it was approved."
    if standing.waits_for_advice and not standing.advisers:
        return _sentence([*_mending(standing)]) + no_advice(standing)
    steps = [*_mending(standing), *_advising(standing), *_approving(standing)]
    if not not_approvable(standing, reasons="given") and standing.may_approve:
        return _ready(standing)
    after = f"{ALONE} " if standing.may_approve and standing.is_author else ""
    return (_sentence(steps) + after + ("" if standing.able else _who_else(standing))).strip()


def _ready(standing: Standing) -> str:
    """What is said to whoever may approve it now; advice that was not simply to agree comes before the button."""
    if said := ADVISED.get(standing.verdict):
        return f"{said} Read it, then have that mended, or approve version {standing.number} and give your reasons."
    return f"It is ready for you to approve as version {standing.number}."


def _mending(standing: Standing) -> list[str]:
    return [f"mend the {'error' if standing.errors == 1 else _errors(standing.errors)}"] if standing.errors else []


def _advising(standing: Standing) -> list[str]:
    if not standing.waits_for_advice:
        return []
    return ["give your advice" if standing.may_advise else f"ask {_names(standing.advisers)} for advice"]


def _approving(standing: Standing) -> list[str]:
    if not standing.able:
        return []
    if standing.may_approve and not standing.is_author and not standing.is_adviser:
        return [f"approve version {standing.number}"]
    return [f"ask {_names(standing.able)} to approve version {standing.number}"]


def _who_else(standing: Standing) -> str:
    """Who else may approve, or what to do where nobody may."""
    if standing.able:
        return f"Ask {_names(standing.able)} to approve it."
    role = _either(standing.approving)
    if not standing.approvers:
        return f"Nobody here is {role}, who approves it. Give somebody that role."
    if standing.adviser in {each.key for each in standing.approvers}:
        return f"Nobody here may approve it but those who wrote the last change or gave the advice: give somebody else the role of {role}."
    if standing.is_author:
        return f"Nobody else here may approve it: {ANOTHER_CHANGE}, or give somebody else the role of {role}."
    return f"{_names(standing.approvers)} wrote the last change, and nobody else here may approve it: {ANOTHER_CHANGE}."


def _sentence(steps: Sequence[str]) -> str:
    words = ", then ".join(steps)
    return f"{words[:1].upper()}{words[1:]}. " if words else ""


def _names(people: Sequence[Colleague]) -> str:
    return _either([each.name for each in people])


def _either(words: Sequence[str]) -> str:
    """Several things to choose from: "a, b or c"."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _errors(count: int) -> str:
    return "1 error" if count == 1 else f"{count} errors"
