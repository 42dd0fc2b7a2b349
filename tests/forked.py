"""Processes of the program that begin with everything imported: one process imports it once, and forks whenever a test wants another.

Importing takes longer than everything else a start does. From there on a process is like any other: it has its own environment and settings,
runs `__main__` from the first line and ends as Python ends. Tests about starting itself start Python instead.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from typing import BinaryIO

from settings import PROJECT

AT_MOST = 1 << 20
"""Bytes of a wish: its words and its environment."""
CAN_FORK = hasattr(os, "fork")
MOMENT = 0.01


class Forked:
    """A process that was forked, with the little of Popen that tests ask of one."""

    def __init__(self, notes: BinaryIO) -> None:
        self._notes = notes
        self.pid = int(notes.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        if self.returncode is None and select.select([self._notes], [], [], 0)[0]:
            self.returncode = int(self._notes.readline())
            self._notes.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, once it has ended."""
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            time.sleep(MOMENT)
        return code

    def send_signal(self, number: int) -> None:
        """Signal it, if it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as the system does when it must."""
        self.send_signal(signal.SIGKILL)


def run(module: str, words: Sequence[str], environment: Mapping[str, str], output: int, errors: int) -> Forked:
    """Run a module as `python -m` does, in a new process that writes to these open files."""
    reading, writing = os.pipe()
    wish = json.dumps([module, list(words), dict(environment)]).encode()
    try:
        socket.send_fds(_everything_imported(), [wish], [output, errors, writing])
    finally:
        os.close(writing)
    return Forked(os.fdopen(reading, "rb", buffering=0))


@cache
def _everything_imported() -> socket.socket:
    """The way to the process that has imported the program; it lives as long as this one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    begun = subprocess.Popen(
        [sys.executable, "-m", "tests.forked", str(theirs.fileno())],
        cwd=PROJECT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()

    def end() -> None:
        ours.close()
        begun.wait()

    atexit.register(end)
    return ours


def main(number: int) -> None:
    """Import the program, then grant each wish in a process of its own, which comes out of here as if Python had just begun."""
    importlib.import_module("app")
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a minder
    with socket.socket(fileno=number) as wishes:
        while True:
            wish, files, _flags, _sender = socket.recv_fds(wishes, AT_MOST, 3)
            if not wish:
                return
            if os.fork() == 0:
                break
            for file in files:
                os.close(file)
    _mind(files.pop())
    module, words, environment = json.loads(wish)
    _begin(module, words, environment, files)


def _mind(notes: int) -> None:
    """Fork once more: the process that is wanted goes on from here, and the one before it notes its number and how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if child == 0:
        os.close(notes)
        return
    os.write(notes, b"%d\n" % child)
    _pid, status = os.waitpid(child, 0)
    os.write(notes, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _begin(module: str, words: list[str], environment: dict[str, str], files: list[int]) -> None:
    """Be what `python -m` makes of a module, with this environment, writing to these files."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, file in enumerate(files, 1):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
