"""The page behind a parent's link, as strangers, parents and those who try their luck meet it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from models import doors
from models.image_answer import ImageAnswer
from models.vocabulary import ImageDecision, YesNo
from registry import records
from registry.families import asking
from registry.images.uses import Use
from registry.records import Occasion
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from tests.browsing import plain, problems, send, sign_in, text_of, token, visit
from tests.people import Person
from tests.pictured import a_carer, a_pupil, a_use, an_answer

SHUT = "This link does not work"


@pytest.fixture
def website(in_quillbrook: Any, occasion: Occasion) -> Use:
    return a_use(occasion, valid_months=12, form_sentence="May we put pictures of your child on our website?", covers="Anybody can see it.")


@pytest.fixture
def journal(in_quillbrook: Any, occasion: Occasion) -> Use:
    return a_use(occasion, "Learning journals", "learning_journal", basis="public_task", no_answer="allow", asked_on_form="no")


@pytest.fixture
def sam(in_quillbrook: Any, occasion: Occasion) -> Any:
    return a_pupil(occasion, "Sam Patel")


@pytest.fixture
def meera(occasion: Occasion, sam: Any) -> Any:
    return a_carer(occasion, "Meera Patel", sam, responsibility="yes")


@pytest.fixture
def home(occasion: Occasion, meera: Any) -> str:
    return address_of(occasion, meera)


def address_of(occasion: Occasion, carer: Any) -> str:
    (made,) = asking.make_links([carer.id], occasion)
    return f"/answers/{made.secret}"


def key(child: Any, use: Use) -> str:
    return f"{child.id.hex}-{use.id.hex}"


def kept(school: Any) -> list[Any]:
    with doors.looking_at(school.id):
        return list(ImageAnswer.select().order_by(ImageAnswer.number))


def test_the_page_asks_each_question_with_nothing_chosen(client: FlaskClient, website: Use, journal: Use, home: str) -> None:
    page = visit(client, home)
    words = plain(page.text)
    for said in ("Quillbrook Primary School", "Sam", "3 Oak", "May we put pictures of your child on our website?", "Anybody can see it.",
                 "Only with your consent", "You can take a yes back at any time", "A yes counts for 12 months", "You can object at any time"):
        assert said in words, said
    assert "Patel, may we" in words
    assert "Sam Patel" not in words, "first names are enough"
    assert not re.search(r'type="(radio|checkbox)"[^>]*checked', page.text)
    assert page.text.count('type="radio"') == 2


def test_nobody_else_is_told_the_address(client: FlaskClient, website: Use, home: str) -> None:
    wrong = f"/answers/{'x' * 43}"
    for path, status in ((home, 200), (f"{home}/kept", 200), (f"{home}/copy.pdf", 200), (wrong, 404), (f"{wrong}/copy.pdf", 404)):
        answer = client.get(path)
        assert answer.status_code == status, path
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-store"


def test_an_answer_is_kept_shown_and_can_be_taken_away(client: FlaskClient, website: Use, sam: Any, home: str, school: Any) -> None:
    assert "Your answers are kept" not in text_of(client, f"{home}/kept")
    answer = send(client, home, **{key(sam, website): "yes", f"conditions-{sam.id.hex}": "First name only"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{home}/kept")
    words = text_of(client, f"{home}/kept")
    assert "You have answered every question." in words
    assert "Yes, on 23 November 2026, counts until 23 November 2027. On condition: First name only" in words
    (row,) = kept(school)
    assert (row.decision, row.conditions) == (ImageDecision.GIVEN, "First name only")
    copy = client.get(f"{home}/copy.pdf")
    assert copy.data.startswith(b"%PDF-")
    assert copy.headers["Content-Disposition"] == 'attachment; filename="answers-2026-11-23.pdf"'
    assert "You said yes on 23 November 2026" in text_of(client, home)


def test_a_yes_is_taken_back_in_two_clicks(client: FlaskClient, website: Use, sam: Any, home: str, school: Any) -> None:
    send(client, home, **{key(sam, website): "yes"})
    assert f'form="say-no" name="no" value="{key(sam, website)}"' in visit(client, home).text
    sure = send(client, f"{home}/no", home, no=key(sam, website))
    assert "Take your yes back?" in sure.text
    assert len(kept(school)) == 1
    done = send(client, f"{home}/no", home, no=key(sam, website), sure="yes")
    assert done.status_code == 303
    assert "No: you took your yes back, on 23 November 2026" in text_of(client, f"{home}/kept")
    assert [row.decision for row in kept(school)] == [ImageDecision.GIVEN, ImageDecision.WITHDRAWN]
    assert send(client, f"{home}/no", home, no=key(sam, website), sure="yes").status_code == 303
    assert len(kept(school)) == 2
    page = visit(client, home)
    assert "Change your answer" in page.text
    send(client, home, **{key(sam, website): "yes"})
    assert kept(school)[-1].decision == ImageDecision.GIVEN


def test_what_is_told_is_objected_to(client: FlaskClient, website: Use, journal: Use, sam: Any, home: str, school: Any) -> None:
    assert "Object to this?" in send(client, f"{home}/no", home, no=key(sam, journal)).text
    send(client, f"{home}/no", home, no=key(sam, journal), sure="yes")
    assert [row.decision for row in kept(school)] == [ImageDecision.OBJECTED]
    assert "You objected on 23 November 2026" in text_of(client, home)


def test_wrong_ended_and_run_out_links_look_alike(
    client: FlaskClient, website: Use, home: str, occasion: Occasion, meera: Any, clock: time_machine.Traveller
) -> None:
    pages = set()
    for altered in (f"/answers/{'A' * 43}", home[:-1] + ("A" if home[-1] != "A" else "B")):
        pages.add(bare(visit(client, altered, 404).text))
    address_of(occasion, meera)
    pages.add(bare(visit(client, home, 404).text))
    newest = address_of(occasion, meera)
    clock.shift(timedelta(days=28))
    pages.add(bare(visit(client, newest, 404).text))
    assert len(pages) == 1
    assert SHUT in pages.pop()


def bare(page: str) -> str:
    """A page without what is new in each answer."""
    return re.sub(r'nonce="[^"]+"|value="[^"]+"', "", page)


def test_guessing_rests_after_a_few_tries_and_a_good_link_stays_open(client: FlaskClient, website: Use, home: str) -> None:
    statuses = [client.get(f"/answers/{letter * 43}").status_code for letter in "abcdefgh"]
    assert statuses == [404] * 5 + [429] * 3
    assert "Try again at 09:29" in plain(client.get(f"/answers/{'z' * 43}").text)
    visit(client, home)


def test_a_link_that_ends_while_somebody_types_keeps_nothing(
    client: FlaskClient, website: Use, sam: Any, home: str, school: Any, clock: time_machine.Traveller
) -> None:
    own = token(client, home)
    clock.shift(timedelta(days=28))
    answer = client.post(home, data={"csrf_token": own, key(sam, website): "yes"})
    assert answer.status_code == 404
    assert SHUT in answer.text
    assert kept(school) == []


def test_two_tabs_add_nothing_twice_and_the_last_word_counts(client: FlaskClient, website: Use, sam: Any, home: str, school: Any) -> None:
    own = token(client, home)
    for said in ("yes", "yes", "no", "no"):
        assert client.post(home, data={"csrf_token": own, key(sam, website): said}).status_code == 303
    assert [row.decision for row in kept(school)] == [ImageDecision.GIVEN, ImageDecision.WITHDRAWN]


def test_ids_of_another_family_or_of_nobody_do_nothing(client: FlaskClient, occasion: Occasion, website: Use, home: str, school: Any) -> None:
    stranger = a_pupil(occasion, "Ann Lee")
    theirs = an_answer(occasion, stranger, website)
    send(client, home, **{key(stranger, website): "no", f"not-{key(stranger, website)}": "no", f"conditions-{stranger.id.hex}": "None at all"})
    for said in (key(stranger, website), "nonsense", "", f"{'0' * 32}-{'1' * 32}", "a-b-c", "ü" * 40):
        assert send(client, f"{home}/no", home, no=said, sure="yes").status_code == 303
    assert [row.id for row in kept(school)] == [theirs.id]
    assert "Ann" not in visit(client, home).text


def test_another_schools_link_opens_that_school_alone(
    client: FlaskClient, occasion: Occasion, elsewhere: Occasion, other_school: Any, website: Use, sam: Any, home: str, school: Any, hana: Person
) -> None:
    with doors.looking_at(other_school.id):
        theirs = address_of(elsewhere, a_carer(elsewhere, "Not Ours", a_pupil(elsewhere, "Zoe Alone"), responsibility="yes"))
        use = a_use(elsewhere)
    sign_in(client, hana)
    page = visit(client, theirs)
    assert "Saltmere Academy" in page.text
    assert "Zoe" in page.text
    assert "Sam" not in page.text
    send(client, theirs, **{key(sam, website): "yes", key(sam, use): "yes"})
    assert kept(school) == []
    assert kept(other_school) == []


def test_a_parent_is_never_shown_what_the_other_said(
    client: FlaskClient, occasion: Occasion, website: Use, sam: Any, meera: Any, home: str
) -> None:
    brian = a_carer(occasion, "Brian Patel", sam, responsibility="yes")
    before = bare(visit(client, home).text)
    send(client, address_of(occasion, brian), **{key(sam, website): "no"})
    an_answer(occasion, sam, website, ImageDecision.REFUSED, decider="pupil")
    an_answer(occasion, sam, website, ImageDecision.REFUSED, decider="pupil", carer=meera.id)
    assert bare(visit(client, home).text) == before
    assert "Brian" not in before


def test_a_parent_whose_responsibility_is_not_known_is_asked_before_a_yes(
    client: FlaskClient, occasion: Occasion, website: Use, sam: Any, school: Any
) -> None:
    home = address_of(occasion, a_carer(occasion, "Jo Patel", sam))
    refused = send(client, home, **{key(sam, website): "yes"})
    assert refused.status_code == 422
    assert problems(refused) == ["Say whether you have parental responsibility. Only then does your yes count."]
    assert re.search(rf'id="{key(sam, website)}-yes"[^>]*checked', refused.text), "what was chosen stays"
    assert kept(school) == []
    send(client, home, **{key(sam, website): "yes", "responsible": "yes"})
    send(client, home, **{key(sam, website): "no"})
    assert [(row.decision, row.decider) for row in kept(school)] == [("given", "parent"), ("withdrawn", "parent")]


def test_a_pupil_who_may_decide_is_asked_for_as_well(client: FlaskClient, occasion: Occasion, website: Use, in_quillbrook: Any) -> None:
    kim = a_pupil(occasion, "Kim Lee", "9A", may_decide=YesNo.YES)
    home = address_of(occasion, a_carer(occasion, "Jo Lee", kim, responsibility="yes"))
    assert "What does Kim say?" in text_of(client, home)
    send(client, home, **{key(kim, website): "yes", f"not-{key(kim, website)}": "no"})
    assert [(row.decision, row.decider) for row in kept(in_quillbrook)] == [("given", "parent"), ("refused", "pupil")]
    assert not re.search(r'type="checkbox"[^>]*checked', visit(client, home).text)


def test_brothers_and_sisters_stand_on_one_page(client: FlaskClient, occasion: Occasion, website: Use, sam: Any) -> None:
    twin = a_pupil(occasion, "Sam Lee", "5 Elm")
    home = address_of(occasion, a_carer(occasion, "Jo Lee", sam, twin, responsibility="yes"))
    words = text_of(client, home)
    assert "Sam Patel, 3 Oak" in words
    assert "Sam Lee, 5 Elm" in words
    send(client, home, **{key(sam, website): "yes", key(twin, website): "no"})
    assert "1 question is still open" not in text_of(client, f"{home}/kept")


@pytest.mark.parametrize("text", ["🙂" * 400, "\u202eمرحبا\u202c", "<script>alert(1)</script>", "O’Brien 'quoted' \"twice\"", "a\x00b\r\nc"])
def test_whatever_is_typed_as_a_condition_is_kept_as_words(
    client: FlaskClient, website: Use, sam: Any, home: str, school: Any, text: str
) -> None:
    assert send(client, home, **{key(sam, website): "yes", f"conditions-{sam.id.hex}": text}).status_code == 303
    assert "<script>alert" not in visit(client, f"{home}/kept").text
    assert client.get(f"{home}/copy.pdf").status_code == 200
    assert kept(school)[0].conditions


def test_a_condition_that_is_too_long_is_said_and_what_was_typed_stays(client: FlaskClient, website: Use, sam: Any, home: str, school: Any) -> None:
    refused = send(client, home, **{key(sam, website): "yes", f"conditions-{sam.id.hex}": "word " * 200})
    assert (refused.status_code, problems(refused)) == (422, ["Use 500 characters or fewer. You have used 999."])
    assert "word word" in refused.text
    assert kept(school) == []


def test_a_megabyte_is_not_read(client: FlaskClient, website: Use, sam: Any, home: str, school: Any) -> None:
    assert send(client, home, **{key(sam, website): "yes", f"conditions-{sam.id.hex}": "x" * 1_000_000}).status_code == 413
    assert kept(school) == []


def test_a_parent_put_away_or_a_child_who_left_finds_the_link_shut(
    client: FlaskClient, occasion: Occasion, website: Use, sam: Any, home: str, meera: Any
) -> None:
    records.change(PUPILS, records.find(PUPILS, sam.id, occasion.by), {"status": "left"}, occasion)
    assert SHUT in visit(client, home, 404).text
    records.change(PUPILS, records.find(PUPILS, sam.id, occasion.by), {"status": "on_roll"}, occasion)
    visit(client, home)
    records.archive(CARERS, records.find(CARERS, meera.id, occasion.by), occasion)
    assert SHUT in visit(client, home, 404).text


def test_after_a_child_has_left_a_yes_is_shown_and_taken_back(
    client: FlaskClient, occasion: Occasion, website: Use, sam: Any, home: str
) -> None:
    send(client, home, **{key(sam, website): "yes"})
    records.change(PUPILS, records.find(PUPILS, sam.id, occasion.by), {"status": "left"}, occasion)
    page = visit(client, home).text
    assert "You said yes" in page
    assert not {word for word in ('type="radio"', "Send my answers") if word in page}
    send(client, f"{home}/no", home, no=key(sam, website), sure="yes")
    assert "No: you took your yes back" in text_of(client, f"{home}/kept")
    visit(client, home)


def test_a_form_sent_from_elsewhere_is_refused(client: FlaskClient, website: Use, sam: Any, home: str, school: Any) -> None:
    assert client.post(home, data={key(sam, website): "yes"}).status_code == 400
    own = token(client, home)
    sent = {"csrf_token": own, key(sam, website): "yes"}
    assert client.post(home, data=sent, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert kept(school) == []


def test_a_school_that_asks_nothing_says_so(client: FlaskClient, home: str) -> None:
    assert "There is nothing to answer at the moment." in text_of(client, home)
    assert "There is nothing to answer at the moment." in text_of(client, f"{home}/kept")
