"""Parents and carers in lists for the roll: those beside a pupil, those in a list of their own, and those whom another list tells more about."""

from collections import Counter
from collections.abc import Iterator, Sequence

from exports.roll_rows import Columns, Row, Rows
from models.names import fold
from models.vocabulary import Relation, YesNoUnknown
from registry.roll.uploads import Table
from registry.rules.roll_carers import Contact
from registry.rules.roll_headings import OWN, Part
from registry.rules.roll_spellings import PARENTS
from registry.rules.roll_words import (
    email_of,
    is_eaten,
    is_no_carer,
    number_key,
    person_name,
    relation_of,
    responsibility_of,
    restrictions_of,
    whole_number,
)
from registry.typed import LONGEST_LINE, NOT_TEXT

_IMPLIED = {slot: Relation(slot) for slot in PARENTS.values()}


class Details:
    """What one list tells about parents whom another one names by number or address."""

    def __init__(self) -> None:
        self._names: dict[str, tuple[str, str, str]] = {}

    def take_from(self, tables: Sequence[Table]) -> Iterator[str]:
        """Read the lists that name no pupils; the numbers under which the others speak of somebody without a name."""
        for table in tables:
            columns = Columns(table)
            for row in table.file.rows:
                number, name = columns.text(row, Part.CONTACT_NUMBER), name_in(columns, row)
                if not columns.names_pupils:
                    self.add(number, name, columns.text(row, Part.CONTACT_EMAIL))
                elif number and not name:
                    yield number_key(number)

    def add(self, number: str, name: str, email: str) -> None:
        """Note who somebody is."""
        for key in filter(None, (number_key(number), email.casefold())):
            self._names.setdefault(key, (number, name, email))

    def of(self, number: str, email: str) -> tuple[str, str, str]:
        """Number, name and address of somebody who is named by one of them; empty where nothing is told."""
        return self._names.get(number_key(number)) or self._names.get(email.casefold()) or (number, "", email)


class Contacts:
    """The contacts found so far; each row gives one for every slot that says something."""

    def __init__(self, details: Details, counts: Counter[str]) -> None:
        self.details, self._counts = details, counts
        self._found: dict[tuple[object, ...], tuple[Contact, str, str]] = {}

    def beside(self, pupil: int, rows: Rows, row: Row, where: str) -> None:
        """Take the contacts of one row, who are the parents or carers of the pupil at this place."""
        for slot in rows.columns.slots:
            if slot != OWN:
                self._take(pupil, rows.columns, row, (slot, where))

    def found(self) -> list[Contact]:
        """Everybody who could be named, once beside each pupil."""
        whole = (self._whole(contact, number, email) for contact, number, email in self._found.values())
        return [contact for contact in whole if contact is not None]

    def _take(self, pupil: int, columns: Columns, row: Row, at: tuple[str, str]) -> None:
        slot, where = at
        name, email = name_in(columns, row, slot), columns.text(row, Part.CONTACT_EMAIL, slot)
        number = whole_number(columns.text(row, Part.CONTACT_NUMBER, slot))
        number = "" if is_eaten(number) else number[:LONGEST_LINE]
        if not name and not email and not number:
            return
        relation = columns.text(row, Part.CONTACT_RELATION, slot)
        if relation and is_no_carer(relation):
            self._counts["no_carer"] += 1
            return
        responsibility = responsibility_of(columns.text(row, Part.CONTACT_RESPONSIBILITY, slot))
        if responsibility is YesNoUnknown.UNKNOWN:
            self._counts["no_answer"] += 1
            responsibility = None
        contact = Contact(
            pupil, where, name[:LONGEST_LINE], number,
            relation=relation_of(relation) or _IMPLIED.get(slot),
            responsibility=responsibility,
            restrictions=restrictions_of(columns.text(row, Part.CONTACT_RESTRICTIONS, slot)),
        )  # fmt: skip
        self._found.setdefault((pupil, number_key(number), fold(name), email.casefold()), (contact, number, email))

    def _whole(self, contact: Contact, number: str, email: str) -> Contact | None:
        """A contact with what another list tells about them; None for one whom nothing names."""
        name = contact.name
        if not name:
            number, name, email = self.details.of(number, email)
        if not name:
            self._counts["nameless"] += 1
            return None
        address = email_of(email) if email else None
        if email and address is None:
            self._counts["no_email"] += 1
        return Contact(
            contact.pupil, contact.where, name, contact.number or number,
            email=address or "", relation=contact.relation, responsibility=contact.responsibility, restrictions=contact.restrictions,
        )  # fmt: skip


def name_in(columns: Columns, row: Row, slot: str = "") -> str:
    """What a row calls a contact."""
    whole = columns.text(row, Part.CONTACT_NAME, slot)
    first, surname = columns.text(row, Part.CONTACT_FIRST, slot), columns.text(row, Part.CONTACT_SURNAME, slot)
    return NOT_TEXT.sub("", person_name(whole) or " ".join(f"{first} {surname}".split()))
