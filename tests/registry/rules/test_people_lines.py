"""People are read from a list as schools paste it, and what cannot be an address is refused."""

import pytest

from registry.rules.people_lines import CannotBeRead, Line, read, read_line


@pytest.mark.parametrize(("line", "found"), [
    ("Meera Patel", Line("Meera Patel")),
    ("  Meera   Patel <meera@patel.example> ", Line("Meera Patel", email="meera@patel.example")),
    ("Meera Patel; for: Sam Patel; meera@patel.example", Line("Meera Patel", "Sam Patel", "meera@patel.example")),
    ("Meera Patel\tmeera@patel.example\tPupil: Sam", Line("Meera Patel", "Sam", "meera@patel.example")),
    ("Jo O’Neill; 1 High Street; Quillbrook", Line("Jo O’Neill", address="1 High Street\nQuillbrook")),
    ("Jo; address: 1 High Street; e-mail: jo+school@sub.lee.example", Line("Jo", "", "jo+school@sub.lee.example", "1 High Street")),
    ("Patel, Meera", Line("Patel, Meera")),
    ("=cmd|' /C calc'!A0", Line("=cmd|' /C calc'!A0")),
    ("<script>alert(1)</script> Lee", Line("alert(1) Lee", email="script")),
    ("Me\u202eera\x00 Lee", Line("Me era Lee")),
])  # fmt: skip
def test_a_line_is_read(line: str, found: Line) -> None:
    if found.email == "script":
        with pytest.raises(CannotBeRead, match="no e-mail address"):
            read_line(line)
    else:
        assert read_line(line) == found


@pytest.mark.parametrize("line", [
    "Jo <jo@lee>", "Jo <jo lee@lee.example>", "Jo; jo@lee.example, jim@lee.example", "Jo <a@b.example>x@y; @", "jo@lee.example", "; for: Sam",
    "Jo <jo@lee.example\r\nBcc: all@lee.example>", f"{'x' * 121}", "Jo; " + "1 High Street; " * 60,
])  # fmt: skip
def test_what_cannot_be_right_is_refused(line: str) -> None:
    with pytest.raises(CannotBeRead):
        list(read(line) if "\r" not in line else [read_line(line)])


def test_the_line_is_named_and_empty_ones_are_passed_over() -> None:
    assert [each.name for each in read("Jo\n\n ; \nKim\n")] == ["Jo", "Kim"]
    with pytest.raises(CannotBeRead, match=r"^Line 3: That is no e-mail address"):
        list(read("Jo\n\nKim <kim>"))
