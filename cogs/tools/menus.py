"""The menus on a message: edit, upscale and cut out what it shows, and imagine like it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.asking.redo import ways_again
from bot.domain.errors import NotServing
from bot.domain.gate.permissions import Action
from bot.domain.jobs.job import Job
from bot.domain.tools.picture_errors import NoPictureThere
from bot.services.services import Services
from bot.text import commands as text
from bot.ui.parts.acknowledge import actor_of
from bot.ui.parts.actions import ActionRegistry
from bot.ui.results.buttons import pressed
from bot.ui.tools.offered_pictures import own_result, pictures_of
from bot.ui.tools.questions import LIKE
from cogs.tools.offers import OfferButtons

Tree = app_commands.CommandTree[discord.AutoShardedClient]


class ToolMenus(commands.Cog):
    """Two clicks from any picture to a new one."""

    def __init__(
        self, tree: Tree, actions: ActionRegistry, services: Services, offers: OfferButtons
    ) -> None:
        self._tree = tree
        self._actions = actions
        self._reader = services.results.reader
        self._offers = offers
        self._menus = (
            app_commands.ContextMenu(name=text.MENU_EDIT, callback=self._edit),
            app_commands.ContextMenu(name=text.MENU_UPSCALE, callback=self._upscale),
            app_commands.ContextMenu(name=text.MENU_CUT_OUT, callback=self._cut_out),
            app_commands.ContextMenu(name=text.MENU_LIKE, callback=self._like),
        )

    async def cog_load(self) -> None:
        """Put the menus on messages."""
        for menu in self._menus:
            self._tree.add_command(menu)

    async def cog_unload(self) -> None:
        """Take them off."""
        for menu in self._menus:
            self._tree.remove_command(menu.name, type=menu.type)

    async def _edit(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await self._act(interaction, message, Action.EDIT, Action.EDIT)

    async def _upscale(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await self._act(interaction, message, Action.UPSCALE, Action.UPSCALE)

    async def _cut_out(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await self._act(interaction, message, Action.CUT_OUT, Action.CUT_OUT)

    async def _like(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await self._act(interaction, message, Action.REMIX, LIKE)

    async def _act(
        self, interaction: discord.Interaction, message: discord.Message, own: Action, way: str
    ) -> None:
        """On a result of the bot's own a menu is the button under it, which knows its record."""
        me = interaction.client.user
        job_id = own_result(message, me.id) if me is not None else None
        if job_id is not None:
            job = await self._reader.result(job_id, own, actor_of(interaction))
            if _can_be_pressed(own, job):
                await self._press(interaction, pressed(own, job))
                return
        pictures = pictures_of(message)
        if not pictures:
            raise NoPictureThere
        await self._offers.begin(interaction, way, pictures)

    async def _press(self, interaction: discord.Interaction, button: tuple[str, str]) -> None:
        kind, target = button
        handler = self._actions.handler_of(kind)
        if handler is None:
            raise NotServing
        await handler(interaction, target)


def _can_be_pressed(action: Action, job: Job) -> bool:
    """Whether a result has what the action is about."""
    if action is Action.REMIX:
        return action in ways_again(job.recipe)
    return bool(job.pictures)
