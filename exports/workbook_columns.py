"""How the answers to a question stand in a workbook: as text, days, numbers or drop-downs, with how to write what no drop-down can hold."""

from exports.workbook import Column, Kind
from models.vocabulary import Words
from registry.definition import Question, Register
from registry.kinds import kind_of

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("text", "prose", "rows", "lines", "choices"), "text"),
    "day": "day", "number": "number", "choice": "choice",
}
LONGEST_LIST = 1_500
"""Letters of a comment; whoever needs the rest finds it in the list of what each column means."""


def column_of(register: Register, question: Question, *, explained: bool = False) -> Column:
    """The column of a question; with `explained`, every heading says what is asked, for an empty file to be filled in."""
    kind = kind_of(question.column).name
    as_cell: Kind = "name" if question is register.title else _KINDS.get(kind, "line")
    choices = tuple(word.label for word in words_of(question)) if kind == "choice" else ()
    said = [how_to_write(question)] if kind in ("choices", "lines", "link", "one") else []
    if explained:
        said = [question.ask, question.hint, "Needed." if question.required else "", *(said or [how_to_write(question)])]
    width = 20 if question.to else 0
    return Column(question.label, as_cell, "\n".join(filter(None, said)), choices, width)


def words_of(question: Question) -> tuple[Words, ...]:
    """The choices of a question, none where there are none."""
    return tuple(getattr(question.column, "words", ()))


def how_to_write(question: Question) -> str:
    """How an answer is written into a cell."""
    kind = kind_of(question.column).name
    if kind == "choices":
        words = "\n".join(word.label for word in words_of(question))
        shown = words if len(words) <= LONGEST_LIST else f"{words[:LONGEST_LIST].rpartition(chr(10))[0]}\nand more"
        return f"One or more of these, with semicolons between them:\n{shown}"
    return {
        "lines": "Several answers go in one cell, with semicolons between them.",
        "link": "References, such as XX-0001, or full names, with semicolons between them.",
        "one": "A reference, such as XX-0001, or a full name.",
        "day": "A day.",
        "number": "A whole number.",
        "choice": "Choose from the list.",
    }.get(kind, "")
