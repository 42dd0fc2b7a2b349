import pytest

from registry.rules.file_names import LONGEST, NAMELESS, clean, in_ascii, safe_to_save


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Contract.pdf", "Contract.pdf"),
        ("C:\\Users\\Ola\\Contract.pdf", "Contract.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb\0.txt", "a b .txt"),
        ("exe.\u202efdp", "exe.fdp"),
        ("Zoe\u0308.pdf", "Zoë.pdf"),
        ("  much   room .pdf ", "much room .pdf"),
        ("", NAMELESS),
        ("...", NAMELESS),
        ("Ünïcode 学校.pdf", "Ünïcode 学校.pdf"),
    ],
)
def test_a_name_is_kept_as_given_without_what_misleads(given: str, kept: str) -> None:
    assert clean(given) == kept
    assert clean(kept) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert clean("x" * 300 + ".pdf") == "x" * (LONGEST - 5) + "….pdf"
    assert len(clean("x" * 300)) == len(clean("x" * 300 + ".pdf")) == LONGEST
    assert len(clean("a." + "x" * 300)) == LONGEST


def test_a_name_to_save_under_suits_every_system() -> None:
    assert safe_to_save('Why? <b>"a:b"|c*</b>%41.pdf') == "b--41.pdf", "what stands before a slash is a folder"
    assert safe_to_save('Why? "a:b"|c*.pdf') == "Why- -a-b--c-.pdf"
    assert safe_to_save("?") == "-"


def test_a_name_in_plain_letters_is_never_empty() -> None:
    assert in_ascii("Räume Zoë.pdf") == "Raume Zoe.pdf"
    assert in_ascii("学校.pdf") == "file.pdf"
    assert in_ascii("学校") == "file"
