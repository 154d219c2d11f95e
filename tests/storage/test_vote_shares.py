"""What a tally is made of, and where it stands: exactly what the tally says."""

from bot.domain.ids import ImageId, UserId
from bot.domain.jobs.job import Job
from bot.domain.voting.credits import credits_of, preset_style_key
from bot.domain.voting.explanation import Rank, StyleExplanation
from bot.domain.voting.holding import Hold, HoldId
from bot.domain.voting.span import Span
from bot.domain.voting.vote import NO_VOTES, Newness, Subject, SubjectKind, Tally, Vote, VoteValue
from bot.storage.database import Database
from tests.storage.factories import MEMBER, NOW, SERVER, add_job, make_image, make_recipe

UP, DOWN = VoteValue.UP, VoteValue.DOWN
NOIR = Subject(SubjectKind.STYLE, preset_style_key("Noir"))


async def hang(database: Database, style: str, parent: ImageId | None = None) -> Job:
    recipe = make_recipe(style=style)
    return await add_job(database, recipe=recipe, images=(make_image(parent=parent),))


async def vote(
    database: Database,
    job: Job,
    user_id: int,
    value: VoteValue,
    newness: Newness | None = Newness.NONE,
    *,
    weight: int = 1_000,
) -> None:
    image_id = job.images[0].id
    async with database.write() as tx:
        if not await tx.votes.credits_of(image_id):
            await tx.votes.save_credits(image_id, credits_of(image_id, job, []))
        await tx.votes.put(
            Vote(
                image_id=image_id,
                user_id=UserId(user_id),
                guild_id=SERVER,
                value=value,
                weight=weight,
                cast_at=NOW,
                newness=newness,
            )
        )


async def explained(database: Database) -> StyleExplanation:
    async with database.read() as tx:
        tallies = await tx.votes.tallies_of(SERVER, SubjectKind.STYLE, [NOIR.key])
        return StyleExplanation(
            name="Noir",
            tally=tallies.get(NOIR.key, NO_VOTES),
            shares=await tx.leaderboards.shares_of(SERVER, NOIR),
            rank=await tx.leaderboards.rank_of(SERVER, NOIR, Span.ALL.value),
        )


async def test_the_parts_come_to_the_tally(database: Database) -> None:
    first = await hang(database, "Noir")
    varied = await hang(database, "Noir", parent=first.images[0].id)
    await vote(database, first, 101, UP)
    await vote(database, first, 102, DOWN, Newness.MEMBERSHIP, weight=500)
    await vote(database, first, 103, UP, Newness.BOTH, weight=0)
    await vote(database, varied, 101, UP)
    await vote(database, varied, 104, UP, None, weight=500)
    await vote(database, first, MEMBER, UP)

    explanation = await explained(database)

    parts = sum((share.tally for share in explanation.counted), start=NO_VOTES)
    assert parts == explanation.tally == Tally(4, 1, 2_500, 500)
    assert explanation.full == 2
    assert explanation.lighter(500) == [(Newness.MEMBERSHIP, 1), (None, 1)]
    assert explanation.lighter(0) == [(Newness.BOTH, 1)]
    assert explanation.on_descendants == Tally(2, 0, 1_500, 0)
    assert explanation.rank == Rank(1, 1)


async def test_held_votes_are_told_apart(database: Database) -> None:
    job = await hang(database, "Noir")
    await vote(database, job, 101, UP)
    await vote(database, job, 102, UP, Newness.MEMBERSHIP, weight=500)
    async with database.write() as tx:
        hold = Hold(id=HoldId("hold"), guild_id=SERVER, subject=NOIR, since=NOW)
        hold = await tx.held_votes.begin(hold)
        found = await tx.held_votes.hold_recent(SERVER, NOIR, since=NOW)
        await tx.held_votes.take_in(hold.id, found)

    explanation = await explained(database)

    assert (explanation.held, explanation.full) == (1, 1)
    assert explanation.tally == Tally(1, 0, 1_000, 0)
    async with database.read() as tx:
        assert (await tx.starboard.stars_of(job.images[0].id)).votes == 1


async def test_the_rank_is_the_place_on_the_leaderboard(database: Database) -> None:
    for style, ups in (("Noir", 2), ("Anime", 3), ("Vivid", 1)):
        job = await hang(database, style)
        for member in range(ups):
            await vote(database, job, 100 + member, UP)
    disliked = await hang(database, "Sketch")
    await vote(database, disliked, 101, DOWN)

    async with database.read() as tx:
        board = await tx.leaderboards.subjects(
            SERVER, SubjectKind.STYLE, Span.ALL.value, offset=0, limit=9
        )
        ranks = [
            await tx.leaderboards.rank_of(SERVER, Subject(SubjectKind.STYLE, key), Span.ALL.value)
            for key, _ in board
        ]
        last = Subject(SubjectKind.STYLE, preset_style_key("Sketch"))
        assert await tx.leaderboards.rank_of(SERVER, last, Span.ALL.value) is None
    assert ranks == [Rank(1, 3), Rank(2, 3), Rank(3, 3)]
    assert board[1][0] == NOIR.key
