"""Showing, setting and clearing defaults."""

from dataclasses import dataclass, replace

from bot.domain.asking.wish import ImageWish
from bot.domain.errors import ManageServerNeeded, NothingGiven, ServerSettingOnly
from bot.domain.flags import Options
from bot.domain.preferences.defaults import (
    NO_DEFAULTS,
    NO_OPTIONS,
    Defaults,
    DefaultsScope,
    overlaid,
    without,
)
from bot.services.asking.plans import Place
from bot.services.asking.proposals import Proposer
from bot.services.asking.wishes import WishReader
from bot.services.preferences.preferences import PreferenceBook


@dataclass(frozen=True, slots=True)
class DefaultsHere:
    """Every layer of defaults in a place, and what they come to for the member."""

    member: Defaults
    channel: Defaults
    server: Defaults
    effective: Options


class DefaultsService:
    """The defaults of members, channels and servers."""

    def __init__(self, preferences: PreferenceBook, wishes: WishReader, proposer: Proposer) -> None:
        self._preferences = preferences
        self._wishes = wishes
        self._proposer = proposer

    def show(self, place: Place) -> DefaultsHere:
        """What counts in a place."""
        of = self._preferences.defaults_of
        return DefaultsHere(
            member=of(DefaultsScope.MEMBER, place.user_id),
            channel=of(DefaultsScope.CHANNEL, place.channel_id),
            server=of(DefaultsScope.SERVER, place.guild_id),
            effective=self._wishes.defaults_at(
                user_id=place.user_id, guild_id=place.guild_id, channel_id=place.channel_id
            ),
        )

    def checked(
        self, scope: DefaultsScope, given: Defaults, place: Place, *, may_manage: bool
    ) -> Defaults:
        """What a scope's defaults are to become, from memory alone.

        Raises:
            MemberError: if the member may not set them, or nothing could be painted with them.
            NotServing: if no catalogue has been read yet.
        """
        if given.is_empty:
            raise NothingGiven
        owner_id = self._owner(scope, place, may_manage=may_manage)
        if scope is not DefaultsScope.SERVER and replace(given, options=NO_OPTIONS) != NO_DEFAULTS:
            raise ServerSettingOnly
        value = overlaid(given, self._preferences.defaults_of(scope, owner_id))
        self._proposer.check(ImageWish(prompt=".", options=value.options), place)
        return value

    def cleared(
        self, scope: DefaultsScope, option: str | None, place: Place, *, may_manage: bool
    ) -> Defaults:
        """What is left of a scope's defaults without one option, or without any.

        Raises:
            MemberError: if the member may not change them.
        """
        owner_id = self._owner(scope, place, may_manage=may_manage)
        if option is None:
            return NO_DEFAULTS
        return without(self._preferences.defaults_of(scope, owner_id), option)

    async def write(self, scope: DefaultsScope, value: Defaults, place: Place) -> None:
        """Write what `checked` or `cleared` answered."""
        owner_id = self._owner(scope, place, may_manage=True)
        await self._preferences.set_defaults(scope, owner_id, value)

    def _owner(self, scope: DefaultsScope, place: Place, *, may_manage: bool) -> int:
        if scope is DefaultsScope.MEMBER:
            return place.user_id
        guild_id = place.server
        if not may_manage:
            raise ManageServerNeeded
        return place.channel_id if scope is DefaultsScope.CHANNEL else guild_id
