"""Which pictures of styles are on record, and that nothing takes them away meanwhile."""

from dataclasses import replace

from bot.domain.ids import GuildId, UserId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.styles.references import StyleReference
from bot.domain.styles.server_style import ServerStyle, StyleDraft
from bot.storage.database import Database
from tests.storage.factories import MEMBER, NOW, SERVER

STYLE = ServerStyle(
    id="noir",
    guild_id=SERVER,
    draft=StyleDraft(name="Night", template="{prompt}"),
    author_id=MEMBER,
    created_at=NOW,
)
REFERENCE = StyleReference(
    style_id=STYLE.id,
    guild_id=SERVER,
    user_id=MEMBER,
    picture=StoredPicture(sha256="ab", content_type="image/webp", size_bytes=9),
    added_at=NOW,
)


async def test_a_picture_of_a_style_is_needed_until_it_is_forgotten(database: Database) -> None:
    named = frozenset({"ab", "elsewhere"})
    async with database.write() as tx:
        await tx.styles.save(STYLE)
        await tx.style_references.add(REFERENCE)
    async with database.write() as tx:
        assert await tx.style_references.hold_of_server(SERVER) == [REFERENCE]
        assert await tx.style_references.hold_of_server(GuildId(SERVER + 1)) == []
        assert await tx.style_references.brought_by(MEMBER) == [REFERENCE]
        assert await tx.style_references.brought_by(UserId(MEMBER + 1)) == []
        assert await tx.jobs.pictures_in_use(named) == {"ab"}
        assert await tx.jobs.pictures_recorded(named) == {"ab"}
        assert await tx.style_references.pictures() == {"ab"}
        await tx.style_references.remove(replace(REFERENCE, user_id=UserId(0)))
        assert await tx.jobs.pictures_in_use(named) == frozenset()
        assert await tx.style_references.all() == []
