from bot.storage.database import Database


async def test_a_marker_that_was_never_written_is_none(database: Database) -> None:
    async with database.read() as tx:
        assert await tx.markers.get("command-tree") is None


async def test_a_marker_keeps_its_last_value(database: Database) -> None:
    for value in ("a1b2", "c3d4"):
        async with database.write() as tx:
            await tx.markers.set("command-tree", value)
    async with database.read() as tx:
        assert await tx.markers.get("command-tree") == "c3d4"
        assert await tx.markers.get("other") is None
