"""The pictures beside styles and leaderboards: whose, and that nothing forbidden is among them."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.domain.gate.policy import PolicySnapshot
from bot.domain.ids import ChannelId, ImageId, UserId
from bot.domain.jobs.job import ImageState
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.styles.errors import StyleOfAnother
from bot.domain.styles.leaderboard import Board, BoardQuery, BoardTopic
from bot.domain.styles.merging import Merge
from bot.domain.styles.server_style import ServerStyle, StyleDraft
from bot.domain.voting.credits import credits_of, preset_style_key, server_style_key
from bot.domain.voting.span import Span
from bot.domain.voting.vote import Vote, VoteValue
from bot.media.strips import StripMaker
from bot.media.thumbnails import ThumbnailStore
from bot.services.library.library import Viewer
from bot.services.styles.board_pictures import BoardPictures
from bot.services.styles.examples import StyleExampleView
from bot.services.styles.leaderboards import LeaderboardService
from bot.services.styles.looks import StyleLooks
from bot.services.styles.own_pictures import OwnPictures
from bot.services.styles.styles import StyleKeeper
from tests.services.house import House, make_place
from tests.storage.factories import (
    MEMBER,
    NOW,
    SERVER,
    add_job,
    keep_styles,
    make_image,
    make_origin,
    make_recipe,
    make_request,
)

CHANNEL = make_origin().channel_id
PLACE = make_place(user_id=MEMBER, guild_id=SERVER, channel_id=CHANNEL)
VIEWER = Viewer(PLACE, frozenset({CHANNEL}))
NOIR = ServerStyle(
    id="noir",
    guild_id=SERVER,
    draft=StyleDraft(name="Night", template="{prompt}, at night"),
    author_id=MEMBER,
    created_at=NOW,
)
NOIR_KEY = server_style_key(NOIR.id)


class Gallery:
    """Pictures of a server, kept on disk, and what shows them again."""

    def __init__(self, house: House, folder: Path) -> None:
        self._house = house
        storage, policies, styles = house.database, house.policies, house.styles
        thumbnails = ThumbnailStore(
            folder / "small", path_of=house.pictures.path_of, limit_bytes=1_000_000
        )
        self.examples = StyleExampleView(
            storage=storage,
            policies=policies,
            styles=styles,
            thumbnails=thumbnails,
            strips=StripMaker(),
        )
        self.board_pictures = BoardPictures(
            storage=storage,
            styles=styles,
            policies=policies,
            thumbnails=thumbnails,
            clock=house.clock,
        )
        self.boards = LeaderboardService(
            storage=storage, styles=styles, policies=policies, clock=house.clock
        )
        self.looks = StyleLooks(
            storage=storage,
            book=styles,
            policies=policies,
            pictures=OwnPictures(storage=storage, policies=policies),
            thumbnails=thumbnails,
            clock=house.clock,
        )

    async def liked(self, name: str, *, ups: int = 0, safe: bool = True) -> ImageId:
        """A picture painted in the server's style, kept under its name, with so many votes."""
        picture = StoredPicture(sha256=name, content_type="image/webp", size_bytes=1)
        path = self._house.pictures.path_of(picture)
        path.parent.mkdir(exist_ok=True)
        Image.new("RGB", (64, 64)).save(path, "WEBP")
        image = make_image(state=ImageState.DELIVERED, picture=picture)
        job = await add_job(
            self._house.database,
            images=(image,),
            recipe=make_recipe(safe_mode=safe),
            request=make_request(server_style=NOIR.id),
        )
        async with self._house.database.write() as tx:
            await tx.votes.save_credits(image.id, credits_of(image.id, job, []))
            for voter in range(1, ups + 1):
                await tx.votes.put(
                    Vote(
                        image_id=image.id,
                        user_id=UserId(voter),
                        guild_id=SERVER,
                        value=VoteValue.UP,
                        weight=1_000,
                        cast_at=NOW,
                    )
                )
        return image.id

    async def shown(self, topic: BoardTopic) -> list[str | None]:
        """The names of the pictures beside a leaderboard's entries."""
        board = await self.boards.board(BoardQuery(topic, Span.ALL), VIEWER)
        return await self.beside(board)

    async def beside(self, board: Board) -> list[str | None]:
        found = await self.board_pictures.of(board, VIEWER)
        return [None if path is None else path.stem for path in found]

    async def of_style(self) -> tuple[list[ImageId], bool]:
        """The pictures that show the style, and whether the chosen one is gone."""
        key = preset_style_key("Film Noir")
        found = await self.examples.of([NOIR_KEY, key], VIEWER)
        assert not found[key].pictures
        noir = found[NOIR_KEY]
        assert bool(noir.strip) == bool(noir.pictures)
        return [each.image_id for each in noir.pictures], noir.chosen_is_gone


