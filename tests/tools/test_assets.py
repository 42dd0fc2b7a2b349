"""The front-end files: what is copied, under which name, and what never is."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.start_kit import front_end_packages
from tools import assets


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder like node_modules."""
    front_end_packages(tmp_path / "node_modules")
    return tmp_path / "node_modules"


@pytest.fixture
def vendor(packages: Path, tmp_path: Path) -> Path:
    """The folder that is served, made from it."""
    assets.build(packages, tmp_path / "vendor")
    return tmp_path / "vendor"


def test_the_manifest_leads_from_the_plain_name_to_a_name_that_holds_the_hash_of_the_content(vendor: Path) -> None:
    manifest = json.loads((vendor / "manifest.json").read_text())
    assert set(manifest) == {"govuk.css", "govuk.js", "moj.css", "moj.js"}
    for plain, hashed in manifest.items():
        stem, digest, suffix = hashed.split(".")
        assert f"{stem}.{suffix}" == plain
        assert hashlib.sha256((vendor / hashed).read_bytes()).hexdigest()[:12] == digest


def test_the_typeface_of_government_gives_way_to_ours(vendor: Path) -> None:
    for sheet in vendor.glob("*.css"):
        assert "GDS Transport" not in sheet.read_text()
        assert "@font-face" not in sheet.read_text()
        assert "p{font-family:var(--sh-font)}" in sheet.read_text()


def test_no_crest_or_logotype_is_copied_or_pointed_at(vendor: Path) -> None:
    assert {file.name for file in (vendor / "images").iterdir()} == {"icon-document.svg"}
    assert not [sheet for sheet in vendor.glob("*.css") if "crest" in sheet.read_text()]


def test_the_upright_typeface_keeps_its_plain_names_and_its_licence(vendor: Path) -> None:
    names = {file.name for file in (vendor / "fonts").iterdir()}
    assert names == {*assets.FONT_FILES, "LICENCE.txt"}


def test_no_browser_is_sent_for_a_source_map(vendor: Path) -> None:
    assert not [file for file in vendor.iterdir() if file.is_file() and "sourceMappingURL" in file.read_text()]


def test_addresses_are_relative_so_that_the_program_may_live_under_any_path(vendor: Path) -> None:
    sheet = next(vendor.glob("moj.*.css")).read_text()
    assert "url(images/icon-document.svg)" in sheet


def test_files_of_an_earlier_version_do_not_stay(packages: Path, vendor: Path) -> None:
    before = next(vendor.glob("govuk.*.js"))
    (packages / "govuk-frontend/dist/govuk/govuk-frontend.min.js").write_text("export{somethingNewer};")
    assets.build(packages, vendor)
    assert not before.exists()
    assert len(list(vendor.glob("govuk.*.js"))) == 1


def test_a_stylesheet_that_names_the_typeface_in_a_new_way_is_refused_and_the_old_files_stay(packages: Path, vendor: Path) -> None:
    (packages / "govuk-frontend/dist/govuk/govuk-frontend.min.css").write_text('p{font:16px "GDS Transport"}')
    with pytest.raises(assets.AssetsError, match="GDS Transport"):
        assets.build(packages, vendor)
    assert (vendor / "manifest.json").is_file()


def test_a_stylesheet_that_points_at_a_file_not_copied_is_refused(packages: Path, tmp_path: Path) -> None:
    (packages / "@ministryofjustice/frontend/moj/moj-frontend.min.css").write_text("b{background:url(/assets/images/icon-new.svg)}")
    with pytest.raises(assets.AssetsError, match=r"images/icon-new\.svg"):
        assets.build(packages, tmp_path / "vendor")


def test_the_command_says_in_a_sentence_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert assets.main([str(tmp_path), str(tmp_path / "vendor")]) == 1
    assert capsys.readouterr().err.startswith("The front-end files could not be prepared:")
