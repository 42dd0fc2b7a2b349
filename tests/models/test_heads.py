"""The last entry of each chain is kept outside the database, and an older one never replaces a newer one."""

import os
import threading
from pathlib import Path
from uuid import uuid4

import pytest

from models import heads

if os.name != "nt":
    import fcntl

CHAIN = uuid4()
ONE, TWO = b"\1" * 32, b"\2" * 32


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> None:
    heads.open_folder(tmp_path / "new" / "heads")


def test_what_was_kept_is_read_again() -> None:
    assert heads.last(CHAIN) is None
    heads.keep(CHAIN, 1, ONE)
    assert heads.last(CHAIN) == (1, ONE)
    heads.keep(CHAIN, 2, TWO)
    assert heads.last(CHAIN) == (2, TWO)


def test_an_older_head_never_replaces_a_newer_one() -> None:
    heads.keep(CHAIN, 2, TWO)
    heads.keep(CHAIN, 1, ONE)
    assert heads.last(CHAIN) == (2, TWO)


@pytest.mark.skipif(os.name == "nt", reason="on Windows one process serves")
def test_another_process_at_the_same_head_is_waited_for(tmp_path: Path) -> None:
    heads.keep(CHAIN, 1, ONE)
    descriptor = os.open(tmp_path / "new" / "heads" / CHAIN.hex, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    late = threading.Thread(target=heads.keep, args=(CHAIN, 2, TWO))
    late.start()
    late.join(0.1)
    assert late.is_alive()
    os.write(descriptor, f"{3:020d} {ONE.hex()}\n".encode())
    os.close(descriptor)
    late.join(5)
    assert heads.last(CHAIN) == (3, ONE)


def test_chains_are_kept_apart_and_all_known() -> None:
    other = uuid4()
    heads.keep(CHAIN, 1, ONE)
    heads.keep(other, 7, TWO)
    assert (heads.last(CHAIN), heads.last(other)) == ((1, ONE), (7, TWO))
    assert set(heads.chains()) == {CHAIN, other}


def test_what_cannot_be_read_counts_as_nothing_and_is_replaced(tmp_path: Path) -> None:
    heads.keep(CHAIN, 5, ONE)
    (tmp_path / "new" / "heads" / CHAIN.hex).write_bytes(b"half a li")
    assert heads.last(CHAIN) is None
    heads.keep(CHAIN, 6, TWO)
    assert heads.last(CHAIN) == (6, TWO)


def test_a_file_that_was_taken_away_is_missed_although_it_is_still_open(tmp_path: Path) -> None:
    heads.keep(CHAIN, 5, ONE)
    (tmp_path / "new" / "heads" / CHAIN.hex).unlink()
    assert heads.last(CHAIN) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_program_reads_them(tmp_path: Path) -> None:
    heads.keep(CHAIN, 1, ONE)
    assert (tmp_path / "new" / "heads" / CHAIN.hex).stat().st_mode & 0o077 == 0


def test_nothing_is_kept_before_somebody_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "_folder", None)
    monkeypatch.setattr(heads, "_files", {})
    with pytest.raises(RuntimeError, match="Say where the heads are kept first"):
        heads.keep(CHAIN, 1, ONE)
    with pytest.raises(RuntimeError, match="Say where the heads are kept first"):
        heads.chains()


def test_a_trust_with_more_schools_than_files_may_be_open_keeps_every_head() -> None:
    chains = [uuid4() for _ in range(heads.OPEN_AT_MOST + 50)]
    for number in (1, 2):
        for chain in chains:
            heads.keep(chain, number, ONE)
    assert {heads.last(chain) for chain in chains} == {(2, ONE)}
    assert len(heads._files) == heads.OPEN_AT_MOST
