"""Showing and changing the policies of channels, and pausing them."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.errors import NoServerHere, NothingGiven
from bot.domain.gate.channel_rules import (
    ArtCommand,
    ChannelSettings,
    Layer,
    overlaid,
    said_in,
    without,
)
from bot.domain.gate.channel_setup import Walk
from bot.domain.gate.pause import PAUSED_EVERYWHERE, Pause, PausedPlace
from bot.domain.gate.policy_here import PolicyHere
from bot.domain.ids import ChannelId, GuildId, ModelId, UserId
from bot.domain.moderation.audit import Act
from bot.domain.moderation.errors import (
    CommandUnknown,
    LayerNotHere,
    ModeratorNeeded,
    ModeratorPermission,
    OwnerNeeded,
)
from bot.services.asking.plans import Place
from bot.services.asking.recipes import RecipeBook
from bot.services.gate.policy_book import PolicyBook
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock

_NOTHING = ChannelSettings()


@dataclass(frozen=True, slots=True)
class Powers:
    """What Discord lets a member do in a channel."""

    manages_server: bool
    manages_channels: bool


@dataclass(frozen=True, slots=True)
class Target:
    """A layer that a moderator may change."""

    guild_id: GuildId
    layer: Layer
    place_id: int

    @property
    def subject(self) -> str:
        """The layer by the name that the audit log has for it."""
        return f"{self.layer} {self.place_id}"


class ChannelPolicyService:
    """The policies of a server's channels; `bot.domain.gate.channel_rules` says what they mean."""

    def __init__(
        self, book: PolicyBook, recipes: RecipeBook, clock: Clock, *, owners: frozenset[UserId]
    ) -> None:
        self._book = book
        self._recipes = recipes
        self._clock = clock
        self._owners = owners

    def show(self, guild_id: GuildId | None, channel_id: ChannelId) -> PolicyHere:
        """What holds in a channel, from memory.

        Raises:
            NoServerHere: in direct messages.
        """
        if guild_id is None:
            raise NoServerHere
        return self._book.here(guild_id, channel_id)

    def models_named(self, names: str | None) -> frozenset[ModelId] | None:
        """The models of a list with commas; None where there is none.

        Raises:
            UnknownModel, ModelOffline, NotServing: if one of them cannot be found.
        """
        if names is None:
            return None
        return frozenset(self._recipes.model(name).id for name in _split(names))

    def target(self, layer: Layer, place: Place, powers: Powers) -> Target:
        """The layer of this place that the member may change, from memory.

        Raises:
            NoServerHere: in direct messages.
            ModeratorNeeded: if they may not; what holds for the server is for its managers.
            LayerNotHere: if there is no such layer above the channel.
        """
        guild_id = place.server
        if not powers.manages_server:
            if layer is Layer.SERVER:
                raise ModeratorNeeded(ModeratorPermission.MANAGE_SERVER)
            if not powers.manages_channels:
                raise ModeratorNeeded(ModeratorPermission.MANAGE_CHANNELS)
        layers = dict(self._book.facts_of(guild_id, place.channel_id).layers)
        if layer not in layers:
            raise LayerNotHere(layer)
        return Target(guild_id, layer, layers[layer])

    def everywhere(self, place: Place) -> PausedPlace:
        """Everything, for the bot's owners.

        Raises:
            OwnerNeeded: for anybody else.
        """
        if place.user_id not in self._owners:
            raise OwnerNeeded
        return PAUSED_EVERYWHERE

    def to_set_up(self, place: Place, powers: Powers) -> PolicyHere:
        """What holds in the channel that a manager of the server sets up: a thread's own channel.

        Raises:
            NoServerHere: in direct messages.
            ModeratorNeeded: if they do not manage the server.
        """
        target = self._to_set_up(place, powers)
        return self._book.here(target.guild_id, ChannelId(target.place_id))

    async def set_up(self, walk: Walk, place: Place, powers: Powers) -> PolicyHere:
        """Let the channel say what the walk came to, in one change; what holds then.

        Raises:
            NoServerHere, ModeratorNeeded: as `to_set_up` does.
        """
        await self.change(self._to_set_up(place, powers), walk.settings, None, place)
        return self.to_set_up(place, powers)

    def _to_set_up(self, place: Place, powers: Powers) -> Target:
        if place.guild_id is not None and not powers.manages_server:
            raise ModeratorNeeded(ModeratorPermission.MANAGE_SERVER)
        return self.target(Layer.CHANNEL, place, powers)

    async def change(
        self, target: Target, given: ChannelSettings, taken_back: str | None, place: Place
    ) -> None:
        """Set what is given, take back one setting; what was said of others stays.

        Raises:
            NothingGiven: if neither is there.
        """
        if given == _NOTHING and taken_back is None:
            raise NothingGiven
        detail = [f"{name}={_written(each)}" for name, each in said_in(given).items()]
        if taken_back is not None:
            detail.append(f"{taken_back} taken back")

        def changed(former: ChannelSettings) -> ChannelSettings:
            value = overlaid(given, former)
            return value if taken_back is None else without(value, taken_back)

        await self._write(target, changed, Act.CHANNEL_SET, place, ", ".join(detail))

    async def copy(self, target: Target, source: ChannelId, place: Place) -> None:
        """Let a layer say what another channel of the server says itself."""
        settings = self._book.of_guild(target.guild_id).settings
        value = settings.get((Layer.CHANNEL, source), _NOTHING)
        detail = f"from channel {source}"
        await self._write(target, lambda _: value, Act.CHANNEL_COPIED, place, detail)

    async def pause(self, paused: PausedPlace, place: Place, *, reason: str) -> bool:
        """Let nothing new be painted there; False if that was so already.

        What waits is refunded when its turn comes; what was sent to be painted is shown.
        """
        now = self._clock.now()
        async with self._book.changing() as tx:
            is_new = await tx.channel_policies.pause(Pause(paused, now, reason))
            if is_new:
                await write_down(
                    tx,
                    place,
                    Act.PAUSED,
                    _subject(paused),
                    now=now,
                    reason=reason,
                    everywhere=paused == PAUSED_EVERYWHERE,
                )
        return is_new

    async def resume(self, paused: PausedPlace, place: Place) -> bool:
        """Let it go on there; False if it was not paused."""
        now = self._clock.now()
        async with self._book.changing() as tx:
            was_paused = await tx.channel_policies.resume(paused)
            if was_paused:
                await write_down(
                    tx,
                    place,
                    Act.RESUMED,
                    _subject(paused),
                    now=now,
                    everywhere=paused == PAUSED_EVERYWHERE,
                )
        return was_paused

    async def _write(
        self,
        target: Target,
        change: Callable[[ChannelSettings], ChannelSettings],
        act: Act,
        place: Place,
        detail: str,
    ) -> None:
        """Write what a change makes of what the layer says by now, whoever set that.

        What changes nothing is not written: two who press the same button make one change.
        """
        now = self._clock.now()
        async with self._book.changing() as tx:
            said = await tx.channel_policies.all_settings(target.guild_id)
            former = {(layer, place_id): value for _, layer, place_id, value in said}
            said_before = former.get((target.layer, target.place_id), _NOTHING)
            value = change(said_before)
            if value == said_before:
                return
            await tx.channel_policies.set_settings(
                target.guild_id, target.layer, target.place_id, value
            )
            await write_down(tx, place, act, target.subject, now=now, detail=detail)


def paused_place(target: Target) -> PausedPlace:
    """A layer as something that can be paused."""
    return PausedPlace(target.guild_id, target.layer, target.place_id)


def _subject(paused: PausedPlace) -> str:
    return "everywhere" if paused == PAUSED_EVERYWHERE else f"{paused.layer} {paused.place_id}"


def _written(value: object) -> str:
    return "+".join(sorted(value)) or "none" if isinstance(value, frozenset) else f"{value}"


def commands_named(names: str | None) -> frozenset[ArtCommand] | None:
    """The ways of making pictures of a list with commas; None where there is none.

    Raises:
        CommandUnknown: if there is no such way.
    """
    if names is None:
        return None
    known = tuple(ArtCommand)
    found = set()
    for name in _split(names):
        command = name.lower().removeprefix("/")
        if command not in known:
            raise CommandUnknown(name, known)
        found.add(ArtCommand(command))
    return frozenset(found)


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]
