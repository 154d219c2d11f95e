"""A member's own pictures, pointed at: picked while typing, or by a link to their message."""

from bot.domain.asking.choices import best_matches
from bot.domain.ids import ImageId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.rounds.errors import ExampleNotFound
from bot.domain.rounds.example import OwnPicture, read_link
from bot.services.asking.plans import Place
from bot.services.ports import Policies
from bot.services.storage_ports import Storage, Transaction

PICTURES_OFFERED = 25


class OwnPictures:
    """Finds those that may be shown to all in the server, by the rules of the channel."""

    def __init__(self, *, storage: Storage, policies: Policies) -> None:
        self._storage = storage
        self._policies = policies

    async def suggest(self, place: Place, typed: str) -> list[OwnPicture]:
        """The member's last pictures that may be shown here, by the words of their prompts."""
        if place.guild_id is None:
            return []
        async with self._storage.read() as tx:
            found = await tx.examples.of_member(
                place.user_id,
                place.guild_id,
                safe_only=self._safe_only(place),
                limit=PICTURES_OFFERED,
            )
        return best_matches(found, typed, names=lambda picture: (picture.prompt,))

    async def find(self, tx: Transaction, text: str, place: Place) -> tuple[ImageId, StoredPicture]:
        """The picture that a member names by its id, or by a link to the message it is in.

        Raises:
            ExampleNotFound: if it is none of theirs that may be shown here.
        """
        message = read_link(text)
        image_id: ImageId | None = ImageId(text.strip())
        if message is not None:
            image_id = await tx.examples.in_message(message.channel_id, message.message_id)
        if image_id is None or place.guild_id is None:
            raise ExampleNotFound
        if await tx.examples.owner_of(image_id) != place.user_id:
            raise ExampleNotFound
        found = await tx.examples.pictures(
            [image_id], place.guild_id, safe_only=self._safe_only(place)
        )
        if image_id not in found:
            raise ExampleNotFound
        return image_id, found[image_id]

    def _safe_only(self, place: Place) -> bool:
        return self._policies.of_place(place.guild_id, place.channel_id).safe_mode
