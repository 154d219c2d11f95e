"""Voting in contests: blind, for as many entries as a member likes, until the voting ends."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.domain.contests.contest import ENTRIES_PER_PAGE, Approval, Contest, ContestId, Phase
from bot.domain.contests.errors import EntryGone, NoContest, OwnEntry, VotingOver
from bot.services.contests.entries import EntryRules, ShownEntry
from bot.services.library.ports import Thumbnails
from bot.services.ports import Clock, Policies
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.ports import TakingPart
from bot.services.votes.voter import Voter, check_voter

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class GalleryEntry:
    """An entry as a voter sees it: by its number, without a name or a count."""

    number: int
    shown: ShownEntry
    thumbnail: Path | None
    is_own: bool
    approved: bool


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """A page of the gallery, the first being number 0, for one voter.

    `total` and `approved` are how many entries there are, and for how many of them they voted;
    `covered` is whether the pictures lie behind spoilers.
    """

    contest: Contest
    entries: tuple[GalleryEntry, ...]
    number: int
    pages: int
    total: int
    approved: int
    covered: bool = False


class ContestVoting:
    """Shows the gallery and takes votes."""

    def __init__(
        self,
        *,
        storage: Storage,
        rules: EntryRules,
        policies: Policies,
        taking_part: TakingPart,
        thumbnails: Thumbnails,
        clock: Clock,
    ) -> None:
        self._taking_part = taking_part
        self._storage = storage
        self._rules = rules
        self._policies = policies
        self._thumbnails = thumbnails
        self._clock = clock

    async def page(self, contest_id: ContestId, number: int, voter: Voter) -> GalleryPage:
        """A page of what is voted on; the last one where there are fewer.

        Raises:
            NoContest: if the voter's server has no such contest.
            VotingOver: if it is not being voted on.
        """
        async with self._storage.read() as tx:
            contest = self._voted_on(await tx.contests.get(contest_id), voter)
            entries = await tx.contests.entries(contest_id)
            pages = _page_of(max((entry.number or 0 for entry in entries), default=1)) + 1
            number = min(number, pages - 1)
            on_page = [entry for entry in entries if _page_of(entry.number or 0) == number]
            here = await self._rules.showable_of(tx, contest, on_page)
            approved = await tx.contests.approved_by(contest_id, voter.actor.user_id)
        thumbnails = await self._thumbnails_of(here)
        cards = tuple(
            GalleryEntry(
                number=each.entry.number or 0,
                shown=each,
                thumbnail=thumbnail,
                is_own=each.entry.user_id == voter.actor.user_id,
                approved=each.entry.image_id in approved,
            )
            for each, thumbnail in zip(here, thumbnails, strict=True)
        )
        return GalleryPage(
            contest=contest,
            entries=cards,
            number=number,
            pages=pages,
            total=len(entries),
            approved=len(approved),
            covered=self._rules.covers_pictures(contest),
        )

    async def toggle(self, contest_id: ContestId, number: int, voter: Voter) -> int:
        """Vote for an entry by its number, or take the vote back; the page that it is on.

        Raises:
            NoContest: if the voter's server has no such contest.
            VotingOver: if it is not being voted on.
            EntryGone: if the entry was deleted or hidden.
            OwnEntry: if it is the voter's own.
            ActionDenied: if the voter is blocked or paused.
            NotAmongThem: if the server lets others vote.
        """
        check_voter(voter, self._policies, self._taking_part)
        user_id = voter.actor.user_id
        async with self._storage.write() as tx:
            contest = self._voted_on(await tx.contests.hold(contest_id), voter)
            shown = await self._numbered(tx, contest, number)
            if shown.entry.user_id == user_id:
                raise OwnEntry
            if not await tx.contests.disapprove(contest_id, shown.entry.image_id, user_id):
                await self._approve(tx, contest, shown, voter)
        log.info("contest_vote", contest_id=contest_id)
        return _page_of(number)

    def _voted_on(self, contest: Contest | None, voter: Voter) -> Contest:
        if contest is None or contest.guild_id != voter.actor.guild_id:
            raise NoContest
        if not contest.is_in(Phase.VOTING, self._clock.now()):
            raise VotingOver
        return contest

    async def _numbered(self, tx: Transaction, contest: Contest, number: int) -> ShownEntry:
        entries = await tx.contests.entries(contest.id)
        chosen = [entry for entry in entries if entry.number == number]
        for shown in await self._rules.showable_of(tx, contest, chosen):
            return shown
        raise EntryGone

    async def _approve(
        self, tx: Transaction, contest: Contest, shown: ShownEntry, voter: Voter
    ) -> None:
        await tx.contests.approve(
            Approval(
                contest_id=contest.id,
                image_id=shown.entry.image_id,
                user_id=voter.actor.user_id,
                weight=voter.weight(self._clock.now()),
            )
        )

    async def _thumbnails_of(self, entries: Sequence[ShownEntry]) -> list[Path | None]:
        pictures = [each.image.picture for each in entries]
        return list(
            await asyncio.gather(
                *(self._thumbnails.of(picture) for picture in pictures if picture is not None)
            )
        )


def _page_of(number: int) -> int:
    """Pages go by numbers, so that an entry stays on its page when others are deleted."""
    return max(0, number - 1) // ENTRIES_PER_PAGE
