"""What a school may choose about its installation: one frozen value, read once from the environment when the program starts.

Every variable is declared beside the field it fills, with the words the README prints. What cannot be understood stops the program.
"""

import difflib
import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

PROJECT = Path(__file__).resolve().parent
YES_OR_NO = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}


class SettingsError(Exception):
    """A setting cannot be used; the message is a sentence for whoever starts the program, and never repeats a secret."""


def _text(value: str) -> str:
    return value


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and least <= int(value[:9]) <= most):
            raise SettingsError(f"must be a whole number from {least} to {most}, not “{value}”")
        return int(value)

    return read


def _yes_or_no(value: str) -> bool:
    if value.lower() not in YES_OR_NO:
        raise SettingsError(f"must be yes or no, not “{value}”")
    return YES_OR_NO[value.lower()]


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value.lower() not in choices:
            raise SettingsError(f"must be {' or '.join(choices)}, not “{value}”")
        return value.lower()

    return read


def _path(value: str) -> Path:
    return PROJECT / Path(value).expanduser()


def _store(value: str) -> str:
    return value if "://" in value else str(_path(value))


def _scanner(value: str) -> str:
    host, _, port = value.rpartition(":")
    is_socket = value.startswith("unix:/")
    if not is_socket and not (host and port.isdigit() and int(port) <= 65535 and "/" not in value):
        raise SettingsError(f"must be unix: and the path of a socket, or a host and a port such as 127.0.0.1:3310, not “{value}”")
    return value


def _listening_address(value: str) -> str:
    if "/" in value or any(character.isspace() for character in value):
        raise SettingsError(f"must be an address without http:// or a port, such as 127.0.0.1, not “{value}”")
    return value


