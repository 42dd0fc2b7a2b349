"""How long a server asks to be left alone."""

from datetime import UTC, datetime

import pytest

from registry.rules.retry_after import seconds_to_wait

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("9" * 50, 999_999_999.0),
        ("Mon, 23 Nov 2026 09:01:30 GMT", 90.0),
        ("Mon, 23 Nov 2026 10:01:30 +0100", 90.0),
        ("Mon, 23 Nov 2026 09:01:30 -0000", 90.0),
        ("Mon, 23 Nov 2026 08:00:00 GMT", 0.0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("١٢", None),
        ("Mon, 99 Nov 2026 09:01:30 GMT", None),
    ],
)
def test_a_header_names_seconds_or_a_moment_or_nothing(header: str | None, seconds: float | None) -> None:
    assert seconds_to_wait(header, NOW) == seconds
