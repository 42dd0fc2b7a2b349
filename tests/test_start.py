"""The one command: what it does on a fresh tree, what a second start leaves alone, and what it says when it cannot go on."""

import ast
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

import start
from settings import PROJECT
from tests.start_kit import FLASK, Tree, heeding_ctrl_c, make_tree

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for npm is a shell script; run these on Linux or macOS")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A tree that was set up once, for tests that leave it as it is."""
    tree = make_tree(tmp_path_factory.mktemp("finished") / "tree")
    done = tree.start("setup")
    assert done.returncode == 0, done.stderr
    return tree


@pytest.fixture
def fresh(tmp_path: Path) -> Tree:
    """A tree that was never started."""
    return make_tree(tmp_path / "tree")


@pytest.fixture
def own(finished: Tree, tmp_path: Path) -> Tree:
    """A tree that was set up, moved here, and may be spoilt."""
    shutil.copytree(finished.root, tmp_path / "tree", symlinks=True)
    return Tree(tmp_path / "tree")


@pytest.fixture
def newer(own: Tree) -> Tree:
    """A tree whose lock file names a newer package than it has: the installation is to be done, and the environment is there."""
    own.wheel("flask", FLASK, version="2.0")
    own.lock("requirements.txt", "flask", version="2.0")
    return own


