"""The kinds of column that the house adds to peewee's: sealed, searched, chosen, listed, and instants."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, NoReturn
from uuid import UUID

from peewee import BigIntegerField, BinaryUUIDField, BlobField, CharField, Field, FieldAccessor, TextField, fn

from models import vault
from models.names import fold
from models.vocabulary.shapes import Shape

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
TOKEN_LENGTH = 16


class SealedComparison(TypeError):
    """A sealed column was compared, searched or sorted, which would silently find nothing."""


class SealedAccessor(FieldAccessor):
    """Seals on the way in, opens on the way out, and keeps the blind index in step."""

    def __get__(self, instance: Any, instance_type: Any = None) -> Any:
        if instance is None:
            return self.field
        sealed = instance.__data__.get(self.name)
        return None if sealed is None else self.field.open(instance.id, sealed)

    def __set__(self, instance: Any, value: Any) -> None:
        if isinstance(value, str):
            for index in self.field.indexes:
                setattr(instance, index.name, index.token(value))
            value = self.field.seal(instance.id, value) if value else None
        elif value is None:
            for index in self.field.indexes:
                setattr(instance, index.name, None)
        super().__set__(instance, value)


class EncryptedText(BlobField):
    """Text sealed with AES-256-GCM for its table, column and row; opened only when it is shown."""

    accessor_class = SealedAccessor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indexes: list[BlindIndex] = []

    def bind(self, model: Any, name: str, set_attribute: bool = True) -> None:
        """Learn the table and column, which every sealed value is bound to."""
        super().bind(model, name, set_attribute)
        self._place = f"{model._meta.table_name}.{name}:".encode()

    def seal(self, row: UUID, text: str) -> bytes:
        """The stored form of a text in the row with this id."""
        return vault.current().seal(text, self._place + row.bytes)

    def open(self, row: UUID, sealed: bytes) -> str:
        """The text that was sealed for the row with this id; raises vault.WontOpen."""
        return self.open_stored(row.bytes, sealed)

    def open_stored(self, key: bytes, sealed: bytes) -> str:
        """The same for a row whose id is at hand as it is stored."""
        return vault.current().open(bytes(sealed), self._place + key)

    def is_older(self) -> Any:
        """The condition that a value was sealed with an older key than the newest."""
        return fn.SUBSTR(self, 1, vault.HEAD) < vault.current().sealing_head

    def holds(self, sealed: bytes) -> Any:
        """The condition that exactly these sealed bytes are stored."""
        return BlobField.__eq__(self, sealed)

    def db_value(self, value: Any) -> Any:
        """Only sealed bytes reach the database; plain text must pass through a record, which knows its id."""
        if isinstance(value, str):
            raise SealedComparison(f"{self.name} is sealed: set it on a record, and search it through its BlindIndex.")
        return super().db_value(value)  # type: ignore[no-untyped-call]

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise SealedComparison(f"{self.name} is sealed and cannot be compared or sorted: use its BlindIndex for an exact match.")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    in_ = not_in = contains = startswith = endswith = like = ilike = regexp = iregexp = between = concat = asc = desc = _refuse
    __hash__ = BlobField.__hash__


class EncryptedProse(EncryptedText):
    """The same for what takes several lines to say."""


class RowsField(EncryptedProse):
    """The same for a list of things with parts, kept as the text that registry/rules/row_text.py writes and reads."""

    def __init__(self, shape: Shape, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shape = shape


class BlindIndex(BlobField):
    """A keyed digest of the folded text of a sealed column, so that an exact name can be found without opening any."""

    def __init__(self, of: EncryptedText, *args: Any, spelling: Callable[[str], str] = fold, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)
        self.of = of
        self.spelling = spelling
        of.indexes.append(self)

    def bind(self, model: Any, name: str, set_attribute: bool = True) -> None:
        """Learn the table and column, so that equal names in two columns have different tokens."""
        super().bind(model, name, set_attribute)
        self._place = f"{model._meta.table_name}.{name}:".encode()

    def token(self, text: str) -> bytes | None:
        """What is stored for a text; None for an empty one."""
        return self.token_of(self.spelling(text))

    def token_of(self, folded: str) -> bytes | None:
        """The same for a text in its plain spelling, which is not worked out once more."""
        return vault.current().token(self._place + folded.encode())[:TOKEN_LENGTH] if folded else None

    def db_value(self, value: Any) -> Any:
        """Fold and hash text, so that `.where(Pupil.name_index == "sam patel")` simply works."""
        return super().db_value(self.token(value) if isinstance(value, str) else value)  # type: ignore[no-untyped-call]


class KeyedAccessor(FieldAccessor):
    """Keeps the keys by which a text is compared in step with it."""

    def __set__(self, instance: Any, value: Any) -> None:
        for key in self.field.indexes:
            setattr(instance, key.name, key.token(value))
        super().__set__(instance, value)


class KeyedText(CharField):
    """A text that stands once in a school, however it is spelled: its `KeyOf` says what counts as the same."""

    accessor_class = KeyedAccessor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indexes: list[KeyOf] = []


class KeyOf(CharField):
    """The one spelling of a keyed text, by which it is found; empty where there is nothing to compare."""

    def __init__(self, of: KeyedText, *, spelling: Callable[[str], str]) -> None:
        super().__init__(max_length=of.max_length, null=True)
        self.of = of
        self.spelling = spelling
        of.indexes.append(self)

    def token(self, text: str | None) -> str | None:
        """What is stored for a text."""
        return (self.spelling(text) or None) if text else None


class UtcDateTime(BigIntegerField):
    """An instant, stored as microseconds since 1970 in UTC: the same on both databases, no zone to lose."""

    def db_value(self, value: datetime | int | None) -> int | None:
        """The stored number; a time without a zone is refused."""
        if not isinstance(value, datetime):
            return value
        if value.tzinfo is None:
            raise ValueError("An instant needs its zone.")
        return (value - EPOCH) // MICROSECOND

    def python_value(self, value: int | None) -> datetime | None:
        """The instant, in UTC."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


