from importlib import import_module

import pytest

from benchmarks.__main__ import PARTS
from benchmarks.__main__ import main as bench
from benchmarks.pairs import Result, ratios


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_measured(part: str) -> None:
    assert callable(import_module(f"benchmarks.{part}").measure)


def test_a_part_that_does_not_exist_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench(["writting"]) == 2
    assert "There is no part called writting" in capsys.readouterr().out


def test_the_result_is_the_median_beside_its_limit() -> None:
    result = Result("W1", "a write", [1.4, 1.1, 1.2], 1.25)
    assert result.is_met
    assert (result.limit_in_words, result.measured_in_words) == ("≤ 1.25 ×", "1.20 × [1.10–1.40]")
    assert not Result("W1", "a write", [1.4, 1.3, 1.2], 1.25).is_met


def test_a_floor_is_met_from_above() -> None:
    assert Result("A1", "entries", [300_000.0], 250_000, "a second", is_floor=True).is_met
    assert not Result("A1", "entries", [200_000.0], 250_000, "a second", is_floor=True).is_met


def test_ours_and_theirs_go_first_by_turns() -> None:
    order: list[str] = []

    def ours() -> float:
        order.append("ours")
        return 3.0

    def theirs() -> float:
        order.append("theirs")
        return 2.0

    assert ratios(ours, theirs, pairs=2) == [1.5, 1.5]
    assert order == ["ours", "theirs", "ours", "theirs", "theirs", "ours"]
