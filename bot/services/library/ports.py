"""What browsing, presets and defaults need from outside; see `bot.services.ports`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.domain.asking.wish import ImageWish, ReadWish
from bot.domain.ids import ChannelId, GuildId, ImageId, JobId, UserId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.library.browsing import PageState, PictureEntry, PictureQuery, PictureScope, Turn
from bot.domain.preferences.defaults import Defaults, DefaultsScope, OutputSettings
from bot.domain.preferences.preset import Preset


class LibraryRepository(Protocol):
    """Pictures, found again."""

    async def page(
        self, query: PictureQuery, scope: PictureScope, *, turn: Turn | None, limit: int
    ) -> Sequence[PictureEntry]:
        """At most `limit` pictures in the query's order.

        With a turn they are those next to its picture, behind it or before it; none if that
        picture is no longer in the order.
        """

    async def favourite_counts(self, image_ids: Collection[ImageId]) -> Mapping[ImageId, int]:
        """How many members have bookmarked each of the pictures; those without are left out."""

    async def forget(self, job_id: JobId) -> None:
        """Let a job not be found any more: its words are to be deleted."""


class PageStateRepository(Protocol):
    """The pages that members have opened."""

    async def add(self, state: PageState) -> None:
        """Remember a page."""

    async def get(self, state_id: str, *, now: datetime) -> PageState | None:
        """A page that has not expired."""

    async def remove_expired(self, *, now: datetime) -> int:
        """Forget the pages that have expired, and say how many there were."""


class PreferenceRepository(Protocol):
    """Members' presets, and the defaults of members, channels and servers."""

    async def all_defaults(self) -> Sequence[tuple[DefaultsScope, int, Defaults]]:
        """Everybody's defaults, each with its scope and owner."""

    async def all_presets(self) -> Sequence[tuple[UserId, Preset]]:
        """Everybody's presets."""

    async def set_defaults(self, scope: DefaultsScope, owner_id: int, value: Defaults) -> None:
        """Write an owner's defaults; empty ones are removed."""

    async def save_preset(self, user_id: UserId, preset: Preset) -> None:
        """Write a preset, in place of the one of the same name."""

    async def count_presets(self, user_id: UserId) -> int:
        """How many presets a member has."""

    async def delete_preset(self, user_id: UserId, name: str) -> bool:
        """Remove a preset; False if there was none of that name."""


class Thumbnails(Protocol):
    """Pictures made small, on disk."""

    async def of(self, picture: StoredPicture) -> Path | None:
        """A picture's thumbnail; None if the picture is no longer kept or cannot be read."""

    async def hashes(self) -> frozenset[str]:
        """Of which pictures there are thumbnails."""

    async def tidy(self, *, gone: Collection[str]) -> int:
        """Remove those of the pictures that are gone, and what is over the limit; how many."""


class Wishes(Protocol):
    """What presets and defaults make of a wish, answered from memory."""

    def fulfil(
        self,
        wish: ImageWish,
        *,
        user_id: UserId,
        guild_id: GuildId | None,
        channel_id: ChannelId,
    ) -> ReadWish:
        """The requests that the wish, its flags, its preset and the defaults of the place make.

        Raises:
            FlagError: if a flag cannot be understood, or differs from the option given.
            PermutationError: if the braces of the prompt cannot be expanded.
            PresetUnknown: if the member has no such preset.
            StyleError: if the server's style that was asked for cannot be painted in.
            UnknownModel, ModelOffline, NotServing: if there is no model to paint it.
        """

    def output_settings(self, guild_id: GuildId | None) -> OutputSettings:
        """How a server's pictures are written."""
