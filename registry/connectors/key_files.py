"""The private key of a service account, and the statement signed with it (RFC 7523)."""

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

SMALLEST = 2048
"""Bits of a key that Google gives; anything smaller is none of theirs."""


def has_private_key(text: str) -> bool:
    """Whether a text holds a whole private key that can sign."""
    try:
        key = _key(text)
        return bool(key.is_private) and key.private_key is not None and key.private_key.key_size >= SMALLEST
    except (ValueError, TypeError, JoseError):
        return False


def signed(claims: dict[str, str | int], private_key: str) -> str:
    """Claims as a JSON web token, signed by RS256."""
    return jwt.encode({"alg": "RS256", "typ": "JWT"}, dict(claims), _key(private_key))


def _key(text: str) -> RSAKey:
    return RSAKey.import_key(text.encode())
