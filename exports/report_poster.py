"""The poster for a staff room by which anybody tells of a breach from their phone, without an account: one page of A4, as tagged PDF."""

from collections.abc import Sequence
from pathlib import Path

from exports.paper import Letterhead, laid_out, told_of
from exports.qr_code import svg

LAYOUT = Path(__file__).resolve().parent.parent / "templates" / "paper" / "report_poster.typ"
TITLE = "Lost, sent or seen by the wrong person? Tell us now."
COUNTS = (
    "An e-mail that went to the wrong person",
    "Lost papers with names on them",
    "A lost or stolen phone, laptop or memory stick",
    "A password that somebody else has now",
    "Something private said where others heard it",
    "A picture published although somebody said no",
)
WELCOME = "You need no account. Nobody is blamed for telling."
HOW = "Point the camera of a phone at the square, or type the address below. Not sure that it counts? Tell us all the same."
NEXT = "The head and the data protection officer are told at once. The law gives 72 hours, day and night, in holidays too, so do not wait."


def poster(head: Letterhead, address: str, contacts: Sequence[tuple[str, str]] = ()) -> bytes:
    """The poster that leads to this address, and says whom to call (who, number) where there is no internet."""
    return laid_out(
        LAYOUT,
        {
            "title": TITLE,
            "letterhead": told_of(head),
            "below": [],
            "counts": COUNTS,
            "welcome": WELCOME,
            "how": HOW,
            "next": NEXT,
            "address": address,
            "code": svg(address),
            "contacts": [{"who": who, "number": number} for who, number in contacts],
        },
    )
