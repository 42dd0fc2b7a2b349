"""Lists of devices, read: every program's own headings, and everything that happens to a file on its way to a school."""

from datetime import date

import pytest

from exports.device_list import LOOK_FIRST, NO_COLUMNS
from models.vocabulary import DeviceKind, DeviceOwner, DeviceSource, YesNoUnknown
from tests.exports.device_lists import as_csv, changed, good, listed, refusal, table, utc
from tests.exports.workbooks import workbook

YES, NO, UNKNOWN = YesNoUnknown.YES, YesNoUnknown.NO, YesNoUnknown.UNKNOWN
SOURCES = {
    "intune.csv": DeviceSource.INTUNE,
    "intune_older.csv": DeviceSource.INTUNE,
    "intune_raw.csv": DeviceSource.INTUNE,
    "google.csv": DeviceSource.GOOGLE,
    "jamf_pro_computers.csv": DeviceSource.JAMF_PRO_COMPUTERS,
    "jamf_pro_mobiles.csv": DeviceSource.JAMF_PRO_MOBILES,
    "jamf_school.csv": DeviceSource.JAMF_SCHOOL,
    "apple_school_manager.csv": DeviceSource.APPLE,
    "snipe_it.csv": DeviceSource.SNIPE_IT,
    "snipe_it_report.csv": DeviceSource.SNIPE_IT,
    "any_list.csv": DeviceSource.OTHER,
}


@pytest.mark.parametrize("name", SOURCES)
def test_the_list_of_every_program_is_recognised_and_read_whole(name: str) -> None:
    found = listed(good(name))
    assert found.recognised_as is SOURCES[name]
    assert len(found.rows) == len(table(name)) - 1
    assert (found.refused, found.remarks, found.duplicates, found.continuation_rows) == ((), (), (), 0)
    assert found.questions == ((LOOK_FIRST,) if found.recognised_as is DeviceSource.OTHER else ())
    assert found.rows[0].serial in table(name)[1]


@pytest.mark.parametrize("name", SOURCES)
def test_the_list_of_every_program_says_the_same_however_its_file_was_saved(name: str) -> None:
    rows, whole = table(name), listed(good(name))
    text = good(name).decode()
    reordered = [list(reversed(row)) for row in rows]
    with_more = [["", "Something else", *row] for row in rows]
    with_more[0][0], with_more[0][1] = "Something else", "Something else"
    for damaged in (
        b"\xef\xbb\xbf" + good(name),
        text.encode("utf-16"),
        text.encode("cp1252"),
        text.replace("\r\n", "\r").encode(),
        as_csv(rows, delimiter=";"),
        as_csv(rows, delimiter="\t"),
        as_csv([[f" {heading.upper()} " for heading in rows[0]], *[[f"{cell}  " for cell in row] for row in rows[1:]]]),
        as_csv(reordered),
        as_csv(with_more),
        as_csv([*rows, ["" for _cell in rows[0]], []]),
        workbook(*rows, title="Export"),
    ):
        found = listed(damaged)
        assert found.recognised_as is SOURCES[name]
        assert [row.said() for row in found.rows] == [row.said() for row in whole.rows]


@pytest.mark.parametrize("name", SOURCES)
def test_a_list_with_nothing_but_serial_numbers_spoilt_by_a_spreadsheet_is_refused_row_by_row(name: str) -> None:
    rows = table(name)
    place = next(place for place, heading in enumerate(rows[0]) if heading.casefold().startswith("serial"))
    body = [[*rows[1][:place], spoilt, *rows[1][place + 1 :]] for spoilt in ("6.37E+15", "1E10", "12345678.0", "#REF!", "=1+2", "x" * 80)]
    found = listed(as_csv([rows[0], *body]))
    assert [refused.line for refused in found.refused] == [2, 3, 4, 5, 6, 7]
    assert not found.rows
    for refused in found.refused[:3]:
        assert "a spreadsheet" in refused.sentence or "decimal number" in refused.sentence
        assert "open it with this column set to Text" in refused.sentence


