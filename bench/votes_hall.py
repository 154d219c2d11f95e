"""What members of a server do that have voted much: `Hall`."""

import itertools
import random
from collections.abc import Awaitable, Callable, Mapping, Sized
from datetime import UTC

from bench.votes_fill import CHANNEL, MEMBERS, NOW, SERVER, VOTES_A_PICTURE, picture_id
from bot.domain.ids import UserId
from bot.domain.insight.style_insight import span_names
from bot.domain.library.browsing import PictureScope
from bot.domain.statistics.statistics import Period, timeline
from bot.domain.styles.leaderboard import ENTRIES_PER_BOARD, MAX_PAGES
from bot.domain.voting.span import Span, span_key
from bot.domain.voting.vote import FULL_WEIGHT, SubjectKind, Vote, VoteValue
from bot.storage.database import Database

_WEEKS = span_names(timeline(Period.QUARTER, NOW, UTC))
_PAGE = ENTRIES_PER_BOARD + 1
"""One more than is shown, as the bot asks for."""

Deed = Callable[[], Awaitable[None]]


class Hall:
    """A server whose members vote."""

    def __init__(self, database: Database, votes: int) -> None:
        self._database = database
        self._picture_count = votes // VOTES_A_PICTURE
        self._rng = random.Random(11)  # noqa: S311 - the same votes at every run
        self._newcomers = itertools.count(MEMBERS)

    @property
    def deeds(self) -> Mapping[str, Deed]:
        """What is measured, by its name."""
        return {
            "a vote": self.vote,
            "a tally": self.tally,
            "leaderboard of styles, first page": self.styles,
            "leaderboard of pictures, first page": self.pictures,
            "leaderboard of pictures, tenth page": self.tenth_page,
            "/stats styles": self.insight,
        }

    async def vote(self) -> None:
        """A member who has not voted yet votes for a picture."""
        vote = Vote(
            image_id=picture_id(self._rng.randrange(self._picture_count)),
            user_id=UserId(next(self._newcomers)),
            guild_id=SERVER,
            value=VoteValue.UP,
            weight=FULL_WEIGHT,
            cast_at=NOW,
        )
        async with self._database.write() as tx:
            await tx.votes.put(vote)

    async def tally(self) -> None:
        """The counts under a result of four pictures."""
        first = self._rng.randrange(self._picture_count - 4)
        pictures = [picture_id(first + position) for position in range(4)]
        async with self._database.read() as tx:
            _full(await tx.votes.tallies_of(SERVER, SubjectKind.IMAGE, pictures), 4)

    async def styles(self) -> None:
        """The first page of the styles of this month."""
        async with self._database.read() as tx:
            span = span_key(Span.MONTH, NOW)
            ranked = tx.leaderboards.subjects(
                SERVER, SubjectKind.STYLE, span, offset=0, limit=_PAGE
            )
            _full(await ranked, _PAGE)

    async def pictures(self) -> None:
        """The first page of the pictures of this month."""
        await self._page(0)

    async def tenth_page(self) -> None:
        """The last page of the same that can be leafed to."""
        await self._page((MAX_PAGES - 1) * ENTRIES_PER_BOARD)

    async def insight(self) -> None:
        """All that `/stats styles` asks for: thirteen weeks, every kind of prompt and model."""
        async with self._database.read() as tx:
            _full(await tx.style_insight.over_time(SERVER, _WEEKS, kind=None, model=None), None)
            _full(await tx.style_insight.by_kind(SERVER, _WEEKS, model=None), None)
            _full(await tx.style_insight.by_model(SERVER, _WEEKS, kind=None), None)

    async def _page(self, offset: int) -> None:
        scope = PictureScope(safe_only=True, guild_id=SERVER, channels=frozenset({CHANNEL}))
        async with self._database.read() as tx:
            span = span_key(Span.MONTH, NOW)
            found = await tx.leaderboards.pictures(SERVER, scope, span, offset=offset, limit=_PAGE)
            _full(found, _PAGE)


def _full(found: Sized, count: int | None) -> None:
    """What is empty is read quickly, and says nothing."""
    if len(found) == 0 or count not in (None, len(found)):
        raise RuntimeError(f"{len(found)} rows where {count} are there")
