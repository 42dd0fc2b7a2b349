"""Labels to stick on devices, for the usual sheets and tapes: a square that opens the device's page, and a tag that people read."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any

from exports.paper import laid_out
from exports.qr_code import drawing, svg
from registry.rules.label_face import Face, Item, Line, face
from registry.rules.label_sheets import Box, Sheet, pages, places
from registry.typed import NOT_TEXT

LAYOUT = Path(__file__).resolve().parent.parent / "templates" / "paper" / "device_labels.typ"
TITLE = "Labels for devices"
MOST_LABELS = 500
"""As many as are laid out at once, which takes some seconds: a class takes thirty, and a school of tablets comes in a few prints."""

FINE_CELL = 0.25
"""Millimetres; a square of smaller cells is more than many phones and printers can do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is the same on every label: the school's short name, whether it says "Property of", and whether outlines are printed."""

    school: str
    is_property: bool = False
    outlines: bool = False

    @property
    def whose(self) -> str:
        """What the last line of each label says."""
        return f"Property of {self.school}" if self.is_property and self.school else self.school


def labels(sheet: Sheet, items: Sequence[Item], look: Look, start_at: int = 1) -> bytes:
    """The labels as PDF/UA-1, to be printed at full size; without items, one sheet of outlines to be held against the labels.

    `start_at` is the first label not yet used. Raises ValueError where the sheet has no such label.
    """
    sheets: list[list[dict[str, Any]]] = [[] for _ in range(pages(sheet, len(items), start_at))]
    for item, (page, place) in zip(items, places(sheet, len(items), start_at), strict=True):
        sheets[page].append(_told(face(sheet, item, look.whose), item, place))
    return laid_out(
        LAYOUT,
        {
            "title": TITLE,
            "below": [],
            "school": look.school,
            "page": sheet.page,
            "boxes": [asdict(sheet.box(place)) for place in range(1, sheet.many + 1)],
            "outlines": look.outlines or not items,
            "sheets": sheets,
        },
    )


def is_too_fine(sheet: Sheet, item: Item) -> bool:
    """Whether the square comes out so fine that it may not be read, so that a larger label or a shorter address is better."""
    cells, _ = drawing(item.address)
    return face(sheet, item, "").code.width / cells < FINE_CELL


def preview_svg(sheet: Sheet, items: Sequence[Item], look: Look, start_at: int = 1) -> str:
    """The first page as a drawing for a web page, with every outline; labels used already are grey.

    All squares are drawn like that of the first device: a preview is looked at, not scanned. It carries no style of its own, only attributes.
    """
    width, height = sheet.page
    on_first = [place for page, place in places(sheet, len(items), start_at) if page == 0]
    outlines = (_outline(sheet.box(place), is_used=place < start_at) for place in range(1, sheet.many + 1))
    shown = (_shown(sheet.box(place), face(sheet, item, look.whose)) for item, place in zip(items, on_first, strict=False))
    return "".join((
        f'<svg class="sh-labels" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="labels-title">',
        f'<title id="labels-title">{escape(_said(sheet, len(items), len(on_first)))}</title>',
        f'<defs>{_code(items[0].address) if items else ""}</defs>',
        f'<rect width="{width:g}" height="{height:g}" fill="#fff" stroke="#4b5c62" stroke-width="0.4"/>',
        *outlines,
        *shown,
        "</svg>",
    ))  # fmt: skip


def _told(made: Face, item: Item, place: int) -> dict[str, Any]:
    called = item.tag or item.name or "this device"
    lines = [{**asdict(line), "height": line.height} for line in made.lines]
    return {"place": place, "code": svg(item.address), "code_at": asdict(made.code), "lines": lines, "called": called}


def _said(sheet: Sheet, many: int, on_first: int) -> str:
    rest = "" if many == on_first else f" of {many}"
    return f"Preview of the first page: {on_first}{rest} {'label' if many == 1 else 'labels'}, {sheet.name}"


def _code(address: str) -> str:
    cells, dark = drawing(address)
    return f'<symbol id="labels-code" viewBox="0 0 {cells} {cells}"><path d="{dark}" fill="#000"/></symbol>'


def _outline(at: Box, *, is_used: bool) -> str:
    fill = "#dad9d2" if is_used else "none"
    return f'<rect {_measures(at)} rx="1" fill="{fill}" stroke="#8a969a" stroke-width="0.2"/>'


def _shown(at: Box, made: Face) -> str:
    code = Box(round(at.x + made.code.x, 3), round(at.y + made.code.y, 3), made.code.width, made.code.height)
    return f'<use href="#labels-code" {_measures(code)}/>' + "".join(_lines(at, made.lines))


def _lines(at: Box, lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        look = 'font-family="monospace" font-weight="bold"' if line.is_tag else 'font-family="Georgia, Times New Roman, serif"'
        x, y, size = at.x + line.x, at.y + line.top + line.height * 0.79, line.height / 1.2
        yield f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:.3f}" fill="#000" {look}>{escape(NOT_TEXT.sub("", line.words))}</text>'


def _measures(at: Box) -> str:
    return f'x="{at.x:g}" y="{at.y:g}" width="{at.width:g}" height="{at.height:g}"'
