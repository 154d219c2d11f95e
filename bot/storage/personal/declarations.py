"""What every table tells of members and servers, and what becomes of it: all of it, once."""

from collections.abc import Iterator

from bot.domain.privacy import ErasureKind, ErasureStage
from bot.storage.personal.fates import Declaration, Fate, RowsGo
from bot.storage.personal.of_accounts import ACCOUNTS
from bot.storage.personal.of_community import COMMUNITY
from bot.storage.personal.of_conduct import CONDUCT
from bot.storage.personal.of_itself import ITSELF
from bot.storage.personal.of_jobs import JOBS
from bot.storage.personal.of_members import MEMBERS
from bot.storage.personal.of_reviews import REVIEWS
from bot.storage.personal.of_rounds import ROUNDS
from bot.storage.personal.of_servers import SERVERS
from bot.storage.personal.of_votes import VOTES

DECLARATIONS: tuple[Declaration, ...] = (
    *JOBS,
    *MEMBERS,
    *ACCOUNTS,
    *VOTES,
    *SERVERS,
    *REVIEWS,
    *COMMUNITY,
    *ROUNDS,
    *CONDUCT,
    *ITSELF,
)
"""Every table of the schema, once."""


def fates_of(declaration: Declaration, kind: ErasureKind) -> tuple[Fate, ...]:
    """What becomes of a table's rows when a member or a server is erased."""
    return declaration.member if kind is ErasureKind.MEMBER else declaration.server


def rows_that_go(kind: ErasureKind, stage: ErasureStage) -> Iterator[tuple[Declaration, RowsGo]]:
    """What is deleted by a column at a stage."""
    for declaration in DECLARATIONS:
        for fate in fates_of(declaration, kind):
            if isinstance(fate, RowsGo) and fate.stage is stage:
                yield declaration, fate
