"""Answers about pictures as single letters and as the words of other programs' files. A word that is not known is no answer."""

import re
from datetime import date

from models.names import fold
from models.vocabulary import Decider, ImageDecision
from registry.rules.image_answers import NOES

YES, NO, CHILD_NO, EMPTY = "Y", "N", "C", ""
LETTERS = (YES, NO, CHILD_NO)

WORDS: dict[str, tuple[str, ...]] = {
    YES: (
        *("y", "yes", "true", "1", "1.0", "ok", "given", "granted", "agreed", "agree", "i agree", "allowed", "permitted", "approved", "accepted"),
        *("consent", "consented", "i consent", "consent given", "yes i consent", "yes i give consent", "i give permission", "permission given"),
        *("ydw", "ie", "oes", "tak", "ja", "oui", "si", "sim", "da", "evet"),
    ),
    NO: (
        *("n", "no", "false", "0", "0.0", "refused", "declined", "denied", "withheld", "disagree", "i disagree", "not allowed", "not permitted"),
        *("no consent", "not consented", "i do not consent", "i dont consent", "consent refused", "consent withheld", "no i do not consent"),
        *("i do not give permission", "do not consent", "nac ydw", "nac oes", "nie", "nein", "nee", "non", "nao", "nu", "hayir"),
    ),
    CHILD_NO: ("c", "child says no", "child refused", "the child says no", "pupil says no", "pupil refused"),
    EMPTY: (
        *("", "-", "–", "—", "?", "n/a", "none", "null", "unknown", "not answered", "no answer", "no response", "no reply", "not known"),
        *("awaiting", "pending"),
    ),
}
"""What stands in files for each answer, in plain spelling; "na" is in none of them, being Welsh for no and elsewhere short for nothing."""

_TELLING = re.compile(r"[\d,]")
"""What a plainer spelling would lose: the sign before a figure, and the order of words on both sides of a comma."""

_LETTER_OF = {word: letter for letter, words in WORDS.items() for word in words}


def letter_of(decision: str, decider: str, valid_until: date | None, today: date) -> str:
    """How an answer that was recorded stands in its cell; nothing for a yes that has run out, which asks to be asked again."""
    if decision in NOES:
        return CHILD_NO if decider == Decider.PUPIL else NO
    has_ended = valid_until is not None and valid_until < today
    return YES if decision == ImageDecision.GIVEN and not has_ended else EMPTY


def letter_of_word(text: str) -> str | None:
    """The letter that a cell of a file stands for, empty for no answer; None when nobody can say."""
    plain = " ".join(text.casefold().split()).strip(" .!")
    if plain in _LETTER_OF:
        return _LETTER_OF[plain]
    return None if _TELLING.search(plain) else _LETTER_OF.get(fold(plain))
