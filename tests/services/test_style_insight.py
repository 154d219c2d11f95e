"""Which styles do best, from votes as they are given; and pictures of before, sorted later."""

from collections.abc import Awaitable
from dataclasses import replace

import pytest

from bot.domain.errors import NoServerHere
from bot.domain.ids import ImageId, UserId
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_insight import InsightQuery, StyleInsight
from bot.domain.insight.style_tally import StyledPicture
from bot.domain.statistics.statistics import Period
from bot.domain.styles.server_style import ServerStyle, StyleDraft
from bot.domain.voting.credits import credits_of
from bot.domain.voting.vote import Vote, VoteValue
from bot.services.insight import style_sorting
from bot.services.insight.style_insight import StyleInsightService
from bot.services.insight.style_sorting import StyleSorter
from tests.clock import NOON
from tests.services.house import House, make_place
from tests.services.models import PIXEL_MODEL, RATIO_MODEL
from tests.storage.factories import keep_styles

PLACE = make_place()
assert PLACE.guild_id is not None
SERVER = PLACE.guild_id
HARBOUR = ServerStyle(
    id="harbour",
    guild_id=SERVER,
    draft=StyleDraft(name="Harbour", template="portrait of {prompt}, a castle behind"),
    author_id=UserId(1),
    created_at=NOON,
)
QUARTER = InsightQuery(period=Period.QUARTER)


async def painted(house: House, key: str, **request: object) -> StyledPicture:
    """A picture as votes on it are counted."""
    job = await house.ask(PLACE, key=key, **request)
    await house.finish()
    job = await house.job(job)
    sorter = StyleSorter(storage=house.database, styles=house.styles)
    found = sorter.sorted(job.images[0].id, job)
    assert found is not None
    async with house.database.write() as tx:
        await tx.votes.save_credits(found.image_id, credits_of(found.image_id, job, []))
    return found


async def give(house: House, image_id: ImageId, *, ups: int, downs: int = 0) -> None:
    async with house.database.write() as tx:
        for member in range(ups + downs):
            await tx.votes.put(
                Vote(
                    image_id=image_id,
                    user_id=UserId(1_000 + member),
                    guild_id=SERVER,
                    value=VoteValue.UP if member < ups else VoteValue.DOWN,
                    weight=1_000,
                    cast_at=house.clock.now(),
                )
            )


async def write_down(house: House, picture: StyledPicture) -> None:
    async with house.database.write() as tx:
        await tx.style_insight.add(picture)


def look(house: House, query: InsightQuery = QUARTER) -> Awaitable[StyleInsight]:
    return service(house).look(query, PLACE)


def service(house: House) -> StyleInsightService:
    return StyleInsightService(
        storage=house.database,
        styles=house.styles,
        catalogue=house.catalogue,
        clock=house.clock,
    )


async def test_a_style_is_told_with_its_votes_by_kind_and_model(house: House) -> None:
    await keep_styles(house.database, house.styles, HARBOUR)
    fox = await painted(house, "1", prompt=in_harbour("a red fox"), server_style="harbour")
    town = await painted(
        house,
        "2",
        prompt=in_harbour("an old town"),
        server_style="harbour",
        model=RATIO_MODEL.id,
    )
    for picture in (fox, town):
        await write_down(house, picture)
    await give(house, fox.image_id, ups=6)
    await give(house, town.image_id, ups=1, downs=2)

    found = await look(house)
    of_animals = await look(house, replace(QUARTER, kind=PromptKind.ANIMALS))
    on_flux = await look(house, replace(QUARTER, model=RATIO_MODEL.id))

    [style] = found.styles
    assert (style.name, style.tally.pictures, style.tally.vote_count) == ("Harbour", 2, 9)
    assert style.spans[-1] == style.tally
    assert [(best.group, best.name, best.tally.vote_count) for best in found.by_kind] == [
        (PromptKind.ANIMALS, "Harbour", 6),
        (PromptKind.BUILDINGS, None, 3),
    ]
    assert [(best.group, best.name) for best in found.by_model] == [
        (PIXEL_MODEL.name, "Harbour"),
        (RATIO_MODEL.name, None),
    ]
    assert (of_animals.styles[0].tally.vote_count, of_animals.by_kind) == (6, ())
    assert (on_flux.styles, on_flux.total.vote_count) == ((), 3)
    assert (on_flux.model_name, on_flux.by_model) == (RATIO_MODEL.name, ())


async def test_pictures_voted_on_before_are_sorted_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(style_sorting, "AT_ONCE", 2)
    sorter = StyleSorter(storage=house.database, styles=house.styles)
    await keep_styles(house.database, house.styles, HARBOUR)
    for key in ("1", "2", "3"):
        fox = await painted(house, key, prompt=in_harbour("a red fox"), server_style="harbour")
        await write_down(house, replace(fox, kind=None))
        await give(house, fox.image_id, ups=2)
    assert (await look(house)).total.vote_count == 0

    assert await sorter.sort_earlier() == 3

    assert [best.group for best in (await look(house)).by_kind] == [PromptKind.ANIMALS]
    assert await sorter.sort_earlier() == 0


async def test_a_picture_without_a_style_is_not_counted(house: House) -> None:
    job = await house.ask(PLACE, key="1")
    sorter = StyleSorter(storage=house.database, styles=house.styles)

    assert sorter.sorted(job.images[0].id, job) is None


async def test_styles_are_of_a_server(house: House) -> None:
    with pytest.raises(NoServerHere):
        await service(house).look(QUARTER, make_place(guild_id=None))


async def test_a_model_is_known_by_its_name_and_an_old_one_by_its_id(house: House) -> None:
    assert service(house).model_named(RATIO_MODEL.id) == RATIO_MODEL.id
    assert service(house).model_named("painted-long-ago") == "painted-long-ago"


def in_harbour(prompt: str) -> str:
    return HARBOUR.draft.template.replace("{prompt}", prompt)
