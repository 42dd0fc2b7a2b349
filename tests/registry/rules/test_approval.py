"""Who may approve, what stands in the way, and what is said to whom."""

from dataclasses import replace

import pytest

from models.vocabulary.advice import Advice
from registry.rules.approval import Colleague, Standing, needs_reasons, next_step, not_advisable, not_approvable, not_ready

HANA, DEV, OLA, IDA = (Colleague(name, f"{name} Surname") for name in ("Hana", "Dev", "Ola", "Ida"))
READY = Standing(
    number=3, looker="Hana", author="Ola", approvers=(HANA,), approving=("headteacher",), advisers=(DEV,), advising=("data protection officer",),
    verdict=Advice.AGREES, may_approve=True,
)
LIST = replace(READY, advisers=(), advising=(), verdict=None, approvers=(DEV, HANA), approving=("headteacher", "data protection officer"))
"""A register without advice, in which either of two approves."""


def test_whoever_approves_and_did_not_write_the_last_change_may_approve_what_is_ready() -> None:
    assert not_ready(READY) == ""
    assert not_approvable(READY, "") == ""
    assert next_step(READY) == "It is ready for you to approve as version 3."
    assert next_step(replace(READY, errors=1)) == "Mend the error, then approve version 3."


@pytest.mark.parametrize(
    ("verdict", "said"), [(Advice.AGAINST, "The advice is against it."), (Advice.WITH_CHANGES, "The advice is to agree once something is changed.")]
)
def test_whoever_approves_is_told_of_other_advice_first(verdict: Advice, said: str) -> None:
    assert next_step(replace(READY, verdict=verdict)) == f"{said} Read it, then have that mended, or approve version 3 and give your reasons."


def test_what_is_ready_is_ready_for_nobody_whose_role_does_not_approve() -> None:
    assert next_step(replace(READY, looker="Dev", may_approve=False)) == "Ask Hana Surname to approve version 3."


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"is_archived": True}, "It is archived. Bring it back before it is approved."),
        ({"is_starter": True}, "Nobody has checked this starter entry yet. Confirm it before it is approved."),
        ({"errors": 1}, "It has 1 error. Mend it before it is approved."),
        ({"errors": 2}, "It has 2 errors. Mend them before it is approved."),
        ({"is_as_approved": True}, "Nothing has changed since version 2 was approved."),
    ],
)
def test_what_is_not_ready_is_approved_by_nobody(state: dict[str, bool], sentence: str) -> None:
    standing = replace(READY, **state)  # type: ignore[arg-type]
    assert not_ready(standing) == sentence
    assert not_approvable(standing, "") == sentence


def test_advice_that_is_not_simply_yes_says_what_should_be_different() -> None:
    assert not_advisable(READY, Advice.AGREES, "") == ""
    assert not_advisable(READY, Advice.AGAINST, " ") == "Write what should be different, and why."
    assert not_advisable(READY, Advice.WITH_CHANGES, "Shorten it.") == ""
    assert not_advisable(replace(READY, errors=1), Advice.AGREES, "") == not_ready(replace(READY, errors=1))


def test_advice_on_the_record_as_it_is_comes_first() -> None:
    assert not_approvable(replace(READY, verdict=None), "") == "Advice comes first: Dev Surname has not given any on it as it is now."


def test_a_school_without_anybody_who_advises_is_told_so() -> None:
    alone = replace(READY, verdict=None, advisers=())
    sentence = "Nobody here is data protection officer, whose advice comes first. Give somebody that role."
    assert not_approvable(alone, "") == sentence
    assert next_step(alone) == sentence
    assert next_step(replace(alone, errors=1)) == f"Mend the error. {sentence}"


@pytest.mark.parametrize("verdict", [Advice.WITH_CHANGES, Advice.AGAINST])
def test_approving_against_advice_needs_reasons(verdict: Advice) -> None:
    standing = replace(READY, verdict=verdict)
    assert needs_reasons(standing)
    assert not_approvable(standing, "  ").startswith("Write why")
    assert not_approvable(standing, "The risk is small.") == ""
    assert not needs_reasons(READY)
    assert not needs_reasons(LIST)


def test_the_author_of_the_last_change_is_told_who_else_may_approve() -> None:
    wrote = replace(LIST, author="Hana")
    assert not_approvable(wrote, "") == "You cannot approve it alone: you wrote the last change. Ask Dev Surname to approve it."
    assert next_step(wrote) == "Ask Dev Surname to approve version 3. You cannot approve it alone: you wrote the last change."
    assert next_step(replace(wrote, errors=1)) == (
        "Mend the error, then ask Dev Surname to approve version 3. You cannot approve it alone: you wrote the last change."
    )


def test_the_only_approver_who_is_the_author_is_told_what_to_do() -> None:
    wrote = replace(READY, author="Hana")
    sentence = (
        "You cannot approve it alone: you wrote the last change. Nobody else here may approve it: have somebody else make the next change, "
        "such as the day it was last checked, or give somebody else the role of headteacher."
    )
    assert not_approvable(wrote, "") == sentence
    assert next_step(wrote) == sentence


def test_a_colleague_of_the_only_approver_is_told_why_nobody_can_approve() -> None:
    seen = replace(READY, author="Hana", looker="Ola", may_approve=False)
    assert next_step(seen) == (
        "Hana Surname wrote the last change, and nobody else here may approve it: have somebody else make the next change, "
        "such as the day it was last checked."
    )


def test_a_school_without_anybody_who_approves_is_told_so() -> None:
    assert next_step(replace(READY, approvers=(), looker="Ola", may_approve=False)) == (
        "Nobody here is headteacher, who approves it. Give somebody that role."
    )


def test_each_is_told_the_steps_from_where_they_stand() -> None:
    waiting = replace(READY, errors=2, verdict=None, may_approve=False)
    assert next_step(replace(waiting, looker="Ola")) == (
        "Mend the 2 errors, then ask Dev Surname for advice, then ask Hana Surname to approve version 3."
    )
    assert next_step(replace(waiting, looker="Dev", may_advise=True)) == (
        "Mend the 2 errors, then give your advice, then ask Hana Surname to approve version 3."
    )
    assert next_step(replace(LIST, looker="Ola", may_approve=False)) == "Ask Dev Surname or Hana Surname to approve version 3."
    assert next_step(replace(LIST, looker="Ola", may_approve=False, approvers=(DEV, HANA, IDA))).startswith("Ask Dev Surname, Hana Surname or Ida")


def test_what_the_program_itself_changed_has_no_author() -> None:
    assert not_approvable(replace(READY, author=""), "") == ""


def test_what_holds_and_what_waits_for_a_check_has_its_own_words() -> None:
    assert next_step(replace(READY, is_as_approved=True)) == "Version 2 holds: nothing has changed since it was approved."
    assert next_step(replace(READY, is_starter=True)) == ""
    assert next_step(replace(READY, is_archived=True)) == ""


def test_whoever_gave_the_advice_does_not_decide_whatever_their_role_is_by_now() -> None:
    both = replace(READY, adviser="Hana", approvers=(HANA, IDA))
    assert not_approvable(both, "") == "You gave the advice on it, so somebody else decides. Ask Ida Surname to approve it."
    assert next_step(both) == "Ask Ida Surname to approve version 3."
    assert not_approvable(replace(both, looker="Ida"), "") == ""
    alone = "Nobody here may approve it but those who wrote the last change or gave the advice: give somebody else the role of headteacher."
    assert next_step(replace(READY, adviser="Hana")) == alone
    assert not_approvable(replace(READY, adviser="Hana"), "").endswith(alone)
