import pytest

from registry.rules.answers import chosen, is_blank, is_no, is_settled, is_yes, listed


@pytest.mark.parametrize(("answer", "yes", "no"), [(True, True, False), ("yes", True, False), (False, False, True), ("no", False, True)])
def test_yes_and_no_are_known(answer: str | bool, yes: bool, no: bool) -> None:
    assert (is_yes(answer), is_no(answer), is_settled(answer)) == (yes, no, True)


@pytest.mark.parametrize("answer", ["unknown", None, "", "maybe", 1])
def test_anything_else_is_neither_yes_nor_no(answer: str | None) -> None:
    assert (is_yes(answer), is_no(answer), is_settled(answer)) == (False, False, False)


@pytest.mark.parametrize("answer", [None, "", "  \n", [], (), False])
def test_nothing_written_is_blank(answer: object) -> None:
    assert is_blank(answer)


@pytest.mark.parametrize("answer", ["x", "no", ["x"], object()])
def test_something_written_is_not_blank(answer: object) -> None:
    assert not is_blank(answer)


def test_codes_may_come_as_a_list_as_one_code_as_a_stream_or_not_at_all() -> None:
    assert chosen(["a", "b", "a"]) == chosen(iter(["b", "a"])) == {"a", "b"}
    assert chosen("health") == {"health"}
    assert chosen(None) == chosen("") == chosen([]) == frozenset()


def test_things_in_a_row_are_said_as_people_say_them() -> None:
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a"]) == "a"
    assert listed([]) == ""
