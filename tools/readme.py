"""Writes the derived tables of the README: settings and permissions. A test fails while they are out of date."""

import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
if __name__ == "__main__":
    sys.path.insert(0, str(README.parent))

from models.roles import Role  # noqa: E402 - after the path is set
from registry.access import POLICY, Deed, Permission, Roles, allowed  # noqa: E402
from registry.catalogue import REGISTERS  # noqa: E402
from settings import Settings  # noqa: E402


def settings_table() -> str:
    """Every variable with its default and its words."""
    rows = [f"| `{name}` | {default} | {words} |" for name, default, words in Settings.documented()]
    return "\n".join(["| variable | default | what it does |", "|---|---|---|", *rows])


def permissions_table() -> str:
    """Each deed and permission, with the roles that have it."""
    rows = [_row(permission.label, POLICY[permission]) for permission in Permission]
    deeds = [deed for deed in Deed if deed is not Deed.ERASE]  # which nothing does yet
    given = [(register, deed, roles) for register in REGISTERS for deed in deeds if (roles := allowed(deed, register))]
    given = [each for each in given if each[1] is not Deed.ATTACH or each[2] != allowed(Deed.CHANGE, each[0])]
    rows += [_row(f"{register.heading}: {deed.value}", roles) for register, deed, roles in given]
    heads = " | ".join(role.label for role in Role)
    return "\n".join([f"| | {heads} |", "|---" * (len(Role) + 1) + "|", *rows])


def _row(words: str, roles: Roles) -> str:
    return f"| {words} | " + " | ".join("yes" if role in roles else "" for role in Role) + " |"


def renewed(text: str) -> str:
    """The README with both tables as they should be."""
    for name, table in (("settings", settings_table()), ("permissions", permissions_table())):
        before, _, rest = text.partition(f"<!-- {name} -->\n")
        _old, _, after = rest.partition(f"<!-- /{name} -->")
        text = f"{before}<!-- {name} -->\n{table}\n<!-- /{name} -->{after}"
    return text


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
