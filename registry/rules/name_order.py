"""Names as a class list has them, surname first, so that a list is found through by eye."""

PARTICLES = frozenset(
    {"al", "bin", "bint", "da", "dal", "de", "del", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "st", "ter", "van", "von"}
)
"""Words that belong to the surname behind them."""


def surname_first(name: str) -> str:
    """ "Ben de Vries" as "de Vries, Ben"; a name of one word, or one with a comma, as it stands."""
    words = name.split()
    if len(words) < 2 or "," in name:
        return name
    start = len(words) - 1
    while start > 1 and words[start - 1].strip(".").casefold() in PARTICLES:
        start -= 1
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}"
