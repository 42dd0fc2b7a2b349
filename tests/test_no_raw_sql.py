"""SQL is made by peewee from the tables; by hand only where it is kept for speed, and in migrations. It is never put together from text."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
FOLDERS = ("models", "registry", "exports", "web", "tools")
MAY_RUN_SQL = {
    "models/statements.py",  # the statements that are kept, taken from peewee's own queries
    "models/residue.py",  # what a database does to its own files
    "models/turns.py",  # a lock of PostgreSQL, which is about no table
}
KNOWS_NO_DATABASE = PROJECT / "registry" / "connectors"
"""Kept from it by a contract of import-linter; the `raw` there is the body of an answer from the internet."""

PASSES_THE_DOORS = frozenset({"execute_sql", "raw", "executescript", "executemany", "cursor", "SQL", "RawQuery"})
STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|TRUNCATE|PRAGMA|WITH|SET)\s")


def ours() -> Iterator[Path]:
    """Every module of the program, migrations apart."""
    yield from sorted(PROJECT.glob("*.py"))
    for folder in FOLDERS:
        yield from (path for path in sorted((PROJECT / folder).rglob("*.py")) if KNOWS_NO_DATABASE not in path.parents)


def passages(source: str) -> Iterator[str]:
    """Where a module runs SQL of its own, or puts some together."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in PASSES_THE_DOORS:
            yield f"line {node.lineno}: .{node.attr}"
        if isinstance(node, ast.ImportFrom) and node.module == "peewee":
            yield from (f"line {node.lineno}: imports {each.name}" for each in node.names if each.name in PASSES_THE_DOORS)
        if isinstance(node, ast.JoinedStr) and node.values and _is_statement(node.values[0]):
            yield f"line {node.lineno}: a statement put together"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod) and _is_statement(node.left):
            yield f"line {node.lineno}: a statement put together"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format" and _is_statement(node.func.value):
            yield f"line {node.lineno}: a statement put together"
        if isinstance(node, ast.Attribute) and node.attr == "table" and isinstance(node.value, ast.Attribute) and node.value.attr == "_meta":
            yield f"line {node.lineno}: a table without its doors"


def _is_statement(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(STATEMENT.match(node.value))


def test_no_module_runs_sql_of_its_own() -> None:
    modules = ((path.relative_to(PROJECT).as_posix(), path) for path in ours())
    found = {name: [*passages(path.read_text(encoding="utf-8"))] for name, path in modules if name not in MAY_RUN_SQL}
    assert {name: where for name, where in found.items() if where} == {}


def test_the_exceptions_are_still_there() -> None:
    for module in MAY_RUN_SQL:
        assert [*passages((PROJECT / module).read_text(encoding="utf-8"))] != []


@pytest.mark.parametrize(
    "source",
    [
        "db.execute_sql('SELECT 1')",
        "Asset.raw('SELECT 1')",
        "from peewee import SQL",
        "f'SELECT * FROM {table}'",
        "'DELETE FROM asset WHERE id = %s' % key",
        "'UPDATE asset SET name = ' + name",
        "'SELECT {}'.format(column)",
        "Asset._meta.table.select()",
    ],
)
def test_each_way_past_it_is_seen(source: str) -> None:
    assert [*passages(source)] != []


def test_a_sentence_is_no_statement() -> None:
    assert [*passages("f'Select {thing} from the list.'; 'Update: ' + words")] == []
