"""What a file is, by its content and never by its name, and in which words and in which way it is shown."""

import re
from collections.abc import Mapping

import puremagic

HEAD = 8192
"""How much of a file is looked at."""

UNKNOWN, TEXT = "application/octet-stream", "text/plain"
SHOWN_IN_THE_BROWSER = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})

OFFICE: Mapping[bytes, str] = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
"""The folders inside the zip files that office programs write."""

WORDS: Mapping[str, str] = {
    "application/pdf": "PDF",
    "image/png": "Picture, PNG",
    "image/jpeg": "Picture, JPEG",
    "image/gif": "Picture, GIF",
    "image/webp": "Picture, WebP",
    "image/svg+xml": "Drawing, SVG",
    "text/html": "Web page",
    TEXT: "Text",
    "application/xml": "XML",
    "application/msword": "Office document of before 2007",
    "application/vnd.oasis.opendocument.text": "OpenDocument text",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument spreadsheet",
    "application/zip": "Zip archive",
    "application/rtf": "Rich text",
    "message/rfc822": "Email",
    **dict(zip(OFFICE.values(), ("Word document", "Excel workbook", "PowerPoint presentation"), strict=True)),
}
MARKED_TEXT = frozenset(
    {"application/pdf", "text/html", "image/svg+xml", "application/xml", "text/xml", "message/rfc822", "application/rtf", "text/rtf"}
)
"""What may consist of letters alone and is more than text; other marks that short are found in any text."""

_LETTERS_ONLY = re.compile(rb"[^\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]*")


def media_type(head: bytes) -> str:
    """The kind of a file that begins so."""
    head = head[:HEAD]
    found = _by_mark(head)
    if not _LETTERS_ONLY.fullmatch(head):
        return found or UNKNOWN
    return _marked_text(head) or (found if found in MARKED_TEXT else TEXT)


def in_words(kind: str) -> str:
    """A kind of file as people call it."""
    if kind in WORDS:
        return WORDS[kind]
    family = kind.partition("/")[0]
    return {"image": "Picture", "video": "Film", "audio": "Sound", "text": "Text"}.get(family, "Other file")


def _by_mark(head: bytes) -> str | None:
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head)
    try:
        return next((match.mime_type for match in puremagic.magic_string(head) if match.mime_type), None)
    except (puremagic.PureError, ValueError):
        return None


def _zipped(head: bytes) -> str:
    opendocument = re.search(rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z]+)", head[:200])
    if opendocument:
        return opendocument[1].decode()
    return next((kind for folder, kind in OFFICE.items() if folder in head), "application/zip")


def _marked_text(head: bytes) -> str | None:
    """Pages and drawings, which may begin with anything that a browser overlooks."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start:
        return "image/svg+xml"
    return "text/html" if start.startswith(b"<!doctype html") or re.search(rb"<(?:html|head|body|script)\b", start) else None
