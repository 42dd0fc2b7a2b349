"""The kinds of thing that stand in our addresses."""

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter


class Slug(BaseConverter):
    """The name of a register."""

    regex = r"[a-z][a-z0-9-]{0,60}"


class Secret(BaseConverter):
    """The secret of a one-use link."""

    regex = r"[A-Za-z0-9_-]{43}"


class Number(IntegerConverter):
    """A number that a database can hold; a longer one names nothing."""

    regex = r"[0-9]{1,15}"


def init_app(app: Flask) -> None:
    """Lets routes say <slug:...>, <secret:...> and <int:...>; ids of records are <uuid:...>."""
    app.url_map.converters.update(slug=Slug, secret=Secret, int=Number)
