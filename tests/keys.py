"""The secret of the tests in a file, as a school has it, so that a key can be added."""

from pathlib import Path

from models import secret_file, vault

SECRET = b"a secret that only the tests know, of enough bytes"


def opened_from_file(folder: Path) -> Path:
    """Open the program with the secret in a file of this folder; the file."""
    path = folder / "secret.key"
    path.write_text(f"1 {SECRET.hex()}\n", encoding="ascii")
    vault.unlock(secret_file.open_vault(None, path))
    return path
