"""The master secret: read or made when the program starts, and held against what the database was sealed with."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from models.base import db, new_id
from models.school import Installation
from models.vault import Vault


class KeyDoesNotOpen(Exception):
    """The secret at hand is not the one this database was sealed with; the message says what to do."""


def open_vault(secret: str | None, path: Path) -> Vault:
    """The vault of this installation, from the secret itself or from its file, which the first start makes.

    Raises KeyDoesNotOpen before anything is written when the database was sealed with another secret.
    """
    check = _key_check()
    if secret is None and check is not None and not path.exists():
        raise KeyDoesNotOpen(f"The secret file {path} is missing, and it opens this database. Bring it back from your copy, then start again.")
    vault = _given(secret) if secret is not None else read_or_make(path)
    if check is not None and not secrets.compare_digest(check, vault.fingerprint().hex()):
        where = "SAFEHOLD_SECRET" if secret is not None else f"The secret in {path}"
        raise KeyDoesNotOpen(f"{where} does not open this database. Use the right secret, or the right database. Nothing was changed.")
    return vault


def read_or_make(path: Path) -> Vault:
    """The vault whose secrets stand in this file, one a line as "number hexadecimal"; a file that is not there is made, for its owner only."""
    if not path.exists():
        _make(path)
    return _lines(path.read_text(encoding="ascii", errors="replace"))


def note_key(vault: Vault, at: datetime) -> None:
    """Remember in the database which secret opens it, so that a start with another one stops. Does nothing the second time."""
    if Installation.select().first() is None:
        Installation.insert(id=new_id(), key_check=vault.fingerprint().hex(), created_at=at).execute()


def _lines(text: str) -> Vault:
    """The vault of secrets that stand one a line; raises KeyDoesNotOpen for anything else, without repeating it."""
    try:
        return Vault({int(number): bytes.fromhex(secret) for number, secret in (line.split() for line in text.splitlines() if line.strip())})
    except ValueError:
        raise KeyDoesNotOpen("The secret cannot be read: each line must be a number and, in hexadecimal, a secret of 32 bytes or more.") from None


def _given(text: str) -> Vault:
    """The vault of a secret from the environment: lines as in the file, or any one text."""
    try:
        return _lines(text)
    except KeyDoesNotOpen:
        return Vault({1: text.strip().encode()})


def _make(path: Path) -> None:
    """Make the file whole or not at all; when two starts make it at once, both use the one that was there first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"1 {secrets.token_hex(32)}\n")
            file.flush()
            os.fsync(file.fileno())
        if not path.exists():
            _place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _place(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        draft.rename(path)


def _key_check() -> str | None:
    with db.connection_context():
        row = Installation.select(Installation.key_check).first() if db.table_exists(Installation._meta.table_name) else None
    return None if row is None else str(row.key_check)
