"""The master secret: read or made when the program starts, and held against what the database was sealed with."""

import contextlib
import os
import secrets
import stat
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from models.base import db, new_id
from models.school import Installation
from models.vault import Vault, demand_usable


class KeyDoesNotOpen(Exception):
    """The secret at hand is not the one this database was sealed with; the message says what to do."""


def open_vault(secret: str | None, path: Path) -> Vault:
    """The vault of this installation, from the secret itself or from its file, which the first start makes.

    Raises KeyDoesNotOpen before anything is written when the database was sealed with another secret.
    """
    with db.connection_context():
        known = _known_keys() if db.table_exists(Installation._meta.table_name) else []
    if secret is None and known and not path.exists():
        raise KeyDoesNotOpen(f"The secret file {path} is missing, and it opens this database. Bring it back from your copy, then start again.")
    vault = _given(secret) if secret is not None else read_or_make(path)
    here = _fingerprints(vault)
    where = "SAFEHOLD_SECRET" if secret is not None else f"The secret in {path}"
    if known and known[0] not in here:
        raise KeyDoesNotOpen(f"{where} does not open this database. Use the right secret, or the right database. Nothing was changed.")
    if not set(known) <= set(here):
        raise KeyDoesNotOpen(f"{where} lacks a newer key that this database is sealed with. Bring back its latest copy. Nothing was changed.")
    return vault


def read_or_make(path: Path) -> Vault:
    """The vault whose secrets stand in this file, one a line as "number hexadecimal"; a file that is not there is made, for its owner only."""
    if not path.exists():
        _make(path)
    return Vault(_in_file(path), partial(_in_file_by_now, path))


def add_key(path: Path) -> int:
    """Put a new secret below those in this file, on the disk before anybody seals with it; its number.

    The file is replaced whole or not at all, and stays its owner's. Raises OSError where it cannot be written.
    """
    file = path.resolve()  # a link to the file stays one
    held = _in_file(file)
    number = max(held) + 1
    lines = [f"{each} {secret.hex()}\n" for each, secret in {**held, number: secrets.token_bytes(32)}.items()]
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)  # of a process that was killed
    try:
        _write(draft, "".join(lines), like=file)
        draft.replace(file)
        _settle(file.parent)
    finally:
        draft.unlink(missing_ok=True)
    return number


def note_key(vault: Vault, at: datetime) -> None:
    """Remember in the database which keys open it, so that a start without one of them stops. Does nothing the second time."""
    known, here = _known_keys(), _fingerprints(vault)
    if not known:
        Installation.insert(id=new_id(), key_check=" ".join(here), created_at=at).execute()
    elif not set(here) <= set(known):
        Installation.update(key_check=" ".join(dict.fromkeys((*known, *here)))).execute()


def _fingerprints(vault: Vault) -> list[str]:
    return [each.hex() for each in vault.fingerprints()]


def _in_file(path: Path) -> dict[int, bytes]:
    return _lines(path.read_text(encoding="ascii", errors="replace"))


def _in_file_by_now(path: Path) -> Mapping[int, bytes]:
    """The same for a vault that is at work already, and stays as it is where there is nothing to be read."""
    try:
        return _in_file(path)
    except (OSError, KeyDoesNotOpen):
        return {}


def _lines(text: str) -> dict[int, bytes]:
    """The secrets that stand one a line, by number; raises KeyDoesNotOpen for anything else, without repeating it."""
    try:
        found = {int(number): bytes.fromhex(secret) for number, secret in (line.split() for line in text.splitlines() if line.strip())}
        demand_usable(found)
    except ValueError:
        raise KeyDoesNotOpen("The secret cannot be read: each line must be a number and, in hexadecimal, a secret of 32 bytes or more.") from None
    return found


def _given(text: str) -> Vault:
    """The vault of a secret from the environment: lines as in the file, or any one text."""
    try:
        return Vault(_lines(text))
    except KeyDoesNotOpen:
        return Vault({1: text.strip().encode()})


def _make(path: Path) -> None:
    """Make the file whole or not at all; when two starts make it at once, both use the one that was there first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        _write(draft, f"1 {secrets.token_hex(32)}\n")
        if not path.exists():
            _place(draft, path)
            _settle(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _write(draft: Path, text: str, like: Path | None = None) -> None:
    """Write a file down to the disk, for its owner only, or for whoever may read the one that it takes the place of."""
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        if like is not None and hasattr(os, "fchown"):  # not on Windows
            held = like.stat()
            os.fchown(file.fileno(), held.st_uid, held.st_gid)  # root may be turning the key of a program that is not root
            os.fchmod(file.fileno(), stat.S_IMODE(held.st_mode))
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Bring the names in a folder down to the disk as well, where the system does that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _place(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        draft.rename(path)


def _known_keys() -> list[str]:
    """The fingerprints of the keys that this database was sealed with, the first one's first; none before the first start."""
    row = Installation.select(Installation.key_check).first()
    return [] if row is None else row.key_check.split(" ")
