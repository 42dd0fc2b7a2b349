"""The drawings that stand beside words."""

import re

import pytest

from web import icons


def test_an_icon_that_was_never_drawn_is_refused() -> None:
    with pytest.raises(KeyError, match="unicorn"):
        icons.use("unicorn")


def test_an_icon_is_never_read_out() -> None:
    assert 'aria-hidden="true" focusable="false"' in icons.use("pen")


def test_a_tone_cannot_smuggle_markup_in() -> None:
    assert "<script" not in icons.use("pen", '"><script>')


def test_each_drawing_is_printed_once_under_the_name_it_is_used_by() -> None:
    printed = icons.sprite(["stop", "pen", "stop"])
    assert re.findall(r'<symbol id="([^"]+)"', printed) == ["icon-pen", "icon-stop"]
    assert 'href="#icon-pen"' in icons.use("pen")


def test_no_name_means_two_drawings() -> None:
    assert not icons.SHAPES.keys() & icons.LINES.keys()