def test_zeros_that_a_spreadsheet_took_are_told_by_the_other_devices_of_a_model() -> None:
    lines = [f"1234567890{n},Surface Go 3,2026-11-0{n - 9}" for n in range(10, 14)]
    found = listed("\n".join(["Serial number,Model,Last check-in,Compliance", *[f"{line},x" for line in lines], "12345678953,Surface Go 3,,"]))
    assert [(refused.line, refused.sentence[:70]) for refused in found.refused] == [
        (6, "“12345678953” has fewer figures than others of its model, which have 1"),
    ]
    assert len(found.rows) == 4


def test_a_serial_number_that_was_kept_as_text_by_a_formula_is_taken() -> None:
    assert listed('Serial number,Compliance,Encrypted\n"=""0012345""",Compliant,True\n').rows[0].serial == "0012345"


def test_intune_is_read_in_utc_and_its_never_is_no_day() -> None:
    first, second, third = listed(good("intune.csv")).rows
    assert first.last_seen_at == utc("2026-11-01 08:15:22")
    assert (first.encrypted, first.compliant, first.owner) == (YES, YES, DeviceOwner.SCHOOL)
    assert (second.serial, second.encrypted, second.compliant, second.user) == ("012345678953", NO, YES, None)
    assert (third.last_seen_at, third.encrypted, third.compliant, third.owner) == (None, None, NO, DeviceOwner.UNKNOWN)
    assert third.last_patched_on == date(2026, 10, 5)
    assert "Phone number" in listed(good("intune.csv")).unread


def test_google_says_who_was_meant_to_use_a_chromebook_and_not_who_did() -> None:
    first, second, third = listed(good("google.csv")).rows
    assert (first.user, first.location, first.asset_tag, first.kind) == (
        *("y5trolley@quillbrook.example", "Year 5 trolley", "QB-CB-0042", DeviceKind.CHROMEBOOK),
    )
    assert first.last_seen_at == utc("2026-11-20 08:00:00")  # the later of its two columns
    assert (first.support_end_on, second.support_end_on) == (date(2031, 6, 3), date(2028, 6, 1))
    assert [each.encrypted for each in (first, second, third)] == [YES, UNKNOWN, YES]


def test_jamf_tells_of_encryption_by_disk_and_by_passcode() -> None:
    assert [row.encrypted for row in listed(good("jamf_pro_computers.csv")).rows] == [YES, NO, NO]
    assert [row.encrypted for row in listed(good("jamf_pro_mobiles.csv")).rows] == [YES, NO, UNKNOWN]
    assert [row.encrypted for row in listed(good("jamf_school.csv")).rows] == [YES, NO]
    # written on the clock of the school: an hour behind UTC while it is summer
    assert listed(good("jamf_pro_computers.csv")).rows[1].last_seen_at == utc("2026-10-01 08:30:00")


def test_what_apple_changed_last_is_no_check_in() -> None:
    first = listed(good("apple_school_manager.csv")).rows[0]
    assert (first.last_seen_at, first.enrolled_on, first.purchased_on) == (None, None, date(2023, 8, 11))


def test_rows_below_a_device_that_name_none_are_counted() -> None:
    rows = table("jamf_pro_mobiles.csv")
    serial, name, number = (rows[0].index(heading) for heading in ("Serial Number", "Display Name", "JSS Mobile Device ID"))
    body = []
    for device in range(97):
        row = list(rows[1])
        row[serial], row[name], row[number] = f"DMPXK{device:07d}", f"iPad {device}", str(device)
        below = ["" for _heading in rows[0]]
        below[-1] = "An app"
        body += [row, *[below] * (5 + (device < 25))]
    found = listed(as_csv([rows[0], *body]))
    assert (len(found.rows), found.continuation_rows, found.refused) == (97, 510, ())


def test_secrets_are_dropped_by_name_and_the_list_is_taken() -> None:
    rows = table("jamf_pro_computers.csv")
    also = ("Activation Lock Bypass Code", "FileVault Recovery Key", "Local Admin Password")
    for found in (
        listed(as_csv([[*rows[0], *also], *[[*row, "Sesame", "AAAA-BBBB", "Pa55word"] for row in rows[1:]]])),
        listed(workbook([*rows[0], *also], *[[*row, "Sesame", "AAAA-BBBB", "Pa55word"] for row in rows[1:]])),
    ):
        assert found.dropped_secrets == also
        assert len(found.rows) == 3
        assert not any(secret in repr(found) for secret in ("Sesame", "AAAA-BBBB", "Pa55word"))


