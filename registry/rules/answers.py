"""How rules read answers: what is blank, what is not known, and how several things are said in one sentence."""

from collections.abc import Iterable, Sequence

Answer = str | bool | None
"""Yes, no, not known, or not answered at all."""


def is_yes(answer: Answer) -> bool:
    """Whether the answer is a plain yes; not known is not."""
    return answer is True or answer == "yes"


def is_no(answer: Answer) -> bool:
    """Whether the answer is a plain no; not known is not."""
    return answer is False or answer == "no"


def is_settled(answer: Answer) -> bool:
    """Whether somebody has found out, one way or the other."""
    return is_yes(answer) or is_no(answer)


def is_blank(answer: object) -> bool:
    """Whether nothing was written or chosen."""
    return not answer.strip() if isinstance(answer, str) else not answer


def chosen(codes: Iterable[str] | None) -> frozenset[str]:
    """The codes chosen, whether they came as a list, as one code or not at all."""
    if codes is None or codes == "":
        return frozenset()
    return frozenset({str(codes)}) if isinstance(codes, str) else frozenset(str(code) for code in codes)


def sort_out(facts: object, names: Sequence[str]) -> None:
    """Turns the named lists of a frozen set of facts into sets, so that every rule can read them again and again."""
    for name in names:
        object.__setattr__(facts, name, chosen(getattr(facts, name)))


def blank_parts(facts: object, parts: dict[str, str]) -> dict[str, str]:
    """Those parts, column name to words, of which the facts say nothing."""
    return {column: words for column, words in parts.items() if is_blank(getattr(facts, column))}


def unmet_parts(facts: object, parts: dict[str, str]) -> dict[str, str]:
    """Those parts, column name to words, to which the answer is not a plain yes."""
    return {column: words for column, words in parts.items() if not is_yes(getattr(facts, column))}


def listed(words: Iterable[str]) -> str:
    """Several things in a row: "a, b and c"."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last
