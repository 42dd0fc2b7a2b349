"""Answers as letters and as the words of files."""

from datetime import date

import pytest

from models.vocabulary import Decider, ImageDecision
from registry.rules.answer_letters import CHILD_NO, EMPTY, NO, WORDS, YES, letter_of, letter_of_word

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("decision", "decider", "until", "letter"), [
    (ImageDecision.GIVEN, Decider.PARENT, None, YES), (ImageDecision.GIVEN, Decider.PUPIL, TODAY, YES),
    (ImageDecision.GIVEN, Decider.PARENT, date(2026, 11, 22), EMPTY), (ImageDecision.REFUSED, Decider.PARENT, None, NO),
    (ImageDecision.WITHDRAWN, Decider.OTHER, None, NO), (ImageDecision.OBJECTED, Decider.PUPIL, None, CHILD_NO),
    (ImageDecision.REFUSED, Decider.PUPIL, date(2020, 1, 1), CHILD_NO), (ImageDecision.EXPIRED, Decider.PARENT, None, EMPTY),
    (ImageDecision.NOT_ASKED, Decider.PARENT, None, EMPTY), ("of a newer version", Decider.PARENT, None, EMPTY),
])  # fmt: skip
def test_each_answer_has_its_letter(decision: str, decider: str, until: date | None, letter: str) -> None:
    assert letter_of(decision, decider, until, TODAY) == letter


def test_no_word_stands_for_two_answers() -> None:
    words = [word for several in WORDS.values() for word in several]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(("letter", "word"), [(letter, word) for letter, words in WORDS.items() for word in words])
def test_every_word_is_read_whatever_surrounds_it(letter: str, word: str) -> None:
    assert letter_of_word(word) == letter
    assert letter_of_word(f"  {word.upper()}. ") == letter


@pytest.mark.parametrize("word", ["na", "maybe", "yes but", "no way", "2", "-1", "yes/no", "🙂", "y n", "consent?"])
def test_what_is_in_no_list_is_no_answer(word: str) -> None:
    assert letter_of_word(word) is None


@pytest.mark.parametrize(("word", "letter"), [("Não", NO), ("I don’t consent", NO), ("—", EMPTY), ("Sí", YES)])
def test_accents_and_apostrophes_make_no_other_word(word: str, letter: str) -> None:
    assert letter_of_word(word) == letter