def test_a_device_that_was_enrolled_again_is_taken_as_it_was_seen_last() -> None:
    found = listed(
        "Serial number,Device name,Last check-in,Compliance\n"
        "AB12,Old,2026-01-01 08:00:00.0000000,Compliant\nab12 ,New,2026-11-01 08:00:00.0000000,Compliant\n"
        "CD34,One,,Compliant\nCD34,Two,,Compliant\n,Without a serial number,,Compliant\nTo be filled by O.E.M.,Neither,,Compliant\n"
    )
    assert [(row.name, row.serial) for row in found.rows] == [("New", "AB12"), ("One", "CD34"), ("Without a serial number", None), ("Neither", None)]
    assert [(each.line, each.sentence) for each in found.duplicates] == [
        (2, "Serial number AB12 stands on line 3 as well, which was seen later. Line 3 was taken."),
        (5, "Serial number CD34 stands on line 4 as well, and nothing says which is newer. Line 4 was taken."),
    ]


def test_an_order_of_days_that_does_not_show_is_asked_and_not_guessed() -> None:
    text = "Serial number,Last check-in,Compliance\nAB12,03/04/2026 14:05,Compliant\nAB13,05/04/2026 08:00,Compliant\n"
    asked = listed(text)
    assert asked.questions == (
        "Under “Last check-in”, “03/04/2026 14:05” on line 2 could be two days. Say whether the day or the month comes first.",
    )
    assert [row.last_seen_at for row in asked.rows] == [None, None]
    assert listed(text, day_first=True).rows[0].last_seen_at == utc("2026-04-03 14:05")
    assert listed(text, day_first=False).rows[0].last_seen_at == utc("2026-03-04 14:05")
    assert not listed(text, day_first=False).questions


def test_an_order_that_shows_is_believed_whatever_is_said() -> None:
    text = "Serial number,Last Inventory Update,Display Name\nAB12,11/13/26 at 2:05 PM,x\nAB13,3/4/26 at 12:30 AM,y\n"
    found = listed(text, day_first=True)
    assert (found.recognised_as, found.questions) == (DeviceSource.JAMF_PRO_MOBILES, ())
    assert [row.last_seen_at for row in found.rows] == [utc("2026-11-13 14:05"), utc("2026-03-04 00:30")]


def test_a_column_that_mixes_its_orders_is_asked_about() -> None:
    text = "Serial number,Last check-in,Compliance\nAB12,13/04/2026,x\nAB13,04/13/2026,x\n"
    assert "some days start with the day and others with the month" in listed(text).questions[0]
    said = listed(text, day_first=True)
    assert [row.last_seen_at for row in said.rows] == [utc("2026-04-13 00:00"), None]
    assert said.remarks[0].line == 3


def test_days_that_a_spreadsheet_turned_into_numbers_are_read_back() -> None:
    found = listed("Serial number,Last check-in,Enrollment date,Compliance\nAB12,46327.34375,45903,Compliant\n")
    assert (found.rows[0].last_seen_at, found.rows[0].enrolled_on) == (utc("2026-11-01 08:15:00"), date(2025, 9, 3))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-01T08:15:22Z", "2026-11-01 08:15:22"),
        ("2026-07-01T08:15:22+01:00", "2026-07-01 07:15:22"),
        ("2026-07-01 08:15:22 +0100", "2026-07-01 07:15:22"),
        ("2026-07-01 08:15:22 UTC", "2026-07-01 08:15:22"),
        ("1793520922000", "2026-11-01 08:15:22"),
        ("1 November 2026 8:15 am", "2026-11-01 08:15:00"),
        ("2026-11-01", "2026-11-01 00:00:00"),
    ],
)
def test_a_moment_is_read_in_every_spelling(written: str, meant: str) -> None:
    assert listed(changed("intune.csv", **{"Last_check-in": written})).rows[0].last_seen_at == utc(meant)


def test_a_cell_that_cannot_be_read_is_left_out_of_its_row_and_named() -> None:
    spoilt = {"Last_Check-in": "31/02/2026", "Last_Inventory_Update": "2026-11-19 25:61:00", "Purchase_Price": "about $40", "PO_Number": "4.5E+14"}
    found = listed(changed("jamf_pro_computers.csv", **spoilt))
    assert (found.rows[0].last_seen_at, found.rows[0].cost, found.rows[0].order_number) == (None, None, None)
    assert [remark.line for remark in found.remarks] == [2, 2, 2, 2]
    assert "“Purchase Price” was left out. “about $40” is not a price in pounds. Enter it as 249.99." in [remark.sentence for remark in found.remarks]


