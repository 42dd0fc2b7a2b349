"""What a channel is told, in the form that it wants: what is to be done, references, days and links, and never a name."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.webhook import HookKind
from registry.rules.plain_dates import full_day

SHOWN = 10
"""Things that are listed; the rest are counted."""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One thing that is due, or that somebody waits for."""

    words: str
    due_on: date | None
    link: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one channel is told at once."""

    name: str
    event: str
    school: str
    day: date
    link: str
    late: int = 0
    today: int = 0
    soon: int = 0
    things: Sequence[Thing] = ()

    @property
    def heading(self) -> str:
        """What it is about, in a line."""
        if self.event == "test":
            return f"{self.school}: this is a test. Safehold can tell this channel what is due."
        if self.event == "news":
            return f"{self.school}: somebody waits for this."
        counts = ((self.late, "late"), (self.today, "due today"), (self.soon, "due in the next seven days"))
        return f"{self.school}: {', '.join(f'{many:,} {words}' for many, words in counts if many)}."

    def is_late(self, thing: Thing) -> bool:
        """Whether the day of a thing is over."""
        return thing.due_on is not None and thing.due_on < self.day

    def when(self, thing: Thing) -> str:
        """How near the day of a thing is."""
        if thing.due_on is None:
            return ""
        if thing.due_on == self.day:
            return "today"
        return f"{'late since ' if self.is_late(thing) else ''}{full_day(thing.due_on)}"


def body_of(kind: HookKind, said: Said) -> bytes:
    """The bytes that are sent."""
    return json.dumps(_FORMS[kind](said), ensure_ascii=False, separators=(",", ":")).encode()


def _plain(said: Said) -> dict[str, Any]:
    things = [{"words": each.words, "due_on": _iso(each.due_on), "late": said.is_late(each), "link": each.link} for each in said.things]
    counts = {"late": said.late, "today": said.today, "soon": said.soon}
    about = {"id": said.name, "event": said.event, "school": said.school, "day": said.day.isoformat(), "text": said.heading}
    return {**about, **counts, "things": things, "link": said.link}


def _slack(said: Said) -> dict[str, Any]:
    lines = [f"*{_for_slack(said.heading)}*"]
    lines += [f"• <{each.link}|{_for_slack(each.words)}>{_after(said.when(each))}" for each in said.things]
    return {"text": "\n".join([*lines, f"<{said.link}|Open Safehold>"]), "unfurl_links": False, "unfurl_media": False}


def _teams(said: Said) -> dict[str, Any]:
    blocks = [{"type": "TextBlock", "text": _for_teams(said.heading), "weight": "bolder", "wrap": True}]
    blocks += [
        {"type": "TextBlock", "text": f"- [{_for_teams(each.words)}]({each.link}){_after(said.when(each))}", "wrap": True, "spacing": "small"}
        for each in said.things
    ]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": blocks,
        "actions": [{"type": "Action.OpenUrl", "title": "Open Safehold", "url": said.link}],
    }
    return {"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}]}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _after(words: str) -> str:
    return f", {words}" if words else ""


def _for_slack(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _for_teams(text: str) -> str:
    return re.sub(r"([\\`*_\[\]()<>#!|~])", r"\\\1", text)


_FORMS: dict[HookKind, Callable[[Said], dict[str, Any]]] = {HookKind.PLAIN: _plain, HookKind.SLACK: _slack, HookKind.TEAMS: _teams}
