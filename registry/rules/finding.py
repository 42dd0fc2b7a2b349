"""What a rule has to say about a record."""

from dataclasses import dataclass

from models.vocabulary import Words


class Severity(Words):
    """How much a finding matters: an error stands in the way of approval, the others do not."""

    ERROR = "error", "Error"
    WARNING = "warning", "Warning"
    NOTE = "note", "Note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing or wrong, with the law that says so and the question whose answer mends it."""

    code: str
    severity: Severity
    message: str
    source: str
    question: str
    mend: str = ""
