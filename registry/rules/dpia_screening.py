"""Whether something planned needs a DPIA: UK GDPR Article 35(3), then the regulator’s list, then the nine European criteria (WP248)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from models.vocabulary import Article35, Criterion, RegulatorItem, ScreeningOutcome, Words, YesNoUnknown
from registry.rules.answers import Answer, is_no, is_yes, listed

Choice = TypeVar("Choice", bound=Words)

NEEDS_A_CRITERION = frozenset({
    RegulatorItem.INNOVATIVE, RegulatorItem.BIOMETRIC, RegulatorItem.GENETIC, RegulatorItem.INVISIBLE, RegulatorItem.TRACKING,
})  # fmt: skip
"""What makes an assessment due only with one of the nine criteria beside it; the rest of the list does so alone."""

REQUIRED = frozenset({ScreeningOutcome.ARTICLE_35_3, ScreeningOutcome.REGULATORS_LIST, ScreeningOutcome.TWO_CRITERIA})
"""The outcomes after which the law demands an assessment."""

TWO = 2

SAID: Mapping[str, Answer] = {
    **dict.fromkeys(("yes", "true", "y", "1"), True),
    **dict.fromkeys(("no", "false", "n", "0"), False),
    **dict.fromkeys(("unknown", "not known yet", "none", ""), None),
}
"""A yes, a no, or neither yet, as forms, programs and files write it."""

NOT = frozenset({"no", "not", "none", "never", "without"})
"""What takes back the words beside it: whoever writes so is asked again."""

NOT_GIVEN: Any = object()

SYNONYMS = {
    "article_35": ("article_35", "art35_3"),
    "regulator_items": ("regulator_items", "ico_list"),
    "criteria": ("criteria", "wp248"),
    "concerns_pupils": ("concerns_pupils",),
}
"""By which names a mapping may give each answer."""


@dataclass(frozen=True, slots=True)
class ScreeningAnswers:
    """What a screening asks; each name is the column of the same name, and a school’s plans concern pupils unless somebody says no."""

    article_35: tuple[Article35 | str, ...] = ()
    regulator_items: tuple[RegulatorItem | str, ...] = ()
    criteria: tuple[Criterion | str, ...] = ()
    concerns_pupils: YesNoUnknown | Answer = YesNoUnknown.YES


@dataclass(frozen=True, slots=True)
class Screening:
    """What a screening comes to, and everything that was met, a sentence each."""

    outcome: ScreeningOutcome
    reasons: tuple[str, ...]

    @property
    def is_required(self) -> bool:
        """Whether the law demands an assessment."""
        return self.outcome in REQUIRED


def screen(answers: ScreeningAnswers | Mapping[str, Any]) -> Screening:
    """What these answers come to; a mapping may be a whole record, of which only the answers are read.

    A choice is given as itself, by its number, name or words. Raises ValueError for one that is not on its list, and for what is no answer at all.
    """
    if isinstance(answers, Mapping):
        answers = _answers(answers)
    if not isinstance(answers, ScreeningAnswers):
        raise ValueError("Give the answers of a screening by their names.")
    kinds = _chosen(Article35, answers.article_35)
    items = _chosen(RegulatorItem, answers.regulator_items)
    criteria = _criteria(answers)
    outcome = _outcome(kinds, items, criteria)
    return Screening(outcome, (*_of_law(kinds), *_of_list(items, criteria), *_of_criteria(criteria, answers), *_in_all(outcome, criteria)))


def _outcome(kinds: tuple[Article35, ...], items: tuple[RegulatorItem, ...], criteria: tuple[Criterion, ...]) -> ScreeningOutcome:
    if kinds:
        return ScreeningOutcome.ARTICLE_35_3
    if any(criteria or item not in NEEDS_A_CRITERION for item in items):
        return ScreeningOutcome.REGULATORS_LIST
    if len(criteria) >= TWO:
        return ScreeningOutcome.TWO_CRITERIA
    return ScreeningOutcome.ONE_CRITERION if criteria else ScreeningOutcome.NOT_REQUIRED


def _criteria(answers: ScreeningAnswers) -> tuple[Criterion, ...]:
    """Those that were chosen, and that of vulnerable people unless it is known that no pupils are concerned."""
    found = {*_chosen(Criterion, answers.criteria), *([] if _without_pupils(answers) else [Criterion.VULNERABLE])}
    return tuple(each for each in Criterion if each in found)


def _without_pupils(answers: ScreeningAnswers) -> bool:
    return is_no(_plainly(answers.concerns_pupils))


def _plainly(said: object) -> Answer:
    """A yes, no or not known, however it was written. Raises ValueError for anything else, of which nobody can tell what it means."""
    if said is None:
        return None
    words = str(said).strip().lower() if isinstance(said, str | int) else "?"
    if words not in SAID:
        raise ValueError("One answer is none of these: yes, no, unknown.")
    return SAID[words]


def _of_law(kinds: tuple[Article35, ...]) -> Iterator[str]:
    for kind in kinds:
        yield f"UK GDPR Article 35(3)({kind.value}) names it: {_within(kind.label)}."


def _of_list(items: tuple[RegulatorItem, ...], criteria: tuple[Criterion, ...]) -> Iterator[str]:
    for item in items:
        met = f"It is number {item.value} on the regulator’s list (UK GDPR Article 35(4)): {_within(item.label)}."
        if item not in NEEDS_A_CRITERION:
            yield met
        elif criteria:
            yield f"{met} With a criterion beside it, that makes an assessment due."
        else:
            yield f"{met} That makes an assessment due only with one of the nine criteria beside it, and none is met."


def _of_criteria(criteria: tuple[Criterion, ...], answers: ScreeningAnswers) -> Iterator[str]:
    for criterion in criteria:
        words = _vulnerable(answers) if criterion is Criterion.VULNERABLE else _within(criterion.label)
        yield f"Criterion {criterion.value} of the nine is met (WP248 on Article 35(1)): {words}."


def _vulnerable(answers: ScreeningAnswers) -> str:
    if _without_pupils(answers):
        return "the people are vulnerable"
    if is_yes(_plainly(answers.concerns_pupils)):
        return "pupils are concerned, and children are always vulnerable"
    return "nobody has said that no pupils are concerned, and children are always vulnerable"


def _in_all(outcome: ScreeningOutcome, criteria: tuple[Criterion, ...]) -> Iterator[str]:
    """What the criteria come to together, and what a no still needs."""
    own = "To go ahead without an assessment, a person gives their own reasons, and these are recorded (UK GDPR Articles 5(2) and 24)."
    if len(criteria) >= TWO:
        numbers = listed(each.value for each in criteria)
        yield f"{len(criteria)} of the nine criteria are met ({numbers}), and two make an assessment due (UK GDPR Article 35(1))."
    if outcome is ScreeningOutcome.ONE_CRITERION:
        yield f"One criterion alone may already make an assessment due, so one is recommended (UK GDPR Article 35(1)). {own}"
    if outcome is ScreeningOutcome.NOT_REQUIRED:
        yield f"Neither Article 35(3) nor the regulator’s list nor any of the nine criteria makes an assessment due. {own}"


def _answers(given: Mapping[str, Any]) -> ScreeningAnswers:
    named = {column: next((given[name] for name in names if name in given), NOT_GIVEN) for column, names in SYNONYMS.items()}
    return ScreeningAnswers(**{column: said for column, said in named.items() if said is not NOT_GIVEN})


def _chosen(words: type[Choice], given: Any) -> tuple[Choice, ...]:
    """What was chosen of a list, in the order of that list, each once; several, one by itself, or choices with a yes or no each."""
    if isinstance(given, Mapping):
        given = [choice for choice, said in given.items() if is_yes(_plainly(said))]
    if given is None or given is False:
        return ()
    several = given if isinstance(given, Iterable) and not isinstance(given, str) else [given]
    found = {_read(words, each) for each in several}
    return tuple(each for each in words if each in found)


def _read(words: type[Choice], given: object) -> Choice:
    """The choice of that number, name or wording ("35(3)(c)", "criterion 4"), or the only one named in it ("systematic monitoring")."""
    is_other = isinstance(given, Words) and not isinstance(given, words)
    said = _plain(str(given)) if isinstance(given, str | int) and not is_other else ()
    numbers = [each for each in words if _plain(each.value)[0] in said]
    same = [each for each in words if said in (_plain(each.name), _plain(each.label))]
    if not same and NOT.isdisjoint(said):
        same = [each for each in numbers if said[-1:] == _plain(each.value) and len(numbers) == 1]
        same = same or [each for each in words if {*_plain(each.name)} <= {*said}]
    if len(same) != 1:
        raise ValueError(f"One answer is not on its list. It is one of: {', '.join(each.name.lower() for each in words)}.")
    return same[0]


def _plain(words: str) -> tuple[str, ...]:
    """Words by their stems, and figures: “blocks” is “blocking”, and “C4” a 4."""
    return tuple(word.removesuffix("s").removesuffix("ing") for word in re.findall(r"[a-z]+|[0-9]+", words.lower()))


def _within(label: str) -> str:
    return label[:1].lower() + label[1:]
