"""Servers' styles, held in memory with their votes: a style is offered while a member types.

A style that was merged into another is found as that one, by its name and by its id.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Never, TypeAlias

from bot.domain.asking.choices import nearest
from bot.domain.ids import GuildId
from bot.domain.preferences.preset import preset_key
from bot.domain.styles.errors import StyleExists, StyleMerged, StyleUnknown
from bot.domain.styles.references import StyleReference
from bot.domain.styles.server_style import ServerStyle
from bot.domain.voting.credits import read_style_key
from bot.domain.voting.vote import NO_VOTES, Tally
from bot.services.ports import Clock
from bot.services.schedule.repeating import repeat
from bot.services.storage_ports import Storage, Transaction

LOOK_EVERY_S = 10.0
"""How soon a change by another process counts here."""


ChangeStyle: TypeAlias = Callable[[ServerStyle], ServerStyle]


class StyleBook:
    """Every server's styles. Each change is written first and counts at once."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._styles: dict[GuildId, dict[str, ServerStyle]] = {}
        self._tallies: dict[str, Tally] = {}
        self._references: dict[str, tuple[StyleReference, ...]] = {}

    async def load(self) -> None:
        """Read everything anew."""
        async with self._storage.read() as tx:
            found = await tx.styles.all()
            tallies = await tx.styles.tallies()
            references = await tx.style_references.all()
        styles: dict[GuildId, dict[str, ServerStyle]] = {}
        for style in found:
            styles.setdefault(style.guild_id, {})[style.id] = style
        self._styles, self._tallies = styles, dict(tallies)
        self._references = _by_style(references)

    async def keep_fresh(self, clock: Clock) -> Never:
        """Notice what other processes change, until cancelled; one failure does not end it."""
        await repeat(self.load, every_s=LOOK_EVERY_S, clock=clock, failure="styles_not_read")

    def of_server(self, guild_id: GuildId | None) -> Sequence[ServerStyle]:
        """A server's styles, the best by votes first, then by name; retired ones come last."""
        if guild_id is None:
            return []
        return sorted(
            (style for style in self._all(guild_id) if style.merged_into is None),
            key=lambda style: (
                style.retired_at is not None,
                -self.tally_of(style).score,
                preset_key(style.name),
            ),
        )

    def offered(self, guild_id: GuildId | None) -> Sequence[ServerStyle]:
        """Those that are not retired, in the same order."""
        return [style for style in self.of_server(guild_id) if style.retired_at is None]

    def tally_of(self, style: ServerStyle) -> Tally:
        """What the votes for a style come to."""
        return self._tallies.get(style.id, NO_VOTES)

    def names_taken(self, guild_id: GuildId) -> Sequence[str]:
        """The names that no other style may have, those of merged ones included."""
        return [style.name for style in self._all(guild_id)]

    def references_of(self, style: ServerStyle) -> tuple[StyleReference, ...]:
        """The pictures that guide the painting in a style, in the order they were brought."""
        return self._references.get(style.id, ())

    def find(self, guild_id: GuildId | None, name: str) -> ServerStyle | None:
        """A server's style by its name in either case, or None."""
        found = self._called(guild_id, name)
        return None if found is None else self._heir(found)

    def by_id(self, guild_id: GuildId | None, style_id: str) -> ServerStyle | None:
        """A server's style by its id, or None."""
        found = self._styles.get(guild_id, {}).get(style_id) if guild_id is not None else None
        return None if found is None else self._heir(found)

    def by_key(self, guild_id: GuildId, key: str) -> ServerStyle | None:
        """A server's style by the key of its votes; None for a preset."""
        style_id, _ = read_style_key(key)
        return None if style_id is None else self.by_id(guild_id, style_id)

    def name_of(self, guild_id: GuildId, key: str) -> str:
        """The name of a style by the key of its votes and battles, retired ones included."""
        style_id, preset = read_style_key(key)
        if preset is not None:
            return preset
        style = self.by_id(guild_id, style_id or "")
        return style.name if style is not None else f"{style_id}"

    def get(self, guild_id: GuildId | None, name: str) -> ServerStyle:
        """A server's style by its own name, for a change.

        Raises:
            StyleUnknown: if there is none, with the nearest.
            StyleMerged: if the one of that name was merged into another.
        """
        found = self._called(guild_id, name)
        if found is None:
            names = (style.name for style in self.of_server(guild_id))
            raise StyleUnknown(name, nearest(names, name))
        if found.merged_into is not None:
            raise StyleMerged(found.name)
        return found

    def note_saved(self, styles: Sequence[ServerStyle]) -> None:
        """Say that styles were written, in a transaction that is over."""
        for style in styles:
            self._styles.setdefault(style.guild_id, {})[style.id] = style

    def note_votes(self, style_id: str, tally: Tally) -> None:
        """Say what the votes for a style come to now."""
        self._tallies[style_id] = tally

    def note_references(self, style: ServerStyle, references: Sequence[StyleReference]) -> None:
        """Say which pictures a style has now."""
        self._references[style.id] = tuple(references)

    def _all(self, guild_id: GuildId | None) -> Collection[ServerStyle]:
        return self._styles.get(guild_id, {}).values() if guild_id is not None else ()

    def _called(self, guild_id: GuildId | None, name: str) -> ServerStyle | None:
        key = preset_key(name)
        return next((s for s in self._all(guild_id) if preset_key(s.name) == key), None)

    def _heir(self, style: ServerStyle) -> ServerStyle | None:
        if style.merged_into is None:
            return style
        return self._styles[style.guild_id].get(style.merged_into)


async def change_style(tx: Transaction, style: ServerStyle, change: ChangeStyle) -> ServerStyle:
    """Write what a change makes of a style as it is by now, whoever changed it since.

    Raises:
        StyleUnknown, StyleMerged: if it is gone by now, or was merged into another.
        StyleExists: if another one has the name that it is to have.
    """
    await tx.styles.hold()
    present = await tx.styles.get(style.id)
    if present is None:
        raise StyleUnknown(style.name)
    if present.merged_into is not None:
        raise StyleMerged(present.name)
    changed = change(present)
    await save_all(tx, [changed])
    return changed


async def save_all(tx: Transaction, styles: Sequence[ServerStyle]) -> None:
    """Write styles in a transaction.

    Raises:
        StyleExists: if another one has the name of one of them.
    """
    # In the order in which whoever holds several does.
    for style in sorted(styles, key=lambda each: each.id):
        if not await tx.styles.save(style):
            raise StyleExists(style.name)


def _by_style(references: Sequence[StyleReference]) -> dict[str, tuple[StyleReference, ...]]:
    found: dict[str, tuple[StyleReference, ...]] = {}
    for each in references:
        found[each.style_id] = (*found.get(each.style_id, ()), each)
    return found
