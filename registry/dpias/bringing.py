"""A DPIA that was written elsewhere: where each of its pieces finds its place, and all of them stored as one DPIA or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from models.dpia import Dpia
from models.upload import Upload
from registry import records
from registry.access import Deed, require
from registry.definition import Question
from registry.importing import uploads
from registry.importing.uploads import FileRows
from registry.occasion import Occasion
from registry.registers.data_protection.dpias import DPIAS
from registry.rows import CannotBeDone
from registry.schema import read_answers, schema_for

KEPT_AS = replace(DPIAS, slug="dpia-file")
"""Files wait under a name of their own, apart from those that are imported column by column."""


@dataclass(frozen=True)
class Piece:
    """Something that the file says: what it was there, the question that it answers here (None for none), and its words."""

    there: str
    question: Question | None
    words: str


@dataclass(frozen=True)
class Verdict:
    """A file looked through: what it is about, what is placed, and what is left out."""

    name: str
    placed: tuple[Piece, ...]
    left_out: tuple[Piece, ...]


def judge(file: FileRows) -> Verdict:
    """Where each piece of a file finds its place."""
    pieces = [*_pieces(file)]
    name = next((piece.words for piece in pieces if piece.question and piece.question.name == "name"), "")
    placed = tuple(piece for piece in pieces if piece.question and piece.question.name != "name")
    return Verdict(name, placed, tuple(piece for piece in pieces if piece.question is None))


def save(kept: Upload, occasion: Occasion) -> Dpia:
    """Store the DPIA, to be screened here, and forget the file. Raises Forbidden, Invalid, and CannotBeDone where it was saved already."""
    require(occasion.by, Deed.ADD, DPIAS)
    answers = _answers(judge(uploads.file_of(kept)), occasion)
    if not uploads.take(kept.id):
        raise CannotBeDone("This file was saved already, or given up.")
    return records.add(DPIAS, answers, occasion)  # type: ignore[no-any-return]


def _answers(verdict: Verdict, occasion: Occasion) -> dict[str, Any]:
    """The pieces of each answer together: rows after rows, prose after prose."""
    said: dict[str, str] = {"name": verdict.name[: Dpia.name.max_length]}
    for piece in verdict.placed:
        name = piece.question.name if piece.question else ""
        said[name] = f"{said[name]}\n\n{piece.words}" if name in said else piece.words
    return read_answers(schema_for(DPIAS, occasion.by, Deed.ADD, frozenset(said)), said)


def _pieces(file: FileRows) -> Iterator[Piece]:
    for there, name, words in file.rows:
        yield Piece(there, DPIAS.questions.get(name), words)
