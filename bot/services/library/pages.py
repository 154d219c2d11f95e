"""The pages that members have opened: remembered for a week, each for the member alone."""

import secrets
from collections.abc import Callable
from typing import TypeVar

from bot.domain.errors import PageExpired, PageOfAnother
from bot.domain.ids import UserId
from bot.domain.library.browsing import PAGE_LIFETIME, PageQuery, PageState
from bot.services.ports import Clock
from bot.services.storage_ports import Transaction

_Query = TypeVar("_Query", bound=PageQuery)


def new_page_id() -> str:
    """An id that fits into a button, with room to spare."""
    return secrets.token_hex(6)


class PageBook:
    """Opens pages and finds them again, within a transaction of its caller's."""

    def __init__(self, clock: Clock, *, draw_id: Callable[[], str] = new_page_id) -> None:
        self._clock = clock
        self._draw_id = draw_id

    async def open(self, tx: Transaction, user_id: UserId, query: PageQuery) -> str:
        """Remember a page, forget those that have expired, and return its id."""
        now = self._clock.now()
        await tx.page_states.remove_expired(now=now)
        state = PageState(self._draw_id(), user_id, query, now + PAGE_LIFETIME)
        await tx.page_states.add(state)
        return state.id

    async def find(
        self, tx: Transaction, page_id: str, user_id: UserId, kind: type[_Query]
    ) -> _Query:
        """What a page is onto.

        Raises:
            PageExpired: if there is no such page, or not any more.
            PageOfAnother: if another member has opened it.
        """
        state = await tx.page_states.get(page_id, now=self._clock.now())
        if state is None or not isinstance(state.query, kind):
            raise PageExpired
        if state.user_id != user_id:
            raise PageOfAnother
        return state.query
