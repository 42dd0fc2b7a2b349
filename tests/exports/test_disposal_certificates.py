"""The list of a disposal says of every device what there is and what is missing."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from exports.disposal_certificates import COMPLETE, Batch, Disposed, certificates, missing
from exports.paper import Letterhead
from models.vocabulary import DeviceDestination, DeviceDisposalMethod, DisposalStage, SanitisationStandard
from tests.exports.papers_read import assert_tagged, closely, read, words_of

HEAD = Letterhead("Quillbrook Primary School", "Monday 23 November 2026, 09:14")
WHOLE = Disposed(tag="QPS-0042", name="Latitude", serial="5CG1", certificate="OR-1", removed_on=date(2026, 11, 20), cleared_on=date(2026, 11, 21))
BATCH = Batch(
    number="DI-7", stage=DisposalStage.DONE, devices=(WHOLE, Disposed(serial="5CG2", certificate="OR-2", is_managed=False, has_lock=False)),
    authorised_by="Hana Hughes", authorised_at=datetime(2026, 11, 19, 9, 0, tzinfo=UTC), frozen_at=datetime(2026, 11, 18, 9, 0, tzinfo=UTC),
    done_on=date(2026, 11, 24), method=DeviceDisposalMethod.PHYSICAL, standard=SanitisationStandard.NCSC, contractor="Oakside Recycling Ltd",
    carrier_registration="CBDU123456", waste_note="WTN 77", destination=DeviceDestination.GIVEN, recipient="Heron charity", notes="Two pallets",
)  # fmt: skip


def test_everything_stands_on_the_list_in_order() -> None:
    made = certificates(BATCH, HEAD, "Sealed at line 7")
    words, at = words_of(made), 0
    for said in (
        "Disposal DI-7", HEAD.school, "Carried out.", "Authorised by Hana Hughes", "Thursday 19 November 2026, 09:00", "Wednesday 18 November 2026",
        "Tuesday 24 November 2026", "Physically destroyed", "NCSC", "Oakside Recycling Ltd", "CBDU123456", "WTN 77", "Given away, to Heron charity",
        "Two pallets", COMPLETE, "Devices: 2", "QPS-0042, Latitude", "5CG1", "OR-1", "20 November 2026", "21 November 2026", "Without tag or name",
        "5CG2", "OR-2", "Never managed", "Has none", "Sealed at line 7",
    ):  # fmt: skip
        at = words.index(said, at)
    assert_tagged(made, "Disposal DI-7")


def test_what_is_missing_is_said_and_never_left_blank() -> None:
    bare = Batch(number="DI-8", stage=DisposalStage.LISTING, devices=(Disposed(), Disposed(), WHOLE))
    words = words_of(certificates(bare, HEAD))
    for said in (
        "Authorised by Nobody yet", "Authorised Not yet", "it may still change", "Carried out Not yet",
        "Method Not said yet", "Standard Not said yet",
        "Contractor Not said yet",
        "registration Not said yet", "note None yet", "Destination Not said yet", "2 of 3 have no certificate.",
        "2 of 3 have no serial number.", "2 of 3 are not removed from management.", "2 of 3 are still under activation lock.",
        "Without tag or name No serial number known No certificate yet Not removed yet Not cleared yet",
    ):  # fmt: skip
        assert said in words
    assert "Notes" not in words


@pytest.mark.parametrize(("device", "said"), [
    (replace(WHOLE, serial=""), "1 of 1 has no serial number."),
    (replace(WHOLE, certificate=""), "1 of 1 has no certificate."),
    (replace(WHOLE, removed_on=None), "1 of 1 is not removed from management."),
    (replace(WHOLE, cleared_on=None), "1 of 1 is still under activation lock."),
])  # fmt: skip
def test_one_thing_missing_is_one_sentence(device: Disposed, said: str) -> None:
    assert list(missing(replace(BATCH, devices=(device,)))) == [said]


def test_an_empty_list_is_not_complete() -> None:
    assert list(missing(replace(BATCH, devices=()))) == ["No device is on the list."]


@pytest.mark.parametrize("typed", ['#let x = sys; `raw` *b* $x$ \\u{4e2d} @a "{', "x" * 300])
def test_what_was_typed_is_never_markup_and_never_cut(typed: str) -> None:
    device = Disposed(tag=typed, name=typed, serial=typed, certificate=typed)
    made = certificates(replace(BATCH, number=typed, contractor=typed, devices=(device,)), Letterhead(typed, "Now"))
    assert closely(words_of(made)).count(closely(typed)) >= (1 if len(typed) > 200 else 7)


def test_a_long_list_repeats_its_heading_on_each_page() -> None:
    pages = read(certificates(replace(BATCH, devices=(WHOLE,) * 150), HEAD)).pages
    assert len(pages) > 3
    assert all("Serial number" in page.extract_text() for page in pages)
