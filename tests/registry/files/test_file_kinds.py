import io
import zipfile

import pytest
from openpyxl import Workbook

from registry.files.file_kinds import SHOWN_IN_THE_BROWSER, in_words, media_type


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


def workbook() -> bytes:
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


KINDS = {
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
    "pdf in letters": (b"%PDF-1.4\n1 0 obj", "PDF"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(60), "Picture, PNG"),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(60), "Picture, JPEG"),
    "gif": (b"GIF89a" + bytes(20), "Picture, GIF"),
    "webp": (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(9), "Picture, WebP"),
    "workbook": (workbook(), "Excel workbook"),
    "word": (zipped("[Content_Types].xml", "word/document.xml"), "Word document"),
    "zip": (zipped("photo.png"), "Zip archive"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office document of before 2007"),
    "text": ("Für Zoë, a contract".encode(), "Text"),
    "latin text": ("Für Zoë".encode("cp1252"), "Text"),
    "text like a picture": (b"BM is how this letter begins", "Text"),
    "csv": (b"name,owner\na,b\n", "Text"),
    "page": (b"  \n<!DOCTYPE html><p>", "Web page"),
    "page without a type": (b"hello <script>alert(1)</script>", "Web page"),
    "svg": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "Drawing, SVG"),
    "program": (b"MZ\x90\0" + bytes(100), "Other file"),
    "unknown": (bytes(range(256)), "Other file"),
    "nothing": (b"", "Text"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_what_its_content_says(kind: str) -> None:
    head, words = KINDS[kind]
    assert in_words(media_type(head)) == words


def test_only_what_cannot_run_is_shown_in_the_browser() -> None:
    shown = {words for head, words in KINDS.values() if media_type(head) in SHOWN_IN_THE_BROWSER}
    assert shown == {"PDF", "Picture, PNG", "Picture, JPEG", "Picture, GIF", "Picture, WebP"}


def test_a_kind_without_words_of_its_own_is_called_by_its_family() -> None:
    assert [in_words(kind) for kind in ("image/tiff", "video/mp4", "audio/ogg", "application/x-tar")] == ["Picture", "Film", "Sound", "Other file"]
