"""Why a program did not answer, in a sentence that says what to do, and what can be tried about it."""

from enum import Enum


class Remedy(Enum):
    """What helps after a trouble."""

    LATER = "later"
    """Ask again later, from where reading stopped."""

    RESTART = "restart"
    """Ask again from the beginning."""

    MEND = "mend"
    """Somebody has to change something first: a secret, a permission or an address."""


class NotAnswered(Exception):
    """A program was not read, or not to the end; the message holds no address, nothing secret, and nothing that the other side said."""

    def __init__(self, sentence: str, remedy: Remedy) -> None:
        super().__init__(sentence)
        self.remedy = remedy


class NotYet(Exception):
    """An answer that may be better the next time; `wait` is for how many seconds the other side asked to be left alone."""

    def __init__(self, sentence: str, wait: float | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait
