"""Forms beside the registers: what was asked, what was typed, and what cannot be taken as it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request

from registry.schema import Invalid
from registry.typed import NOT_TEXT

Option = tuple[str, str, str | None]


@dataclass(kw_only=True)
class Asked:
    """One question of a plain form, as the field macro takes it."""

    name: str
    label: str = ""
    kind: str = "line"
    hint: str | None = None
    why: str | None = None
    value: Any = ""
    options: Sequence[Option] = ()
    errors: list[str] = field(default_factory=list)
    later: str = ""
    required: bool = False
    suggestions: Sequence[str] = ()
    revealed: Mapping[str, Any] = field(default_factory=dict)
    autocomplete: str = ""
    is_nested: bool = False


class Form(dict[str, Asked]):
    """The questions of a form by name; templates say form.email."""

    def __init__(self, questions: Iterable[Asked]) -> None:
        super().__init__((question.name, question) for question in questions)

    def __getattr__(self, name: str) -> Asked:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def take(self) -> dict[str, Any]:
        """Take what was sent into the questions; the same by name."""
        for question in self.values():
            typed = [NOT_TEXT.sub("", each)[:20_000] for each in request.form.getlist(question.name)]
            question.value = typed if question.kind == "choices" else next(iter(typed), "")
        return self.typed()

    def typed(self) -> dict[str, Any]:
        """What stands in the form, by name."""
        return {question.name: question.value for question in self.values()}

    def fill(self, values: Mapping[str, Any]) -> "Form":
        """Put values into the questions they belong to."""
        for name, value in values.items():
            if name in self:
                self[name].value = value
        return self

    def say(self, name: str, sentence: str) -> None:
        """Put a sentence at a question that cannot be taken as it is."""
        self[name].errors.append(sentence)

    def blame(self, problem: Invalid) -> None:
        """Put the sentences of a refusal at their questions."""
        for name, sentences in problem.messages.items():
            self[name].errors.extend(sentences)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Every sentence with the id of its field, for the summary above the form."""
        return [(question.name, sentence) for question in self.values() for sentence in question.errors]


def options(words: Iterable[Any], hints: Mapping[Any, str] | None = None) -> list[Option]:
    """The choices of an enum."""
    return [(word.value, word.label, (hints or {}).get(word)) for word in words]
