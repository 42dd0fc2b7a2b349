"""What stands in a paper, as a reader, a screen reader and a ruler find it."""

import io
from typing import Any

from pypdf import PdfReader


def read(made: bytes) -> PdfReader:
    """The paper, opened."""
    return PdfReader(io.BytesIO(made))


def words_of(made: bytes) -> str:
    """All that stands on it, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in read(made).pages).split())


def closely(words: str) -> str:
    """Words without spaces: a line may end within one that is long."""
    return "".join(words.split())


def assert_tagged(made: bytes, title: str) -> None:
    """A screen reader is told the title, the language, and what everything is."""
    paper = read(made)
    root: Any = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert paper.metadata is not None
    assert paper.metadata.title == title


def alternatives(made: bytes) -> list[str]:
    """What a screen reader says for the pictures of a paper."""
    root: Any = read(made).trailer["/Root"]
    return _alternatives(root["/StructTreeRoot"])


def _alternatives(part: Any) -> list[str]:
    part = part.get_object() if hasattr(part, "get_object") else part
    if isinstance(part, list):
        return [words for each in part for words in _alternatives(each)]
    if not isinstance(part, dict):
        return []
    own = [str(part["/Alt"])] if "/Alt" in part else []
    return own + (_alternatives(part["/K"]) if "/K" in part else [])
