"""`/style`: the server's own styles, and what it likes best."""

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.errors import PageExpired
from bot.domain.styles.errors import StyleFileWrong
from bot.domain.styles.leaderboard import BoardQuery, BoardTopic, read_board_target
from bot.domain.styles.server_style import MAX_STYLE_NAME, MAX_TEMPLATE_CHARS, StyleDraft
from bot.domain.styles.style_file import MAX_FILE_BYTES
from bot.domain.voting.span import Span
from bot.services.library.library import Viewer
from bot.services.statistics.ports import ChartStudio
from bot.services.styles.board_pictures import BoardPictures
from bot.services.styles.leaderboards import LeaderboardService
from bot.services.styles.styles import StyleKeeper, StyleService
from bot.text import commands as text
from bot.text.votes import styles as said
from bot.text.words import words_for
from bot.ui.asking import image_options, option_choices
from bot.ui.client.visibility import channels_for_all
from bot.ui.parts.acknowledge import acknowledge, place_of, think
from bot.ui.parts.actions import ActionRegistry
from bot.ui.parts.answers import answer, think_privately
from bot.ui.parts.availability import in_servers_only
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.votes.leaderboard_panel import (
    BOARD_BACK,
    BOARD_ONWARDS,
    BOARD_SPAN,
    BOARD_TOPIC,
    board_file,
    leaderboard_chart,
    leaderboard_panel,
)
from bot.ui.votes.style_panel import style_file, style_list_panel

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

STYLE_GROUP = "style"

StyleCommand: TypeAlias = app_commands.Command[Any, ..., None] | app_commands.Group

_BOARD_KINDS = (BOARD_TOPIC, BOARD_SPAN, BOARD_BACK, BOARD_ONWARDS)

Name = app_commands.Range[str, 1, MAX_STYLE_NAME]
Template = app_commands.Range[str, 1, MAX_TEMPLATE_CHARS]


