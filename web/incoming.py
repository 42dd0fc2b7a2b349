"""Files on their way in: sealed while the form that brings them is read, and gone again unless a page keeps them."""

from io import BytesIO
from typing import IO, Any, cast

from flask import Flask, Request, g, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.formparser import FormDataParser

from registry.access import school_of
from registry.files.arriving import Arriving
from registry.typed import NOT_TEXT
from web import limits


class PlainTextParser(FormDataParser):
    """Reads what is typed without control characters, which no database, paper or reader of a screen takes."""

    def parse(self, *told: Any, **more: Any) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """The stream, what was typed, and the files."""
        stream, typed, files = super().parse(*told, **more)
        if any(NOT_TEXT.search(words) for _name, words in typed.items(multi=True)):
            typed = self.cls([(name, NOT_TEXT.sub("", words)) for name, words in typed.items(multi=True)])
        return stream, typed, files


class SealingRequest(Request):
    """A request whose files never lie in the clear on a disk: they go sealed to the store, or stay in memory where they are small."""

    form_data_parser_class = PlainTextParser

    def _get_file_stream(self, *_length_and_kind: Any, filename: str | None = None, **_more: Any) -> IO[bytes]:
        if not limits.keeps_files_now():
            return BytesIO()
        file = ArrivingStream(school_of(g.actor), filename or "", g.now)
        g.setdefault("incoming", []).append(file)
        return cast(IO[bytes], file)


class ArrivingStream(Arriving):
    """A file that comes in through a form, as the parser of forms writes it."""

    def seek(self, _where: int, _whence: int = 0) -> int:
        """The parser turns a file back to its beginning once it has come whole."""
        self.finish()
        return 0

    def close(self) -> None:
        """Nothing is open once it is whole."""


def init_app(app: Flask) -> None:
    """Has every form read so; call it after the database is connected for each request."""
    app.request_class = SealingRequest
    app.teardown_request(_give_up_the_rest)


def files(field: str) -> list[Arriving]:
    """The files that came in a field of this form; a field in which none was chosen brings none."""
    return [cast(Arriving, sent.stream) for sent in request.files.getlist(field) if sent.filename]


def _give_up_the_rest(_error: BaseException | None) -> None:
    """What was refused, cut off or not wanted leaves nothing behind."""
    for file in g.pop("incoming", ()):
        file.give_up()
