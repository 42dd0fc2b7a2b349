"""What is hard to read in a letter is found, and what is plain is left alone."""

import pytest

from registry.rules.plain_words import MOST_WORDS, PLAINER, RemarkKind, remarks, sentences


def long(words: int) -> str:
    return " ".join(["word"] * words) + "."


@pytest.mark.parametrize(("text", "found"), [
    ("We sent a list to the wrong family. They have deleted it.", []),
    (long(MOST_WORDS), []),
    (long(MOST_WORDS + 1), ["26 words: make two sentences of it, of 25 words or fewer."]),
    (f"{long(20)} {long(20)}", []),
    (long(13)[:-1] + "\n" + long(13), []),
    ("Data subjects were told.", ["Plainer: people, or you."]),
    ("Each data\n subject was told prior  to noon.", ["Plainer: person, or you.", "Plainer: before."]),
    ("There was an unauthorised disclosure pursuant to nothing.", [f"Plainer: {PLAINER['unauthorised disclosure']}.", "Plainer: under."]),
    ("Coincidental, disregarding, priority.", []),
    ("Hereby and hereby.", ["Plainer: nothing: leave it out."]),
    ("", []),
])  # fmt: skip
def test_what_could_be_plainer_is_said_once(text: str, found: list[str]) -> None:
    assert [each.advice for each in remarks(text)] == found


def test_a_long_sentence_is_shown_by_its_beginning() -> None:
    (remark,) = remarks(long(40))
    assert remark.kind is RemarkKind.LONG
    assert remark.words == "word " * 12 + "…"


@pytest.mark.parametrize(("text", "many"), [
    ("Ask Mrs. Patel. She knows.", 2),
    ("Some firms, e.g. Plateful, were told.", 1),
    ("Ring 0303 123.1113 now!", 1),
    ("“Is it gone?” they asked.", 2),
    ("One line\nanother line", 2),
])  # fmt: skip
def test_sentences_end_where_they_end(text: str, many: int) -> None:
    assert len(list(sentences(text))) == many


def test_a_very_long_text_is_read_at_once() -> None:
    assert len(remarks("a. " * 50_000 + "in the event of " * 20_000)) == 2
