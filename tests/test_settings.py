"""Settings: what a school may choose, and what stops the program."""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from settings import PROJECT, Settings, SettingsError

SECRET = "correct-horse-battery-staple-0123456789"


def refusal(**variables: str) -> str:
    """The sentence that these variables stop the program with."""
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({f"SAFEHOLD_{name}": value for name, value in variables.items()})
    return str(caught.value)


def test_an_empty_environment_keeps_everything_in_the_data_folder_and_answers_this_computer_only() -> None:
    settings = Settings.from_environment({})
    assert settings.data_folder == PROJECT / "data"
    assert settings.database_url == f"sqlite:///{(PROJECT / 'data' / 'safehold.db').as_posix()}"
    assert settings.secret_file == PROJECT / "data" / "secret.key"
    assert settings.heads_folder == PROJECT / "data" / "heads"
    assert (settings.address, settings.port, settings.https, settings.secret, settings.synchronous) == ("127.0.0.1", 8080, False, None, "full")
    assert not settings.demo
    assert not settings.testing


def test_moving_the_data_folder_moves_all_that_lies_in_it(tmp_path: Path) -> None:
    settings = Settings.from_environment({"SAFEHOLD_DATA_FOLDER": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path.as_posix()}/safehold.db"
    assert settings.database_url == f"sqlite:///{(tmp_path / 'safehold.db').as_posix()}"
    assert settings.secret_file.parent == settings.heads_folder.parent == tmp_path


def test_a_setting_made_by_a_test_has_the_same_defaults_as_one_from_the_environment(tmp_path: Path) -> None:
    assert Settings(data_folder=tmp_path) == Settings.from_environment({"SAFEHOLD_DATA_FOLDER": str(tmp_path)})


def test_every_variable_is_read_into_its_field(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "PATH": "/usr/bin",
            "SAFEHOLD_DATABASE_URL": "postgresql://ola:pw@first,second/safehold?target_session_attrs=read-write",
            "SAFEHOLD_SECRET": SECRET,
            "SAFEHOLD_HEADS_FOLDER": str(tmp_path),
            "SAFEHOLD_ADDRESS": "0.0.0.0",
            "SAFEHOLD_PORT": " 9000 ",
            "SAFEHOLD_THREADS": "8",
            "SAFEHOLD_TRUSTED_PROXY": "127.0.0.1",
            "SAFEHOLD_HTTPS": "Yes",
            "SAFEHOLD_IDLE_MINUTES": "15",
            "SAFEHOLD_SESSION_HOURS": "8",
            "SAFEHOLD_UPLOAD_MB": "50",
            "SAFEHOLD_FILES": "s3://quillbrook/files",
            "SAFEHOLD_FILE_MB": "500",
            "SAFEHOLD_CLAMD": "unix:/run/clamav/clamd.ctl",
            "SAFEHOLD_SYNCHRONOUS": "normal",
            "SAFEHOLD_PASSWORD_MEMORY_KIB": "65536",
        }
    )
    assert settings.secret == SECRET
    assert (settings.heads_folder, settings.address, settings.port, settings.threads) == (tmp_path, "0.0.0.0", 9000, 8)
    assert (settings.trusted_proxy, settings.https, settings.idle_minutes, settings.session_hours) == ("127.0.0.1", True, 15, 8)
    assert (settings.files, settings.file_mb, settings.clamd) == ("s3://quillbrook/files", 500, "unix:/run/clamav/clamd.ctl")
    assert (settings.upload_mb, settings.synchronous, settings.password_memory_kib) == (50, "normal", 65536)


def test_a_misspelt_variable_is_refused_with_the_one_that_was_probably_meant() -> None:
    assert refusal(PROT="9000") == "SAFEHOLD_PROT is not a setting of Safehold. Did you mean SAFEHOLD_PORT?"


def test_a_variable_in_small_letters_is_refused_rather_than_overlooked() -> None:
    with pytest.raises(SettingsError, match="Did you mean SAFEHOLD_HTTPS"):
        Settings.from_environment({"safehold_https": "yes"})


def test_a_variable_like_no_other_is_refused_without_a_guess() -> None:
    assert refusal(XYZZYPLUGH_QQQQ="1") == "SAFEHOLD_XYZZYPLUGH_QQQQ is not a setting of Safehold."


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "0", "SAFEHOLD_PORT must be a whole number from 1 to 65535, not “0”."),
        ("PORT", "65536", "from 1 to 65535"),
        ("PORT", "٨٠٨٠", "must be a whole number"),
        ("PORT", "9" * 5000, "must be a whole number"),
        ("THREADS", "-4", "must be a whole number from 1 to 64"),
        ("HTTPS", "maybe", "SAFEHOLD_HTTPS must be yes or no, not “maybe”."),
        ("SYNCHRONOUS", "off", "must be full or normal"),
        ("ADDRESS", "http://0.0.0.0", "without http://"),
        ("TRUSTED_PROXY", "*", "the IP address of one proxy"),
        ("DATA_FOLDER", "  ", "SAFEHOLD_DATA_FOLDER is set but empty"),
        ("SECRET", "short", "at least 32 characters"),
        ("PASSWORD_MEMORY_KIB", "1024", "from 19456"),
        ("DATABASE_URL_FILE", "/nowhere/at/all", "cannot be read"),
    ],
)
def test_an_odd_value_stops_the_program_with_a_sentence(name: str, value: str, words: str) -> None:
    assert words in refusal(**{name: value})


