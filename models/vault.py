"""The keys: sealing, opening, searching tokens and keyed digests. The only module that knows cryptography."""

import hashlib
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = 1
NONCE = 12
HEAD = 3  # one byte of format, two of key number
BLOCK = 64


class WontOpen(ValueError):
    """A sealed value was altered, moved to another row or column, or sealed with a key that is not here."""


class KeyedDigest:
    """HMAC-SHA256 with both pads hashed once: a third of the cost of a fresh HMAC for each short message."""

    def __init__(self, key: bytes) -> None:
        padded = key.ljust(BLOCK, b"\0")
        self.begin = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded)).copy
        self.close = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded)).copy

    def __call__(self, message: bytes) -> bytes:
        """The 32-byte keyed digest of a message; a long loop may do these five steps itself."""
        inner = self.begin()
        inner.update(message)
        outer = self.close()
        outer.update(inner.digest())
        return outer.digest()


class Vault:
    """Everything derived from the school's master secrets, each purpose with a key of its own (HKDF-SHA256)."""

    def __init__(self, secrets: Mapping[int, bytes]) -> None:
        """Take the master secrets by key number (1 to 65535), at least 32 bytes each; the highest number seals."""
        if not secrets or any(len(secret) < 32 for secret in secrets.values()):
            raise ValueError("A master secret has at least 32 bytes.")
        self._secrets = dict(secrets)
        self._ciphers = {number: AESGCM(self._derive("seal", number)) for number in secrets}
        self.sealing_number = max(secrets)
        self._sealing_head = bytes([FORMAT]) + self.sealing_number.to_bytes(2, "big")
        self._encrypt = self._ciphers[self.sealing_number].encrypt
        first = min(secrets)  # searching and tracing outlive a rotation of the sealing key
        self.token = KeyedDigest(self._derive("index", first))
        self.trace = KeyedDigest(self._derive("audit", first))
        self.row_seal = KeyedDigest(self._derive("row", first))
        self.session_key = self._derive("session", first)

    def _derive(self, purpose: str, number: int) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=f"safehold {purpose}".encode()).derive(self._secrets[number])

    def seal(self, text: str, place: bytes) -> bytes:
        """Seal a text for one place (table, column and row): format, key number, nonce, ciphertext and tag."""
        nonce = os.urandom(NONCE)
        return self._sealing_head + nonce + self._encrypt(nonce, text.encode(), place)

    def open(self, sealed: bytes, place: bytes) -> str:
        """Open what was sealed for exactly this place; raises WontOpen otherwise."""
        cipher = self._ciphers.get(int.from_bytes(sealed[1:HEAD], "big"))
        if cipher is None or sealed[0] != FORMAT:
            raise WontOpen("The key that sealed this value is not here.")
        try:
            return cipher.decrypt(sealed[HEAD : HEAD + NONCE], sealed[HEAD + NONCE :], place).decode()
        except (InvalidTag, ValueError) as problem:  # ValueError when even the nonce was cut off
            raise WontOpen("This sealed value was altered or moved.") from problem

    def fingerprint(self) -> bytes:
        """What the database keeps so that the next start knows whether this key opens it."""
        return self.trace(b"safehold key check")


_vault: Vault | None = None


def unlock(vault: Vault) -> None:
    """Make this vault the one that every sealed column uses."""
    global _vault  # noqa: PLW0603 - one process holds one master secret
    _vault = vault


def current() -> Vault:
    """The unlocked vault; raises RuntimeError before `unlock`."""
    if _vault is None:
        raise RuntimeError("The vault is locked: call vault.unlock first.")
    return _vault
