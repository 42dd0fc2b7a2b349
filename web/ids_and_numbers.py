"""An id or a number as an address or a form names it; what is neither names nothing."""

from uuid import UUID


def id_in(text: str) -> UUID | None:
    """The id that a text is."""
    try:
        return UUID(text)
    except ValueError:
        return None


def number_in(text: str, digits: int = 15) -> int | None:
    """The whole number that a text is, of at most so many digits; more than 15 fit into no database."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
