"""The kinds of thing that stand in our addresses."""

from flask import Flask
from werkzeug.routing import BaseConverter


class Slug(BaseConverter):
    """The name of a register."""

    regex = r"[a-z][a-z0-9-]{0,60}"


class Secret(BaseConverter):
    """The secret of a one-use link."""

    regex = r"[A-Za-z0-9_-]{43}"


def init_app(app: Flask) -> None:
    """Lets routes say <slug:...> and <secret:...>; ids of records are <uuid:...>."""
    app.url_map.converters.update(slug=Slug, secret=Secret)
