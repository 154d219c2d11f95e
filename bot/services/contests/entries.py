"""Entering pictures into contests, and taking them out again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.domain.contests.contest import MOST_ENTRIES, Contest, ContestId, Entry, Phase
from bot.domain.contests.errors import (
    ContestClosed,
    ContestError,
    ContestFull,
    EnteredAlready,
    EntryGone,
    EntryNotSafe,
    EntryNotShowable,
    NoContest,
    NoEntriesLeft,
    NotYourPicture,
    WhichEntry,
)
from bot.domain.contests.rules import check_fits
from bot.domain.errors import ResultGone
from bot.domain.ids import GuildId, ImageId, JobId, UserId
from bot.domain.jobs.job import Job, JobImage
from bot.domain.library.showing import fits_safe_mode, shown_to_others
from bot.services.conduct.barring import check_free
from bot.services.gate.channel_safety import ChannelSafety
from bot.services.ports import Clock, Policies
from bot.services.storage_ports import Storage, Transaction

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry that may be shown, and its result."""

    entry: Entry
    job: Job
    image: JobImage


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry that was taken, and how many its member has left."""

    contest: Contest
    left: int


class EntryRules:
    """Whether pictures may be shown in a contest's channel now."""

    def __init__(self, rules: ChannelSafety) -> None:
        self._rules = rules

    def check(self, contest: Contest, job: Job | None, image_id: ImageId) -> JobImage:
        """The picture, where a contest may show it.

        Raises:
            EntryNotShowable: if it is deleted, hidden or private.
            EntryNotSafe: if it is not on record as safe, and the contest's channel has safe mode.
        """
        image = shown_to_others(job, image_id)
        if job is None or image is None or job.origin.guild_id != contest.guild_id:
            raise EntryNotShowable
        restricted = self._rules.is_age_restricted(contest.guild_id, job.origin.channel_id)
        is_safe = fits_safe_mode(job, image, from_age_restricted=restricted)
        if not is_safe and self._rules.shows_safe_only(contest.guild_id, contest.channel_id):
            raise EntryNotSafe
        return image

    def covers_pictures(self, contest: Contest) -> bool:
        """Whether pictures lie behind spoilers in the contest's channel."""
        return self._rules.covers_pictures(contest.guild_id, contest.channel_id)

    async def showable(self, tx: Transaction, contest: Contest) -> tuple[ShownEntry, ...]:
        """The entries that may be shown now; what was deleted or hidden is left out."""
        return await self.showable_of(tx, contest, await tx.contests.entries(contest.id))

    async def showable_of(
        self, tx: Transaction, contest: Contest, entries: Iterable[Entry]
    ) -> tuple[ShownEntry, ...]:
        """Those of the entries that may be shown now."""
        found: list[ShownEntry] = []
        for entry in entries:
            job = await tx.jobs.by_image(entry.image_id)
            try:
                image = self.check(contest, job, entry.image_id)
            except ContestError:
                continue
            if job is not None:
                found.append(ShownEntry(entry, job, image))
        return tuple(found)


