"""What every template may lean on: strictness, dates and figures in words, icons, and addresses of our static files."""

import hashlib
import json
import os
from datetime import date, datetime
from functools import cache
from pathlib import Path

from flask import Flask, current_app, g, url_for
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from registry.rules import plain_dates
from registry.rules.answers import listed
from registry.rules.local_time import in_zone
from registry.rules.retention_words import period_words
from web import icons

ZONE = "Europe/London"


def init_app(app: Flask) -> None:
    """Makes templates strict and gives them our filters and globals."""
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([loader for loader in (app.jinja_loader, govuk) if loader])
    env.filters.update(day=day, plain_day=plain_day, full_day=full_day, moment=moment, clock=clock, day_of=day_of)
    env.filters["period_words"] = period_words
    env.filters.update(listed=listed, number=number, initials=initials, plural=plural, lower_first=lower_first)
    env.globals.update(vendor=vendor, asset=asset, icon=icon, sprite=sprite, nonce=nonce)


def day(value: date | None) -> str:
    """A day as tables show it, "4 Jan 2027"; nothing for no day."""
    return plain_dates.short_day(value) if value else ""


def plain_day(value: date | None) -> str:
    """A day as an answer shows it, "1 September 2023"; nothing for no day."""
    return plain_dates.plain_day(value) if value else ""


def full_day(value: date | None) -> str:
    """A day as sentences say it, "Monday 30 November 2026"; nothing for no day."""
    return plain_dates.full_day(value) if value else ""


def moment(value: datetime | None) -> str:
    """An instant by London's clock, "Monday 23 November 2026, 08:52"; raises ValueError when it does not know its zone."""
    return f"{plain_dates.full_day(in_zone(value, ZONE))}, {clock(value)}" if value else ""


def day_of(value: datetime | None) -> str:
    """The day of an instant by London's clock, as tables show it; nothing for no instant."""
    return plain_dates.short_day(in_zone(value, ZONE)) if value else ""


def clock(value: datetime | None) -> str:
    """What London's clock shows at an instant, "08:52"; raises ValueError when it does not know its zone."""
    return plain_dates.clock(in_zone(value, ZONE)) if value else ""


def number(value: int | float | None) -> str:
    """A count with its thousands apart, "48,211"; nothing for no count."""
    return "" if value is None else f"{value:,}"


def initials(name: str) -> str:
    """Up to two letters that stand in for a face: first and last name."""
    words = name.split()
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def lower_first(words: str) -> str:
    """A label in the middle of a sentence; one that begins with two capitals, such as IT provider, keeps them."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun, "1 error" or "2 errors"; `many` is for nouns that do not just take an s."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def icon(name: str, tone: str = "") -> Markup:
    """Shows an icon and remembers that this page needs its drawing."""
    g.setdefault("icons_used", set()).add(name)
    return icons.use(name, tone)


def sprite() -> Markup:
    """The drawings of the icons this page has used so far; printed last."""
    return icons.sprite(g.get("icons_used", ()))


def nonce() -> str:
    """The word that lets this page's one inline script run under our content security policy."""
    return str(g.get("csp_nonce", ""))


def vendor(name: str) -> str:
    """The address of a fetched file by its plain name, such as `govuk.css`. Raises RuntimeError when set-up has not run."""
    return _vendor_address(current_app.static_folder or "", name)


def asset(name: str) -> str:
    """The address of a static file of ours, with a mark that changes with its content so that browsers may keep it."""
    path = f"{current_app.static_folder}/{name}"
    return _asset_address(path, name, os.stat(path).st_mtime_ns)


@cache
def _vendor_address(static_folder: str, name: str) -> str:
    manifest = _manifest(Path(static_folder) / "vendor" / "manifest.json")
    if name not in manifest:
        raise RuntimeError(f"The front-end file {name} is not among those fetched. Run: python3 start.py setup")
    return url_for("static", filename=f"vendor/{manifest[name]}")


@cache
def _manifest(path: Path) -> dict[str, str]:
    if not path.is_file():
        raise RuntimeError("The front-end files have not been fetched yet. Run: python3 start.py setup")
    names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return names


@cache
def _asset_address(path: str, name: str, _changed: int) -> str:
    return url_for("static", filename=name, v=hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12])
