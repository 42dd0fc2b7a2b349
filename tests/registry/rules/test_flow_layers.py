from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.rules.flow_layers import Arrow, Place, layers

ARROWS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14)


def test_boxes_stand_as_far_to_the_right_as_the_longest_way_to_them() -> None:
    found = layers(4, [(0, 1), (1, 2), (0, 2), (2, 3)])
    assert [[place.number for place in column if not place.is_bend] for column in found.columns] == [[0], [1], [2], [3]]
    assert found.paths[2] == (Place(0, 0), Place(1, 2, is_bend=True), Place(2, 2))
    assert found.leads_back == (False,) * 4


def test_a_way_back_is_laid_out_the_other_way_round_and_one_to_itself_stays() -> None:
    found = layers(3, [(0, 1), (1, 2), (2, 0), (1, 1), (1, 0)])
    assert found.leads_back == (False, False, True, False, True)
    assert found.paths[2] == (Place(0, 0), Place(1, 2, is_bend=True), Place(2, 2))
    assert found.paths[3] == (Place(1, 1),)
    assert found.paths[4] == (Place(0, 0), Place(1, 1))


def test_arrows_that_need_not_cross_do_not() -> None:
    found = layers(6, [(0, 5), (1, 4), (2, 3)])
    ranks = [{place.number: at for at, place in enumerate(column)} for column in found.columns]
    assert [ranks[0][begin] < ranks[0][begin + 1] for begin in (0, 1)] == [ranks[1][end] < ranks[1][end - 1] for end in (5, 4)]


def test_without_boxes_there_are_no_columns() -> None:
    assert layers(0, []).columns == ()


@settings(max_examples=80, deadline=None)
@given(ARROWS)
def test_every_arrow_leads_one_column_on_at_a_time_whatever_turns_it_takes(arrows: list[Arrow]) -> None:
    found = layers(8, arrows)
    places = [place for column in found.columns for place in column]
    assert len(places) == len(set(places)) == 8 + sum(len(path[1:-1]) for path in found.paths)
    assert all(place in column for path in found.paths for place in path for column in [found.columns[place.column]])
    for path, arrow, is_back in zip(found.paths, arrows, found.leads_back, strict=True):
        ends = (path[-1].number, path[0].number) if is_back else (path[0].number, path[-1].number)
        assert ends == arrow
        assert all(other.column == one.column + 1 for one, other in pairwise(path))
