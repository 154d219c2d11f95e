"""The bot's own pictures as sources: from the store, else from the message that shows them."""

import discord

from bot.domain.errors import PictureGone
from bot.domain.gate.permissions import Action
from bot.domain.ids import ImageId
from bot.domain.tools.request import SourcePicture
from bot.domain.tools.source_limits import OfferedPicture
from bot.services.results.results import Picked, ResultReader
from bot.services.tools.input_pictures import InputPictures
from bot.services.tools.tools import ToolService
from bot.ui.parts.acknowledge import actor_of
from bot.ui.tools.offered_pictures import own_result, pictures_of


class OwnSources:
    """Finds a picture that a button names. The store forgets in time; a message does not."""

    def __init__(self, tools: ToolService, reader: ResultReader, inputs: InputPictures) -> None:
        self._tools = tools
        self._reader = reader
        self._inputs = inputs

    async def source_of(
        self, interaction: discord.Interaction, image_id: ImageId, action: Action
    ) -> SourcePicture:
        """A picture to work on, for the member who acts.

        Raises:
            ResultError: if the result is gone, the member may not, or nobody has the picture.
        """
        actor = actor_of(interaction)
        try:
            return await self._tools.source_of(image_id, action, actor)
        except PictureGone:
            picked = await self._reader.picture(image_id, action, actor)
            shown = _shown(interaction, picked)
            if shown is None or picked.image.picture is None:
                raise
            await self._inputs.bring_back(picked.image.picture, shown)
            return await self._tools.source_of(image_id, action, actor)


def _shown(interaction: discord.Interaction, picked: Picked) -> OfferedPicture | None:
    """The picture on the message whose button was pressed, if that is its result."""
    message, me = interaction.message, interaction.client.user
    if message is None or me is None or own_result(message, me.id) != picked.job.id:
        return None
    by_image = dict(zip(picked.job.pictures, pictures_of(message), strict=False))
    return by_image.get(picked.image)
