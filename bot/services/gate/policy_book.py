"""The rules of each place, held in memory: what moderators have set, and what Discord says now."""

import asyncio
import contextlib
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Never

from bot.domain.conduct.bars import NOBODY_BARRED, Barred
from bot.domain.gate.channel_rules import ChannelRules, ChannelSettings, Layer, rules_of, strictest
from bot.domain.gate.pause import PAUSED_EVERYWHERE, Pause, PausedPlace
from bot.domain.gate.policy import NO_TERMS, PolicySnapshot
from bot.domain.gate.policy_here import PolicyHere
from bot.domain.ids import ChannelId, GuildId, ModelId
from bot.domain.terms import TermMatcher
from bot.domain.terms.listed import ListedTerm
from bot.services.moderation.ports import ChannelFacts, ChannelMap
from bot.services.ports import Clock, ModelCatalogue
from bot.services.schedule.repeating import repeat
from bot.services.storage_ports import Storage, Transaction

LOOK_EVERY_S = 10.0
"""How soon a change by another process counts here."""

VERSION = "policies_version"
_NOTHING_SET = ChannelSettings()


@dataclass(frozen=True, slots=True)
class GuildPolicy:
    """What the moderators of a server have set."""

    settings: Mapping[tuple[Layer, int], ChannelSettings] = field(default_factory=dict)
    terms: tuple[ListedTerm, ...] = ()
    matcher: TermMatcher = NO_TERMS


_NO_POLICY = GuildPolicy()


@dataclass(frozen=True, slots=True)
class _Held:
    """All that the database has, and at which version it was read."""

    version: str | None = None
    guilds: Mapping[GuildId, GuildPolicy] = field(default_factory=dict)
    pauses: Mapping[PausedPlace, Pause] = field(default_factory=dict)


