"""The terms on a server's list, and what they find."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import AccountKey
from bot.domain.terms.matcher import TermFound
from bot.domain.terms.term import Term


@dataclass(frozen=True, slots=True)
class ListedTerm:
    """A term, the pseudonymous account of the moderator who added it, and when."""

    term: Term
    added_by: AccountKey
    added_at: datetime


@dataclass(frozen=True, slots=True)
class TermTest:
    """What of a text would be refused: the server's terms, and what is forbidden everywhere."""

    found: tuple[TermFound, ...]
    always_forbidden: bool
