"""What a program may ask of a list: the parameters of its page, each with what it takes, so that a mistyped one is refused and not passed over."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry.actor import Actor
from registry.definition import Register
from registry.lists.views import CHIPS, LONGEST_SEARCH, MOST_CHOSEN, MOST_NAMED, NOT_ANSWERED, SIZES, USUAL_SIZE, chips_of, choices_of, sortable
from registry.plain import AN_ID
from registry.schema import Invalid, questions_for

A_NUMBER = re.compile("[0-9]{1,15}")


@dataclass(frozen=True)
class Parameter:
    """One parameter: one of the choices if there are any, else the id of a record, a number, else text; `most` is how often it may stand."""

    name: str
    says: str
    choices: tuple[str, ...] = ()
    is_id: bool = False
    is_number: bool = False
    most: int = 1

    def complaint(self, values: Sequence[str]) -> str:
        """What is wrong with the values that were given for it; empty when nothing is."""
        if len(values) > self.most:
            return "Give this once." if self.most == 1 else f"Give this {self.most} times at most."
        if self.choices:
            return "" if all(value in self.choices for value in values) else f"Choose from: {', '.join(self.choices)}"
        if self.is_number:
            return "" if all(A_NUMBER.fullmatch(value) for value in values) else "Give a whole number from 0 on, of 15 digits at most."
        if self.is_id:
            return "" if all(AN_ID.fullmatch(value) for value in values) else "Give the id of a record."
        return "" if len(values[0]) <= LONGEST_SEARCH else f"Use {LONGEST_SEARCH} characters or fewer."


def parameters_of(register: Register, by: Actor) -> Iterator[Parameter]:
    """The parameters of a list, as far as this person may see what they ask about."""
    questions = {question.name: question for question in questions_for(register, by)}
    chips = chips_of(register, by)
    yield Parameter("q", "Words in the name or in a text of the first section, a reference, or the whole of a sealed name.")
    yield Parameter("show", "Only some: " + "; ".join(f"{chip}: {CHIPS[chip].lower()}" for chip in chips) + ".", chips)
    yield Parameter("sort", "What the list is sorted by; by name without it.", tuple(sorted(sortable(register, by))))
    yield Parameter("order", "Turns the order round.", ("down",))
    for question in questions.values():
        if question.filtered and question.to:
            says = f"Only records whose “{question.label}” is one of these records, by id."
            yield Parameter(question.name, says, is_id=True, most=MOST_NAMED)
        elif question.filtered and (choices := tuple(code for code, _label in choices_of(question))):
            says = f"Only records with one of these answers to “{question.label}”; {NOT_ANSWERED} for those without an answer."
            yield Parameter(question.name, says, choices, most=len(choices))
    others = tuple(name for name in questions if name != register.title.name)
    if others:
        yield Parameter("column", "Which answers stand in the list beside the name; those of the page without it.", others, most=len(others))
    yield Parameter("rows", f"How many records at a time; {USUAL_SIZE} without it.", tuple(map(str, SIZES)))
    yield Parameter("row", "Only these records, by id.", is_id=True, most=MOST_CHOSEN)
    yield Parameter("after", "The id of the record after which to go on; the answer’s “later” has it.", is_id=True)
    yield Parameter("before", "The id of the record before which to go back; the answer’s “earlier” has it.", is_id=True)


def demand_sound(asked: Mapping[str, Sequence[str]], known: Iterator[Parameter]) -> None:
    """Raise Invalid with a sentence for every parameter that there is not, or that takes something else."""
    parameters = {parameter.name: parameter for parameter in known}
    wrong = {name: "There is no such parameter here." for name in asked if name not in parameters}
    wrong |= {name: said for name, each in parameters.items() if name in asked and (said := each.complaint(asked[name]))}
    if wrong:
        raise Invalid({name: [sentence] for name, sentence in wrong.items()})


def history_parameters() -> Iterator[Parameter]:
    """The parameters of a history: the numbers between which it goes on."""
    yield Parameter("before", "The number of the entry before which to go on; the answer’s “older” has it.", is_number=True)
    yield Parameter("after", "The number of the entry after which to go back; the answer’s “newer” has it.", is_number=True)
