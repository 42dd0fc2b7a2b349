"""What each answer of a register means, for whoever fills in its files: derived from the declaration and from nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from exports.selection import REFERENCE_HEADING
from exports.workbook import DICTIONARY, Column, Page
from exports.workbook_columns import how_to_write, words_of
from registry.access import Deed, allowed
from registry.actor import Actor
from registry.cells import REFERENCE, reference_of
from registry.definition import Question, Register
from registry.kinds import kind_of
from registry.schema import questions_for

HEADINGS = (
    "Heading",
    "Name",
    "Section",
    "Question",
    "Kind of answer",
    "Needed",
    "Choices",
    "Asked when",
    "How to write it",
    "Hint",
    "Why",
    "Who may see it",
)
_WIDTHS = (26, 20, 24, 40, 18, 9, 44, 36, 40, 48, 40, 40)
_KINDS = {
    "line": "One line of text",
    "text": "Text",
    "sealed": "One line, sealed",
    "prose": "Text, sealed",
    "rows": "A list of things with parts, sealed",
    "moment": "Day and time",
    "number": "Whole number",
    "day": "Day",
    "lines": "Several texts",
    "choice": "One choice",
    "choices": "Several choices",
    "link": "Other records",
    "one": "Another record",
}


@dataclass(frozen=True)
class Entry:
    """One question as the dictionary explains it."""

    heading: str
    name: str
    section: str
    question: str
    kind: str
    is_needed: bool
    choices: tuple[str, ...]
    asked_when: str
    how: str
    hint: str
    why: str
    seen_by: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The entry as a row of a file."""
        needed = "Yes" if self.is_needed else "No"
        start = (self.heading, self.name, self.section, self.question, self.kind, needed, "\n".join(self.choices))
        return (*start, self.asked_when, self.how, self.hint, self.why, ", ".join(self.seen_by))


def entries(register: Register, by: Actor) -> Iterator[Entry]:
    """Every question that this person may see, in the order of the form, the reference first."""
    everybody = tuple(sorted(role.label for role in allowed(Deed.SEE, register)))
    example = reference_of(register, 1)
    what = f"Which {register.one} a row speaks of. Leave it blank for a new one."
    yield Entry(REFERENCE_HEADING, REFERENCE, "", what, "Reference", False, (), "", f"As the program gave it, such as {example}.", "", "", everybody)
    for question in questions_for(register, by):
        yield _entry(register, question)


def page(register: Register, by: Actor) -> Page:
    """The dictionary as a sheet of a workbook."""
    columns = [Column(heading, "text", width=width) for heading, width in zip(HEADINGS, _WIDTHS, strict=True)]
    return Page(DICTIONARY, columns, [entry.cells for entry in entries(register, by)], frozen=1)


def _entry(register: Register, question: Question) -> Entry:
    kind = kind_of(question.column).name
    how = how_to_write(question) if kind not in ("choice", "choices") else _how_to_choose(kind)
    return Entry(
        heading=question.label,
        name=question.name,
        section=register.section_of(question.name).title,
        question=question.ask,
        kind=_KINDS[kind],
        is_needed=question.required,
        choices=tuple(word.label for word in words_of(question)),
        asked_when=_condition(register, question),
        how=how,
        hint=question.hint,
        why=question.why,
        seen_by=tuple(sorted(role.label for role in allowed(Deed.SEE, register, question))),
    )


def _how_to_choose(kind: str) -> str:
    return "One of the choices." if kind == "choice" else "One or more of the choices, with semicolons between them."


def _condition(register: Register, question: Question) -> str:
    """After which answer a question is asked, in words; a long list of answers is any answer."""
    if question.when is None:
        return ""
    asked_first, answers = register.questions[question.when[0].name], question.when[1]
    if len(answers) == len(words_of(asked_first)):
        return f"“{asked_first.label}” is answered"
    return f"“{asked_first.label}” is {' or '.join(getattr(each, 'label', str(each)).partition(': ')[0] for each in answers)}"
