"""The two large parts of a workbook, its cells and the texts they share, drawn out of their XML a piece at a time and never as a tree.

The library would build objects for every cell, through a parser that is slow because it is careful. This one is careful in the same way,
declarations are refused before they can do anything, and reads ten thousand rows in a second or two.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.parsers import expat

from exports.unreadable import Unreadable
from exports.workbook_safety import DECLARES

_CHUNK = 64 * 1024
_ASIDE = "rPh"
"""Reading aids that Japanese puts above a text; they are not part of it."""


class Cell(NamedTuple):
    """A cell as it is written: where it stands, of which type and look, what was saved in it, and the formula that made that, if any."""

    reference: str
    kind: str
    style: int
    saved: str
    formula: str | None


class Row(NamedTuple):
    """A row as it is written; `number` is empty when the file leaves it to be counted."""

    number: str
    is_hidden: bool
    cells: list[Cell]


class _Reader:
    """Hears what an XML parser finds; `found` are the pieces that are whole."""

    def __init__(self) -> None:
        self.found: list[Any] = []
        self._said: list[str] = []
        self._hears = False
        self._locals: dict[str, str] = {}
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._hear
        for name in ("StartDoctypeDeclHandler", "EntityDeclHandler", "UnparsedEntityDeclHandler", "ExternalEntityRefHandler"):
            setattr(self._parser, name, _refuse)

    def feed(self, piece: bytes, *, is_last: bool = False) -> list[Any]:
        """Read on; what became whole."""
        self._parser.Parse(piece, is_last)
        found, self.found = self.found, []
        return found

    def _local(self, name: str) -> str:
        """A name without the prefix that some programs put before each."""
        if name not in self._locals:
            self._locals[name] = name.rpartition(":")[2]
        return self._locals[name]

    def _hear(self, text: str) -> None:
        if self._hears:
            self._said.append(text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def _end(self, name: str) -> None:
        raise NotImplementedError


class _Texts(_Reader):
    """The texts that cells share, in the order in which cells speak of them."""

    def __init__(self) -> None:
        super().__init__()
        self._is_aside = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._local(name)
        if local == "si":
            self._said = []
        elif local == _ASIDE:
            self._is_aside = True
        elif local == "t":
            self._hears = not self._is_aside

    def _end(self, name: str) -> None:
        local = self._local(name)
        if local == "si":
            self.found.append("".join(self._said))
        elif local == _ASIDE:
            self._is_aside = False
        elif local == "t":
            self._hears = False


class _Cells(_Reader):
    """The rows of a sheet."""

    def __init__(self) -> None:
        super().__init__()
        self._row = Row("", False, [])
        self._attributes: dict[str, str] = {}
        self._saved = ""
        self._formula: str | None = None
        self._is_aside = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._local(name)
        if local == "c":
            self._attributes, self._saved, self._formula = attributes, "", None
        elif local in ("v", "f", "t"):
            self._said, self._hears = [], not self._is_aside
        elif local == "row":
            self._row = Row(attributes.get("r", ""), attributes.get("hidden") in ("1", "true"), [])
        elif local == _ASIDE:
            self._is_aside = True

    def _end(self, name: str) -> None:
        local = self._local(name)
        if local == "c":
            given = self._attributes
            if self._saved or self._formula is not None:
                cell = Cell(given.get("r", ""), given.get("t", "n"), int(given.get("s", "0")), self._saved, self._formula)
                self._row.cells.append(cell)
        elif local == "v" or (local == "t" and not self._is_aside):
            self._saved, self._hears = self._saved + "".join(self._said), False
        elif local == "f":
            self._formula, self._hears = "".join(self._said), False
        elif local == "row":
            self.found.append(self._row)
        elif local == _ASIDE:
            self._is_aside = False


def rows_in(source: Any) -> Iterator[Row]:
    """The rows of a sheet, in the order of the file; raises ExpatError for what is no XML, Unreadable for declarations."""
    yield from _pieces(source, _Cells())


def texts_in(source: Any) -> list[str]:
    """The texts that the cells of a workbook share; raises as `rows_in`."""
    return list(_pieces(source, _Texts()))


def _pieces(source: Any, reader: _Reader) -> Iterator[Any]:
    while piece := source.read(_CHUNK):
        yield from reader.feed(piece)
    yield from reader.feed(b"", is_last=True)


def _refuse(*_said: Any) -> None:
    raise Unreadable(DECLARES)
