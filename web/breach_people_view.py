"""What the page on telling people shows: how many stand how, some of them at a time, the letter, and what can be printed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from exports.breach_letters import MOST_LETTERS
from models.breach_letter import BreachLetter, BreachMail
from models.breach_person import BreachPerson
from models.outgoing import Sending
from models.vocabulary import PeopleDecision
from registry.breaches import letter, people, posting
from registry.breaches.people import SETTLED, Standing, standing
from web.breach_page import BreachPage
from web.guard import now

SIZE = 50
PRINTED = {"waiting": "Everybody who is still to be told", "paper": "Those who have no e-mail address", "all": "Everybody on the list"}


@dataclass(frozen=True)
class People:
    """Those who are told of one breach, as somebody looks at them: all, or those who stand in one way, from some page on."""

    page: BreachPage
    only: Standing | None = None
    number: int = 1

    @property
    def row(self) -> Any:
        """The breach."""
        return self.page.row

    @cached_property
    def all(self) -> list[BreachPerson]:
        """Everybody."""
        return people.people_of(self.row)

    @cached_property
    def counts(self) -> Counter[Standing]:
        """How many stand how."""
        return Counter(map(standing, self.all))

    @cached_property
    def chosen(self) -> list[BreachPerson]:
        """Everybody who stands in the way that is asked for."""
        return [each for each in self.all if self.only in (None, standing(each))]

    @property
    def shown(self) -> list[BreachPerson]:
        """Those on this page."""
        return self.chosen[(self.number - 1) * SIZE : self.number * SIZE]

    @property
    def has_more(self) -> bool:
        """Whether another page follows."""
        return len(self.chosen) > self.number * SIZE

    @property
    def left(self) -> int:
        """How many are neither told nor left out."""
        return sum(many for word, many in self.counts.items() if word not in SETTLED)

    @property
    def is_decided(self) -> bool:
        """Whether it is decided that they are told."""
        return self.row.people_decision is PeopleDecision.TELL

    @property
    def is_public(self) -> bool:
        """Whether it is decided that everybody is told in public."""
        return self.row.people_decision is PeopleDecision.IN_PUBLIC

    @property
    def is_open(self) -> bool:
        """Whether anything may still be changed."""
        return self.page.may_act and self.row.stage == "open"

    @cached_property
    def mails(self) -> dict[UUID, BreachMail]:
        """The last e-mail to each."""
        return posting.states(self.row)

    @property
    def on_their_way(self) -> int:
        """How many letters wait to be sent, and can still be stopped."""
        return sum(mail.state is Sending.WAITING for mail in self.mails.values())

    @cached_property
    def ready(self) -> tuple[list[BreachPerson], list[BreachPerson]]:
        """Who can be sent an e-mail, and who has no address for one."""
        return posting.ready(self.all)

    @cached_property
    def kept(self) -> BreachLetter | None:
        """The letter as somebody kept it."""
        return letter.kept(self.row)

    @cached_property
    def text(self) -> str:
        """The letter as it would go out."""
        return letter.text_of(self.row)

    @cached_property
    def review(self) -> letter.Review:
        """What is to be looked at before it goes out."""
        return letter.review(self.row, self.text, self.all, now())

    @property
    def can_send(self) -> bool:
        """Whether mail is set up."""
        return posting.can_send()

    @property
    def names_left(self) -> str:
        """The names that stand in the details of the breach, where nobody has taken them over yet."""
        return str(self.row.names or "") if not self.all else ""

    def standing(self, person: BreachPerson) -> Standing:
        """How far somebody is told."""
        return standing(person)

    def is_unsure(self, person: BreachPerson) -> bool:
        """Whether nobody knows if an e-mail to them arrived."""
        mail = self.mails.get(person.id)
        return standing(person) is Standing.POSTED and mail is not None and mail.state not in (*people.UNDER_WAY, Sending.SENT)

    @property
    def prints(self) -> list[tuple[str, str]]:
        """What can be printed at once: (code, words), in parts where there are more than one paper takes."""
        return [
            (f"{which}:{start}", f"{words}: {_part(start, len(found))}")
            for which, words in PRINTED.items()
            for found in [self.of(which)]
            for start in range(0, len(found), MOST_LETTERS)
        ]

    def of(self, which: str) -> Sequence[BreachPerson]:
        """Those whose letters are printed together."""
        waiting, without = self.ready
        found = {"waiting": sorted([*waiting, *without], key=lambda each: each.place), "paper": without}
        return found.get(which) or (self.all if which == "all" else ())


def _part(start: int, many: int) -> str:
    if many <= MOST_LETTERS:
        return "1 letter" if many == 1 else f"{many} letters"
    return f"{start + 1:,} to {min(many, start + MOST_LETTERS):,}"
