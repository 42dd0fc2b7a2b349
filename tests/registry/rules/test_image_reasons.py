"""What is shown of a verdict, and what is not."""

import pytest

from registry.rules.image_reasons import ALIKE, GONE, shown
from registry.rules.image_verdict import YES, Outcome, Reason, Verdict


def test_a_flag_reads_like_any_no_to_the_letter() -> None:
    said = {shown(Verdict(Outcome.BLOCK, reason), "the website").encode() for reason in ALIKE}
    assert said == {b"Not for the website."}
    assert Reason.SAFEGUARDING in ALIKE


@pytest.mark.parametrize("reason", Reason)
def test_no_reason_names_safeguarding_or_who_said_no(reason: Reason) -> None:
    said = shown(Verdict(Outcome.BLOCK, reason), "the website").lower()
    assert said
    assert not {"safeguarding", "flag", "parent", "mother", "father", "refused", "object", "withdr"} & set(said.replace(".", "").split())


def test_what_can_be_done_about_is_said() -> None:
    assert shown(Verdict(Outcome.BLOCK, Reason.NO_CONSENT), "the website") == "No answer for the website yet, so no. Record an answer."
    assert shown(Verdict(Outcome.BLOCK, Reason.LEFT_SCHOOL), "the website") == GONE
    assert shown(Verdict(Outcome.REVIEW, Reason.LEFT_SCHOOL), "the website") != GONE
    assert shown(YES, "the website") == ""
