"""What is kept beyond need, at its edges."""

from datetime import date

import pytest

from registry.rules.minimise import left_behind, over_kept

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("due", [None, date(2026, 11, 23), date(2026, 11, 24)])
@pytest.mark.parametrize("is_held", [True, False])
def test_nothing_is_over_kept_before_its_day_is_over_or_while_nobody_knows_it(due: date | None, is_held: bool) -> None:
    assert over_kept(due, TODAY, is_held) == ""


def test_it_is_said_since_when_it_could_have_gone_and_whether_a_hold_keeps_it() -> None:
    assert over_kept(date(2026, 11, 22), TODAY, False) == (
        "It could have gone since Sunday 22 November 2026, 1 day ago. Propose its disposal, or say what it is still needed for."
    )
    assert over_kept(date(2022, 11, 22), TODAY, True) == (
        "It could have gone since Tuesday 22 November 2022, 1,462 days ago, but a hold keeps it: it stands until that is lifted."
    )


@pytest.mark.parametrize(("left", "grace"), [(None, 90), (date(2026, 8, 25), 90), (TODAY, 0), (TODAY, -5), (date(2027, 1, 4), 90)])
def test_who_has_not_left_or_left_lately_is_not_left_behind(left: date | None, grace: int) -> None:
    assert left_behind(left, TODAY, grace) == ""


def test_who_left_longer_ago_is_looked_at() -> None:
    assert left_behind(date(2026, 8, 24), TODAY).startswith("They left on Monday 24 August 2026, 91 days ago. Look what")
    assert left_behind(date(2026, 11, 22), TODAY, 0).startswith("They left on Sunday 22 November 2026, 1 day ago.")
