"""A small tree in which the real start.py sets up and serves within seconds and without a network: its packages are tiny stand-ins."""

import base64
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from settings import PROJECT

FLASK = """
import http.server, os, sys
print("flask", *sys.argv[1:], *["in demo"] * ("SAFEHOLD_DEMO" in os.environ), "as", os.getpid(), flush=True)
if "serve" not in sys.argv:
    sys.exit(3)
port = int(sys.argv[sys.argv.index("--port") + 1])
http.server.SimpleHTTPRequestHandler.log_message = lambda *words: None
http.server.HTTPServer(("127.0.0.1", port), http.server.SimpleHTTPRequestHandler).serve_forever()
"""
APP = "import runpy; runpy.run_module('flask', run_name='__main__')"
PYTEST = "import sys; print('pytest', *sys.argv[1:]); print('== 1 passed in 0.01s =='); sys.exit(5)"
NPM = """#!/bin/sh
[ "$1" = ci ] || exit 9
echo "$*" >> "{log}"
mkdir -p node_modules && cp -R "{packages}/." node_modules/
"""


@dataclass(frozen=True)
class Tree:
    """A copy of what start.py needs, in a folder of its own, with its wheels and its npm beside it."""

    root: Path

    @property
    def project(self) -> Path:
        """The folder that start.py lies in."""
        return self.root / "our project"

    @property
    def npm_log(self) -> Path:
        """What npm was asked for, one line a time."""
        return self.root / "npm.log"

    def environment(self, **more: str) -> dict[str, str]:
        """An environment in which pip sees our wheels alone and npm is ours."""
        others = ("PIP_", "SAFEHOLD_", "COV_", "PYTEST_", "PYTHONPYCACHEPREFIX")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
        path = f"{self.root / 'bin'}{os.pathsep}{os.defpath}"
        return {**kept, "PATH": path, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.root / "wheels"), "PIP_CONFIG_FILE": os.devnull, **more}

    def command(self, *words: str) -> list[str]:
        """The command line of start.py with these words."""
        return [sys.executable, str(self.project / "start.py"), *words]

    def start(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Runs start.py to its end."""
        return subprocess.run(self.command(*words), env=self.environment(**more), capture_output=True, text=True, timeout=120, check=False)

    def lock(self, lock: str, name: str, version: str = "1.0") -> None:
        """Writes a lock file with the one package and its true hash."""
        wheel = self.root / "wheels" / f"{name}-{version}-py3-none-any.whl"
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        (self.project / lock).write_text(f"{name}=={version} --hash=sha256:{digest}\n")

    def wheel(self, name: str, source: str, version: str = "1.0") -> None:
        """Builds a package that runs `source` when it is started with python -m."""
        meta = f"{name}-{version}.dist-info"
        files = {
            f"{name}/__init__.py": "",
            f"{name}/__main__.py": source,
            f"{meta}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{meta}/WHEEL": "Wheel-Version: 1.0\nGenerator: kit\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        with zipfile.ZipFile(self.root / "wheels" / f"{name}-{version}-py3-none-any.whl", "w") as archive:
            for path, text in files.items():
                archive.writestr(path, text)
            archive.writestr(f"{meta}/RECORD", "".join(record(path, text) for path, text in files.items()) + f"{meta}/RECORD,,\n")


def record(path: str, text: str) -> str:
    """A line of a wheel's RECORD."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(text.encode())}\n"


def front_end_packages(folder: Path) -> None:
    """Fills a folder like node_modules with the little of it that tools/assets.py reads."""
    css = "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}p{font-family:GDS Transport,arial,sans-serif}"
    govuk, moj = folder / "govuk-frontend/dist/govuk", folder / "@ministryofjustice/frontend/moj"
    font = folder / "@fontsource-variable/atkinson-hyperlegible-next"
    for each in (govuk, moj / "assets/images", font / "files"):
        each.mkdir(parents=True)
    (govuk / "govuk-frontend.min.css").write_text(
        css + "a{background:url(/assets/images/govuk-crest.svg)}\n/*# sourceMappingURL=govuk-frontend.min.css.map */\n"
    )
    (govuk / "govuk-frontend.min.js").write_text("export{initAll};//# sourceMappingURL=govuk-frontend.min.js.map\n")
    (moj / "moj-frontend.min.css").write_text(css + "b{background:url(/assets/images/icon-document.svg)}")
    (moj / "moj-frontend.min.js").write_text("export{initAll};")
    for image in ("icon-document.svg", "icon-document.png", "moj-logotype-crest-2024.svg"):
        (moj / "assets/images" / image).write_text("<svg/>")
    for letters in ("latin", "latin-ext"):
        for slant in ("normal", "italic"):
            (font / "files" / f"atkinson-hyperlegible-next-{letters}-wght-{slant}.woff2").write_bytes(b"wOF2")
    (font / "LICENSE").write_text("SIL Open Font Licence 1.1")


def make_tree(root: Path) -> Tree:
    """A tree that was never started."""
    tree = Tree(root)
    for folder in ("our project/tools", "our project/frontend", "our project/static", "wheels", "bin", "packages"):
        (root / folder).mkdir(parents=True)
    for file in ("start.py", "tools/__init__.py", "tools/assets.py", "tools/troubles.py", "requirements-node.txt"):
        shutil.copy(PROJECT / file, tree.project / file)
    for file in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(PROJECT / "frontend" / file, tree.project / "frontend" / file)
    (tree.project / "app.py").write_text(APP)
    tree.wheel("flask", FLASK)
    tree.wheel("s3fs", "")
    tree.wheel("pytest", PYTEST)
    tree.lock("requirements.txt", "flask")
    tree.lock("requirements-s3.txt", "s3fs")
    tree.lock("requirements-dev.txt", "pytest")
    front_end_packages(root / "packages")
    npm = root / "bin" / "npm"
    npm.write_text(NPM.format(log=tree.npm_log, packages=root / "packages"))
    npm.chmod(0o755)
    return tree


@contextmanager
def heeding_ctrl_c() -> Iterator[None]:
    """What is started in this block heeds Ctrl-C, even if the tests run in the background of a shell, where all would pass it over."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
