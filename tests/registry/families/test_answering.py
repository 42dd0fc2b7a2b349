"""One parent answers through a link: what is kept, what is not, and what never shows."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from models.answer_link import AnswerLink
from models.audit import AuditEntry
from models.vocabulary import Decider, ImageDecision, Outcome, Relation, YesNo
from registry.families.answering import Said
from registry.families.own_page import page_of
from registry.images.uses import Use
from registry.records import Occasion
from registry.rules.image_verdict import Reason
from registry.trace.seals import verify_rows
from tests.answered import answer, kept, link_of, no, outcome, reason, say_no, yes
from tests.people import NOW, Person
from tests.pictured import a_carer, a_limit, a_pupil, a_use, an_answer

pytestmark = pytest.mark.usefixtures("in_quillbrook")
TODAY = NOW.date()


@pytest.fixture
def website(occasion: Occasion) -> Use:
    return a_use(occasion, valid_months=12, form_sentence="May we put pictures of your child on our website?")


@pytest.fixture
def journal(occasion: Occasion) -> Use:
    return a_use(occasion, "Learning journals", "learning_journal", basis="public_task", no_answer="allow", asked_on_form="no")


@pytest.fixture
def sam(occasion: Occasion) -> Any:
    return a_pupil(occasion, "Sam Patel")


@pytest.fixture
def meera(occasion: Occasion, sam: Any) -> Any:
    return a_carer(occasion, "Meera Patel", sam, responsibility="yes")


def test_a_yes_is_kept_as_this_parents_with_the_words_they_read(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    assert answer(link, yes(sam, website, conditions={sam.id: "First name only"}), occasion) == 1
    (row,) = kept()
    assert (row.decision, row.person, row.use, row.decider, row.carer) == (ImageDecision.GIVEN, sam.id, website.id, Decider.PARENT, meera.id)
    assert (row.method, row.decided_on, row.valid_until) == ("online", TODAY, date(2027, 11, 23))
    assert row.wording == "May we put pictures of your child on our website?"
    assert row.form_version == "23 November 2026, 09:14"
    assert row.conditions == "First name only"
    assert outcome(sam, website) is Outcome.ALLOW
    assert AnswerLink.get_by_id(link.id).answered_at == NOW


def test_the_trace_names_the_link_and_nobody(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    answer(link, yes(sam, website), occasion)
    entries = list(AuditEntry.select().where(AuditEntry.actor == "robot:answer link").order_by(AuditEntry.number))
    assert [(entry.deed, entry.subject) for entry in entries] == [
        ("added", "image_answer"), ("file_added", "attachment"), ("file_added", "image_answer"), ("answer_link_used", "answer_link")
    ]
    assert {entry.chain for entry in entries} == {occasion.by.school}
    assert list(verify_rows()) == []


def test_the_same_form_sent_twice_adds_nothing_twice(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    said = Said({(sam.id, website.id): True}, conditions={sam.id: "No close-up"})
    assert [answer(link, said, occasion) for _ in range(3)] == [1, 0, 0]
    assert [answer(link, no(sam, website), occasion) for _ in range(3)] == [1, 0, 0]
    assert [row.decision for row in kept()] == [ImageDecision.GIVEN, ImageDecision.WITHDRAWN]


def test_what_is_not_answered_stays_unanswered(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    assert answer(link, Said(conditions={sam.id: "Only words"}), occasion) == 0
    assert kept() == []
    assert AnswerLink.get_by_id(link.id).answered_at is None
    assert page_of(link, TODAY).left_open == 1


def test_a_no_is_a_refusal_where_consent_is_asked_and_an_objection_elsewhere(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    display = a_use(occasion, "Displays", "internal_display", basis="public_task")
    link = link_of(occasion, meera)
    answer(link, Said({(sam.id, website.id): False, (sam.id, display.id): False}), occasion)
    assert [row.decision for row in kept()] == [ImageDecision.REFUSED, ImageDecision.OBJECTED]
    assert outcome(sam, website) is outcome(sam, display) is Outcome.BLOCK


def test_a_yes_is_taken_back_at_once_and_not_twice(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    answer(link, yes(sam, website), occasion)
    assert outcome(sam, website) is Outcome.ALLOW
    assert [say_no(link, sam.id, website.id, occasion) for _ in range(2)] == [1, 0]
    assert reason(sam, website) is Reason.WITHDRAWN
    assert [row.decision for row in kept()] == [ImageDecision.GIVEN, ImageDecision.WITHDRAWN]
    assert answer(link, yes(sam, website), occasion) == 1
    assert outcome(sam, website) is Outcome.ALLOW


def test_what_is_only_told_can_be_objected_to(occasion: Occasion, journal: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    assert outcome(sam, journal) is Outcome.ALLOW
    assert answer(link, yes(sam, journal), occasion) == 0, "it was never asked"
    assert say_no(link, sam.id, journal.id, occasion) == 1
    assert reason(sam, journal) is Reason.OBJECTED
    assert say_no(link, sam.id, journal.id, occasion) == 0


def test_a_no_that_takes_nothing_back_is_not_made_up(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    for child, use in ((sam.id, website.id), (uuid4(), website.id), (sam.id, uuid4())):
        assert say_no(link, child, use, occasion) == 0
    assert kept() == []


def test_only_ones_own_children_are_answered_for(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    stranger = a_pupil(occasion, "Ann Lee")
    theirs = an_answer(occasion, stranger, website)
    link = link_of(occasion, meera)
    assert answer(link, no(stranger, website), occasion) == 0
    assert say_no(link, stranger.id, website.id, occasion) == 0
    assert [row.id for row in kept()] == [theirs.id]


def test_a_parent_sees_their_own_answers_and_never_anothers(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    brian = a_carer(occasion, "Brian Patel", sam, responsibility="yes")
    hers, his = link_of(occasion, meera), link_of(occasion, brian)
    answer(his, no(sam, website), occasion)
    an_answer(occasion, sam, website, ImageDecision.REFUSED, decider=Decider.PUPIL)
    assert page_of(hers, TODAY).answers == {}
    answer(hers, yes(sam, website), occasion)
    assert [own.decision for own in page_of(hers, TODAY).answers.values()] == [ImageDecision.GIVEN]
    assert [own.decision for own in page_of(his, TODAY).answers.values()] == [ImageDecision.REFUSED]
    assert outcome(sam, website) is Outcome.BLOCK


def test_parents_who_disagree_count_as_no_until_one_gives_in(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    brian = a_carer(occasion, "Brian Patel", sam, responsibility="yes")
    hers, his = link_of(occasion, meera), link_of(occasion, brian)
    answer(hers, yes(sam, website), occasion)
    answer(his, no(sam, website), occasion)
    assert reason(sam, website) is Reason.PR_CONFLICT
    answer(his, yes(sam, website), occasion)
    assert outcome(sam, website) is Outcome.ALLOW


def test_a_limit_is_neither_shown_nor_lifted_by_an_answer(occasion: Occasion, website: Use, sam: Any, meera: Any, dina: Person) -> None:
    link = link_of(occasion, meera)
    before = page_of(link, TODAY)
    a_limit(Occasion(dina.actor, NOW, occasion.school), sam)
    assert page_of(link, TODAY) == before
    answer(link, yes(sam, website), occasion)
    assert outcome(sam, website) is Outcome.BLOCK


@pytest.mark.parametrize(
    ("known", "said", "decider", "counts"),
    [
        ("yes", None, Decider.PARENT, True),
        ("unknown", True, Decider.PARENT, True),
        ("unknown", False, Decider.OTHER, False),
        ("unknown", None, Decider.OTHER, False),
        ("no", True, Decider.OTHER, False),
    ],
)
def test_a_yes_counts_from_those_with_responsibility(
    occasion: Occasion, website: Use, sam: Any, known: str, said: bool | None, decider: Decider, counts: bool
) -> None:
    link = link_of(occasion, a_carer(occasion, "Meera Patel", sam, responsibility=known))
    answer(link, yes(sam, website, is_responsible=said), occasion)
    (row,) = kept()
    assert row.decider is decider
    assert bool(row.authority) is counts
    assert (outcome(sam, website) is Outcome.ALLOW) is counts


def test_a_foster_carer_cannot_give_themself_the_right_to_say_yes(occasion: Occasion, website: Use, sam: Any) -> None:
    link = link_of(occasion, a_carer(occasion, "Fay Lee", sam, relation=Relation.FOSTER_CARER))
    assert not page_of(link, TODAY).asks_responsibility
    answer(link, yes(sam, website, is_responsible=True), occasion)
    assert outcome(sam, website) is Outcome.BLOCK
    answer(link, no(sam, website), occasion)
    assert [row.decider for row in kept()] == [Decider.OTHER, Decider.OTHER]


def test_a_no_counts_from_anybody(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    an_answer(occasion, sam, website, carer=meera.id)
    assert outcome(sam, website) is Outcome.ALLOW
    for known in ("no", "unknown"):
        link = link_of(occasion, a_carer(occasion, f"Aunt {known}", sam, responsibility=known))
        answer(link, no(sam, website), occasion)
        assert outcome(sam, website) is Outcome.BLOCK


def test_what_a_child_does_not_want_is_kept_as_the_childs_no(occasion: Occasion, website: Use) -> None:
    kim = a_pupil(occasion, "Kim Lee", "9A", may_decide=YesNo.YES)
    link = link_of(occasion, a_carer(occasion, "Jo Lee", kim, responsibility="yes"))
    said = yes(kim, website, unwanted=frozenset({(kim.id, website.id)}))
    assert [answer(link, said, occasion) for _ in range(2)] == [2, 0]
    parent, child = kept()
    assert (parent.decision, parent.decider) == (ImageDecision.GIVEN, Decider.PARENT)
    assert (child.decision, child.decider, child.carer, child.decided_by) == (ImageDecision.REFUSED, Decider.PUPIL, None, None)
    assert reason(kim, website) is Reason.CHILD_REFUSED
    answer(link, yes(kim, website, conditions={kim.id: "Sure"}), occasion)
    assert reason(kim, website) is Reason.CHILD_REFUSED, "a parent does not speak a child’s no away"


def test_a_young_child_is_not_asked_through_the_page(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    assert answer(link, Said(unwanted=frozenset({(sam.id, website.id)})), occasion) == 0
