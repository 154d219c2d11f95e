"""Voting on pictures."""

from dataclasses import replace

import structlog

from bot.domain.asking.any_recipe import server_style_of
from bot.domain.gate.permissions import Action
from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.jobs.job import Job, JobImage
from bot.domain.voting.credits import MAX_GENERATIONS, Forebear, credits_of, server_style_key
from bot.domain.voting.vote import NO_VOTES, SubjectKind, Tally, Vote, VoteValue
from bot.services.insight.style_sorting import StyleSorter
from bot.services.ports import Clock, Policies
from bot.services.results.results import Picked, find_picture
from bot.services.starboard.marks import note_votes
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.book import StyleBook
from bot.services.styles.ports import TakingPart
from bot.services.votes.board import VoteBoard
from bot.services.votes.held_votes import HeldVoteService
from bot.services.votes.voter import Voter, check_voter

log = structlog.get_logger(__name__)

_ACTIONS = {VoteValue.UP: Action.UPVOTE, VoteValue.DOWN: Action.DOWNVOTE}


class VoteService:
    """Takes votes, changes and withdrawals, and has the count shown."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        board: VoteBoard,
        styles: StyleBook,
        policies: Policies,
        taking_part: TakingPart,
        held: HeldVoteService,
        sorter: StyleSorter,
    ) -> None:
        self._taking_part = taking_part
        self._policies = policies
        self._held = held
        self._sorter = sorter
        self._storage = storage
        self._clock = clock
        self._board = board
        self._styles = styles

    async def press(self, image_id: ImageId, voter: Voter, value: VoteValue) -> Vote | None:
        """Vote, change the vote, or, where it is the same again, take it back (None).

        Raises:
            ResultError: if the picture is gone, or the member may not vote on it.
            ActionDenied: if the member is blocked or paused here.
            NotAmongThem: if the server lets others vote.
        """
        check_voter(voter, self._policies, self._taking_part)
        async with self._storage.write() as tx:
            former = await _hold(tx, image_id, voter.actor.user_id)
            picked = await find_picture(tx, image_id, _ACTIONS[value], voter.actor)
            if former is not None and former.value is value:
                vote = None
                await tx.votes.withdraw(former)
            else:
                await self._know_credits(tx, picked)
                vote = await tx.votes.put(self._vote(picked, voter, value))
            standing = await self._style_standing(tx, picked.job)
            guild_id = picked.job.origin.guild_id
            await note_votes(tx, guild_id, image_id, now=self._clock.now())
        log.info("voted", image_id=image_id, value=vote and vote.value)
        if standing is not None:
            self._styles.note_votes(*standing)
        self._board.put(picked.job)
        if vote is not None and await self._held.look(vote):
            return replace(vote, held=True)
        return vote

    async def _know_credits(self, tx: Transaction, picked: Picked) -> None:
        """Write down for what votes on a picture count, with the first of them."""
        image = picked.image
        if await tx.votes.credits_of(image.id):
            return
        forebears = await _forebears(tx, image)
        await tx.votes.save_credits(image.id, credits_of(image.id, picked.job, forebears))
        styled = self._sorter.sorted(image.id, picked.job)
        if styled is not None:
            await tx.style_insight.add(styled)

    def _vote(self, picked: Picked, voter: Voter, value: VoteValue) -> Vote:
        now = self._clock.now()
        return Vote(
            image_id=picked.image.id,
            user_id=voter.actor.user_id,
            guild_id=_guild_of(picked.job),
            value=value,
            weight=voter.weight(now),
            cast_at=now,
            newness=voter.newness(now),
        )

    async def _style_standing(self, tx: Transaction, job: Job) -> tuple[str, Tally] | None:
        """The id of the server's style that a result counts for, and what its votes come to."""
        style_id = server_style_of(job.request)
        if style_id is None:
            return None
        style = self._styles.by_id(job.origin.guild_id, style_id)
        counted_for = style_id if style is None else style.id
        key = server_style_key(counted_for)
        tallies = await tx.votes.tallies_of(_guild_of(job), SubjectKind.STYLE, [key])
        return counted_for, tallies.get(key, NO_VOTES)


def _guild_of(job: Job) -> GuildId:
    """There are votes only on what a server has seen; see `bot.domain.gate.permissions`."""
    if job.origin.guild_id is None:
        raise ValueError(f"job {job.id} belongs to no server")
    return job.origin.guild_id


async def _hold(tx: Transaction, image_id: ImageId, user_id: UserId) -> Vote | None:
    """Held before it is looked at, so that it is not deleted in between.

    With the first vote the images that it came from are held too: that one says that it counts
    for them.
    """
    beside: list[ImageId] = []
    if not await tx.votes.credits_of(image_id):
        job = await tx.jobs.by_image(image_id)
        for image in job.images if job is not None else ():
            if image.id == image_id:
                beside = [each.image_id for each in await _forebears(tx, image)]
    return await tx.votes.hold(image_id, user_id, beside=beside)


async def _forebears(tx: Transaction, image: JobImage) -> list[Forebear]:
    """The images that one came from, the nearest first."""
    found: list[Forebear] = []
    parent_id = image.parent
    while parent_id is not None and len(found) < MAX_GENERATIONS:
        job = await tx.jobs.by_image(parent_id)
        if job is None:
            break
        found.append(Forebear(parent_id, job))
        parent_id = next(each.parent for each in job.images if each.id == parent_id)
    return found
