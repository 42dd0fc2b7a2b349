"""What may be said of a verdict to everybody who may check: the words never tell a safeguarding flag from a no."""

from collections.abc import Callable

from models.vocabulary import Outcome
from registry.rules.image_verdict import Reason, Verdict

ALIKE = frozenset({Reason.SAFEGUARDING, Reason.REFUSED, Reason.WITHDRAWN, Reason.OBJECTED, Reason.PR_CONFLICT, Reason.CHILD_REFUSED})
"""Reasons that read the same, to the letter: somebody said no, and who said it is nobody's business."""

_SENTENCES: dict[Reason, Callable[[str], str]] = {
    Reason.NO_CONSENT: lambda use: f"No answer for {use} yet, so no. Record an answer.",
    Reason.EXPIRED: lambda use: f"The yes for {use} has run out, so no. Ask again.",
    Reason.FULL_NAME: lambda use: f"Too much of the name for {use}. Show less of it, or none.",
    Reason.DEVICE_POLICY: lambda _use: "Not taken on a device of the school, so no. Take it again with one.",
    Reason.LEFT_SCHOOL: lambda _use: "Has left the school. Ask before you use it.",
    Reason.UNIDENTIFIED: lambda _use: "Nobody knows who this is yet. Find out first.",
    Reason.ATTESTATION: lambda _use: "Say first that dress, background and place are in order.",
}
GONE = "Left the school too long ago for a picture to be kept, so no."


def shown(verdict: Verdict, use: str) -> str:
    """A reason that is safe to show, about a use as it stands in a sentence ("the website"); empty for a yes."""
    if verdict.reason is None:
        return ""
    if verdict.reason in ALIKE:
        return f"Not for {use}."
    if verdict == Verdict(Outcome.BLOCK, Reason.LEFT_SCHOOL):
        return GONE
    return _SENTENCES[verdict.reason](use)
