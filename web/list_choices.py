"""What a list can be narrowed by, and which columns it can have: long, the same for a role, and so laid out once and kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from flask import render_template
from markupsafe import Markup

from models.roles import Role
from registry.actor import Actor
from registry.catalogue import find as register_of
from registry.definition import Question, Register
from registry.lists.views import CHIPS, View, choices_of, columns_of
from registry.naming import named
from registry.schema import questions_for
from web.guard import current_actor
from web.rendering import lower_first, plural

GONE = "one that is not there"


@dataclass(frozen=True)
class ListChoices:
    """The insides of the two menus of a list, and how many columns there are."""

    filters: Markup
    columns: Markup
    column_count: int


def choices_in(register: Register, by: Actor, view: View) -> ListChoices:
    """What somebody in this role can choose, with what is chosen now."""
    return _laid_out(register, by.role, view.filters, view.columns)


@lru_cache(maxsize=512)
def _laid_out(register: Register, role: Role | None, filters: tuple[tuple[str, tuple[str, ...]], ...], columns: tuple[str, ...]) -> ListChoices:
    anybody = Actor("anybody in this role", role=role)
    asked = dict(filters)
    offered = [question for question in questions_for(register, anybody) if question is not register.title]
    shown = columns_of(register, anybody, View(columns=columns))
    boxes = [_box(question, asked.get(question.name, ())) for question in offered if question.filtered and not question.to]
    about = [(question.name, value) for question in offered if question.to for value in asked.get(question.name, ())]
    names = [(question, question in shown) for question in (*shown, *(each for each in offered if each not in shown))]
    return ListChoices(
        filters=Markup(render_template("register/list_filters.html", boxes=boxes, about=about)),  # noqa: S704 - a template escaped it
        columns=Markup(render_template("register/list_columns.html", title=register.title.label, names=names)),  # noqa: S704
        column_count=len(offered) + 1,
    )


def narrowed_by(register: Register, view: View) -> Iterator[tuple[str, View]]:
    """What a list is narrowed by beside its quick filter: in words, and the view without it."""
    if view.only:
        yield plural(len(view.only), "chosen row"), replace(view, only=())
    if view.search:
        yield f"“{view.search}”", replace(view, search="")
    for name, values in view.filters:
        question = register.questions[name]
        words = _names(question, values) if question.to else dict(choices_of(question))
        for value in values:
            yield f"{question.label}: {words[value].partition(': ')[0]}", replace(view, filters=_without(view, name, value))


def _names(question: Question, values: Sequence[str]) -> dict[str, str]:
    """The names of the records by which a list is narrowed, as far as the reader may see them."""
    there = {str(each.id): each.name for each in named(register_of(question.to), current_actor(), map(UUID, values))}
    return {value: there.get(value, GONE) for value in values}


def narrowing(register: Register, view: View) -> str:
    """The same in one phrase for paper, with the quick filter and the search first; empty for the whole list."""
    said = [lower_first(CHIPS[view.chip])] if view.chip else []
    said += [f"with “{view.search}” in it"] if view.search else []
    return "; ".join([*said, *(words for words, _without_it in narrowed_by(register, replace(view, search="")))])


def _without(view: View, name: str, value: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rest = ((each, tuple(other for other in values if each != name or other != value)) for each, values in view.filters)
    return tuple(each for each in rest if each[1])


def _box(question: Question, chosen: tuple[str, ...]) -> tuple[Question, int, list[tuple[str, str, bool]]]:
    """A question with how many of its choices are chosen, and each choice."""
    return question, len(chosen), [(code, label, code in chosen) for code, label in choices_of(question)]
