"""Passwords: kept as argon2id, and refused when they are easy to guess."""

import re
import secrets
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from zxcvbn import zxcvbn

LONG_ENOUGH = 12
STRONG = 3
LONGEST = 200
OF_ITS_OWN = 5
GUESSED = 72  # zxcvbn takes no more
EASY = "That is easy to guess. Do not repeat, count up, or name yourself or your school. Use four words that have nothing to do with each other."


class Passwords:
    """Makes and checks the stored form of passwords with one installation's cost."""

    def __init__(self, memory_kib: int) -> None:
        self._hasher = PasswordHasher(time_cost=1, memory_cost=memory_kib, parallelism=1)
        self._nobodys = self._hasher.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """What is stored for a password."""
        return self._hasher.hash(password)

    def fits(self, stored: str | None, password: str) -> bool:
        """Whether this is the password; takes as long when there is no account, or none with a password."""
        try:
            return self._hasher.verify(stored or self._nobodys, password) and stored is not None
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False

    def is_outdated(self, stored: str) -> bool:
        """Whether a stored password was made with another cost than today's."""
        return self._hasher.check_needs_rehash(stored)


@cache
def passwords_for(memory_kib: int) -> Passwords:
    """The hasher of an installation; made once, for making it costs a hash."""
    return Passwords(memory_kib)


def weakness(password: str, known_words: Iterable[str] = ()) -> str | None:
    """What to do about a password that is easy to guess, in a sentence; None for one that will do.

    It will do with twelve characters that are not plainly guessable, or shorter when it is hard to guess all the same.
    `known_words` are what a guesser would know: the school, the person, the address.
    """
    if not password:
        return "Enter a password. Four words that have nothing to do with each other are easy to remember and hard to guess."
    if len(password) > LONGEST:
        return f"Use {LONGEST} characters or fewer."
    hints = {word for text in known_words for word in _spellings(text)}
    if _rest(password, hints) < OF_ITS_OWN:
        return EASY
    found = zxcvbn(password[:GUESSED], user_inputs=list(hints))
    if found["score"] >= STRONG or (len(password) >= LONG_ENOUGH and found["score"] >= STRONG - 1):
        return None
    if len(password) < LONG_ENOUGH:
        return f"That is too short to be safe. Use {LONG_ENOUGH} characters or more, such as four words that have nothing to do with each other."
    return EASY


def _rest(password: str, known_words: Iterable[str]) -> int:
    """How many letters and figures are left of a password without the words that a guesser knows."""
    rest = password.lower()
    for word in sorted(known_words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return sum(character.isalnum() for character in rest)


def _spellings(text: str) -> set[str]:
    """The ways in which a name or an address turns up in a password."""
    words = [word for word in re.split(r"\W+", text.lower()) if word]
    return {spelling for spelling in (text.lower(), "".join(words), "".join(reversed(words)), *words) if len(spelling) > 2}