def _ip_address(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise SettingsError(f"must be the IP address of one proxy, such as 127.0.0.1, not “{value}”") from None


def _database_url(value: str) -> str:
    scheme, _, rest = value.partition("://")
    if scheme == "sqlite" and len(rest) > 1 and rest.startswith("/") and rest != "/:memory:":
        return value
    if scheme == "postgresql" and rest.partition("?")[0].rpartition("/")[2] and "/" in rest:
        return value
    raise SettingsError("must look like sqlite:////folder/safehold.db or postgresql://user:password@host/database")


def _secret(value: str) -> str:
    if len(value) < 32:
        raise SettingsError("is too short to protect anything; it must have at least 32 characters")
    return value


def _variable(name: str, default: Any, words: str, *, read: Callable[[str], Any] = _text, shown: str = "", secret: bool = False) -> Any:
    """A field filled from the environment: its variable, its default (and how the README shows it), its words and its reader."""
    metadata = {"variable": name, "help": words, "read": read, "shown": shown or str(default), "secret": secret}
    return field(default=default, repr=not secret, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One installation's choices. Made by `from_environment`, or directly by a test; what is left empty lies in the data folder."""

    data_folder: Path = _variable(
        "SAFEHOLD_DATA_FOLDER",
        PROJECT / "data",
        "The folder for everything this installation keeps on disk.",
        read=_path,
        shown="`data` beside the program",
    )
    database_url: str = _variable(
        "SAFEHOLD_DATABASE_URL",
        "",
        "The database: `sqlite:////folder/safehold.db` or `postgresql://user:password@host/database`.",
        read=_database_url,
        shown="`safehold.db` in the data folder",
        secret=True,
    )
    secret: str | None = _variable(
        "SAFEHOLD_SECRET",
        None,
        "The master secret itself, for installations that keep it in a vault. It comes before the file; set one or the other.",
        read=_secret,
        shown="not set",
        secret=True,
    )
    secret_file: Path = _variable(
        "SAFEHOLD_SECRET_FILE",
        Path(),
        "The file that holds the master secret. The first start makes it. Without it nothing personal can be read again: keep a copy elsewhere.",
        read=_path,
        shown="`secret.key` in the data folder",
    )
    heads_folder: Path = _variable(
        "SAFEHOLD_HEADS_FOLDER",
        Path(),
        "Where the head of each audit chain is kept outside the database; best on another disk.",
        read=_path,
        shown="`heads` in the data folder",
    )
    files: str = _variable(
        "SAFEHOLD_FILES",
        "",
        "Where the files of records are kept, sealed: a folder, or `s3://bucket/folder`, as [below](#files-in-a-bucket).",
        read=_store,
        shown="`files` in the data folder",
    )
    file_mb: int = _variable(
        "SAFEHOLD_FILE_MB", 200, "The most that may be added to a record in one go, in megabytes.", read=_whole_number(1, 4000)
    )
    clamd: str | None = _variable(
        "SAFEHOLD_CLAMD",
        None,
        "A virus scanner (clamd) that looks at each file before it is kept: `unix:/run/clamav/clamd.ctl` or `127.0.0.1:3310`.",
        read=_scanner,
        shown="none",
    )
    address: str = _variable(
        "SAFEHOLD_ADDRESS", "127.0.0.1", "The address to listen on. The default answers this computer only.", read=_listening_address
    )
    port: int = _variable("SAFEHOLD_PORT", 8080, "The port to listen on.", read=_whole_number(1, 65535))
    threads: int = _variable("SAFEHOLD_THREADS", 4, "How many requests are answered at once.", read=_whole_number(1, 64))
    trusted_proxy: str | None = _variable(
        "SAFEHOLD_TRUSTED_PROXY",
        None,
        "The IP address of the proxy in front, whose word on the visitor's address is taken.",
        read=_ip_address,
        shown="none",
    )
    https: bool = _variable(
        "SAFEHOLD_HTTPS", False, "Say `yes` once visitors come by https: cookies then never travel without it.", read=_yes_or_no, shown="no"
    )
    idle_minutes: int = _variable("SAFEHOLD_IDLE_MINUTES", 30, "A session ends after so many minutes without a click.", read=_whole_number(5, 1440))
    session_hours: int = _variable("SAFEHOLD_SESSION_HOURS", 12, "A session ends after so many hours, whatever happens.", read=_whole_number(1, 72))
    upload_mb: int = _variable("SAFEHOLD_UPLOAD_MB", 20, "The largest file that may be uploaded, in megabytes.", read=_whole_number(1, 1000))
    synchronous: str = _variable(
        "SAFEHOLD_SYNCHRONOUS",
        "full",
        "SQLite only: `full` survives a power cut; `normal` is quicker and may lose the last second.",
        read=_one_of("full", "normal"),
    )
    password_memory_kib: int = _variable(
        "SAFEHOLD_PASSWORD_MEMORY_KIB",
        47104,
        "The memory that checking one password takes, in KiB; more is harder to guess.",
        read=_whole_number(19456, 1048576),
    )
    runner: str = _variable(
        "SAFEHOLD_RUNNER",
        "inside",
        "Who sends letters and does the work of the night: the serving program itself (`inside`), or one started by `start.py jobs` (`apart`).",
        read=_one_of("inside", "apart"),
    )
    channels_here: bool = _variable(
        "SAFEHOLD_CHANNELS_HERE",
        False,
        "For tests only: say `yes` to let channels lie on this computer itself. Otherwise they must lie in the public internet.",
        read=_yes_or_no,
        shown="no",
    )
    demo: bool = _variable(
        "SAFEHOLD_DEMO",
        False,
        "Say `yes` for the demonstration, as `start.py demo` does: invented schools in a data folder of their own.",
        read=_yes_or_no,
        shown="no",
    )
    testing: bool = False

    def __post_init__(self) -> None:
        """Places what was left empty in the data folder."""
        if self.database_url == "":
            object.__setattr__(self, "database_url", f"sqlite:///{(self.data_folder / 'safehold.db').as_posix()}")
        if self.secret_file == Path():
            object.__setattr__(self, "secret_file", self.data_folder / "secret.key")
        if self.heads_folder == Path():
            object.__setattr__(self, "heads_folder", self.data_folder / "heads")
        if self.files == "":
            object.__setattr__(self, "files", str(self.data_folder / "files"))

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """The settings that `environ` asks for. Raises SettingsError for a variable that is unknown, empty, doubled or odd."""
        variables = {each.metadata["variable"]: each for each in _documented_fields()}
        _refuse_unknown(environ, (*variables, "SAFEHOLD_DATABASE_URL_FILE"))
        chosen = {each.name: _read(each, environ[name]) for name, each in variables.items() if name in environ}
        if "SAFEHOLD_DATABASE_URL_FILE" in environ:
            chosen["database_url"] = _read(variables["SAFEHOLD_DATABASE_URL"], _contents(environ["SAFEHOLD_DATABASE_URL_FILE"]))
        _refuse_contradictions(environ)
        settings = cls(**chosen)
        if settings.idle_minutes > settings.session_hours * 60:
            raise SettingsError("SAFEHOLD_IDLE_MINUTES is longer than SAFEHOLD_SESSION_HOURS; a session would end before it could be idle.")
        return settings.for_demo() if settings.demo else settings

    def for_demo(self) -> Self:
        """The same settings with a folder, database and secret of the demo's own, so that it can never touch a real school."""
        own: dict[str, Any] = {"database_url": "", "secret": None, "secret_file": Path(), "heads_folder": Path(), "files": ""}
        return replace(self, data_folder=self.data_folder / "demo", demo=True, **own)

    @staticmethod
    def documented() -> list[tuple[str, str, str]]:
        """Every variable with its default and its words, for the README's table."""
        rows = [(each.metadata["variable"], each.metadata["shown"], each.metadata["help"]) for each in _documented_fields()]
        file_row = (
            "SAFEHOLD_DATABASE_URL_FILE",
            "not set",
            "A file that holds the database's address, when its password must not stand in the environment.",
        )
        return [*rows[:2], file_row, *rows[2:]]


def _documented_fields() -> list["Field[Any]"]:
    return [each for each in fields(Settings) if "variable" in each.metadata]


def _read(each: "Field[Any]", value: str) -> Any:
    name = each.metadata["variable"]
    if not value.strip():
        raise SettingsError(f"{name} is set but empty: give it a value, or remove it.")
    try:
        return each.metadata["read"](value.strip())
    except SettingsError as error:
        raise SettingsError(f"{name} {error}.") from None


def _contents(file: str) -> str:
    try:
        return _path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise SettingsError(f"SAFEHOLD_DATABASE_URL_FILE names {file}, which cannot be read: {reason}.") from None


def _refuse_unknown(environ: Mapping[str, str], known: tuple[str, ...]) -> None:
    for name in sorted(environ):
        if name.upper().startswith("SAFEHOLD_") and name not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            raise SettingsError(f"{name} is not a setting of Safehold." + (f" Did you mean {near[0]}?" if near else ""))


def _refuse_contradictions(environ: Mapping[str, str]) -> None:
    for name in ("SAFEHOLD_SECRET", "SAFEHOLD_DATABASE_URL"):
        if name in environ and f"{name}_FILE" in environ:
            raise SettingsError(f"{name} and {name}_FILE are both set, and only one can be true: remove one.")
