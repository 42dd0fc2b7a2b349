"""The governors' picture of breaches as a paper and as a file: the same numbers as on the page, and no others."""

from collections.abc import Iterator, Sequence

from exports.csv_file import write
from exports.paper import Letterhead, Paper, Part
from exports.register_paper import paper_of
from registry.occasion import Occasion
from registry.rules.breach_picture import Picture, Tally

TITLE = "Breaches by term"
HIDDEN = "hidden"
IN_ALL = "In all"
FIT = 3
"""So many terms stand beside each other on an upright page."""

WHY_HIDDEN = (
    "A count under 5 is hidden, and so is any from which it could be worked out. Terms with fewer than 5 breaches are counted together, "
    "and a term is counted once it is over. A breach may have several causes. "
    "Keep only the newest print: beside an older one, what changed between the two can be seen."
)


def tables(picture: Picture) -> list[tuple[str, Sequence[Tally]]]:
    """What is counted, each with its heading."""
    of_each = [("What became of them", picture.outcomes), ("What happened", picture.kinds), ("How it could happen", picture.causes)]
    return [*of_each, ("People told that a breach concerns them", (picture.people_told,))]


def as_csv(picture: Picture) -> Iterator[bytes]:
    """Every number in a line of its own."""
    labels = [*(period.label for period in picture.periods), IN_ALL]
    every = [*(period.many for period in picture.periods), picture.many]
    lines = [("Breaches", "All", label, f"{many}") for label, many in zip(labels, every, strict=True)]
    for heading, tallies in tables(picture):
        for tally in tallies:
            lines += [(heading, tally.words, label, shown(many)) for label, many in zip(labels, (*tally.counts, tally.total), strict=True)]
    return write(("Table", "What is counted", "When", "How many"), lines)


def as_paper(picture: Picture, occasion: Occasion, head: Letterhead) -> Paper:
    """The tables, on paper."""
    all_of_them = Part(heading="All breaches", columns=("When", "Breaches"), rows=[*((each.label, f"{each.many}") for each in picture.periods),
                                                                                   (IN_ALL, f"{picture.many}")])  # fmt: skip
    parts = [all_of_them, *(_part(heading, picture, tallies) for heading, tallies in tables(picture) if tallies)] if picture.periods else []
    return paper_of(TITLE, occasion, head, below=[WHY_HIDDEN, *_waiting(picture)], parts=parts, wide=len(picture.periods) > FIT)


def shown(many: int | None) -> str:
    """A count, or that it is hidden."""
    return HIDDEN if many is None else f"{many}"


def _part(heading: str, picture: Picture, tallies: Sequence[Tally]) -> Part:
    """A table with what is counted down its side: there are more kinds than terms."""
    columns = ("What is counted", *(period.label for period in picture.periods), IN_ALL)
    return Part(heading=heading, columns=columns, rows=[(tally.words, *map(shown, (*tally.counts, tally.total))) for tally in tallies])


def _waiting(picture: Picture) -> list[str]:
    if picture.waiting:
        return [f"From {picture.waiting} on there were too few to be counted yet."]
    return [] if picture.periods else ["No breach of a term that is over is written down."]
