"""A verdict begins with the answer, and its sentences say with whom it would be safe."""

import itertools

import pytest

from models.vocabulary import Outcome
from registry.rules.image_verdict import Reason
from registry.rules.verdict_words import Figures, headline, how_many, sentences

WEBSITE = {"place": "on the website", "day": "Tuesday 24 November 2026"}


def said(**figures: object) -> tuple[str, str]:
    """The headline and the sentences for some figures; the outcome is the worst of them."""
    of = Figures(**{**WEBSITE, **figures})  # type: ignore[arg-type]
    if of.blocked or of.picture is Reason.DEVICE_POLICY:
        outcome = Outcome.BLOCK
    else:
        outcome = Outcome.REVIEW if of.to_ask or of.unclear or of.picture else Outcome.ALLOW
    return headline(outcome, of), sentences(outcome, of)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"allowed": 12}, ("Yes. You may publish", "All 12 people may be on the website on Tuesday 24 November 2026.")),
        ({"allowed": 2}, ("Yes. You may publish", "Both people may be on the website on Tuesday 24 November 2026.")),
        ({"allowed": 1}, ("Yes. You may publish", "This person may be on the website on Tuesday 24 November 2026.")),
        ({"allowed": 14, "unclear": 2}, ("Not yet. Ask first", "2 names are unclear. The other 14 may be on the website.")),
        ({"allowed": 1, "unclear": 1}, ("Not yet. Ask first", "1 name is unclear. The other person may be on the website.")),
        ({"unclear": 1}, ("Not yet. Ask first", "1 name is unclear.")),
        ({"to_ask": 2, "unclear": 1}, ("Not yet. Ask first", "1 name is unclear, and 2 people have to be asked about first.")),
        (
            {"blocked": 2, "unclear": 3, "allowed": 11},
            (
                "No. Do not publish this picture",
                "2 of the 16 people must not be on the website, and 3 names are unclear. It is safe with the other 11.",
            ),
        ),
        (
            {"blocked": 1, "to_ask": 1, "allowed": 1},
            (
                "No. Do not publish this picture",
                "1 of the 3 people must not be on the website. 1 person has to be asked about first. It is safe with the other person.",
            ),
        ),
        ({"blocked": 1}, ("No. Do not publish this picture", "This person must not be on the website.")),
        ({"blocked": 4}, ("No. Do not publish this picture", "None of the 4 people may be on the website.")),
        (
            {"allowed": 3, "picture": Reason.ATTESTATION},
            (
                "Not yet. Look at the picture first",
                "All 3 people may be on the website. Say that dress, background and device are in order, then check again.",
            ),
        ),
        (
            {"allowed": 3, "picture": Reason.DEVICE_POLICY},
            ("No. Do not publish this picture", "It was not taken on a device of the school. Take it again with one."),
        ),
    ],
)
def test_the_words_of_a_verdict(figures: dict[str, object], expected: tuple[str, str]) -> None:
    assert said(**figures) == expected


def test_no_mixture_is_misread() -> None:
    counts = (0, 1, 2, 30)
    for blocked, to_ask, unclear, allowed in itertools.product(counts, repeat=4):
        for picture in (None, Reason.ATTESTATION, Reason.DEVICE_POLICY):
            if not blocked + to_ask + unclear + allowed:
                continue
            first, rest = said(blocked=blocked, to_ask=to_ask, unclear=unclear, allowed=allowed, picture=picture)
            is_yes = not (blocked or to_ask or unclear or picture)
            assert first.startswith("Yes. ") is is_yes
            assert first.startswith("No. ") is bool(blocked or picture is Reason.DEVICE_POLICY)
            assert rest.endswith(".")
            assert "  " not in rest
            assert ("safe with" in rest) is bool(blocked and allowed and picture is not Reason.DEVICE_POLICY)
            assert ("All" in rest or "Both" in rest or "This person may" in rest) is bool(
                allowed and not (blocked or to_ask or unclear) and picture is not Reason.DEVICE_POLICY
            )


def test_small_counts_are_words() -> None:
    assert [how_many(count) for count in (0, 1, 5, 10, 11)] == ["Nobody", "One", "Five", "Ten", "11"]
