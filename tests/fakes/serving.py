"""A server on this computer that stands in for the device-management programs, and misbehaves as a test tells it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Flask, Response, g, jsonify, request
from waitress import create_server, wasyncore

WORDS_OF_THE_OTHER_SIDE = "words of the other side"
LISTS = ("value", "chromeosdevices", "results", "devices")


@dataclass(frozen=True)
class Asked:
    """One thing that was asked."""

    path: str
    params: dict[str, list[str]]
    form: dict[str, str]
    headers: dict[str, str]


@dataclass
class Mood:
    """What was asked, and how the next questions are answered: for devices (`then`), and for tokens (`door`).

    “429:7” is a status with a Retry-After; “half” is half an answer, “short” one that lacks its last device, “hang up” one that breaks off,
    “expired” what follows when no token holds any more; an empty word is an answer as it should be.
    """

    devices: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    then: list[str] = field(default_factory=list)
    door: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    lasts: int = 3600
    link: str = ""
    known: dict[str, str] = field(default_factory=dict)

    def answer(self, *words: str) -> None:
        """Answer the next questions for devices so."""
        self.then += words

    def forget(self) -> None:
        """Be as at the start."""
        vars(self).update(vars(Mood()))

    def forget_questions(self) -> None:
        """Forget what was asked, and answer as one should."""
        self.asked, self.then, self.door = [], [], []

    def token(self) -> Response:
        """A new token."""
        token = f"token-{len([each for each in self.asked if each.form])}"
        self.tokens.add(token)
        return jsonify(access_token=token, token_type="Bearer", expires_in=self.lasts)

    def is_let_in(self) -> bool:
        """Whether who asks has a token that holds."""
        return request.headers.get("Authorization", "").removeprefix("Bearer ") in self.tokens

    @property
    def listed(self) -> list[Asked]:
        """What was asked of devices."""
        return [each for each in self.asked if not each.form]


@dataclass(frozen=True)
class Fake:
    """The server at work."""

    address: str
    mood: Mood


def refusal(status: int, **more: Any) -> Response:
    """What a program says when it says no; nothing of it may reach a page."""
    answer = jsonify(**{"error": {"message": WORDS_OF_THE_OTHER_SIDE}, **more})
    answer.status_code = status
    return answer


def _misbehaving(mood: Mood, *parts: Blueprint) -> Flask:
    app = Flask("fake")
    for part in parts:
        app.register_blueprint(part)

    @app.before_request
    def begin() -> Response | None:
        params, form = request.args.to_dict(flat=False), request.form.to_dict()
        mood.asked.append(Asked(request.path, params, form, dict(request.headers.items())))
        queue = mood.door if request.method == "POST" else mood.then
        g.how = queue.pop(0) if queue else ""
        if g.how == "expired":
            mood.tokens.clear()
        return _status(g.how) if g.how[:3].isdigit() else None

    @app.after_request
    def end(answer: Response) -> Response:
        return _spoilt(answer, g.how)

    return app


def _status(how: str) -> Response:
    status, _, after = how.partition(":")
    answer = refusal(int(status))
    answer.headers["Location"] = "/elsewhere"
    if after:
        answer.headers["Retry-After"] = after
    return answer


def _spoilt(answer: Response, how: str) -> Response:
    whole = answer.get_data()
    if how == "half":
        answer.set_data(whole[: len(whole) // 2])
    elif how == "hang up":
        answer.headers["Content-Length"] = str(len(whole) + 1)
    elif how == "rubbish":
        answer.set_data(b'["a list"]')
    elif how == "short":
        told = json.loads(whole)
        name = next(each for each in LISTS if each in told)
        told[name] = told[name][:-1]
        answer.set_data(json.dumps(told))
    return answer


@contextmanager
def serving(mood: Mood, *parts: Blueprint) -> Iterator[Fake]:
    """These programs on a port of this computer, until the block ends."""
    channels: dict[int, Any] = {}
    server = create_server(_misbehaving(mood, *parts), map=channels, listen="127.0.0.1:0", threads=2)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Fake(f"http://127.0.0.1:{server.effective_port}", mood)
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(channels, ignore_all=True))
        thread.join(5)
