"""The one way a file is turned down as a whole."""


class Unreadable(Exception):
    """Raised when no rows can be taken from a file; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
