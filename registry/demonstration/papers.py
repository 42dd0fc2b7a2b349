"""The files of the demonstration: a contract and its newer copy, a plan on paper, and a picture of where something stands."""

import struct
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from models import doors
from models.school import School
from models.vocabulary import FileCategory
from registry import catalogue
from registry.actor import Actor
from registry.definition import Register
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described
from registry.records import Occasion
from registry.school.schools import facts_of

ADDED = datetime(2026, 9, 30, 9, 20, tzinfo=UTC)
SIGNED = datetime(2026, 9, 30, 14, 5, tzinfo=UTC)

CONTRACT = """Terms between Quillbrook Primary School and Plateful Catering Systems

1. Plateful acts on the school's written instructions only.
2. Everybody at Plateful who sees the data has promised to keep it secret.
3. Fingerprint templates stay on the reader and are deleted when a child leaves.
4. Plateful tells the school of a breach within 24 hours.

Runs from 12 March 2024 to 11 March 2027. This company, and everybody in these terms, is invented.
"""
LINES = (
    "Access review, September 2026",
    "Carried out on 14 September 2026 by Dev Marchetti.",
    "Four accounts of former colleagues were closed.",
    "All of this is invented.",
)


def papers(school: School, keeper: Actor) -> None:
    """Bring the files, and let a signed copy take the place of a draft."""
    first, later = (Occasion(keeper, at, facts_of(school, at.date())) for at in (ADDED, SIGNED))
    with doors.looking_at(school.id):
        suppliers, assets = catalogue.find("suppliers"), catalogue.find("assets")
        supplier: Any = suppliers.table
        plateful = supplier.get(supplier.name.startswith("Plateful"))
        _bring(suppliers, plateful, "Terms with Plateful, draft.txt", CONTRACT.replace("24 hours", "72 hours").encode(), on=first)
        draft = attachments.of_record(suppliers, plateful, keeper)[0]
        signed = _arrived(school, "Terms with Plateful, signed.txt", CONTRACT.encode(), SIGNED)
        about = Described(FileCategory.CONTRACT, "Signed on both sides on 30 September 2026")
        attachments.replace(suppliers, plateful, draft, signed, about=about, occasion=later)
        for asset in assets.table.select().where(assets.table.archived_at.is_null()).order_by(assets.table.number).limit(1):
            _bring(assets, asset, "Access review, September 2026.pdf", pdf(LINES), on=later, category=FileCategory.EVIDENCE)
            _bring(assets, asset, "Where the server stands.png", picture(), on=later, category=FileCategory.OTHER)


def _bring(register: Register, row: Any, name: str, content: bytes, *, on: Occasion, category: FileCategory = FileCategory.CONTRACT) -> None:
    attachments.add(register, row, [_arrived(row, name, content, on.at)], Described(category), occasion=on)


def _arrived(place: Any, name: str, content: bytes, at: datetime) -> Arriving:
    file = Arriving(getattr(place, "school_id", place.id), name, at)
    file.write(content)
    return file


def pdf(lines: Sequence[str]) -> bytes:
    """One page with some lines of text on it."""
    text = "BT /F1 16 Tf 72 760 Td 26 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(parts) + 1
    end = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + f"xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode()


def picture(width: int = 320, height: int = 200) -> bytes:
    """A plan of a room in two colours: walls, a cupboard and a door."""
    rows = b"".join(b"\0" + bytes(_colour(x, y, width, height) for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = bytes.fromhex("f6f5f10d5868a9c6cb")
    chunks = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _colour(x: int, y: int, width: int, height: int) -> int:
    is_door = y > height - 10 and 40 < x < 90
    is_wall = min(x, y, width - x - 1, height - y - 1) < 8
    return 1 if is_wall and not is_door else 2 if 200 < x < 280 and 40 < y < 130 else 0


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
