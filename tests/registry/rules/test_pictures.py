"""A picture is known by its first bytes, and its size with it."""

import pytest

from registry.rules.pictures import Picture, picture_of
from tests.pictures import jpeg_head, png


def test_a_png_says_its_size() -> None:
    assert picture_of(png(20, 30)) == Picture("image/png", 20, 30)


def test_a_jpeg_says_its_size_behind_other_parts() -> None:
    assert picture_of(jpeg_head(640, 480)) == Picture("image/jpeg", 640, 480)


BROKEN = (png()[:20], b"\x89PNG\r\n\x1a\nxxxx", jpeg_head(1, 1)[:9], jpeg_head(1, 1)[:14], b"\xff\xd8\xff", b"\xff\xd8\xff\xfe\x00\x02zz")


@pytest.mark.parametrize("image", [b"", b"GIF89a", b"<svg/>", *BROKEN])
def test_what_is_neither_or_breaks_off_is_no_picture(image: bytes) -> None:
    assert picture_of(image) is None
