"""The one command where files are kept in a bucket: whoever names one gets the packages for it, and nobody else pays for them."""

import os
import re
from pathlib import Path

import pytest

from settings import PROJECT
from tests.start_kit import make_tree

LOCKS = ("requirements.txt", "requirements-s3.txt", "requirements-dev.txt")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for npm is a shell script; run these on Linux or macOS")
def test_the_packages_for_a_bucket_are_installed_for_whoever_names_one_and_for_nobody_else(tmp_path: Path) -> None:
    tree = make_tree(tmp_path / "tree")
    assert tree.start("anything", SAFEHOLD_FILES="/srv/files").returncode == 3
    assert not list((tree.project / ".venv").rglob("*s3*"))
    without_network = tree.start("anything", SAFEHOLD_FILES="s3://bucket/folder", PIP_FIND_LINKS="/nowhere")
    assert (without_network.returncode, "The package index cannot be reached" in without_network.stderr) == (1, True)
    assert tree.start("anything", PIP_FIND_LINKS="/nowhere").returncode == 3, "whoever has no bucket starts all the same"
    done = tree.start("setup", SAFEHOLD_FILES="s3://bucket/folder")
    assert (done.returncode, "the packages of requirements-s3.txt ..." in done.stdout) == (0, True)
    assert list((tree.project / ".venv").rglob("site-packages/s3fs"))
    again = tree.start("setup", SAFEHOLD_FILES="s3://bucket/folder", PIP_FIND_LINKS="/nowhere")
    assert again.stdout == "Safehold is set up. Start it with: python3 start.py\n"


def test_the_lock_files_agree_on_every_package_that_they_share() -> None:
    package = re.compile(r"^(\S+==\S+(?: ; .*)?) \\\n((?: +--hash=.*\n)+)", re.MULTILINE)
    needed, for_a_bucket, for_developers = (set(package.findall((PROJECT / lock).read_text(encoding="utf-8"))) for lock in LOCKS)
    assert needed < for_a_bucket < for_developers
