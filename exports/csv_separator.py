"""Which character separates the cells of a file."""

import csv
import io
import re
from collections import Counter

import clevercsv

SEPARATORS = (",", ";", "\t", "|")
SEPARATOR_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

_SAMPLE_SIZE = 16_384
_DETECTOR_SAMPLE_SIZE = 4_096
_ROWS_LOOKED_AT = 100
_STEADY = 0.9
_SAID_BY_EXCEL = re.compile(r'"?sep=([,;\t|:^~])"?[,;\t|]*\n', re.IGNORECASE)


def announced_separator(words: str) -> tuple[str | None, str]:
    """The separator that a first line such as `sep=;` announces, and the text below that line."""
    said = _SAID_BY_EXCEL.match(words)
    return (said.group(1), words[said.end() :]) if said else (None, words)


def separator_of(words: str) -> str:
    """Find the separator from the headings and from how evenly each candidate cuts the first rows; a comma if none fits."""
    sample = words[:_SAMPLE_SIZE]
    if len(words) > _SAMPLE_SIZE and "\n" in sample:
        sample = sample[: sample.rindex("\n") + 1]
    widths = {mark: _widths(sample, mark) for mark in SEPARATORS if mark in sample}
    possible = [mark for mark, found in widths.items() if found[:1] and found[0] > 1]
    steady = [mark for mark in possible if _is_steady(widths[mark])]
    for choice in (steady, possible):
        if len(choice) == 1:
            return choice[0]
    return _settled(sample, steady or possible, widths) if possible else ","


def _widths(sample: str, mark: str) -> list[int]:
    """The number of cells in each of the first rows, were this the separator."""
    reader = csv.reader(io.StringIO(sample.lstrip("\n")), delimiter=mark, skipinitialspace=True)
    return [len(cells) for _, cells in zip(range(_ROWS_LOOKED_AT), reader, strict=False) if cells]


def _is_steady(widths: list[int]) -> bool:
    """Nearly all rows are as wide as each other, and that is wider than one cell."""
    width, often = Counter(widths).most_common(1)[0]
    return width > 1 and often >= len(widths) * _STEADY


def _settled(sample: str, choice: list[str], widths: dict[str, list[int]]) -> str:
    """Ask the detector, which weighs what the cells look like; when it has no answer the most headings win."""
    dialect = clevercsv.Detector().detect(sample[:_DETECTOR_SAMPLE_SIZE], delimiters=choice)
    if dialect is not None and dialect.delimiter in choice:
        return dialect.delimiter
    return max(choice, key=lambda mark: widths[mark][0])
