"""Between a form and answers: what was typed becomes what the schema reads, and what is stored becomes what a form shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from models.fields import ChoiceField, ChoicesField, RowsField
from registry.definition import Question
from registry.kinds import kind_of
from registry.naming import Named
from web.plain_forms import Asked, Option
from web.row_fields import laid_out, stored_rows, typed_rows

DAY_PARTS = ("day", "month", "year")
LONGEST_TYPED = 40_000
NO_ANSWER: Option = ("", "Take this answer away", None)


@dataclass(kw_only=True)
class Field(Asked):
    """One question of a register's form, as the field macro takes it."""

    suggestions: Sequence[Any] = ()
    too_many: bool = False
    only_when: tuple[str, str] | None = None  # shown by the script when that question has one of these values
    revealed: dict[str, list["Field"]] = field(default_factory=dict)

    @property
    def target(self) -> str:
        """The id of what a sentence in the summary leads to."""
        if self.kind == "day":
            return f"{self.name}-day"
        return f"{self.name}-add" if self.kind in ("link", "one") and not self.suggestions else self.name


def typed_in(form: "MultiDict[str, str]", questions: Iterable[Question]) -> dict[str, Any]:
    """What stands in a form that was sent, by question, exactly as it was typed."""
    return {question.name: _typed(form, question.name, kind_of(question.column).name) for question in questions}


def _typed(form: "MultiDict[str, str]", name: str, kind: str) -> Any:
    if kind in ("choices", "link", "one"):
        return [value for value in form.getlist(name) if value][:1000]
    if kind == "rows":
        return typed_rows(form, name)
    if kind == "day":
        return {part: form.get(f"{name}-{part}", "")[:40] for part in DAY_PARTS}
    return form.get(name, "")[:LONGEST_TYPED]


def as_given(question: Question, typed: Any) -> Any:
    """What was typed, as the schema takes it: a list of lines for several texts, so that only a new line parts them."""
    return typed.splitlines() if kind_of(question.column).name == "lines" and isinstance(typed, str) else typed


def as_typed(question: Question, answer: Any) -> Any:
    """A stored answer as the form shows it."""
    kind = kind_of(question.column).name
    if kind in ("choices", "link"):
        return [str(each) for each in answer or ()]
    if kind == "one":
        return [str(answer)] if answer else []
    if kind == "rows":
        return stored_rows(question, answer)
    if answer is None:
        return {} if kind == "day" else ""
    if kind == "day":
        return {"day": str(answer.day), "month": str(answer.month), "year": str(answer.year)}
    return "\n".join(answer) if kind == "lines" else str(answer)


def field_of(question: Question, typed: Any, said: Mapping[str, list[str]], later: Mapping[str, str]) -> Field:
    """A question with what stands in it, what stops the save, and what can wait."""
    kind = kind_of(question.column).name
    column = question.column
    options: list[Option] = []
    if isinstance(column, ChoiceField | ChoicesField):
        options = [(word.value, getattr(word, "label", word.value), None) for word in column.words]
        options += [(str(code), str(code), None) for code in _unknown(column, typed)]
    if kind == "choice" and typed and not question.required and question.usual is None:
        options.append(NO_ANSWER)
    if isinstance(column, RowsField):
        typed = laid_out(column.shape, typed)
    return Field(
        name=question.name,
        label=question.ask,
        kind=kind,
        hint=question.hint or None,
        why=question.why or None,
        value=typed,
        options=options,
        errors=list(said.get(question.name, ())),
        later=later.get(question.name, ""),
        required=question.required,
    )


def _unknown(column: ChoiceField | ChoicesField, typed: Any) -> list[str]:
    """Codes that another version of the program stored: they stay on the form, so that saving does not lose them."""
    known = column.words._value2member_map_
    return [code for code in (typed if isinstance(typed, list) else [typed]) if code and code not in known]


def offer(answer: Field, chosen: Iterable[Named], others: Iterable[Named], too_many: bool) -> Field:
    """Put the records that can be linked to into a question: those chosen first, in view in a long list."""
    offered = {str(record.id): f"{record.name} ({record.reference}{', archived' if record.archived else ''})" for record in (*chosen, *others)}
    answer.suggestions = tuple(offered.items())
    answer.too_many = too_many
    return answer