@pytest.mark.parametrize(
    "url", ["mysql://ola:hush@host/safehold", "sqlite://", "sqlite:///", "sqlite:///:memory:", "postgresql://ola:hush@host", "hush"]
)
def test_a_database_address_that_cannot_be_used_is_refused_without_repeating_its_password(url: str) -> None:
    sentence = refusal(DATABASE_URL=url)
    assert sentence.startswith("SAFEHOLD_DATABASE_URL must look like")
    assert "hush" not in sentence


def test_the_database_address_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "address"
    file.write_text("postgresql://ola:hush@host/safehold\n")
    assert Settings.from_environment({"SAFEHOLD_DATABASE_URL_FILE": str(file)}).database_url == "postgresql://ola:hush@host/safehold"


@pytest.mark.parametrize("name", ["SECRET", "DATABASE_URL"])
def test_a_secret_given_twice_is_refused_since_only_one_can_be_meant(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("postgresql://ola:hush@host/safehold")
    value = {"SECRET": SECRET, "DATABASE_URL": "sqlite:///other.db"}[name]
    assert "both set" in refusal(**{name: value, f"{name}_FILE": str(file)})


def test_a_session_cannot_be_idle_for_longer_than_it_may_last() -> None:
    assert "SAFEHOLD_IDLE_MINUTES is longer" in refusal(IDLE_MINUTES="90", SESSION_HOURS="1")


def test_the_settings_never_show_a_secret() -> None:
    settings = Settings.from_environment({"SAFEHOLD_SECRET": SECRET, "SAFEHOLD_DATABASE_URL": "postgresql://ola:hush@host/safehold"})
    assert SECRET not in f"{settings!r} {settings}"
    assert "hush" not in f"{settings!r} {settings}"


def test_the_demo_never_shares_a_database_a_folder_or_a_secret_with_a_real_school(tmp_path: Path) -> None:
    real = Settings.from_environment(
        {
            "SAFEHOLD_DATA_FOLDER": str(tmp_path),
            "SAFEHOLD_SECRET": SECRET,
            "SAFEHOLD_DATABASE_URL": "postgresql://ola:hush@host/safehold",
            "SAFEHOLD_FILES": "s3://quillbrook/files",
            "SAFEHOLD_PORT": "9000",
        }
    )
    demo = real.for_demo()
    assert demo.demo
    assert demo.database_url == f"sqlite:///{(tmp_path / 'demo' / 'safehold.db').as_posix()}"
    assert demo.secret is None
    assert demo.secret_file == tmp_path / "demo" / "secret.key"
    assert demo.heads_folder == tmp_path / "demo" / "heads"
    assert demo.files == str(tmp_path / "demo" / "files")
    assert demo.port == 9000


def test_a_store_is_a_folder_or_an_address_and_lies_in_the_data_folder_unless_it_is_said() -> None:
    assert Settings.from_environment({"SAFEHOLD_FILES": "elsewhere"}).files == str(PROJECT / "elsewhere")
    assert Settings().files == str(PROJECT / "data" / "files")


def test_a_scanner_has_a_socket_or_a_host_and_a_port() -> None:
    assert Settings.from_environment({"SAFEHOLD_CLAMD": "127.0.0.1:3310"}).clamd == "127.0.0.1:3310"
    for odd in ("clamd", "127.0.0.1", "host:port", "http://host:3310", "host:99999"):
        assert refusal(CLAMD=odd).startswith("SAFEHOLD_CLAMD must be unix: and the path of a socket, or a host and a port")


def test_settings_cannot_be_changed_once_made() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


def test_every_field_but_the_one_that_no_school_chooses_is_documented_with_a_variable_a_default_and_a_sentence() -> None:
    rows = Settings.documented()
    documented = {name.removeprefix("SAFEHOLD_").lower() for name, _, _ in rows}
    assert documented - {"database_url_file"} == {each.name for each in fields(Settings)} - {"testing"}
    assert len({name for name, _, _ in rows}) == len(rows)
    for name, default, words in rows:
        assert name.startswith("SAFEHOLD_")
        assert default
        assert words.endswith(".")
