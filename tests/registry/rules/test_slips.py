"""What says who somebody is, is pointed out; ordinary prose is left alone."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.rules.slips import LONGEST, Slip, SlipKind, slips

TODAY = date(2026, 11, 20)


def found(text: str, *names: str, not_people: tuple[str, ...] = ()) -> list[tuple[SlipKind, str]]:
    return [(slip.kind, slip.words) for slip in slips(text, names, not_people=not_people, today=TODAY)]


PROSE = """
On Friday 20 November 2026 at 16:35 GMT a member of staff sent a spreadsheet to all parents of Year 9. It held 1,204 records of 31 children:
names, dates of birth and free school meals. The Headteacher was told the same day and rang the Information Commissioner’s Office.

A Teaching Assistant opened a phishing e-mail. Microsoft Teams and OneDrive were closed within 20 minutes; ParentPay was not affected.
The IT provider, the Local Authority and Report Fraud have been told. Article 33(1) of the UK GDPR and the Data Protection Act 2018 apply.

Our Data Protection Officer advised on 21/11/2026, 09.30, and again on 2026-11-22. The Chair of Governors agreed. Staff had training in
September 2026. Policies were reviewed in May. Pupil A and Parent B will be told by letter. Version 4.1.12 of the system was used.

The laptop was left on a train. BitLocker was on. The Department for Education, the National Cyber Security Centre and the police (101) know.
We were not sure until Monday. After Christmas the Senior Leadership Team meets. In Key Stage 2 nothing was lost. It cost £1,250.00.

