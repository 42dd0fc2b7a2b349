import pytest

from registry.search.extracts import AFTER, BEFORE, extract, how_many

LONG = "One two three. " * 40 + "The pupils’ contacts are kept. " + "Four five six. " * 40


def said(text: str, *words: str) -> str:
    """An extract with what was looked for in brackets."""
    return "".join(f"[{part}]" if is_meant else part for part, is_meant in extract(text, words))


def test_a_short_answer_is_given_whole_on_one_line() -> None:
    assert said("Names,\n  contacts and attendance", "cont") == "Names, [contacts] and attendance"


def test_a_long_answer_is_cut_around_the_first_word_that_was_meant() -> None:
    found = said(LONG, "contact")
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert "The pupils’ [contacts] are kept." in found
    assert len(found) < BEFORE + 2 * AFTER + 10


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [("At the café", "cafe", "[café]"), ("O’Brien's list", "obriens", "[O’Brien's]"), ("Straße", "strasse", "[Straße]")],
)
def test_the_spelling_is_the_one_of_the_answer(text: str, word: str, meant: str) -> None:
    assert meant in said(text, word)


def test_one_very_long_word_does_not_fill_the_page() -> None:
    assert len(said("x" * 5_000, "x")) < 2 * (BEFORE + 2 * AFTER)


def test_without_the_word_it_begins_at_the_beginning() -> None:
    assert said("Names and contacts", "zebra") == "Names and contacts"


def test_words_are_counted_once_each_from_their_beginning() -> None:
    assert how_many("Contacts, contact and names", ["contact", "name", "act"]) == 2
