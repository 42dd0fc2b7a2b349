"""The promises about the code itself: style, types, layers, sizes, and what must never stand in it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from settings import PROJECT

LONGEST_MODULE, LONGEST_FUNCTION, MOST_POSITIONAL = 300, 40, 4
FOLDERS = ("benchmarks", "exports", "models", "registry", "tools", "web")
SOURCE = sorted({*PROJECT.glob("*.py"), *(path for folder in FOLDERS for path in (PROJECT / folder).rglob("*.py"))})
TESTS = sorted((PROJECT / "tests").rglob("*.py"))
EMPTY = ("models/__init__.py", "registry/__init__.py", "registry/rules/__init__.py")
WRITTEN = {".py", ".html", ".css", ".js", ".json", ".md", ".toml", ".txt", ".in", ".yml", ".yaml", ".svg", ".ini", ".cfg", ""}
# Written in pieces, so that this file does not hold what it looks for
REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "npm" + "mirror")
ELSEWHERE = ("/wo" + "rk/", ".." + "/shared", "/ro" + "ot/", "/ho" + "me/")
LEFT_BEHIND = ("TO" + "DO", "FIX" + "ME", "break" + "point(", "pd" + "b.set_trace", "<<<<<" + "<<", ">>>>>" + ">>")
NAMES_THAT_SAY_NOTHING = ("data", "info", "manager", "helper", "helpers", "utils", "util", "misc", "common")


def named(path: Path) -> str:
    """A module as it is spoken of."""
    return path.relative_to(PROJECT).as_posix()


@cache
def text_of(module: Path) -> str:
    """What a module says."""
    return module.read_text(encoding="utf-8")


@cache
def tree_of(module: Path) -> ast.Module:
    """A module as Python reads it."""
    return ast.parse(text_of(module))


def run(*words: str) -> None:
    """Run a tool of ours over the whole project; its own words are the reason when it complains."""
    done = subprocess.run([sys.executable, *words], cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_the_style_is_the_house_style() -> None:
    run("-m", "ruff", "check", "--no-cache", ".")


def test_every_type_holds() -> None:
    run("-m", "mypy")


def test_every_layer_knows_only_the_layers_below_it() -> None:
    run("-c", "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])")


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, methods and inner ones as well."""
    return (node for node in ast.walk(tree_of(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def positional(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many arguments go by their place, the object itself not counted."""
    arguments = [*function.args.posonlyargs, *function.args.args]
    return len(arguments) - bool(arguments and arguments[0].arg in ("self", "cls"))


def test_a_module_can_be_read_in_one_sitting() -> None:
    assert [named(module) for module in (*SOURCE, *TESTS) if len(text_of(module).splitlines()) > LONGEST_MODULE] == []


def test_a_function_fits_on_a_page() -> None:
    every = ((module, function) for module in (*SOURCE, *TESTS) for function in functions(module))
    long = [(named(module), each.name) for module, each in every if (each.end_lineno or 0) - each.lineno >= LONGEST_FUNCTION]
    assert long == []


def test_a_function_takes_few_arguments() -> None:
    every = ((module, function) for module in SOURCE for function in functions(module))
    assert [(named(module), each.name) for module, each in every if positional(each) > MOST_POSITIONAL] == []


def test_a_module_has_a_name_that_says_something() -> None:
    assert [named(module) for module in (*SOURCE, *TESTS) if module.stem in NAMES_THAT_SAY_NOTHING] == []


def test_a_module_says_what_it_is_for() -> None:
    silent = [module for module in SOURCE if not ast.get_docstring(tree_of(module))]
    assert [named(module) for module in silent if module.name != "__init__.py" or text_of(module).strip()] == []


def test_every_public_function_and_class_says_what_it_is_for() -> None:
    top = ((module, node) for module in SOURCE for node in tree_of(module).body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    assert [(named(module), node.name) for module, node in top if not node.name.startswith("_") and not ast.get_docstring(node)] == []


def test_imports_stand_at_the_top() -> None:
    allowed = {"fcntl", "msvcrt"}  # each is there on one kind of system only
    inner = ((module, node) for module in SOURCE for function in functions(module) for node in ast.walk(function))
    found = ((module, alias.name) for module, node in inner if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names)
    assert [(named(module), name) for module, name in found if name not in allowed] == []


@pytest.mark.parametrize("path", EMPTY)
def test_importing_one_rule_loads_nothing_else(path: str) -> None:
    assert (PROJECT / path).read_text(encoding="utf-8") == ""


def test_one_rule_is_loaded_without_a_table_or_a_web_server() -> None:
    run("-c", "import sys, registry.rules.lawful_basis; assert not {'peewee', 'flask', 'marshmallow', 'cryptography'} & set(sys.modules)")


def tracked() -> list[Path]:
    """Every file that belongs to the project; all that lies there when this is not a clone."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [path for name in listed.stdout.split("\0") if name and (path := PROJECT / name).is_file()]
    apart = {".venv", ".git", "data", "vendor", "node_modules", "__pycache__"}
    return [path for path in PROJECT.rglob("*") if path.is_file() and not apart & set(path.relative_to(PROJECT).parts)]


def written() -> Iterator[tuple[Path, str]]:
    """Every file of text with what it says."""
    for path in tracked():
        if path.suffix in WRITTEN:
            yield path.relative_to(PROJECT), path.read_text(encoding="utf-8", errors="replace")


def test_nothing_names_a_place_that_only_one_machine_has() -> None:
    wrong = [(str(path), word) for path, text in written() for word in ELSEWHERE if word in text]
    assert wrong == []


def test_packages_are_locked_by_their_hashes_and_not_by_where_they_came_from() -> None:
    wrong = [(str(path), word) for path, text in written() for word in REGISTRIES if word in text.lower()]
    assert wrong == []


def test_nothing_was_left_behind_by_whoever_wrote_it() -> None:
    ours = ((path, text) for path, text in written() if "tests" not in path.parts)  # tests look for such words elsewhere
    wrong = [(str(path), word) for path, text in ours for word in LEFT_BEHIND if word in text]
    assert wrong == []


def test_no_secret_and_no_database_lies_in_the_repository() -> None:
    suffixes = {".db", ".sqlite", ".sqlite3", ".key", ".pem", ".log", ".pyc"}
    assert [str(path) for path in tracked() if path.suffix in suffixes or path.name in ("secret.key", ".env")] == []


def test_everything_written_ends_its_last_line_and_uses_no_carriage_returns() -> None:
    wrong = [str(path.relative_to(PROJECT)) for path in tracked() if path.suffix in {".py", ".html", ".md"} and _untidy(path.read_bytes())]
    assert wrong == []


def _untidy(text: bytes) -> bool:
    return bool(text) and (b"\r" in text or not text.endswith(b"\n"))
