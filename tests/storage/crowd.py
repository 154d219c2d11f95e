"""Members who do at once, on few rows, what the services do in their transactions."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from bot.domain.ids import ImageId, ModelId, UserId
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_tally import StyledPicture
from bot.domain.jobs.job import ImageState, Job, JobState
from bot.domain.moderation.report import Report
from bot.domain.moderation.report_case import ReportOutcome
from bot.domain.styles.merging import Merge
from bot.domain.styles.server_style import ServerStyle, StyleDraft
from bot.domain.voting.credits import server_style_key
from bot.domain.voting.holding import Hold, HoldId, HoldState
from bot.domain.voting.vote import (
    FULL_WEIGHT,
    Credit,
    Newness,
    Subject,
    SubjectKind,
    Vote,
    VoteValue,
)
from bot.storage.database import Database
from bot.storage.transaction import SqlTransaction
from tests.storage.crowd_at_work import MEMBERS, SINCE, AtWork, look
from tests.storage.factories import (
    NOW,
    SERVER,
    add_job,
    make_image,
)

STYLES = ("style-a", "style-b", "style-c")


class Crowd(AtWork):
    """Eight pictures in four results, three styles, four members; each draws what to do next."""

    def __init__(self, databases: Sequence[Database], seed: int) -> None:
        self._databases = databases
        self._random = Random(seed)  # noqa: S311 - which member does what is no secret
        self._jobs: list[Job] = []
        self._pictures: dict[ImageId, tuple[Job, int]] = {}
        self._numbers = iter(range(1_000_000))

    async def gather(self) -> None:
        """Paint the pictures, and keep the styles that they are in."""
        first = self._databases[0]
        async with first.write() as tx:
            for style_id in STYLES:
                await tx.styles.save(_style(style_id))
        for number in range(4):
            parent = self._jobs[-1].images[0].id if self._jobs else None
            # The first of a result has the greater id: places are not the order of ids.
            pictures = tuple(
                make_image(
                    id=ImageId(f"picture-{number}-{'zy'[at]}"),
                    position=at,
                    parent=parent,
                    state=ImageState.DELIVERED,
                )
                for at in range(2)
            )
            job = await add_job(first, images=pictures, state=JobState.DONE)
            self._jobs.append(job)
            for picture in pictures:
                self._pictures[picture.id] = (job, number)

    async def act(self, times: int) -> None:
        """Do so many things, one after the other."""
        for _ in range(times):
            database = self._random.choice(self._databases)
            deed = self._random.choice(self._deeds())
            async with database.write() as tx:
                await deed(tx)

    async def crowd(self, at_once: int, times: int) -> None:
        """So many members at once, each of whom does so many things."""
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(self.act(times))

    def _deeds(self) -> Sequence[Callable[[SqlTransaction], Awaitable[None]]]:
        often = [self._vote] * 8
        return [
            *often,
            self._withdraw_all,
            self._delete,
            self._remove_copies,
            self._sort,
            self._hold_back,
            self._decide,
            self._rename,
            self._report,
            self._rule,
            self._ask,
            self._ask,
            self._close,
            self._open_page,
            self._log,
            self._sweep,
        ]

    async def _vote(self, tx: SqlTransaction) -> None:
        image_id = self._random.choice(list(self._pictures))
        _, number = self._pictures[image_id]
        parents = [] if number == 0 else [self._jobs[number - 1].images[0].id]
        is_first = not await tx.votes.credits_of(image_id)
        user_id = self._random.choice(MEMBERS)
        former = await tx.votes.hold(image_id, user_id, beside=parents if is_first else ())
        is_known = bool(await tx.votes.credits_of(image_id))
        if not is_known and not is_first:
            return  # It was deleted in between.
        value = self._random.choice(list(VoteValue))
        if former is not None and former.value is value:
            await tx.votes.withdraw(former)
        else:
            if not is_known:
                await self._know(tx, image_id, parents, number)
            await tx.votes.put(self._vote_of(image_id, user_id, value))
        await tx.schedule.put(look(image_id))

    def _vote_of(self, image_id: ImageId, user_id: UserId, value: VoteValue) -> Vote:
        return Vote(
            image_id=image_id,
            user_id=user_id,
            guild_id=SERVER,
            value=value,
            weight=FULL_WEIGHT,
            cast_at=NOW + timedelta(days=self._random.choice([0, 10, 40])),
            newness=Newness.BOTH,
        )

    async def _know(
        self, tx: SqlTransaction, image_id: ImageId, parents: Sequence[ImageId], number: int
    ) -> None:
        owner, style = UserId(100 + number % 2), server_style_key(STYLES[number % 3])
        subjects = [
            Subject(SubjectKind.IMAGE, image_id),
            Subject(SubjectKind.MODEL, "test-model"),
            Subject(SubjectKind.MEMBER, f"{owner}"),
            Subject(SubjectKind.STYLE, style),
        ]
        own = [Credit(subject=each, owner=owner) for each in subjects]
        of_parents = [
            Credit(subject=Subject(SubjectKind.IMAGE, each), owner=owner, share=500, direct=False)
            for each in parents
        ]
        await tx.votes.save_credits(image_id, [*own, *of_parents])
        await tx.style_insight.add(
            StyledPicture(
                image_id=image_id,
                style=style,
                model=ModelId("test-model"),
                kind=None,
                painted_at=NOW + timedelta(days=30 * number),
            )
        )

    async def _withdraw_all(self, tx: SqlTransaction) -> None:
        gone = await tx.held_votes.withdraw_everywhere(self._random.choice(MEMBERS), limit=50)
        for image_id in sorted({vote.image_id for vote in gone}):
            await tx.schedule.put(look(image_id))

    async def _delete(self, tx: SqlTransaction) -> None:
        await self._delete_all(tx, [self._random.choice(self._jobs)])

    async def _remove_copies(self, tx: SqlTransaction) -> None:
        await self._delete_all(tx, self._random.sample(self._jobs, 2))

    async def _delete_all(self, tx: SqlTransaction, jobs: Sequence[Job]) -> None:
        await tx.jobs.hold([job.id for job in jobs])
        image_ids = [image.id for job in jobs for image in job.images]
        await tx.votes.withdraw_everybodys(image_ids)
        for image_id in sorted(image_ids):
            await tx.schedule.put(look(image_id))
        for job in jobs:
            await tx.library.forget(job.id)
            await tx.favourites.remove_everybodys([image.id for image in job.images])

    async def _sort(self, tx: SqlTransaction) -> None:
        unsorted = await tx.style_insight.unsorted(limit=5)
        await tx.style_insight.sort(
            {image_id: self._random.choice(list(PromptKind)) for image_id in unsorted}
        )

    async def _hold_back(self, tx: SqlTransaction) -> None:
        subject = self._some_subject()
        new = Hold(id=HoldId(self._some_id("hold")), guild_id=SERVER, subject=subject, since=NOW)
        hold = await tx.held_votes.begin(new)
        taken = await tx.held_votes.hold_recent(SERVER, subject, since=SINCE)
        await tx.held_votes.take_in(hold.id, taken)
        for image_id in sorted({vote.image_id for vote in taken}):
            await tx.schedule.put(look(image_id))

    async def _decide(self, tx: SqlTransaction) -> None:
        hold = await tx.held_votes.open_on(SERVER, self._some_subject())
        if hold is None or not await tx.held_votes.decide(hold.id, SERVER, HoldState.COUNTED):
            return
        await self._random.choice([tx.held_votes.release, tx.held_votes.drop])(hold.id)

    def _some_subject(self) -> Subject:
        style = server_style_key(self._random.choice(STYLES))
        image = self._random.choice(list(self._pictures))
        return self._random.choice(
            [Subject(SubjectKind.STYLE, style), Subject(SubjectKind.IMAGE, image)]
        )

    async def _rename(self, tx: SqlTransaction) -> None:
        await tx.styles.hold()
        present = await tx.styles.get(self._random.choice(STYLES))
        assert present is not None
        name = self._some_id("name")
        assert await tx.styles.save(replace(present, draft=replace(present.draft, name=name)))

    async def merge(self) -> None:
        """Fold one style into another, amid all that goes on."""
        async with self._databases[-1].write() as tx:
            await tx.style_references.hold_of_server(SERVER)
            held = await tx.merges.hold(SERVER, STYLES[1], STYLES[0])
            await tx.merges.merge(Merge(held[STYLES[1]], held[STYLES[0]]))

    async def _report(self, tx: SqlTransaction) -> None:
        image_id = self._random.choice(list(self._pictures))
        alike = await tx.cases.hold_alike(image_id)
        user_id = UserId(next(self._numbers) + 1_000)
        await tx.reports.add(Report(image_id, user_id, "no", NOW, guild_id=SERVER))
        await tx.cases.hide(alike)
        await tx.schedule.put(look(image_id))

    async def _rule(self, tx: SqlTransaction) -> None:
        await tx.markers.set("conduct", self._some_id("version"))
        image_id = self._random.choice(list(self._pictures))
        await tx.jobs.hold([self._pictures[image_id][0].id])
        await tx.cases.close([image_id], ReportOutcome.REJECTED, now=NOW)
        await tx.cases.restore([image_id])


def _style(style_id: str) -> ServerStyle:
    return ServerStyle(
        id=style_id,
        guild_id=SERVER,
        draft=StyleDraft(name=style_id, template="{prompt}"),
        author_id=MEMBERS[0],
        created_at=NOW,
    )