class DayField(Field):
    """A calendar day without a time."""

    field_type = "DATE"

    def db_value(self, value: date | str | None) -> str | None:
        """ISO 8601, which both databases accept and sort."""
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: date | str | None) -> date | None:
        """The day; PostgreSQL hands one over already."""
        return date.fromisoformat(value) if isinstance(value, str) else value


class ChoiceField(TextField):
    """One of the members of an enum, stored as its code."""

    def __init__(self, words: type[StrEnum], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        self._members: Callable[[str], Any] = words._value2member_map_.get
        self._codes: dict[Any, str | None] = {None: None, **{member: member.value for member in words}}

    def db_value(self, value: Any) -> str | None:
        """The code; an unknown one raises ValueError."""
        return self._codes[value] if value in self._codes else self.words(value).value

    def python_value(self, value: str | None) -> Any:
        """The member; a code from a newer version is shown as it stands."""
        return None if value is None else self._members(value) or value


class ChoicesField(TextField):
    """Several members of an enum, stored as codes between spaces so that one can be looked for."""

    def __init__(self, words: type[StrEnum], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", ())
        super().__init__(*args, **kwargs)
        self.words = words
        self._order = {member.value: place for place, member in enumerate(words)}

    def db_value(self, value: Iterable[Any] | str | None) -> str | None:
        """Codes in the order of the enum, each once; empty for none. A text is a pattern to look for and passes."""
        if value is None or isinstance(value, str):
            return value
        codes = sorted({self.words(code).value for code in value}, key=self._order.__getitem__)
        return f" {' '.join(codes)} " if codes else ""

    def python_value(self, value: str | None) -> tuple[Any, ...]:
        """The members, in the order of the enum."""
        known = self.words._value2member_map_
        return tuple(known.get(code, code) for code in (value or "").split())

    def having(self, code: str) -> Any:
        """The condition that this member is among those chosen."""
        return self.contains(f" {code} ")


class LinesField(TextField):
    """A list of short texts, one a line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", ())
        super().__init__(*args, **kwargs)

    def db_value(self, value: Iterable[str] | str | None) -> str | None:
        """Lines without the empty ones."""
        if value is None or isinstance(value, str):
            return value
        return "\n".join(line.strip() for line in value if line.strip())

    def python_value(self, value: str | None) -> tuple[str, ...]:
        """The lines."""
        return tuple((value or "").splitlines())


class OneField(BinaryUUIDField):
    """One record of another register, by its id. What is named by thousands is kept so, and not as a link, which both ends would carry."""

    def __init__(self, to: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to = to
