"""The keys: sealing, opening, searching tokens and keyed digests. The only module that knows cryptography."""

import hashlib
import os
from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = 1
NONCE = 12
HEAD = 3  # one byte of format, two of key number
TAG = 16  # bytes by which a sealed piece is longer
BLOCK = 64
MOST_KEYS = 65_535


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


def demand_usable(secrets: Mapping[int, bytes]) -> None:
    """Raise ValueError unless these are master secrets that a vault can take."""
    if not secrets or any(len(secret) < 32 for secret in secrets.values()):
        raise ValueError("A master secret has at least 32 bytes.")
    if not all(1 <= number <= MOST_KEYS for number in secrets):
        raise ValueError(f"A master secret has a number from 1 to {MOST_KEYS}.")


class Vault:
    """Everything derived from the school's master secrets, each purpose with a key of its own (HKDF-SHA256)."""

    def __init__(self, secrets: Mapping[int, bytes], more: Callable[[], Mapping[int, bytes]] = dict) -> None:
        """Take the master secrets by key number (1 to 65535), at least 32 bytes each; the highest number seals.

        `more` gives them as they are by now: it is asked when a value turns up that was sealed with a key made since.
        """
        demand_usable(secrets)
        self._secrets: dict[int, bytes] = {}
        self._more = more
        self._take(secrets)
        first = min(secrets)  # searching and tracing outlive a rotation of the sealing key
        self.token = KeyedDigest(self._derive("index", first))
        self.trace = KeyedDigest(self._derive("audit", first))
        self.row_seal = KeyedDigest(self._derive("row", first))
        self.session_key = self._derive("session", first)
        self.queue_key = self._derive("queue", first)

    def learn(self) -> None:
        """Take in the keys that were made since; the newest seals from now on. A key that is here already stays what it is."""
        first = min(self._secrets)
        self._take({number: secret for number, secret in self._more().items() if number > first})

    def _take(self, secrets: Mapping[int, bytes]) -> None:
        self._secrets = {**secrets, **self._secrets}
        self._ciphers = {number: AESGCM(self._derive("seal", number)) for number in self._secrets}
        newest = max(self._secrets)
        # one value, because another thread may be sealing: a head never goes with the key of another
        self._sealing = (bytes([FORMAT]) + newest.to_bytes(2, "big"), self._ciphers[newest].encrypt)

    def _derive(self, purpose: str, number: int) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=f"safehold {purpose}".encode()).derive(self._secrets[number])

    @property
    def sealing_head(self) -> bytes:
        """What everything sealed now begins with; what an older key sealed begins with less."""
        return self._sealing[0]

    @property
    def sealing_number(self) -> int:
        """The number of the key that seals."""
        return int.from_bytes(self.sealing_head[1:], "big")

    def seal(self, text: str, place: bytes) -> bytes:
        """Seal a text for one place (table, column and row): format, key number, nonce, ciphertext and tag."""
        nonce = os.urandom(NONCE)
        head, encrypt = self._sealing
        return head + nonce + encrypt(nonce, text.encode(), place)

    def open(self, sealed: bytes, place: bytes) -> str:
        """Open what was sealed for exactly this place; raises WontOpen otherwise."""
        cipher = self._ciphers.get(int.from_bytes(sealed[1:HEAD], "big"))
        if cipher is None or sealed[0] != FORMAT:
            cipher = self._made_since(sealed)
        try:
            return cipher.decrypt(sealed[HEAD : HEAD + NONCE], sealed[HEAD + NONCE :], place).decode()
        except (InvalidTag, ValueError) as problem:  # ValueError when even the nonce was cut off
            raise WontOpen("This sealed value was altered or moved.") from problem

    def _made_since(self, sealed: bytes) -> AESGCM:
        """The key of a value that none of those at hand has sealed, if it was made since; raises WontOpen."""
        number = int.from_bytes(sealed[1:HEAD], "big")
        if sealed[:1] == bytes([FORMAT]):
            if number not in self._ciphers:
                self.learn()
            if number in self._ciphers:
                return self._ciphers[number]
        raise WontOpen("The key that sealed this value is not here.")

    def fingerprint(self) -> bytes:
        """What the database keeps of the first key, so that the next start knows whether it has the right one."""
        return self.trace(b"safehold key check")

    def fingerprints(self) -> list[bytes]:
        """The same for every key here, the first one's first."""
        _first, *later = sorted(self._secrets)
        return [self.fingerprint(), *(KeyedDigest(self._derive("audit", number))(b"safehold key check %d" % number) for number in later)]


class Pieces:
    """Seals something long piece by piece with a key of its own, so that none can be left out, moved, cut off or taken from elsewhere.

    A key seals one thing once: the nonce of a piece is its number and whether it is the last, which is never the same twice.
    """

    def __init__(self, key: bytes, place: bytes) -> None:
        self._cipher = AESGCM(key)
        self._place = place

    def seal(self, number: int, piece: bytes, *, is_last: bool) -> bytes:
        """Seal one piece; call it once for each number, counted from 0, the last one and only that with `is_last`."""
        turn = _turn(number, is_last)
        return self._cipher.encrypt(turn, piece, self._place + turn)

    def open(self, number: int, sealed: bytes, *, is_last: bool) -> bytes:
        """Open the piece with this number; raises WontOpen when it is another, or was altered."""
        turn = _turn(number, is_last)
        try:
            return self._cipher.decrypt(turn, sealed, self._place + turn)
        except InvalidTag as problem:
            raise WontOpen("This piece was altered, moved or cut off.") from problem


def _turn(number: int, is_last: bool) -> bytes:
    return number.to_bytes(NONCE - 1, "big") + bytes([is_last])


def new_key() -> bytes:
    """A key for `Pieces`, which nobody has seen before."""
    return AESGCM.generate_key(256)


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
