"""What a crowd does besides voting: asks for pictures, gets them, opens pages, is written down."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from bot.domain.ids import AccountKey, GuildId, ImageId, JobId, UserId
from bot.domain.jobs.job import Job
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.library.browsing import ModelQuery, PageState
from bot.domain.moderation.audit import Act, AuditEntry
from bot.domain.quotas.ledger import Closing, Draw
from bot.storage.transaction import SqlTransaction
from tests.storage.factories import (
    NOW,
    SERVER,
    bot_charge,
    make_image,
    make_job,
    make_origin,
    make_reservation,
    member_charge,
    server_charge,
)

MEMBERS = tuple(UserId(number) for number in range(1, 5))
SINCE = NOW - timedelta(days=1)


class AtWork:
    """Members and workers of one server."""

    _random: Random
    _pictures: dict[ImageId, tuple[Job, int]]
    _numbers: Iterator[int]

    def _some_id(self, kind: str) -> str:
        return f"{kind}-{next(self._numbers)}"

    async def _ask(self, tx: SqlTransaction) -> None:
        await tx.jobs.await_admission()
        user_id = self._random.choice(MEMBERS)
        account = await tx.members.account_of(user_id, SERVER)
        parent = self._random.choice(list(self._pictures))
        images = tuple(
            make_image(id=ImageId(self._some_id("asked")), position=at, parent=parent)
            for at in range(2)
        )
        origin = make_origin(account=account, user_id=user_id)
        job = make_job(id=JobId(self._some_id("asked-job")), images=images, origin=origin)
        assert await tx.jobs.add(job, idempotency_key=job.id)
        await tx.cooldowns.note_request(user_id, now=NOW)
        grant = Draw(AccountKey(f"grant:{account}"), NOW, images=1_000)
        limited = next(self._numbers) % 2
        charges = [
            member_charge(account, images=None if limited else 1, draws=(grant,)),
            server_charge(),
            bot_charge(),
        ]
        reserved = [make_reservation(image.id) for image in images]
        at = NOW + timedelta(minutes=15 * self._random.randrange(3))
        await tx.ledger.reserve(charges, reserved, job_id=job.id, now=at)

    async def _close(self, tx: SqlTransaction) -> None:
        user_id = self._random.choice(MEMBERS)
        conduct = await tx.cooldowns.hold(user_id, now=NOW)
        await tx.cooldowns.save(user_id, conduct, now=NOW)
        job = await tx.jobs.claim_next(
            owner="worker", now=NOW, lease_until=NOW + timedelta(minutes=2), most_running=1_000
        )
        if job is None:
            return
        await tx.reviews.lock_job(job.id)
        for image in job.images:
            await tx.jobs.save_image(job.id, image, fence=job.fence)
            await tx.ledger.close(image.id, Closing.SHOWN, cost_usd_micros=None, now=NOW)

    async def _open_page(self, tx: SqlTransaction) -> None:
        await tx.page_states.remove_expired(now=NOW)
        page_id = self._some_id("page")
        await tx.page_states.add(PageState(page_id, MEMBERS[0], ModelQuery(), NOW))

    async def _log(self, tx: SqlTransaction) -> None:
        who = sorted(self._random.sample(range(50, 60), 3))
        accounts = [await tx.members.account_of(UserId(each), SERVER) for each in who]
        for account in accounts:
            entry = AuditEntry(
                at=NOW,
                guild_id=GuildId(SERVER),
                account=account,
                act=Act.REFUSED,
                subject="channel",
                detail="",
            )
            await tx.audit.fold(entry, since=SINCE)

    async def _sweep(self, tx: SqlTransaction) -> None:
        for image_id in sorted(self._pictures):
            await tx.schedule.put(look(image_id))


def look(image_id: ImageId) -> ScheduledWork:
    """The work of looking whether a picture belongs on a starboard."""
    return ScheduledWork(WorkKind.STARBOARD, image_id, NOW)