@pytest.fixture
async def gallery(house: House, tmp_path: Path) -> Gallery:
    await keep_styles(house.database, house.styles, NOIR)
    house.policies.policy = PolicySnapshot(safe_mode=False)
    return Gallery(house, tmp_path)


async def test_a_leaderboard_has_the_picture_or_the_best_one_of_the_style_and_the_member(
    gallery: Gallery,
) -> None:
    await gallery.liked("aa1", ups=1)
    await gallery.liked("aa3", ups=3)

    assert await gallery.shown(BoardTopic.IMAGES) == ["aa3", "aa1"]
    assert await gallery.shown(BoardTopic.STYLES) == ["aa3"]
    assert await gallery.shown(BoardTopic.MEMBERS) == ["aa3"]


async def test_a_hidden_picture_leaves_also_a_leaderboard_that_was_read_already(
    gallery: Gallery, house: House
) -> None:
    best = await gallery.liked("aa3", ups=3)
    await gallery.liked("aa1", ups=1)
    read_before = await gallery.boards.board(BoardQuery(BoardTopic.IMAGES, Span.ALL), VIEWER)
    async with house.database.write() as tx:
        await tx.cases.hide([best])

    assert await gallery.beside(read_before) == [None, "aa1"]
    assert await gallery.shown(BoardTopic.STYLES) == ["aa1"]


async def test_pictures_in_a_merged_style_show_the_one_that_it_was_merged_into(
    gallery: Gallery, house: House
) -> None:
    best = await gallery.liked("aa3", ups=3)
    heir = replace(NOIR, id="heir", draft=replace(NOIR.draft, name="Dusk"))
    await keep_styles(house.database, house.styles, heir)
    async with house.database.write() as tx:
        await tx.merges.merge(Merge(NOIR, heir))
    await house.styles.load()

    assert await gallery.shown(BoardTopic.STYLES) == ["aa3"]
    key = server_style_key(heir.id)
    found = await gallery.examples.of([key], VIEWER)
    assert [each.image_id for each in found[key].pictures] == [best]


async def test_a_safe_channel_and_one_with_spoilers_show_less(
    gallery: Gallery, house: House
) -> None:
    await gallery.liked("aa3", ups=3, safe=False)
    await gallery.liked("aa1", ups=1)

    house.policies.policy = PolicySnapshot(safe_mode=True)
    assert await gallery.shown(BoardTopic.IMAGES) == ["aa1"]
    assert await gallery.shown(BoardTopic.MEMBERS) == ["aa1"]

    house.policies.policy = PolicySnapshot(safe_mode=False, spoilers=True)
    assert await gallery.shown(BoardTopic.IMAGES) == [None, None]
    found = await gallery.examples.of([NOIR_KEY], VIEWER)
    assert found[NOIR_KEY].covered


async def test_a_style_is_shown_by_its_chosen_example_and_its_best_three(
    gallery: Gallery,
) -> None:
    ids = [await gallery.liked(f"aa{ups}", ups=ups) for ups in range(5)]
    await gallery.looks.show_by(NOIR.name, ids[0], StyleKeeper(PLACE, may_manage=False))

    assert await gallery.of_style() == ([ids[0], ids[4], ids[3], ids[2]], False)
    elsewhere = Viewer(replace(PLACE, guild_id=None), frozenset())
    assert await gallery.examples.of([NOIR_KEY], elsewhere) == {}


async def test_a_chosen_example_that_may_not_be_shown_leaves_a_sentence_and_the_votes(
    gallery: Gallery, house: House
) -> None:
    chosen, best = await gallery.liked("aa1", ups=1), await gallery.liked("aa3", ups=3)
    await gallery.looks.show_by(NOIR.name, chosen, StyleKeeper(PLACE, may_manage=False))
    async with house.database.write() as tx:
        await tx.cases.hide([chosen])
        before = await tx.styles.tallies()

    assert await gallery.of_style() == ([best], True)
    assert before[NOIR.id].ups == 4

    hidden_channel = Viewer(PLACE, frozenset({ChannelId(CHANNEL + 1)}))
    found = await gallery.examples.of([NOIR_KEY], hidden_channel)
    assert (found[NOIR_KEY].pictures, found[NOIR_KEY].chosen_is_gone) == ((), True)


async def test_only_its_author_and_managers_say_what_a_style_looks_like(gallery: Gallery) -> None:
    other = replace(PLACE, user_id=UserId(MEMBER + 1))

    with pytest.raises(StyleOfAnother):
        await gallery.looks.show_by_none(NOIR.name, StyleKeeper(other, may_manage=False))
    await gallery.looks.show_by_none(NOIR.name, StyleKeeper(other, may_manage=True))
