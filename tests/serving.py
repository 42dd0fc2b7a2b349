"""The real program in a process of its own, as a school runs it, on a port that nobody else has."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from settings import PROJECT
from tests import forked
from tests.forked import Forked

PATIENCE = 60
"""Seconds; a start takes about one, but the machine may be busy."""


@dataclass
class Program:
    """A program at work: its process, its address, and what it said."""

    process: "subprocess.Popen[bytes] | Forked"
    address: str
    said: Path

    @property
    def words(self) -> str:
        """Everything it has printed so far."""
        return self.said.read_text(encoding="utf-8")

    @property
    def set_up_link(self) -> str:
        """The address it printed for setting up the first school."""
        found = re.search(r"http://\S+/set-up/\S+", self.words)
        assert found, self.words
        return found.group()

    def wait_until_it_answers(self) -> None:
        """Return once /healthz answers; fail with its words when it ended instead."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, f"It ended with {self.process.returncode}:\n{self.words}"
            try:
                if get(f"{self.address}/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.03)
        raise AssertionError(f"Nothing answers:\n{self.words}")

    def end(self) -> int:
        """Stop it as the system does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@dataclass(frozen=True)
class Answer:
    """What came back from the program."""

    status: int
    kind: str
    text: str


def get(address: str) -> Answer:
    """Ask a program for an address; raises OSError when nobody listens."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    try:
        connection.request("GET", parts.path or "/")
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers.get("Content-Type", ""), answer.read().decode())
    finally:
        connection.close()


def free_port() -> int:
    """A port of this computer that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**settings: object) -> dict[str, str]:
    """The environment of this process with these settings of Safehold and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAFEHOLD_", "COV_"))}
    return {**kept, "PYTHONUTF8": "1", **{f"SAFEHOLD_{name.upper()}": str(value) for name, value in settings.items()}}


def command(*words: str, program: str = "app", **settings: object) -> "subprocess.CompletedProcess[str]":
    """Run one of the program's commands to its end."""
    return subprocess.run(
        [sys.executable, "-m", program, *words],
        cwd=PROJECT,
        env=environment(**settings),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE * 2,
        check=False,
    )


def _process(words: list[str], surroundings: dict[str, str], files: tuple[int, int], *, afresh: bool) -> "subprocess.Popen[bytes] | Forked":
    """A process that runs a module with its words: begun by Python itself, or forked from one that has imported the program."""
    if not afresh and forked.CAN_FORK:
        return forked.run(words[0], words[1:], surroundings, *files)
    return subprocess.Popen([sys.executable, "-m", *words], cwd=PROJECT, env=surroundings, stdout=files[0], stderr=files[1])


@contextmanager
def begun(*words: str) -> "Iterator[tuple[subprocess.Popen[bytes] | Forked, TextIO]]":
    """A module of ours at work, and what it says; it is killed when the block ends."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as said:
        process = _process(list(words), dict(os.environ), (writing, 2), afresh=False)
        os.close(writing)
        try:
            yield process, said
        finally:
            process.kill()
            process.wait()


@contextmanager
def started(folder: Path, port: int | None = None, *, program: str = "app", afresh: bool = False, **settings: object) -> Iterator[Program]:
    """The program with its data in this folder, begun but perhaps not answering yet; it is killed when the block ends.

    A test about starting wants it `afresh`, by Python; to any other it does not matter.
    """
    port = port or free_port()
    said = folder / f"said-{port}.txt"
    words = [program, "serve", "--port", str(port), "--no-browser"]
    with said.open("wb") as output:
        process = _process(words, environment(data_folder=folder, **settings), (output.fileno(),) * 2, afresh=afresh)
    try:
        yield Program(process, f"http://127.0.0.1:{port}", said)
    finally:
        process.kill()
        process.wait()


@contextmanager
def serving(folder: Path, port: int | None = None, *, program: str = "app", afresh: bool = False, **settings: object) -> Iterator[Program]:
    """The program with its data in this folder, answering."""
    with started(folder, port, program=program, afresh=afresh, **settings) as running:
        running.wait_until_it_answers()
        yield running
