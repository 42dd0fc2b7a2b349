"""Addresses as squares that a phone reads."""

import re

import pytest
import segno

from exports.qr_code import QUIET, drawing


@pytest.mark.parametrize("address", ["https://safehold.example/consents/check?class=4+Heron", "http://127.0.0.1:8000/", "https://x.example/?class=%F0%9F%A6%89"])
def test_the_path_fills_exactly_the_dark_cells(address: str) -> None:
    size, path = drawing(address)
    dark = {(int(x) + step, int(y)) for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path) for step in range(int(width))}
    matrix = segno.make(address, error="m", micro=False).matrix
    assert dark == {(x + QUIET, y + QUIET) for y, row in enumerate(matrix) for x, cell in enumerate(row) if cell}
    assert size == len(matrix) + 2 * QUIET
