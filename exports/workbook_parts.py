"""A workbook opened for reading: its sheets, its texts and its number formats, and nothing else that may lie in the file."""

import io
import warnings
from dataclasses import dataclass
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.xml.constants import SHARED_STRINGS

from exports.unreadable import Unreadable
from exports.workbook_safety import damaged, demand_harmless
from exports.workbook_xml import texts_in

warnings.filterwarnings("ignore", module="openpyxl")  # about looks and pictures, which are not read


@dataclass(frozen=True)
class Part:
    """One sheet: its name, whether it is hidden, and where in the file it lies."""

    title: str
    is_hidden: bool
    path: str


class Book(ExcelReader):
    """The library's reader without what a list does not need: themes, charts, names, links. Its own way in parses a sheet to measure it."""

    def __init__(self, raw: bytes) -> None:
        """Raises Unreadable for what is no workbook, or may do harm."""
        demand_harmless(raw)
        self.parts: list[Part] = []
        try:
            super().__init__(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            self.read()
        except Unreadable:
            raise
        except Exception:  # a file made to confuse the library can make it raise anything at all, and all of it means the same
            raise damaged() from None

    def read(self) -> None:
        """Read what every sheet needs."""
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        for sheet, link in self.parser.find_sheets():
            if link.target in self.valid_files and "chartsheet" not in link.Type:
                self.parts.append(Part(sheet.name, sheet.state != "visible", link.target))

    def read_strings(self) -> None:
        """Read the texts that cells share, as they are; the library's own way changes some."""
        found: Any = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if found is None:
            return
        with self.archive.open(found.PartName.lstrip("/")) as source:
            self.shared_strings = texts_in(source)

    @property
    def looks(self) -> Any:
        """What knows the number format of a cell."""
        return self.wb

    @property
    def since_1904(self) -> bool:
        """Whether days are counted as old Excel for Mac did."""
        return bool(self.wb.epoch == MAC_EPOCH)
