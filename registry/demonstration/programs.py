"""A token of the data protection officer, so that the pages about tokens have something to show; nobody was ever told it."""

from datetime import UTC, date, datetime

from models.roles import Role
from models.token import ApiToken
from registry.accounts import tokens
from registry.accounts.tokens import LONGEST_DAYS, Wanted
from registry.actor import Actor

MADE = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)
USED = date(2026, 11, 20)


def let_a_program_read(keeper: Actor) -> None:
    """Make a token that only reads, as one for the governors’ figures would, and remember that it was used."""
    tokens.make(keeper, Wanted(name="Figures for the governors’ page", role=Role.GOVERNOR, days=LONGEST_DAYS), MADE)
    for token in ApiToken.select(ApiToken.id).where(ApiToken.user == keeper.user):
        tokens.note_use(token.id, USED)
