"""What CNIL's PIA software exports is read piece by piece; whatever is broken or odd in the file is told or left, and never guessed."""

import json
from typing import Any

import pytest

from exports.cnil_pia import NO_PIA, take_in
from exports.unreadable import Unreadable
from models.vocabulary.shapes import CONSULTATIONS, RISKS
from registry.rules.row_text import rows_in


def answer(number: Any, text: Any = None, gauge: Any = None, several: Any = ()) -> dict[str, Any]:
    return {"pia_id": 1, "reference_to": number, "data": {"text": text, "gauge": gauge, "list": several}}


def exported(*answers: Any, **more: Any) -> bytes:
    pia = {"name": "Reading  robot", "author_name": "Ada Fell", "status": 3, **more.pop("pia", {})}
    return json.dumps({"pia": pia, "answers": answers, "measures": [], "evaluations": [], "comments": [], **more}).encode()


def pieces(raw: bytes) -> list[tuple[str, str, str]]:
    return [(there, name, words) for there, name, words in take_in(raw).rows]


def test_each_answer_goes_to_its_place_without_its_layout() -> None:
    raw = exported(
        answer(111, "<p>A robot <strong>hears</strong> pupils\nread.</p><ul><li>Years 1 &amp; 2</li><li>At school</li></ul>"),
        answer("121", "Voices"), answer(122, "Recorded, scored, deleted"), answer(123, "<div>A robot</div><div> </div>"),
        answer(226, "A contract"), answer(112, ""), answer(211, 7), answer("3.2", "x"), answer(999, "Something new"),
    )  # fmt: skip
    assert pieces(raw) == [
        ("Name", "name", "Reading robot"),
        ("Processing under consideration", "need", "A robot hears pupils read.\n- Years 1 & 2\n- At school"),
        ("Data processed", "scope", "Voices"),
        ("Life cycle of the data", "nature", "Life cycle of the data: Recorded, scored, deleted"),
        ("Assets that carry the data", "nature", "Assets that carry the data: A robot"),
        ("Processors", "processors_held", "A contract"),
        ("Question 999", "", "Something new"),
    ]


def test_a_risk_is_a_row_whose_estimates_stand_after_the_measures() -> None:
    raw = exported(
        answer(321, several=["Shame", "<b>Fear</b>"]), answer(322, several=["Theft"]), answer(323, several=["Strangers"]),
        answer(324, several=["Encryption", "Training"]), answer(325, "Voices are personal", 4), answer(326, None, 2),
        answer(335, None, 9), answer(346, "Hardly ever", True), answer(345, None, "2"),
        measures=[{"title": "Encryption", "content": "<p>At rest</p>"}, {"title": "Fence", "content": "High"}, "odd"],
    )  # fmt: skip
    by_name = {there: (name, words) for there, name, words in pieces(raw)}
    assert by_name["Measure that no risk names"] == ("", "Fence: High")
    assert by_name["Illegitimate access to data"][0] == "risks"
    assert rows_in(RISKS, by_name["Illegitimate access to data"][1]) == (
        {"risk": "Illegitimate access to data: Theft; Strangers", "impact": "Shame; Fear\nVoices are personal",
         "measures": "Encryption: At rest\nTraining", "severity_after": "severe", "likelihood_after": "possible"},
    )  # fmt: skip
    assert "Unwanted change of data" not in by_name
    (gone,) = rows_in(RISKS, by_name["Data disappears"][1])
    assert (gone["risk"], "severity_after" in gone) == ("Data disappears", False)


def test_opinions_are_consultations_and_what_people_decided_there_is_left_out() -> None:
    pia = {"dpo_opinion": "Fine by me", "concerned_people_opinion": "We like it", "people_names": "Some parents",
           "concerned_people_searched_content": "It was a trial", "rejection_reason": "Too short"}  # fmt: skip
    comment = {"reference_to": "2.1.211", "evaluation_comment": "Say more", "action_plan_comment": "<div>Ask</div>"}
    found = pieces(exported(pia=pia, evaluations=[comment], comments=[{"reference_to": 111, "description": "Why?"}]))
    by_name = {there: (name, words) for there, name, words in found}
    assert rows_in(CONSULTATIONS, by_name["Opinion of the data protection officer"][1]) == (
        {"party": "dpo", "how": "In CNIL’s PIA software", "said": "Fine by me"},
    )
    assert rows_in(CONSULTATIONS, by_name["Opinion of the people concerned"][1])[0]["party"] == "expert"
    assert by_name["Why they were not asked"] == ("not_consulted_because", "It was a trial")
    left = {there: words for there, name, words in found if not name}
    assert left == {"Comment of the evaluator, 2.1.211": "Say more", "Action plan, 2.1.211": "Ask", "Comment, 111": "Why?",
                    "Reasons for refusing it": "Too short"}  # fmt: skip
    assert "Ada Fell" not in str(found)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", b'{"pia": 1}', b'{"pia": {}, "answers": {}}', b"[" * 200_000], ids=range(7))
def test_what_is_no_export_is_refused_with_what_to_do(raw: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        take_in(raw)
    assert refused.value.sentence == NO_PIA


def test_an_export_with_odd_parts_is_read_as_far_as_it_goes() -> None:
    answers = [1, {"reference_to": 111}, {"reference_to": 121, "data": {"list": "x"}}]
    raw = json.dumps({"pia": {"name": None}, "answers": answers, "measures": {}}).encode()
    assert pieces(b"\xef\xbb\xbf" + raw) == [("Name", "name", "PIA without a name")]


@pytest.mark.parametrize(("said", "words"), [
    ("<![foo[bar]]>Voices", "Voices"), ("<![$", "<![$"), ("Voices<!-- a > b --> of <!DOCTYPE x>pupils", "Voices of pupils"),
    ("Age < 5 &#0;&lt;b&gt;", "Age < 5 �<b>"),
    ("<a " * 200_000 + "Voices", "<a " * 200_000 + "Voices"), ("<!--" * 200_000 + "Voices", "Voices"), ("<" + "a" * 400_000, "<" + "a" * 400_000),
    ("<P class='x'>One</P><UL><LI>Two</UL>Three<BR/>Four", "One\n- TwoThree\nFour"),
])  # fmt: skip
def test_layout_that_is_broken_or_endless_neither_stops_nor_holds_up_the_reading(said: str, words: str) -> None:
    assert pieces(exported(answer(121, said)))[1:] == [("Data processed", "scope", words)]


def test_words_where_a_list_belongs_and_the_other_way_round_are_named_and_left_out() -> None:
    told = (answer(121, "Voices", several=["Faces"]), answer(321, "It is told", several=["Shame"]), answer(999, "Both", several=["ways"]))
    found = pieces(exported(*told))
    left = {there: words for there, name, words in found if not name}
    assert left == {"Question 121, its list": "Faces", "Question 321": "It is told", "Question 999": "Both", "Question 999, its list": "ways"}


def test_two_measures_of_one_name_are_both_told() -> None:
    twice = [{"title": "Training", "content": "For teachers"}, {"title": "Training", "content": "For the office"}]
    by_name = {there: words for there, _name, words in pieces(exported(answer(324, several=["Training"]), measures=twice))}
    assert rows_in(RISKS, by_name["Illegitimate access to data"])[0]["measures"] == "Training: For teachers\nFor the office"
    (left,) = [words for there, _name, words in pieces(exported(measures=twice)) if there == "Measure that no risk names"]
    assert left == "Training: For teachers\nFor the office"
