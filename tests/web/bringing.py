"""Files brought to a record and opened again, and what is stored of them."""

import io
from pathlib import Path
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.attachment import Attachment
from tests.browsing import send, token

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)
PAGE = b"<!doctype html><script>alert(1)</script>"


def address(supplier: UUID) -> str:
    """Where its files are."""
    return f"/registers/suppliers/{supplier}/files"


def bring(client: FlaskClient, where: str, *files: tuple[bytes, str], page: str | None = None, **said: str) -> TestResponse:
    """Send files with the form of a page."""
    answers = {"csrf_token": token(client, page or where), "category": "contract", "note": "", **said}
    return client.post(where, data={**answers, "files": [(io.BytesIO(content), name) for content, name in files]})


def kept() -> list[Attachment]:
    """What is known of the files of every record."""
    return list(Attachment.select().order_by(Attachment.id))


def stored(folder: Path) -> list[Path]:
    """The files that lie in the store."""
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


def open_it(client: FlaskClient, supplier: UUID, file: UUID, **wish: str) -> TestResponse:
    """Press the button that opens one."""
    return send(client, f"{address(supplier)}/{file}/open", address(supplier), **wish)