@pytest.fixture
def bare(own: Tree) -> Tree:
    """A tree whose front end is still to be fetched."""
    shutil.rmtree(own.project / "static/vendor")
    return own


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(tree: Tree, *words: str) -> Iterator[subprocess.Popen[str]]:
    """start.py at work, until the block ends."""
    with subprocess.Popen(tree.command(*words), env=tree.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_until_answering(port: int) -> None:
    """Returns once a page comes from the port."""
    for _ in range(200):
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("nothing answers")


def test_a_fresh_tree_is_set_up_with_its_packages_and_its_front_end(finished: Tree) -> None:
    assert (finished.project / "static/vendor/manifest.json").is_file()
    assert finished.npm_log.read_text().startswith("ci ")
    assert not list((finished.project / ".venv").glob(".half-way*"))
    assert not (finished.project / ".venv/front-end").exists()
    assert not (finished.project / "frontend/node_modules").exists()


def test_a_second_start_does_nothing_and_needs_no_network(finished: Tree) -> None:
    stamps = [*(finished.project / ".venv").glob(".[mr]*"), finished.project / "static/vendor/.made"]
    before = [stamp.stat().st_mtime_ns for stamp in stamps]
    done = finished.start("setup", PIP_FIND_LINKS="/nowhere")
    assert done.stdout == "Safehold is set up. Start it with: python3 start.py\n"
    assert [stamp.stat().st_mtime_ns for stamp in stamps] == before


def test_serving_hands_the_process_over_so_that_killing_it_kills_the_server(finished: Tree, port: int) -> None:
    with serving(finished, "--port", str(port), "--no-browser") as process:
        wait_until_answering(port)
        process.kill()
        output = process.communicate(timeout=10)[0]
    assert output == f"flask serve --port {port} --no-browser as {process.pid}\n"
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_the_demo_is_served_with_its_flag_and_stops_when_asked_to(finished: Tree, port: int) -> None:
    with serving(finished, "demo", "--port", str(port)) as process:
        wait_until_answering(port)
        process.send_signal(signal.SIGTERM)
        output = process.communicate(timeout=10)[0]
    assert output == f"flask serve --port {port} in demo as {process.pid}\n"


def test_any_other_word_is_a_command_of_the_program_and_its_exit_code_comes_through(finished: Tree) -> None:
    done = finished.start("verify-audit", "--rows")
    assert done.stdout.startswith("flask verify-audit --rows as")
    assert done.returncode == 3


def test_testing_installs_the_developers_packages_and_ends_with_the_closing_line_of_pytest(own: Tree) -> None:
    done = own.start("test", "-k", "lawful and basis", "-x")
    assert done.stdout.splitlines()[-2:] == ["pytest -k lawful and basis -x", "== 1 passed in 0.01s =="]
    assert done.returncode == 5


def test_help_names_the_commands_and_sets_nothing_up(fresh: Tree) -> None:
    assert "start.py demo" in fresh.start("--help").stdout
    assert not (fresh.project / ".venv").exists()


def test_a_changed_lock_file_is_installed_at_the_next_start(own: Tree) -> None:
    own.wheel("flask", "print('the new one')", version="2.0")
    own.lock("requirements.txt", "flask", version="2.0")
    assert own.start("anything").stdout.endswith("the new one\n")


def test_front_end_files_that_were_deleted_are_fetched_again(bare: Tree) -> None:
    assert bare.start("setup").returncode == 0
    assert (bare.project / "static/vendor/manifest.json").is_file()


@pytest.mark.parametrize(("part", "package"), [("environment", "pip"), ("requirements.txt", "flask")])
def test_a_set_up_cut_short_is_made_anew_by_the_next_start(own: Tree, part: str, package: str) -> None:
    venv = own.project / ".venv"
    (venv / f".half-way-{part}").touch()
    (venv / ".requirements.txt").unlink()
    for file in venv.rglob(f"site-packages/{package}/__main__.py"):
        file.write_text("cut sho")
    assert own.start("anything").returncode == 3
    assert not (venv / f".half-way-{part}").exists()


def test_developers_packages_cut_short_do_not_cost_a_school_its_environment(own: Tree) -> None:
    (own.project / ".venv/.half-way-requirements-dev.txt").touch()
    assert own.start("anything", PIP_FIND_LINKS="/nowhere").returncode == 3
    assert own.start("test").returncode == 5
    assert not (own.project / ".venv/.half-way-requirements-dev.txt").exists()


def test_an_environment_whose_python_was_uninstalled_is_made_anew(own: Tree) -> None:
    python = own.project / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/usr/bin/python3.2")
    assert own.start("anything").returncode == 3


def test_a_taken_port_is_named_with_the_way_to_choose_another(fresh: Tree) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = fresh.start("demo", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is taken by another program" in done.stderr
    assert f"python3 start.py demo --port {port + 1}" in done.stderr
    assert not (fresh.project / ".venv").exists(), "the port is looked at before anything is set up"


def test_the_port_may_come_from_the_settings(finished: Tree, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert f"Port {port} is taken" in finished.start(SAFEHOLD_PORT=str(port)).stderr


@pytest.mark.parametrize("odd", ["0", "65536", "http", "٨٠٨٠", "-1"])
def test_an_odd_port_is_refused_in_a_sentence(fresh: Tree, odd: str) -> None:
    done = fresh.start(f"--port={odd}")
    assert done.stderr == f"The port must be a whole number from 1 to 65535, not {odd}.\n"
    assert done.returncode == 1


def test_of_two_starts_at_once_the_second_names_the_first(bare: Tree) -> None:
    with (bare.project / ".start.lock").open("a+") as held:
        start.lock_file(held.fileno())
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        done = bare.start("setup")
    assert f"Another start (process {os.getpid()}) is setting up Safehold" in done.stderr
    assert "Wait until it has finished" in done.stderr
    assert done.returncode == 1
    assert bare.start("setup").returncode == 0, "the lock is gone with the process that held it"


def test_a_folder_that_cannot_be_written_is_named_with_the_mend(fresh: Tree) -> None:
    (fresh.project / ".start.lock").mkdir()  # even root cannot write a file there
    done = fresh.start("setup")
    assert f"Safehold cannot write in its folder, {fresh.project}. Move it" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_missing_from_the_program_is_not_mistaken_for_a_folder_that_cannot_be_written(fresh: Tree) -> None:
    (fresh.project / "tools/assets.py").unlink()
    done = fresh.start("setup")
    assert "A file of Safehold's own is missing" in done.stderr
    assert "assets.py" in done.stderr
    assert not (fresh.project / ".venv").exists()


def test_without_a_network_the_proxy_setting_is_named_and_nothing_half_done_stays(newer: Tree) -> None:
    done = newer.start("setup", PIP_NO_INDEX="0", PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_FIND_LINKS="", PIP_RETRIES="0", PIP_NO_CACHE_DIR="1")
    assert "The package index cannot be reached" in done.stderr
    assert "HTTPS_PROXY" in done.stderr
    assert not list((newer.project / ".venv").glob(".half-way*"))
    assert newer.start("setup").returncode == 0, "the next start with a network mends it"


def test_a_package_that_is_not_the_locked_one_is_never_installed(newer: Tree) -> None:
    (newer.project / "requirements.txt").write_text(f"flask==2.0 --hash=sha256:{'0' * 64}\n")
    done = newer.start("setup")
    assert "not the one Safehold was made with" in done.stderr
    assert [found.name for found in (newer.project / ".venv").rglob("flask-*.dist-info")] == ["flask-1.0.dist-info"]


def test_a_lock_file_that_names_a_package_without_its_hash_is_refused(newer: Tree) -> None:
    (newer.project / "requirements.txt").write_text("flask==2.0\n")
    done = newer.start("setup")
    assert "hash" in done.stderr.lower()
    assert [found.name for found in (newer.project / ".venv").rglob("flask-*.dist-info")] == ["flask-1.0.dist-info"]


def test_a_full_disk_while_fetching_the_front_end_is_said_so_and_the_next_start_goes_on_from_there(bare: Tree) -> None:
    npm = bare.root / "bin/npm"
    working = npm.read_text()
    npm.write_text("#!/bin/sh\necho 'npm error code ENOSPC' >&2\nexit 1\n")
    assert "The disk is full" in bare.start("setup").stderr
    npm.write_text(working)
    assert bare.start("setup").returncode == 0


def test_ctrl_c_during_the_set_up_stops_without_a_word_and_the_next_start_begins_again(bare: Tree) -> None:
    npm = bare.root / "bin/npm"
    working = npm.read_text()
    npm.write_text(f"#!/bin/sh\nsleep 1; touch '{bare.root}/waiting'\nexec sleep 60\n")  # long enough for start.py to be waiting, too
    with heeding_ctrl_c():
        begun = subprocess.Popen(bare.command("setup"), env=bare.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with begun as process:
        while not (bare.root / "waiting").exists() and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=10)[1] == ""
    assert process.returncode == 130
    npm.write_text(working)
    assert bare.start("setup").returncode == 0


def test_an_old_python_is_refused_in_a_sentence(fresh: Tree) -> None:
    script = f"import runpy, sys; sys.version_info = (3, 8, 10, 'final', 0); runpy.run_path({str(fresh.project / 'start.py')!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", script], cwd=fresh.project, capture_output=True, text=True, check=False)
    assert done.stderr == "Safehold needs Python 3.11 or newer; this is 3.8. Install a newer one, then run this again with it.\n"
    assert done.returncode == 1
    assert not (fresh.project / ".venv").exists()


@pytest.mark.parametrize("file", ["start.py", "tools/__init__.py", "tools/troubles.py"])
def test_what_refuses_an_old_python_can_be_read_by_it_and_needs_no_package(file: str) -> None:
    tree = ast.parse((PROJECT / file).read_text(encoding="utf-8"), feature_version=(3, 8))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in plain | named} <= sys.stdlib_module_names | {"tools"}
