from bot.domain.quotas.ledger import Usage, left_of
from bot.services.storage_ports import Storage, Transaction
from bot.storage.database import Database
from tests.storage.factories import MEMBER, SERVER, TODAY, image_limit


async def quota_left(storage: Storage) -> int:
    """What a service does, which knows the ports alone."""
    async with storage.write() as tx:
        account = await tx.members.account_of(MEMBER, SERVER)
        await touch(tx)
        usage = await tx.ledger.usage(account, TODAY)
    return left_of(image_limit(3), usage)


async def touch(tx: Transaction) -> None:
    await tx.markers.set("touched", "yes")
    await tx.notices.take(MEMBER)
    await tx.jobs.count_open()


async def test_the_database_is_what_the_services_ask_for(database: Database) -> None:
    """The type checker holds the database to the ports; this shows that they are enough."""
    assert await quota_left(database) == 3
    async with database.read() as tx:
        assert await tx.markers.get("touched") == "yes"
        assert await tx.ledger.usage(await tx.members.account_of(MEMBER, SERVER), TODAY) == Usage()
