"""The keys: each purpose has its own, an old one still opens what it sealed, and nothing opens with the wrong one."""

import hmac
import threading

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


def test_a_vault_at_work_learns_of_a_key_when_a_value_of_that_key_turns_up() -> None:
    now = {1: OLD}
    asked: list[int] = []

    def more() -> dict[int, bytes]:
        asked.append(1)
        return now

    at_work = Vault(now, more)
    assert at_work.open(at_work.seal("Ola", PLACE), PLACE) == "Ola"
    assert asked == [], "keys that are known cost nothing"
    now = {1: OLD, 2: NEW}
    assert at_work.seal("Ola", PLACE)[1:3] == b"\0\1"
    assert at_work.open(Vault(now).seal("Ola", PLACE), PLACE) == "Ola"
    assert (at_work.sealing_number, at_work.seal("Ola", PLACE)[1:3]) == (2, b"\0\2")
    assert at_work.open(Vault({1: OLD}).seal("Ola", PLACE), PLACE) == "Ola"
    assert asked == [1]
    with pytest.raises(WontOpen, match="not here"):
        at_work.open(Vault({1: OLD, 3: NEW}).seal("Ola", PLACE), PLACE)


def test_what_is_learnt_never_takes_the_place_of_what_is_known() -> None:
    at_work = Vault({2: OLD}, lambda: {1: NEW, 2: NEW, 3: NEW})
    before, print_before = at_work.seal("Ola", PLACE), at_work.fingerprint()
    at_work.learn()
    assert at_work.open(before, PLACE) == "Ola"
    assert (at_work.sealing_number, at_work.fingerprint(), len(at_work.fingerprints())) == (3, print_before, 2)


def test_sealing_while_a_key_is_learnt_never_mixes_two_keys() -> None:
    at_work, after = Vault({1: OLD}, lambda: {number: NEW + bytes([number]) for number in range(2, 60)}), threading.Event()
    sealed: list[bytes] = []

    def keep_sealing() -> None:
        while not after.is_set():
            sealed.append(at_work.seal("Ola", PLACE))

    thread = threading.Thread(target=keep_sealing)
    thread.start()
    while not sealed:
        pass
    at_work.learn()
    after.set()
    thread.join()
    assert {at_work.open(each, PLACE) for each in sealed} == {"Ola"}


def test_each_key_has_a_fingerprint_bound_to_its_number() -> None:
    both = Vault({1: OLD, 2: NEW})
    assert both.fingerprints()[0] == Vault({1: OLD}).fingerprint()
    assert both.fingerprints()[1] != Vault({1: OLD, 3: NEW}).fingerprints()[1]
    assert Vault({2: NEW}).fingerprint() not in both.fingerprints()


@pytest.mark.parametrize("number", [0, -1, 65_536])
def test_a_key_has_a_number_that_sealed_bytes_can_carry(number: int) -> None:
    with pytest.raises(ValueError, match="number from 1 to 65535"):
        Vault({1: OLD, number: NEW})


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