class Style(commands.Cog):
    """A server's styles. Who may manage the server keeps them; everybody may look."""

    style = in_servers_only(app_commands.Group(name=STYLE_GROUP, description=text.STYLE))

    def __init__(
        self,
        styles: StyleService,
        leaderboards: LeaderboardService,
        board_pictures: BoardPictures,
        studio: ChartStudio,
        actions: ActionRegistry,
    ) -> None:
        self._styles = styles
        self._leaderboards = leaderboards
        self._board_pictures = board_pictures
        self._studio = studio
        self._actions = actions

    async def cog_load(self) -> None:
        """Serve the buttons of leaderboards."""
        for kind in _BOARD_KINDS:
            self._actions.register(kind, self._turn)

    async def cog_unload(self) -> None:
        """Serve them no longer."""
        for kind in _BOARD_KINDS:
            self._actions.unregister(kind)

    @style.command(description=text.STYLE_LEADERBOARD)
    @app_commands.describe(of=text.STYLE_LEADERBOARD_OF, time=text.STYLE_LEADERBOARD_SPAN)
    async def leaderboard(
        self,
        interaction: discord.Interaction,
        of: Literal["styles", "images", "members", "battles"] = "styles",
        time: Literal["week", "month", "all"] = "month",
    ) -> None:
        """Show what the server likes best, to all who read here."""
        await think(interaction, private=False)
        await self._show_board(interaction, BoardQuery(BoardTopic(of), Span(time)))

    async def _turn(self, interaction: discord.Interaction, target: str) -> None:
        await acknowledge(interaction)
        query = read_board_target(target)
        if query is None:
            raise PageExpired
        await self._show_board(interaction, query)

    async def _show_board(self, interaction: discord.Interaction, query: BoardQuery) -> None:
        viewer = Viewer(place_of(interaction), channels_for_all(interaction))
        board = await self._leaderboards.board(query, viewer)
        words = words_for(viewer.place.locale)
        files = []
        if board.entries:
            thumbnails = await self._board_pictures.of(board, viewer)
            picture = await self._studio.draw(leaderboard_chart(board, thumbnails, words))
            files.append(board_file(picture, query))
        await interaction.edit_original_response(
            view=leaderboard_panel(board, words), attachments=files, allowed_mentions=NO_MENTIONS
        )

    @style.command(description=text.STYLE_ADD)
    @app_commands.describe(
        name=text.STYLE_NAME,
        template=text.STYLE_TEMPLATE,
        negative=text.OPTION_NEGATIVE,
        model=text.STYLE_MODEL,
        preset=text.STYLE_PRESET,
    )
    @app_commands.autocomplete(model=option_choices.models, preset=option_choices.style_presets)
    async def add(
        self,
        interaction: discord.Interaction,
        name: Name,
        template: Template,
        negative: image_options.Prompt | None = None,
        model: str | None = None,
        preset: str | None = None,
    ) -> None:
        """Add a style, once it is sure that it can be painted by."""
        keeper = keeper_of(interaction)
        draft = self._styles.checked(
            StyleDraft(name=name, template=template, negative=negative, model=model, preset=preset),
            keeper,
        )
        await think_privately(interaction)
        style = await self._styles.add(draft, keeper)
        await answer(interaction, said.style_added(style, words_for(interaction.locale.value)))

    @style.command(description=text.STYLE_RENAME)
    @app_commands.describe(name=text.STYLE_NAME, new_name=text.STYLE_NEW_NAME)
    @app_commands.autocomplete(name=option_choices.server_styles)
    async def rename(self, interaction: discord.Interaction, name: str, new_name: Name) -> None:
        """Give a style another name."""
        await think_privately(interaction)
        style = await self._styles.rename(name, new_name, keeper_of(interaction))
        words = words_for(interaction.locale.value)
        await answer(interaction, said.style_renamed(name, style, words))

    @style.command(description=text.STYLE_RETIRE)
    @app_commands.describe(name=text.STYLE_NAME)
    @app_commands.autocomplete(name=option_choices.server_styles)
    async def retire(self, interaction: discord.Interaction, name: str) -> None:
        """Offer a style no longer."""
        await think_privately(interaction)
        style = await self._styles.retire(name, keeper_of(interaction))
        await answer(interaction, said.style_retired(style, words_for(interaction.locale.value)))

    @style.command(description=text.STYLE_RESTORE)
    @app_commands.describe(name=text.STYLE_NAME)
    @app_commands.autocomplete(name=option_choices.server_styles)
    async def restore(self, interaction: discord.Interaction, name: str) -> None:
        """Offer a retired style again."""
        await think_privately(interaction)
        style = await self._styles.restore(name, keeper_of(interaction))
        await answer(interaction, said.style_restored(style, words_for(interaction.locale.value)))

    @style.command(name="list", description=text.STYLE_LIST)
    async def show(self, interaction: discord.Interaction) -> None:
        """Show all styles, from memory."""
        entries = self._styles.all(place_of(interaction))
        view = style_list_panel(entries, words_for(interaction.locale.value))
        await interaction.response.send_message(
            view=view, ephemeral=True, allowed_mentions=NO_MENTIONS
        )

    @style.command(description=text.STYLE_EXPORT)
    async def export(self, interaction: discord.Interaction) -> None:
        """Hand over the styles as a file."""
        exported = self._styles.export(keeper_of(interaction))
        left_out = exported.pictures_left_out
        words = words_for(interaction.locale.value)
        await interaction.response.send_message(
            said.pictures_left_out(left_out, words) if left_out else None,
            file=style_file(exported.content),
            ephemeral=True,
        )

    @style.command(name="import", description=text.STYLE_IMPORT)
    @app_commands.describe(file=text.STYLE_FILE)
    async def import_file(self, interaction: discord.Interaction, file: discord.Attachment) -> None:
        """Add the styles of a file."""
        keeper = keeper_of(interaction)
        keeper.check()
        if file.size > MAX_FILE_BYTES:
            raise StyleFileWrong
        await think_privately(interaction)
        imported = await self._styles.import_file(await file.read(), keeper)
        words = words_for(interaction.locale.value)
        await answer(interaction, said.styles_imported(imported, words))


def keeper_of(interaction: discord.Interaction) -> StyleKeeper:
    """Who acts, and whether they may manage the server."""
    return StyleKeeper(place_of(interaction), interaction.permissions.manage_guild)


def add_to_style(client: "Gondola[Services]", *added: StyleCommand) -> None:
    """Add commands of other cogs to `/style`, whose cog is loaded before theirs.

    Raises:
        TypeError: if it is not.
    """
    group = client.tree.get_command(STYLE_GROUP)
    if not isinstance(group, app_commands.Group):
        raise TypeError(group)
    for command in added:
        group.add_command(command, override=True)


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services, community = client.services, client.services.community
    cog = Style(
        community.styles,
        community.leaderboards,
        community.board_pictures,
        services.charts,
        client.actions,
    )
    await client.add_cog(cog)
