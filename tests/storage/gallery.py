"""Images that are voted on, and what their votes must come to."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.domain.ids import GuildId, ImageId, ModelId, UserId
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_tally import Cell, StyledPicture, StyleTally, cells_of
from bot.domain.jobs.job import Job
from bot.domain.voting.credits import Forebear, credits_of, style_key
from bot.domain.voting.holding import Hold, HoldId, HoldState
from bot.domain.voting.span import span_keys
from bot.domain.voting.vote import (
    NO_VOTES,
    Credit,
    Subject,
    SubjectKind,
    Tally,
    Vote,
    counted,
)
from bot.storage.database import Database
from bot.storage.insight.style_tallies import style_tally_of
from bot.storage.votes.tables import style_tallies, vote_tallies
from tests.storage.factories import NOW, add_job, make_image, make_recipe
from tests.storage.vote_acts import (
    IMAGES,
    Act,
    Cast,
    Decide,
    Delete,
    HoldBack,
    Sort,
    Withdraw,
    WithdrawAll,
)

STYLES = (None, "Watercolor", None, "Noir")
KINDS = (None, PromptKind.PEOPLE, None, None)
"""The last one is of before prompts were looked at."""

examples = itertools.count(1)

Key = tuple[str, str, str]


class Gallery:
    """A line of images, each the parent of the next, on a server of their own; and the rules."""

    def __init__(self, database: Database) -> None:
        number = next(examples)
        self._database = database
        self.guild_id = GuildId(number)
        self.ids = [ImageId(f"voted-{number}-{position}") for position in range(IMAGES)]
        self._jobs = list[Job]()
        self._votes: dict[tuple[ImageId, UserId], Vote] = {}
        self._gone: set[str] = set()
        self._judged: set[tuple[ImageId, UserId]] = set()
        self.styled: dict[ImageId, StyledPicture] = {}

    async def hang(self) -> None:
        for image_id, parent, style in zip(self.ids, (None, *self.ids), STYLES, strict=False):
            job = await add_job(
                self._database,
                recipe=make_recipe(style=style),
                images=(make_image(id=image_id, parent=parent),),
            )
            self._jobs.append(job)
            await self._write_down_style(image_id, len(self._jobs) - 1)

    async def _write_down_style(self, image_id: ImageId, at: int) -> None:
        key = style_key(self._jobs[at])
        if key is None:
            return
        self.styled[image_id] = StyledPicture(
            image_id=image_id,
            style=key,
            model=self._jobs[at].recipe.model,
            kind=KINDS[at],
            painted_at=NOW + timedelta(days=20 * at),
        )
        async with self._database.write() as tx:
            await tx.style_insight.add(self.styled[image_id])

    def move_to(self, database: Database) -> None:
        """Go on after a restart, on the same database, opened anew."""
        self._database = database

    async def act(self, act: Act) -> None:
        if isinstance(act, WithdrawAll):
            await self._withdraw_all(act)
            return
        if isinstance(act, Sort):
            await self._sort()
            return
        image_id = self.ids[act.image]
        if image_id not in self._gone:
            match act:
                case Cast():
                    await self._cast(act, image_id)
                case Withdraw():
                    await self._withdraw(act, image_id)
                case HoldBack():
                    await self._hold_back(act, image_id)
                case Decide():
                    await self._decide(act, image_id)
                case Delete():
                    await self._delete(image_id)

    async def _cast(self, act: Cast, image_id: ImageId) -> None:
        vote = Vote(
            image_id=image_id,
            user_id=UserId(act.member),
            guild_id=self.guild_id,
            value=act.value,
            weight=act.weight,
            cast_at=NOW + timedelta(days=act.days),
            newness=act.newness,
        )
        async with self._database.write() as tx:
            if not await tx.votes.credits_of(image_id):
                await tx.votes.save_credits(image_id, tuple(self._credits(image_id)))
            kept = await tx.votes.put(vote)
        former = self._votes.get((image_id, vote.user_id))
        assert kept == replace(vote, held=former is not None and former.held)
        self._votes[image_id, vote.user_id] = kept

    async def _hold_back(self, act: HoldBack, image_id: ImageId) -> None:
        since = NOW + timedelta(days=act.days)
        new = Hold(
            id=HoldId(f"hold-{next(examples)}"),
            guild_id=self.guild_id,
            subject=Subject(SubjectKind.IMAGE, image_id),
            since=NOW,
        )
        expected = {
            key: vote
            for key, vote in self._votes.items()
            if key[0] == image_id
            and key not in self._judged
            and vote.is_of_a_new_member
            and vote.cast_at >= since
        }
        async with self._database.write() as tx:
            hold = await tx.held_votes.begin(new)
            taken = await tx.held_votes.hold_recent(self.guild_id, new.subject, since=since)
            await tx.held_votes.take_in(hold.id, taken)
        assert {(vote.image_id, vote.user_id) for vote in taken} == expected.keys()
        self._judged |= expected.keys()
        self._votes |= {key: replace(vote, held=True) for key, vote in expected.items()}

    async def _decide(self, act: Decide, image_id: ImageId) -> None:
        held = {key: vote for key, vote in self._votes.items() if key[0] == image_id and vote.held}
        async with self._database.write() as tx:
            hold = await tx.held_votes.open_on(self.guild_id, Subject(SubjectKind.IMAGE, image_id))
            if hold is None:
                assert not held
                return
            assert await tx.held_votes.decide(hold.id, self.guild_id, act.state)
            assert not await tx.held_votes.decide(hold.id, self.guild_id, act.state)
            if act.state is HoldState.COUNTED:
                await tx.held_votes.release(hold.id)
                self._votes |= {key: replace(vote, held=False) for key, vote in held.items()}
                return
            await tx.held_votes.drop(hold.id)
        for key in held:
            self._forget(key)

    async def _withdraw_all(self, act: WithdrawAll) -> None:
        mine = [key for key in self._votes if key[1] == act.member]
        async with self._database.write() as tx:
            some = await tx.held_votes.withdraw_of(self.guild_id, UserId(act.member), limit=2)
            rest = await tx.held_votes.withdraw_of(self.guild_id, UserId(act.member), limit=9)
            assert await tx.held_votes.count_of(self.guild_id, UserId(act.member)) == 0
        assert len(some) == min(2, len(mine))
        assert sorted(vote.image_id for vote in (*some, *rest)) == sorted(key[0] for key in mine)
        for key in mine:
            self._forget(key)

    def _forget(self, key: tuple[ImageId, UserId]) -> None:
        del self._votes[key]
        self._judged.discard(key)

    async def _withdraw(self, act: Withdraw, image_id: ImageId) -> None:
        user_id = UserId(act.member)
        async with self._database.write() as tx:
            former = await tx.votes.hold(image_id, user_id)
            assert former == self._votes.pop((image_id, user_id), None)
            if former is not None:
                await tx.votes.withdraw(former)
        self._judged.discard((image_id, user_id))

    async def _delete(self, image_id: ImageId) -> None:
        async with self._database.write() as tx:
            await tx.votes.withdraw_everybodys([image_id])
        self._gone.add(image_id)
        self._votes = {key: vote for key, vote in self._votes.items() if key[0] != image_id}

    async def _sort(self) -> None:
        async with self._database.write() as tx:
            unsorted = await tx.style_insight.unsorted(limit=100)
            await tx.style_insight.sort(dict.fromkeys(unsorted, PromptKind.ANIMALS))
            for image_id in unsorted:
                if image_id in self.styled:
                    self.styled[image_id] = replace(self.styled[image_id], kind=PromptKind.ANIMALS)

    def _credits(self, image_id: ImageId) -> Iterator[Credit]:
        """What counts now: nothing counts for an image that is gone."""
        at = self.ids.index(image_id)
        forebears = [Forebear(self.ids[n], self._jobs[n]) for n in reversed(range(at))]
        for credit in credits_of(image_id, self._jobs[at], forebears):
            is_image = credit.subject.kind is SubjectKind.IMAGE
            if not (is_image and credit.subject.key in self._gone):
                yield credit

    def expected(self) -> dict[Key, Tally]:
        """Every tally, counted anew from the votes that there are."""
        sums: dict[Key, Tally] = defaultdict(lambda: NO_VOTES)
        for vote in self._votes.values():
            for credit in self._credits(vote.image_id):
                for span in span_keys(vote.cast_at):
                    key = (credit.subject.kind.value, span, credit.subject.key)
                    sums[key] += counted(vote, credit)
        return {key: tally for key, tally in sums.items() if not tally.is_empty}

    async def kept(self) -> dict[Key, Tally]:
        """The tallies as the database has them, each with the score that belongs to it."""
        mine = select(vote_tallies).where(vote_tallies.c.guild_id == self.guild_id)
        async with self._database._engines.reader.connect() as connection:
            rows = (await connection.execute(mine)).all()
        found = {
            (row.kind.value, row.span, row.subject): Tally(
                row.ups, row.downs, row.up_weight, row.down_weight
            )
            for row in rows
        }
        assert [row.score for row in rows] == [tally.score for tally in found.values()]
        return found

    def expected_of_styles(self) -> dict[Cell, StyleTally]:
        """Every sum by style, counted anew; images that were not sorted yet are in none."""
        sums: dict[Cell, StyleTally] = defaultdict(StyleTally)
        for image_id, picture in self.styled.items():
            mine = [vote for (voted, _), vote in self._votes.items() if voted == image_id]
            credit = next(
                each
                for each in credits_of(image_id, self._jobs[self.ids.index(image_id)], [])
                if each.subject.kind is SubjectKind.STYLE
            )
            tally = sum((counted(vote, credit) for vote in mine), start=NO_VOTES)
            if picture.kind is not None:
                for cell in cells_of(picture):
                    sums[cell] += StyleTally(int(tally.ups + tally.downs > 0), tally)
        return {cell: tally for cell, tally in sums.items() if not tally.is_empty}

    async def kept_of_styles(self) -> dict[Cell, StyleTally]:
        """The sums as the database has them."""
        mine = select(style_tallies).where(style_tallies.c.guild_id == self.guild_id)
        async with self._database._engines.reader.connect() as connection:
            rows = (await connection.execute(mine)).all()
        return {
            Cell(
                row.span,
                PromptKind(row.prompt_kind) if row.prompt_kind else None,
                ModelId(row.model) if row.model else None,
                row.style,
            ): style_tally_of(row)
            for row in rows
        }