ICO, DPO and SENCO met. MFA was off. I rang. A parent wrote. Y9 1st set, y9 2nd set. What Happened: a list was shared. Plan B. Parents know.
"""


@pytest.mark.parametrize("prose", PROSE.split("\n\n"))
def test_ordinary_prose_about_a_breach_lights_nothing_up(prose: str) -> None:
    assert found(prose) == []


@pytest.mark.parametrize(("kind", "words"), [
    (SlipKind.EMAIL, "sam.o’neil+trip@mail.quillbrook.example"),
    (SlipKind.EMAIL, "JÖRG_1@QUILLBROOK.EXAMPLE"),
    *((SlipKind.TELEPHONE, number) for number in (
        "07700 900123", "07700900123", "(020) 7946 0123", "020-7946-0123", "+44 7700 900123", "+44 (0)20 7946 0123",
        "0044 20 7946 0123", "0044 (0)20 7946 0123", "+353 1 234 5678", "07700\u00a0900123",
    )),
    *((SlipKind.NUMBER, number) for number in (
        "A123456789012", "a12345678901b", "1234567890", "943 476 5919", "12345678", "QQ 12 34 56 C", "123456789012X",
    )),
    *((SlipKind.BIRTHDAY, day) for day in (
        "3/5/2016", "03-05-16", "3/5/99", "03.05.2016", "2016-05-03", "3 May 2016", "3rd of May 2016", "May 3, 2016", "3 Sept. 2016", "12 Dec 2015",
        "born on 3 May", "DOB: 3/5/26", "d.o.b. 2026-01-01", "Date of birth was in 2015", "birthday is 3rd May", "born in May 2015",
    )),
    *((SlipKind.POSTCODE, code) for code in ("PL4 8AA", "SW1A 1AA", "m1 1ae", "EC1A1BB")),
    *((SlipKind.LIKELY_NAME, name) for name in (
        "Sam Patel", "SAM PATEL", "J. Smith", "Sam P", "Jo O’Brien-Łukaszewicz", "Ben de Vries", "Kim McDonald", "Mr Page", "Mrs. Okafor",
        "Dr Pearson", "Anne-Marie Jose\u0301", "A. Patel", "Miss Day",
    )),
])  # fmt: skip
def test_what_says_who_somebody_is_is_found_in_the_middle_of_a_sentence(kind: SlipKind, words: str) -> None:
    assert found(f"it was sent to ({words}) in error") == [(kind, " ".join(words.split()))]
    assert found(words) == [(kind, " ".join(words.split()))]


def test_no_time_and_no_amount_is_a_telephone_number() -> None:
    assert found("at 01.02.2026 16:30, 0 123, 0.123456789 and 07:00 8:00 9:00 10:00 11:00") == []


def test_a_day_within_two_years_is_a_day_on_which_something_happened() -> None:
    assert found("on 31 December 2024") == [(SlipKind.BIRTHDAY, "31 December 2024")]
    assert found("on 1 January 2025, 1/1/25 and 31-12-2026") == []


def test_without_today_a_day_long_past_is_one_of_birth() -> None:
    assert [slip.words for slip in slips("3/5/2016, 31/12/2023, 1/1/2024, 3/5/16, 1/1/24")] == ["3/5/2016", "31/12/2023", "3/5/16"]


@pytest.mark.parametrize(("text", "words"), [
    ("we told zoë o'brien-smith of it", "zoë o'brien-smith"),
    ("we told O’BRIEN SMITH, ZOE of it", "O’BRIEN SMITH, ZOE"),
    ("we told Smith, Zoe of it", "Smith, Zoe"),
    ("we told Zoe\u00ad OBrien  Smith of it", "Zoe OBrien Smith"),
    ("we told Zoe Smith of it", "Zoe Smith"),
    ("we told Zoe’s mother of it", "Zoe"),
    ("Smith was told of it", "Smith"),
])  # fmt: skip
def test_known_names_are_found_however_they_are_spelt(text: str, words: str) -> None:
    assert found(text, "Zoe O’Brien-Smith") == [(SlipKind.KNOWN_NAME, words)]


@pytest.mark.parametrize("text", ["the smith was told", "we told Zoeys mother", "a zoe", "the o’brien"])
def test_a_part_of_a_known_name_needs_its_capital_and_its_whole_word(text: str) -> None:
    assert found(text, "Zoe O’Brien-Smith") == []


def test_a_name_that_is_a_word_needs_more_than_the_start_of_a_sentence() -> None:
    assert found("Will it be reported? “Will it? Mark this. Then\n• Will they", "Will Mark") == []
    assert found("we told Will of it", "Will Mark") == [(SlipKind.KNOWN_NAME, "Will")]
    assert found("Will Mark came", "Will Mark") == [(SlipKind.KNOWN_NAME, "Will Mark")]


def test_what_is_no_name_by_itself_is_none_because_somebody_is_called_so() -> None:
    assert found("The Head of Year and the van of Monday", "Mrs Monday Van Year", "Head") == []
    assert found("we rang Monday Van Year", "Mrs Monday Van Year") == []
    assert found("we rang mrs monday van year", "Mrs Monday Van Year") == [(SlipKind.KNOWN_NAME, "mrs monday van year")]


def test_names_of_nothing_find_nothing() -> None:
    assert found("a list of nothing", "", " ", "-", "x") == []


def test_each_is_told_once_in_the_order_of_the_text() -> None:
    text = "Sam Patel (sam@quillbrook.example) and Kim Lee, then sam@quillbrook.example and Sam  Patel of PL4 8AA"
    assert slips(text, ["Kim Lee"], today=TODAY) == (
        Slip(SlipKind.LIKELY_NAME, "Sam Patel"),
        Slip(SlipKind.EMAIL, "sam@quillbrook.example"),
        Slip(SlipKind.KNOWN_NAME, "Kim Lee"),
        Slip(SlipKind.POSTCODE, "PL4 8AA"),
    )


def test_a_school_may_be_named_and_so_may_what_is_plainly_a_place() -> None:
    assert found("Oak Hill rang Quillbrook Primary School, Sam Patel Academy and the Milton Keynes Council") == [(SlipKind.LIKELY_NAME, "Oak Hill")]
    assert found("they of Oak Hill rang", not_people=("Oak Hill",)) == []
    assert found("they of Oak Hill rang", "Ann Hill", not_people=("Oak Hill",)) == []


def test_two_names_are_not_made_of_the_ends_of_two_sentences_or_lines() -> None:
    assert found("we rang Quillbrook. Zelda came, Yusuf, Xena\nWanda") == []
    assert found("we rang J. K. and Quillbrook van") == []


def test_what_is_written_as_no_name_is_has_none() -> None:
    assert found("in WrongCase SharedMailbox or MX BCDF or Room3 Block7 and _Under Score_") == []


def test_what_is_shown_is_not_longer_than_a_line() -> None:
    assert [len(slip.words) for slip in slips("a" * 500 + "@quillbrook.example")] == [LONGEST]


HOSTILE = (
    *("a", "a@", "a.", "Aa ", "0", "07 ", "+1", " ", "a\u0301\u0316", "@", "born ", "born on on ", "1/", "A1 1A", "a-", "A’", "\n", "ﷺ", "a@b."),
    *("Mc", "(0", "May ", "1 of ", "\x00", "A. ", "Mr ", "de ", "Aa de ", "+1 ( ) ", "\ud800", "Sam Patel ", "3 May "),
)


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_twenty_thousand_characters_of_anything_are_looked_at_in_a_moment(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    begun = time.process_time()
    slips(text, ["Sam Patel"], today=TODAY)
    assert time.process_time() - begun < 3


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_can_be_looked_at(text: str, names: list[str]) -> None:
    assert all(slip.words and len(slip.words) <= LONGEST for slip in slips(text, names, not_people=names))