def test_no_more_cells_are_named_than_anybody_reads() -> None:
    rows = table("jamf_pro_computers.csv")
    rows[1][rows[0].index("Purchase Price")] = "a lot"
    found = listed(as_csv([rows[0], *[rows[1]] * 201]))
    assert (len(found.remarks), found.notes) == (200, ("More than 200 cells were left out. The first 200 are named.",))


def test_formulas_stay_text_and_quotation_marks_for_inches_stay_in_their_row() -> None:
    top, rows = "Serial number,Device name,Model,Compliance", ('AB12,"=HYPERLINK(""x"")","Macbook Pro 13""",x', 'AB13,=cmd|x,"Macbook Pro 13"",x')
    found = listed("\n".join([top, *rows, "AB14,Plain,Mac,x"]))
    assert [(row.serial, row.name, row.model) for row in found.rows] == [
        *(("AB12", '=HYPERLINK("x")', 'Macbook Pro 13"'), ("AB13", "=cmd|x", 'Macbook Pro 13"'), ("AB14", "Plain", "Mac")),
    ]


def test_a_row_that_is_wider_than_its_headings_is_refused() -> None:
    found = listed("Serial number,Device name,Compliance\nAB12,Laptop, the old one,Compliant\nAB13,Laptop,Compliant\n")
    assert [row.serial for row in found.rows] == ["AB13"]
    assert (found.refused[0].line, "1 cell more than there are headings" in found.refused[0].sentence) == (2, True)


def test_a_workbook_is_read_by_its_sheet_that_fits_and_doubts_its_spoilt_cells() -> None:
    rows = [["Report of 22 November"], [], ["Serial number", "Device name", "Last check-in", "Compliance"]]
    rows += [[6370000000000000, "A", None, "x"], ["AB12", "=A1&B1", 46327.34375, "x"], ["0012", "C", None, "x"]]  # type: ignore[list-item]
    found = listed(workbook(["Notes"], ["none"], title="About", also={"Devices": rows}))
    assert [(row.serial, row.name, row.last_seen_at) for row in found.rows] == [("AB12", None, utc("2026-11-01 08:15")), ("0012", "C", None)]
    assert "more than 15 figures" in found.refused[0].sentence
    assert "“Device name” was left out. “=A1&B1” is a formula" in found.remarks[0].sentence


def test_a_list_by_hand_is_read_as_somebody_says() -> None:
    text = "No.,Sticker,Whose,Colour\nAB12,7,Ola Brandt,red\n"
    asked = listed(text)
    assert (asked.recognised_as, asked.rows, asked.questions, asked.continuation_rows) == (DeviceSource.OTHER, (), (NO_COLUMNS,), 0)
    said = listed(text, mapping={"No.": "serial", "Sticker": "asset_tag", "Whose": "user", "Colour": ""})
    assert (said.rows[0].said(), said.questions) == ({"serial": "AB12", "asset_tag": "7", "user": "Ola Brandt"}, ())
    assert said.unread == ("Colour",)


def test_what_columns_seem_to_say_is_offered_and_shown_before_anybody_says_it() -> None:
    found = listed(good("any_list.csv"))
    assert list(found.suggested.items()) == [
        *(("Tag", "asset_tag"), ("Serial No.", "serial"), ("Make", "make"), ("Model", "model"), ("Where", "location")),
        *(("Issued to", "user"), ("Bought", "purchased_on"), ("Price", "cost")),
    ]
    assert found.questions == (LOOK_FIRST,)
    assert listed(good("any_list.csv"), mapping=found.suggested).rows == found.rows


def test_what_holds_no_rows_is_refused_with_a_sentence() -> None:
    assert "Line 2 holds a NUL character" in refusal(b"Serial number,Device name\nAB\x0012,x\n")
    assert "headings but no rows" in refusal(b"Serial number,Device name\n")
    assert "more than 50,000 rows" in refusal(b"Serial number\n" + b"A\n" * 50_001)
    assert "larger than 50 MB" in refusal(b" " * (50 * 1024 * 1024 + 1))
