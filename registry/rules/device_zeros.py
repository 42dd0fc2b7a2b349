"""Serial numbers of figures alone that lost the zeros at their start, told by those of the same model."""

from collections import Counter, defaultdict
from collections.abc import Iterable

_SHORTEST, _MOST_LOST, _WITNESSES = 8, 3, 3


def shortened(serials: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Of pairs of model and serial number: those numbers that are shorter than their model's, with how many figures those have.

    Where any number of a model starts with a zero, nothing took the zeros away, and its lengths really differ.
    """
    by_model: defaultdict[str, set[str]] = defaultdict(set)
    for model, serial in serials:
        if model and serial.isascii() and serial.isdigit():
            by_model[model.casefold()].add(serial)
    found: dict[str, int] = {}
    for numbers in by_model.values():
        length, witnesses = Counter(map(len, numbers)).most_common(1)[0]
        if length >= _SHORTEST and witnesses >= _WITNESSES and not any(number.startswith("0") for number in numbers):
            found |= {number: length for number in numbers if 0 < length - len(number) <= _MOST_LOST}
    return found
