"""What votes, leaderboards and servers' styles need from outside; see `bot.services.ports`."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.jobs.job import MessageAddress
from bot.domain.library.browsing import PictureScope
from bot.domain.styles.leaderboard import RankedPicture
from bot.domain.styles.liked_picture import LikedPicture
from bot.domain.styles.references import StyleReference
from bot.domain.styles.server_style import ServerStyle
from bot.domain.voting.explanation import Rank, VoteShare
from bot.domain.voting.vote import Credit, Subject, SubjectKind, Tally, Vote
from bot.services.battles.ports import BattleRepositories
from bot.services.contests.ports import ContestRepository
from bot.services.insight.ports import StyleInsightRepository
from bot.services.rounds.ports import ExampleRepository, RoundRepository
from bot.services.starboard.ports import StarboardRepository
from bot.services.styles.ports import StyleMergeRepository, TakingPartRepository
from bot.services.votes.held_vote_ports import HeldVoteRepository


class VoteRepository(Protocol):
    """Members' votes. Tallies change with them, in the same transaction."""

    async def hold(
        self, image_id: ImageId, user_id: UserId, *, beside: Collection[ImageId] = ()
    ) -> Vote | None:
        """A member's vote, for a change: nobody else's vote on the image comes in between."""

    async def credits_of(self, image_id: ImageId) -> Sequence[Credit]:
        """What votes on an image count for; nothing before its first vote."""

    async def save_credits(self, image_id: ImageId, credits_: Sequence[Credit]) -> None:
        """Write down for what votes on an image count, before its first vote is put."""

    async def put(self, vote: Vote) -> Vote:
        """Count a vote, in place of the member's earlier one; held if that one was."""

    async def withdraw(self, vote: Vote) -> None:
        """Take back a vote that is held."""

    async def withdraw_everybodys(self, image_ids: Collection[ImageId]) -> None:
        """Take back all votes on images that are no more, and those that counted for them."""

    async def tallies_of(
        self, guild_id: GuildId, kind: SubjectKind, keys: Collection[str]
    ) -> Mapping[str, Tally]:
        """What votes of all time come to, by subject; those without votes are left out."""


class VoteMessenger(Protocol):
    """The way to the counts under results."""

    async def show_counts(self, address: MessageAddress, counts: Mapping[ImageId, Tally]) -> None:
        """Write the counts onto a message's buttons. A failure is logged and goes no further."""


class ServerStyleRepository(Protocol):
    """The styles that servers keep."""

    async def all(self) -> Sequence[ServerStyle]:
        """Every server's styles, retired and merged ones included."""

    async def tallies(self) -> Mapping[str, Tally]:
        """What votes of all time come to, by the style's id; those without votes are left out."""

    async def hold(self) -> None:
        """Let nobody else write a style until this transaction ends."""

    async def get(self, style_id: str) -> ServerStyle | None:
        """A style."""

    async def count(self, guild_id: GuildId) -> int:
        """How many styles a server has, without those that were merged into others."""

    async def save(self, style: ServerStyle) -> bool:
        """Write a style, new or changed; False if another of the server has its name.

        Whether it was merged stays as it is: whoever writes it may not know of that yet.
        """


class StyleReferenceRepository(Protocol):
    """The pictures that servers' styles carry along."""

    async def all(self) -> Sequence[StyleReference]:
        """Those of every server, each style's in the order they were brought."""

    async def hold_of_server(self, guild_id: GuildId) -> Sequence[StyleReference]:
        """A server's, for a change: nobody else changes them in between."""

    async def add(self, reference: StyleReference) -> None:
        """Write down another picture of a style."""

    async def remove(self, reference: StyleReference) -> None:
        """Forget a picture of a style."""

    async def brought_by(self, user_id: UserId) -> Sequence[StyleReference]:
        """Those that a member brought, in whatever server."""

    async def pictures(self) -> frozenset[str]:
        """The hashes of all of them."""


class LeaderboardRepository(Protocol):
    """What is liked best."""

    async def subjects(
        self, guild_id: GuildId, kind: SubjectKind, span: str, *, offset: int, limit: int
    ) -> Sequence[tuple[str, Tally]]:
        """The subjects of a kind that have votes in favour, the best first, and their tallies."""

    async def pictures(
        self, guild_id: GuildId, scope: PictureScope, span: str, *, offset: int, limit: int
    ) -> Sequence[RankedPicture]:
        """The pictures that may be shown and have votes in favour, the best first."""

    async def rank_of(self, guild_id: GuildId, subject: Subject, span: str) -> Rank | None:
        """Where a subject stands on its leaderboard; None where it is not on it."""

    async def shares_of(self, guild_id: GuildId, subject: Subject) -> Sequence[VoteShare]:
        """The votes that were given for a subject itself, by why they weigh what they weigh."""


class LikedPictureRepository(Protocol):
    """The pictures that a server likes best of something, among those that it may see."""

    async def among(
        self, image_ids: Collection[ImageId], scope: PictureScope
    ) -> Mapping[ImageId, LikedPicture]:
        """Those of the pictures that may be shown, with their votes of all time."""

    async def best_of(
        self,
        guild_id: GuildId,
        kind: SubjectKind,
        keys: Collection[str],
        scope: PictureScope,
        span: str,
        *,
        each: int,
    ) -> Mapping[str, Sequence[LikedPicture]]:
        """At most `each` pictures of each of the styles or members, by their keys; best first."""


class CommunityRepositories(BattleRepositories, Protocol):
    """The repositories of what members decide together, in one transaction."""

    @property
    def votes(self) -> VoteRepository:
        """Members' votes."""

    @property
    def held_votes(self) -> HeldVoteRepository:
        """Votes that are held, and votes that are taken away."""

    @property
    def styles(self) -> ServerStyleRepository:
        """Servers' styles."""

    @property
    def merges(self) -> StyleMergeRepository:
        """Styles that are folded into others."""

    @property
    def taking_part(self) -> TakingPartRepository:
        """Who may take part in what."""

    @property
    def style_references(self) -> StyleReferenceRepository:
        """The pictures of servers' styles."""

    @property
    def leaderboards(self) -> LeaderboardRepository:
        """What is liked best."""

    @property
    def style_insight(self) -> StyleInsightRepository:
        """Which styles do best."""

    @property
    def liked_pictures(self) -> LikedPictureRepository:
        """What is liked best of a style or a member."""

    @property
    def rounds(self) -> RoundRepository:
        """Rounds of styles."""

    @property
    def examples(self) -> ExampleRepository:
        """Pictures that show what a proposed style looks like."""

    @property
    def starboard(self) -> StarboardRepository:
        """Servers' starboards."""

    @property
    def contests(self) -> ContestRepository:
        """Contests."""
