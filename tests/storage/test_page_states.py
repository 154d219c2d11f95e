from datetime import timedelta

import pytest

from bot.domain.asking.effects import Setting
from bot.domain.ids import UserId
from bot.domain.library.browsing import (
    ModelQuery,
    Order,
    PageQuery,
    PageState,
    PictureQuery,
    Privacy,
    Shelf,
    StyleQuery,
)
from bot.storage.database import Database
from tests.storage.factories import NOW

LATER = NOW + timedelta(days=1)


@pytest.mark.parametrize(
    "query",
    [
        PictureQuery(shelf=Shelf.GALLERY, order=Order.FAVOURITES, text="狐 'fox'", style="x"),
        ModelQuery(text="flux", privacy=Privacy.PRIVATE, honours=Setting.STEPS),
        StyleQuery(text="noir"),
    ],
)
async def test_a_page_comes_back_as_it_was_opened(database: Database, query: PageQuery) -> None:
    state = PageState("abc", UserId(7), query, LATER)
    async with database.write() as tx:
        await tx.page_states.add(state)
    async with database.read() as tx:
        assert await tx.page_states.get("abc", now=NOW) == state
        assert await tx.page_states.get("def", now=NOW) is None


async def test_an_expired_page_is_gone(database: Database) -> None:
    async with database.write() as tx:
        await tx.page_states.add(PageState("old", UserId(7), StyleQuery(), NOW))
        await tx.page_states.add(PageState("new", UserId(7), StyleQuery(), LATER))
        assert await tx.page_states.get("old", now=NOW) is None
        assert await tx.page_states.remove_expired(now=NOW) == 1
        assert await tx.page_states.get("new", now=NOW) is not None
