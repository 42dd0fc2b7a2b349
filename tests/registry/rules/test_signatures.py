"""A drawn signature is a small picture with something on it; all else is refused with a sentence."""

import zlib

import pytest

from registry.rules.signatures import BROKEN, EMPTY, LEAST_INK, MOST_BYTES, PREFIX, TOO_LARGE, NotASignature, signature
from tests.registry.rules.drawn import INK, NOTHING, PAPER, chunk, header, picture, png, strokes, url


def refusal(drawn: str) -> str:
    """Why this is no signature."""
    with pytest.raises(NotASignature) as refused:
        signature(drawn)
    return str(refused.value)


@pytest.mark.parametrize("how", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("blank", [NOTHING, PAPER], ids=["on nothing", "on white"])
def test_ink_is_seen_however_the_picture_is_packed(how: int, blank: bytes) -> None:
    drawn = signature(url(picture(strokes(blank), how=lambda _row: how)))
    assert (drawn.width, drawn.height) == (60, 20)
    assert signature(url(drawn.png)) == drawn
    assert refusal(url(picture([[blank] * 60] * 20, how=lambda _row: how))) == EMPTY


@pytest.mark.parametrize(("colours", "blank", "ink"), [(0, b"\xff", b"\x10"), (2, b"\xff" * 3, b"\x10\x20\x30"), (4, b"\0\0", b"\x10\xff")])
def test_pictures_without_a_veil_or_without_colour_are_read_as_well(colours: int, blank: bytes, ink: bytes) -> None:
    mixed = picture(strokes(blank, ink), colours, how=lambda row: row % 5)
    assert signature(url(mixed)).png.startswith(b"\x89PNG")
    assert refusal(url(picture([[blank] * 60] * 20, colours))) == EMPTY


def test_what_is_light_or_hardly_there_is_no_ink_and_neither_is_a_black_box() -> None:
    assert refusal(url(picture(strokes(NOTHING, b"\xf0\xf0\xf0\xff")))) == EMPTY
    assert refusal(url(picture(strokes(NOTHING, b"\0\0\0\x20")))) == EMPTY
    assert refusal(url(picture([[INK] * 60] * 20))) == EMPTY


@pytest.mark.parametrize(("dots", "is_enough"), [(LEAST_INK - 1, False), (LEAST_INK, True)])
def test_a_few_dots_are_no_signature(dots: int, is_enough: bool) -> None:
    drawn = url(picture([[INK] * dots + [NOTHING] * 60, [NOTHING] * (dots + 60)]))
    if is_enough:
        assert signature(drawn).height == 2
    else:
        assert refusal(drawn) == EMPTY


@pytest.mark.parametrize("drawn", ["", "data:,"])
def test_nothing_at_all_is_nothing_signed(drawn: str) -> None:
    assert refusal(drawn) == EMPTY


def test_nothing_travels_in_a_signature_but_the_picture() -> None:
    lines = b"".join(b"\0" + b"".join(row) for row in strokes())
    loaded = png(header(60, 20), zlib.compress(lines), chunk(b"tEXt", b"Author\0Sam"), chunk(b"eXIf", b"GPS"))
    kept = signature(url(loaded)).png
    assert b"Sam" not in kept
    assert b"eXIf" not in kept
    assert kept == signature(url(picture(strokes()))).png


@pytest.mark.parametrize("head", [header(2001, 20), header(60, 1001), header(0, 20), header(60, 0)])
def test_a_picture_of_no_sane_size_is_refused(head: bytes) -> None:
    assert refusal(url(png(head, zlib.compress(b"")))) == TOO_LARGE


def test_too_many_bytes_are_not_even_looked_at() -> None:
    assert refusal(PREFIX + "A" * (MOST_BYTES * 2)) == TOO_LARGE


GOOD = picture(strokes())
LINES = b"".join(b"\0" + b"".join(row) for row in strokes())


@pytest.mark.parametrize("image", [
    b"", b"GIF89a", GOOD[:30], GOOD[:-12], GOOD[:-1], GOOD[:60] + b"\0" + GOOD[61:],
    png(header(60, 20, depth=16), zlib.compress(LINES)), png(header(60, 20, colours=3), zlib.compress(LINES)),
    png(header(60, 20, interlaced=1), zlib.compress(LINES)), png(header(60, 19), zlib.compress(LINES)), png(header(60, 21), zlib.compress(LINES)),
    png(header(60, 20), zlib.compress(LINES)[:-3]), png(header(60, 20), b"not packed"), png(header(60, 20), zlib.compress(b"\5" + LINES[1:])),
    png(header(1000, 1000), zlib.compress(bytes(50_000_000))), png(b"short", zlib.compress(LINES)), png(b"", b""),
], ids=range(17))  # fmt: skip
def test_what_is_broken_cut_off_or_bursting_is_refused(image: bytes) -> None:
    assert refusal(url(image)) == BROKEN


@pytest.mark.parametrize("drawn", ["hello", "data:image/jpeg;base64,AAAA", PREFIX + "*", PREFIX + "AAA", PREFIX + "é"])
def test_what_is_no_picture_in_an_address_is_refused(drawn: str) -> None:
    assert refusal(drawn) == BROKEN
