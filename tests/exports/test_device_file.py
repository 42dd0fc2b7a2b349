"""The ZIP file in which Intune packs its one list, and what else may lie in one."""

import io
import zipfile

from exports.device_list import read
from tests.exports.device_lists import good, refusal, zipped
from tests.exports.workbooks import workbook


def test_the_one_list_in_a_zip_file_is_read() -> None:
    packed = zipped({"DevicesWithInventory_1/": b"", "DevicesWithInventory_1/devices.CSV": good("intune.csv"), "__MACOSX/._devices.CSV": b"x"})
    found = read(packed, "DevicesWithInventory_1.zip")
    assert (found.name, len(found.rows)) == ("devices.CSV", 3)


def test_a_zip_file_with_several_files_or_none_is_refused() -> None:
    assert "holds 2 files" in refusal(zipped({"a.csv": b"x", "b.csv": b"y"}))
    assert "holds 0 files" in refusal(zipped({"a/": b""}))
    assert "is not a CSV file" in refusal(zipped({"a.exe": b"x"}))


def test_a_bomb_is_not_unpacked() -> None:
    assert "Too much would come out" in refusal(zipped({"a.csv": b"0" * (12 * 1024 * 1024)}))


def test_a_list_that_lies_about_its_size_is_refused() -> None:
    whole = good("intune.csv")
    packed = zipped({"a.csv": whole})
    assert "damaged" in refusal(packed.replace(len(whole).to_bytes(4, "little"), (9).to_bytes(4, "little")))


def test_a_name_that_leads_out_of_the_zip_file_is_refused() -> None:
    link = zipfile.ZipInfo("devices.csv")
    link.external_attr = 0o120777 << 16
    for part in ("../../etc/devices.csv", "/etc/devices.csv", "..\\devices.csv", "C:\\devices.csv", link):
        assert "leads out of it" in refusal(zipped({part: b"Serial number\nAB12\n"}))


def test_a_locked_a_damaged_and_a_doubly_packed_zip_file_are_refused() -> None:
    packed = zipped({"a.csv": good("intune.csv")})
    central = packed.index(b"PK\x01\x02")
    assert "locked with a password" in refusal(packed[: central + 8] + b"\x01" + packed[central + 9 :])
    assert "damaged" in refusal(packed[:200])
    assert "damaged" in refusal(packed[:60] + b"\xff" * 40 + packed[100:])
    assert "packed again" in refusal(zipped({"a.csv": packed}))
    assert "packed again" in refusal(zipped({"a.csv": workbook(["Serial number"], ["AB12"])}))


def test_a_document_that_is_no_list_is_named() -> None:
    assert "This is a Word document." in refusal(zipped({"[Content_Types].xml": b"x", "word/document.xml": b"x"}))


def test_a_zip_file_that_is_too_large_is_not_opened() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.csv", b"A" * (10 * 1024 * 1024))
    assert "larger than 10 MB" in refusal(target.getvalue())
