"""Requests that wait for their member's word."""

from datetime import timedelta
from typing import Any

from bot.domain.asking.pending import PendingRequest
from bot.domain.asking.request import ImageRequest
from bot.domain.ids import ImageId, MessageId, UserId
from bot.domain.jobs.job import ReplyAddress
from bot.storage.database import Database
from tests.storage.factories import NOW

LATER = NOW + timedelta(minutes=15)


def make_pending(**overrides: Any) -> PendingRequest:
    values: dict[str, Any] = {
        "id": "12345",
        "user_id": UserId(7),
        "requests": (
            ImageRequest(prompt="a red fox", guidance=7.5, enhance=True),
            ImageRequest(prompt="狐 'fox'", images=4, private=True, lora_strength=0),
        ),
        "parent": ImageId("image-1"),
        "question": ReplyAddress(
            application_id=1, token="secret", message_id=MessageId(11), expires_at=LATER
        ),
        "expires_at": LATER,
    }
    return PendingRequest(**(values | overrides))


async def test_what_waits_comes_back_as_it_was(database: Database) -> None:
    pending = make_pending()
    async with database.write() as tx:
        await tx.pending.add(pending)
    async with database.read() as tx:
        assert await tx.pending.get(pending.id, now=NOW) == pending
        assert await tx.pending.get(pending.id, now=LATER) is None
        assert await tx.pending.get("another", now=NOW) is None


async def test_what_waits_is_taken_once(database: Database) -> None:
    async with database.write() as tx:
        await tx.pending.add(make_pending())
    async with database.write() as tx:
        assert await tx.pending.take("12345")
        assert not await tx.pending.take("12345")


async def test_what_has_expired_is_forgotten(database: Database) -> None:
    async with database.write() as tx:
        await tx.pending.add(make_pending(id="1", expires_at=NOW))
        await tx.pending.add(make_pending(id="2", parent=None))
        assert await tx.pending.remove_expired(now=NOW) == 1
        assert await tx.pending.get("2", now=NOW) is not None
