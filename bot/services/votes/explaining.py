"""Saying how the votes for a style came to what they come to."""

from bot.domain.asking.choices import nearest
from bot.domain.errors import NoServerHere
from bot.domain.ids import GuildId
from bot.domain.preferences.preset import preset_key
from bot.domain.styles.errors import StyleUnknown
from bot.domain.voting.credits import preset_style_key, server_style_key
from bot.domain.voting.explanation import StyleExplanation
from bot.domain.voting.span import Span
from bot.domain.voting.vote import NO_VOTES, Subject, SubjectKind
from bot.services.ports import ModelCatalogue
from bot.services.storage_ports import Storage
from bot.services.styles.book import StyleBook


class VoteExplainer:
    """Explains the votes for styles of a server, and for presets of the image service there."""

    def __init__(self, *, storage: Storage, styles: StyleBook, catalogue: ModelCatalogue) -> None:
        self._storage = storage
        self._styles = styles
        self._catalogue = catalogue

    async def explain(self, name: str, guild_id: GuildId | None) -> StyleExplanation:
        """What the votes of all time for a style are, read in one moment.

        Raises:
            NoServerHere: in direct messages.
            StyleUnknown: if there is no style of that name.
        """
        if guild_id is None:
            raise NoServerHere
        found, key = self._key_of(guild_id, name)
        subject = Subject(SubjectKind.STYLE, key)
        async with self._storage.read() as tx:
            tallies = await tx.votes.tallies_of(guild_id, SubjectKind.STYLE, [key])
            shares = await tx.leaderboards.shares_of(guild_id, subject)
            rank = await tx.leaderboards.rank_of(guild_id, subject, Span.ALL.value)
        return StyleExplanation(
            name=found, tally=tallies.get(key, NO_VOTES), shares=shares, rank=rank
        )

    def _key_of(self, guild_id: GuildId, name: str) -> tuple[str, str]:
        style = self._styles.find(guild_id, name)
        if style is not None:
            return style.name, server_style_key(style.id)
        presets = self._catalogue.styles()
        for preset in presets:
            if preset_key(preset) == preset_key(name):
                return preset, preset_style_key(preset)
        names = [*(each.name for each in self._styles.of_server(guild_id)), *presets]
        raise StyleUnknown(name, nearest(names, name))
