"""The keys: each purpose has its own, an old one still opens what it sealed, and nothing opens with the wrong one."""

import hmac

import pytest

from models.vault import KeyedDigest, Vault, WontOpen, current, unlock
from tests.conftest import VAULT

OLD, NEW = b"an old secret with more than enough bytes", b"a new secret with more than enough bytes"
PLACE = b"asset.owner:1"


def test_a_vault_with_two_keys_opens_what_the_first_sealed_and_seals_with_the_second() -> None:
    before, after = Vault({1: OLD}), Vault({1: OLD, 2: NEW})
    assert after.open(before.seal("Ola", PLACE), PLACE) == "Ola"
    resealed = after.seal("Ola", PLACE)
    assert (after.sealing_number, int.from_bytes(resealed[1:3], "big")) == (2, 2)
    assert Vault({2: NEW}).open(resealed, PLACE) == "Ola"
    with pytest.raises(WontOpen, match="key that sealed this value is not here"):
        before.open(resealed, PLACE)


def test_searching_and_the_trace_outlive_a_new_sealing_key() -> None:
    before, after = Vault({1: OLD}), Vault({1: OLD, 2: NEW})
    for purpose in ("token", "trace", "row_seal"):
        assert getattr(before, purpose)(b"message") == getattr(after, purpose)(b"message")
    assert before.fingerprint() == after.fingerprint()
    assert before.session_key == after.session_key


def test_the_same_number_with_another_secret_opens_nothing() -> None:
    with pytest.raises(WontOpen):
        Vault({1: NEW}).open(Vault({1: OLD}).seal("Ola", PLACE), PLACE)
    assert Vault({1: NEW}).fingerprint() != Vault({1: OLD}).fingerprint()


@pytest.mark.parametrize("sealed", [b"", b"\1", b"\1\0\1", b"\2\0\1" + b"x" * 40, b"plain text that nobody sealed"])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(WontOpen):
        VAULT.open(sealed, PLACE)


def test_each_purpose_has_a_key_of_its_own() -> None:
    digests = {VAULT.token(b"x"), VAULT.trace(b"x"), VAULT.row_seal(b"x"), VAULT.session_key}
    assert len(digests) == 4


@pytest.mark.parametrize("secrets", [{}, {1: b"short"}, {1: OLD, 2: b"short"}])
def test_a_secret_that_is_too_short_is_refused(secrets: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        Vault(secrets)


@pytest.mark.parametrize("length", [0, 1, 55, 56, 64, 65, 1000])
def test_the_quick_keyed_digest_is_plain_hmac(length: int) -> None:
    key, message = bytes(range(32)), b"m" * length
    assert KeyedDigest(key)(message) == hmac.digest(key, message, "sha256")


def test_letters_of_every_script_come_back() -> None:
    for text in ("Zoë Ó Briain", "Łukasz", "名前", "a" * 20_000, "x"):
        assert VAULT.open(VAULT.seal(text, PLACE), PLACE) == text


def test_a_locked_vault_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.vault._vault", None)
    with pytest.raises(RuntimeError, match="locked"):
        current()
    unlock(VAULT)
    assert current() is VAULT
