import pytest

from models.put_away import PutAway
from models.vault import WontOpen

PIECES = [b"Nell Abara, ", b"Year 4. " * 1000, b""]


def test_what_was_put_away_comes_out_in_its_order_and_again() -> None:
    away = PutAway(b"a test")
    for piece in PIECES:
        away.put(piece)
    assert [*away.pieces()] == [*away.pieces()] == PIECES
    away.close()


def test_it_lies_on_the_disk_sealed_and_what_is_altered_there_is_refused() -> None:
    away = PutAway(b"a test")
    away.put(PIECES[0])
    assert away._file is not None
    away._file.seek(0)
    assert b"Nell" not in away._file.read()
    away._file.seek(0)
    away._file.write(b"X")
    with pytest.raises(WontOpen):
        [*away.pieces()]
    away.close()


def test_nothing_makes_no_file() -> None:
    away = PutAway(b"a test")
    assert [*away.pieces()] == []
    assert away._file is None
    away.close()
