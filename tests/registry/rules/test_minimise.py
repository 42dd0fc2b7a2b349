"""What is kept beyond need, at its edges."""

from datetime import date

import pytest

from registry.rules.minimise import contact_left_behind, left_behind, over_kept, unused

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("due", [None, date(2026, 11, 23), date(2026, 11, 24)])
@pytest.mark.parametrize("is_held", [True, False])
def test_nothing_is_over_kept_before_its_day_is_over_or_while_nobody_knows_it(due: date | None, is_held: bool) -> None:
    assert over_kept(due, TODAY, is_held) == ""


def test_it_is_said_since_when_it_could_have_gone_and_whether_a_hold_keeps_it() -> None:
    assert over_kept(date(2026, 11, 22), TODAY, False) == (
        "It could have gone since Sunday 22 November 2026, 1 day ago. Propose its disposal, or say what it is still needed for."
    )
    assert over_kept(date(2026, 11, 22), TODAY, is_proposed=True, what="The oldest") == (
        "The oldest could have gone since Sunday 22 November 2026, 1 day ago. Its disposal has begun: see that it is approved, and carried out."
    )
    assert over_kept(date(2022, 11, 22), TODAY, True) == (
        "It could have gone since Tuesday 22 November 2022, 1,462 days ago, but a hold keeps it: it stands until that is lifted."
    )


@pytest.mark.parametrize(("left", "grace"), [(None, 90), (date(2026, 8, 25), 90), (TODAY, 0), (TODAY, -5), (date(2027, 1, 4), 90)])
def test_who_has_not_left_or_left_lately_is_not_left_behind(left: date | None, grace: int) -> None:
    assert left_behind(left, TODAY, grace) == contact_left_behind(left, TODAY, grace) == ""


def test_who_left_longer_ago_is_looked_at() -> None:
    assert left_behind(date(2026, 8, 24), TODAY).startswith("They left on Monday 24 August 2026, 91 days ago. See what")
    assert left_behind(date(2026, 11, 22), TODAY, 0).startswith("They left on Sunday 22 November 2026, 1 day ago.")
    assert contact_left_behind(date(2026, 8, 24), TODAY).startswith("The last of their pupils left on Monday 24 August 2026, 91 days ago.")


@pytest.mark.parametrize(
    ("answered", "asked", "words"),
    [(0, 0, ""), (0, 19, ""), (0, 20, "None of 20"), (1, 20, ""), (1, 50, ""), (1, 51, "1 of 51"), (199, 10_000, "199 of 10,000"), (200, 10_000, "")],
)
def test_a_question_is_unused_where_fewer_than_two_in_a_hundred_of_enough_answer_it(answered: int, asked: int, words: str) -> None:
    assert unused(answered, asked) == words
