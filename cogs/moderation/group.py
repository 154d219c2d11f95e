"""The command that all of moderation stands under; its parts are in files of their own."""

import discord
from discord import app_commands

from bot.text.moderation import commands as text
from bot.ui.parts.availability import in_servers_only

moderation = in_servers_only(
    app_commands.Group(
        name="moderation",
        description=text.MODERATION,
        default_permissions=discord.Permissions(moderate_members=True),
    )
)
