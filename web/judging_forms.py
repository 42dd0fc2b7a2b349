"""The forms in which a breach is judged: their questions bear the deed in their names, so that several forms stand on one page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from flask import request

from models.vocabulary import Words
from web.breach_page import Errors
from web.plain_forms import Asked, Form

Word = TypeVar("Word", bound=Words)


def form_of(do: str, questions: Sequence[Asked], errors: Errors) -> Form:
    """The form of one deed, with what was typed and what cannot be taken as it is, if it was sent just now."""
    form = Form(_named(do, questions))
    if is_sent(do):
        form.take()
        for name, sentences in errors.items():
            if (key := f"{do}-{name}") in form:
                form[key].errors.extend(sentences)
    return form


def is_sent(do: str) -> bool:
    """Whether this deed was sent just now."""
    return request.form.get("do") == do


def text_in(do: str, name: str) -> str:
    """What was typed at a question."""
    return request.form.get(f"{do}-{name}", "")


def word_in(do: str, name: str, words: type[Word]) -> Word | None:
    """What was chosen at a question; nothing for no word of it."""
    typed = text_in(do, name)
    return words(typed) if typed in set(words) else None


def figure_in(do: str, name: str, offered: Mapping[float, str]) -> float | None:
    """The figure that was chosen at a question; nothing for one that is not offered."""
    return next((figure for figure in offered if f"{figure:g}" == text_in(do, name)), None)


def figures(offered: Mapping[Any, str]) -> list[tuple[str, str, None]]:
    """The choices of a question whose answers are figures."""
    return [(f"{figure:g}", words, None) for figure, words in offered.items()]


def _named(do: str, questions: Sequence[Asked]) -> Iterator[Asked]:
    """Every question, and those that a choice reveals, by its name in the form."""
    for question in questions:
        question.name = f"{do}-{question.name}"
        yield question
        for below in question.revealed.values():
            yield from _named(do, below)