class PolicyBook:
    """Everybody's policies. Where a channel stands is asked anew at each decision.

    So a channel that loses its age restriction is safe in that moment.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        channels: ChannelMap,
        catalogue: ModelCatalogue,
        allowed_guilds: frozenset[GuildId],
        barred: Callable[[GuildId | None], Barred] = lambda _: NOBODY_BARRED,
    ) -> None:
        self._barred = barred
        self._storage = storage
        self._channels = channels
        self._catalogue = catalogue
        self._allowed_guilds = allowed_guilds
        self._held = _Held()
        # One reader at a time: a slower one must not put back what was read earlier.
        self._reading = asyncio.Lock()

    async def load(self) -> None:
        """Read everything anew; lists of terms that have changed are compiled in a thread."""
        async with self._reading:
            async with self._storage.read() as tx:
                version = await tx.markers.get(VERSION)
                settings = await tx.channel_policies.all_settings()
                listed = await tx.terms.all_terms()
                pauses = await tx.channel_policies.all_pauses()
            said: dict[GuildId, dict[tuple[Layer, int], ChannelSettings]] = defaultdict(dict)
            terms: dict[GuildId, list[ListedTerm]] = defaultdict(list)
            for guild_id, layer, place_id, value in settings:
                said[guild_id][layer, place_id] = value
            for guild_id, term in listed:
                terms[guild_id].append(term)
            guilds = {
                guild_id: await self._compiled(guild_id, said[guild_id], tuple(terms[guild_id]))
                for guild_id in {*said, *terms}
            }
            self._held = _Held(version, guilds, {pause.place: pause for pause in pauses})

    async def keep_fresh(self, clock: Clock) -> Never:
        """Notice what other processes change, until cancelled; one failure does not end it."""
        await repeat(self.look, every_s=LOOK_EVERY_S, clock=clock, failure="policies_not_read")

    async def look(self) -> None:
        """Read everything anew if another process has changed something."""
        async with self._storage.read() as tx:
            version = await tx.markers.get(VERSION)
        if version != self._held.version:
            await self.load()

    @contextlib.asynccontextmanager
    async def changing(self) -> AsyncIterator[Transaction]:
        """A transaction that changes policies; what it wrote counts once it is over.

        The version is written first, so that two changes wait for one another.
        """
        async with self._storage.write() as tx:
            await tx.markers.set(VERSION, secrets.token_hex(8))
            yield tx
        await self.load()

    async def until_known(self) -> None:
        """Wait until Discord has told of every server; before that, no channel is known."""
        await self._channels.until_known()

    def of_place(self, guild_id: GuildId | None, channel_id: ChannelId) -> PolicySnapshot:
        """The rules that hold in a channel now."""
        rules = self.rules_at(guild_id, channel_id)
        return PolicySnapshot(
            safe_mode=rules.safe_mode.value,
            allowed_guilds=self._allowed_guilds,
            allowed_models=rules.allowed_models.value,
            forbidden_models=rules.forbidden_models,
            uncensored_models=self._uncensored_models(),
            commands=rules.commands.value,
            most_images=rules.most_images.value,
            private_images=rules.private_images.value,
            review=rules.review.value,
            unknown_signals=rules.unknown_signals.value,
            slow_mode=timedelta(seconds=rules.slow_mode_s.value),
            terms=self.of_guild(guild_id).matcher,
            spoilers=rules.spoilers.value,
            paused=self.pause_at(guild_id, channel_id) is not None,
            barred=self._barred(guild_id),
        )

    def rules_at(self, guild_id: GuildId | None, channel_id: ChannelId) -> ChannelRules:
        """The channel's rules with who decided each of them.

        A thread that the bot cannot see may be in any channel of its server: what any of them
        forbids is forbidden there, so that nobody gets round a channel's rules by one.
        """
        if guild_id is None:
            return rules_of((), age_restricted=False)
        said = self.of_guild(guild_id).settings
        if self._channels.facts_of(guild_id, channel_id) is None:
            below = strictest(value for (layer, _), value in said.items() if layer != Layer.SERVER)
            server = said.get((Layer.SERVER, guild_id), _NOTHING_SET)
            return rules_of([(Layer.CHANNEL, below), (Layer.SERVER, server)], age_restricted=False)
        facts = self.facts_of(guild_id, channel_id)
        layers = [(layer, said.get((layer, place), _NOTHING_SET)) for layer, place in facts.layers]
        return rules_of(layers, age_restricted=facts.age_restricted)

    def here(self, guild_id: GuildId | None, channel_id: ChannelId) -> PolicyHere:
        """All that holds in a channel, for showing it."""
        facts = None if guild_id is None else self.facts_of(guild_id, channel_id)
        return PolicyHere(
            channel_id=channel_id,
            rules=self.rules_at(guild_id, channel_id),
            pause=self.pause_at(guild_id, channel_id),
            blocked_terms=len(self.of_guild(guild_id).terms),
            age_restricted=facts is not None and facts.age_restricted,
        )

    def pause_at(self, guild_id: GuildId | None, channel_id: ChannelId) -> Pause | None:
        """The pause that holds in a channel, the widest first."""
        pauses = self._held.pauses
        if not pauses or PAUSED_EVERYWHERE in pauses or guild_id is None:
            return pauses.get(PAUSED_EVERYWHERE)
        if self._channels.facts_of(guild_id, channel_id) is None:
            return next((each for each in pauses.values() if each.place.guild_id == guild_id), None)
        places = reversed(self.facts_of(guild_id, channel_id).layers)
        paused = (pauses.get(PausedPlace(guild_id, layer, place)) for layer, place in places)
        return next((pause for pause in paused if pause is not None), None)

    def facts_of(self, guild_id: GuildId, channel_id: ChannelId) -> ChannelFacts:
        """Where a channel stands, up to its server.

        One that Discord does not tell of is taken for an unmarked channel.
        """
        known = self._channels.facts_of(guild_id, channel_id)
        layers = known.layers if known is not None else ((Layer.CHANNEL, channel_id),)
        return ChannelFacts(
            (*layers, (Layer.SERVER, guild_id)),
            age_restricted=known is not None and known.age_restricted,
        )

    def of_guild(self, guild_id: GuildId | None) -> GuildPolicy:
        """What the moderators of a server have set; nothing in direct messages."""
        if guild_id is None:
            return _NO_POLICY
        return self._held.guilds.get(guild_id, _NO_POLICY)

    def _uncensored_models(self) -> frozenset[ModelId]:
        return frozenset(model.id for model in self._catalogue.models() if model.uncensored)

    async def _compiled(
        self,
        guild_id: GuildId,
        settings: Mapping[tuple[Layer, int], ChannelSettings],
        terms: tuple[ListedTerm, ...],
    ) -> GuildPolicy:
        former = self.of_guild(guild_id)
        if former.terms == terms:
            return GuildPolicy(settings, terms, former.matcher)
        matcher = await asyncio.to_thread(TermMatcher, [listed.term for listed in terms])
        return GuildPolicy(settings, terms, matcher)