class ContestEntries:
    """Takes entries, each checked anew when its button is pressed, and gives them back."""

    def __init__(
        self, *, storage: Storage, rules: EntryRules, policies: Policies, clock: Clock
    ) -> None:
        self._storage = storage
        self._rules = rules
        self._policies = policies
        self._clock = clock

    async def choices(self, job_id: JobId, user_id: UserId) -> Job:
        """A result of which a member wants to enter a picture, after the rules that can be asked
        of the whole of it.

        Raises:
            ContestError: if no picture of it can be entered.
            ResultGone: if it was deleted.
            ActionDenied: if the member is blocked or paused.
        """
        async with self._storage.read() as tx:
            job = await tx.jobs.get(job_id)
            if job is None or job.deleted_at is not None:
                raise ResultGone
            self._check_free(job, user_id)
            await self._check_result(tx, job, user_id)
        return job

    async def enter(self, image_id: ImageId, user_id: UserId) -> Entered:
        """Enter a picture into its server's contest.

        Raises:
            ContestError: with the rule that it breaks.
            ResultGone: if it was deleted.
            ActionDenied: if the member is blocked or paused.
        """
        async with self._storage.write() as tx:
            job = await tx.jobs.by_image(image_id)
            if job is None or job.deleted_at is not None:
                raise ResultGone
            self._check_free(job, user_id)
            contest = await self._check_result(tx, job, user_id)
            held = await tx.contests.hold(contest.id)
            if held is None or not held.is_in(Phase.SUBMITTING, self._clock.now()):
                raise ContestClosed
            self._rules.check(contest, job, image_id)
            left = await self._check_room(tx, contest, user_id, image_id)
            await tx.contests.add_entry(_entry(contest, job, image_id, self._clock.now()))
        log.info("contest_entered", contest_id=contest.id, image_id=image_id)
        return Entered(contest, left - 1)

    def _check_free(self, job: Job, user_id: UserId) -> None:
        check_free(self._policies, user_id, job.origin.guild_id, job.origin.channel_id)

    async def own(self, guild_id: GuildId, user_id: UserId) -> Sequence[ShownEntry]:
        """A member's own entries in the open contest; none where there is no contest."""
        async with self._storage.read() as tx:
            contest = await tx.contests.open_in(guild_id)
            if contest is None:
                return ()
            return await self._own(tx, contest, user_id)

    async def withdraw(self, guild_id: GuildId, user_id: UserId, image_id: ImageId | None) -> int:
        """Take a member's own entry out, the only one where none is named; how many are left.

        Raises:
            NoContest: if there is no open contest.
            ContestClosed: if it is voted on already.
            WhichEntry: if the member has several, and did not say which.
            EntryGone: if the member has none, or not that one.
        """
        async with self._storage.write() as tx:
            contest = await tx.contests.open_in(guild_id)
            if contest is None:
                raise NoContest
            held = await tx.contests.hold(contest.id)
            if held is None or held.phase is not Phase.SUBMITTING:
                raise ContestClosed
            entries = await tx.contests.entries(contest.id)
            own = [entry.image_id for entry in entries if entry.user_id == user_id]
            chosen = _chosen(own, image_id)
            await tx.contests.remove_entry(contest.id, chosen)
        log.info("contest_entry_withdrawn", contest_id=contest.id, image_id=chosen)
        return len(own) - 1

    async def _own(
        self, tx: Transaction, contest: Contest, user_id: UserId
    ) -> tuple[ShownEntry, ...]:
        entries = await tx.contests.entries(contest.id)
        own = [entry for entry in entries if entry.user_id == user_id]
        return await self._rules.showable_of(tx, contest, own)

    async def _check_result(self, tx: Transaction, job: Job, user_id: UserId) -> Contest:
        if job.origin.user_id != user_id:
            raise NotYourPicture
        if job.request.private or job.origin.guild_id is None or job.shown is None:
            raise EntryNotShowable
        contest = await tx.contests.open_in(job.origin.guild_id)
        if contest is None:
            raise NoContest
        check_fits(contest, job, painted_at=await painted_at(tx, job))
        return contest

    async def _check_room(
        self, tx: Transaction, contest: Contest, user_id: UserId, image_id: ImageId
    ) -> int:
        """How many entries the member has left; those that may not be shown take no room."""
        entries = await tx.contests.entries(contest.id)
        if any(entry.image_id == image_id for entry in entries):
            raise EnteredAlready
        if len(entries) >= MOST_ENTRIES:
            raise ContestFull(MOST_ENTRIES)
        left = contest.entries_of_member - len(await self._own(tx, contest, user_id))
        if left <= 0:
            raise NoEntriesLeft(contest.entries_of_member)
        return left


async def contest_for(storage: Storage, job: Job) -> ContestId | None:
    """The contest that the pictures of a result fit, as far as the result itself tells."""
    guild_id = job.origin.guild_id
    if guild_id is None or job.request.private:
        return None

    async def find(tx: Transaction) -> ContestId | None:
        contest = await tx.contests.open_in(guild_id)
        if contest is None:
            return None
        try:
            check_fits(contest, job, painted_at=await painted_at(tx, job))
        except ContestError:
            return None
        return contest.id

    return await storage.read_at_once(find)


async def painted_at(tx: Transaction, job: Job) -> datetime:
    """When a result was asked for; of a shared picture, when the private one was."""
    parent = job.images[0].parent if job.shared and job.images else None
    origin = await tx.jobs.by_image(parent) if parent is not None else None
    return job.created_at if origin is None else origin.created_at


def _entry(contest: Contest, job: Job, image_id: ImageId, now: datetime) -> Entry:
    assert job.shown is not None  # noqa: S101 - asked in `_check_result`
    return Entry(
        contest_id=contest.id,
        image_id=image_id,
        user_id=job.origin.user_id,
        origin=job.shown,
        entered_at=now,
    )


def _chosen(own: Sequence[ImageId], image_id: ImageId | None) -> ImageId:
    if image_id is None and len(own) > 1:
        raise WhichEntry
    if not own or (image_id is not None and image_id not in own):
        raise EntryGone
    return image_id or own[0]
