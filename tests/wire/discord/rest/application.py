"""The bot itself: its user, its application, its gateway, its commands."""

from collections.abc import Sequence

from tests.wire.discord.errors import unknown_guild
from tests.wire.discord.ids import GuildId
from tests.wire.discord.json_types import JsonValue
from tests.wire.discord.payloads import application_json, array, own_guild_json, own_user_json
from tests.wire.discord.rest.endpoint import ApiRequest, Endpoint
from tests.wire.discord.state import DiscordState

_COMMANDS = "/applications/{application_id}/commands"
_GUILD_COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"


class ApplicationRoutes:
    def __init__(self, state: DiscordState) -> None:
        self._world = state.world
        self._gateway = state.gateway
        self._places = state.places
        self._commands = state.commands

    def endpoints(self) -> Sequence[Endpoint]:
        return (
            Endpoint("GET", "/users/@me", self._own_user),
            Endpoint("GET", "/users/@me/guilds", self._own_guilds),
            Endpoint("GET", "/applications/@me", self._application),
            Endpoint("GET", "/oauth2/applications/@me", self._application),
            Endpoint("GET", "/gateway/bot", self._gateway_bot),
            Endpoint("GET", _COMMANDS, self._list_commands),
            Endpoint("PUT", _COMMANDS, self._overwrite_commands),
            Endpoint("GET", _GUILD_COMMANDS, self._list_commands),
            Endpoint("PUT", _GUILD_COMMANDS, self._overwrite_commands),
        )

    async def _own_user(self, _: ApiRequest) -> JsonValue:
        return own_user_json(self._world.bot)

    async def _own_guilds(self, _: ApiRequest) -> JsonValue:
        return array(own_guild_json(guild) for guild in self._world.guilds)

    async def _application(self, _: ApiRequest) -> JsonValue:
        return application_json(self._world)

    async def _gateway_bot(self, _: ApiRequest) -> JsonValue:
        return {
            "url": self._gateway.url,
            "shards": 1,
            "session_start_limit": {
                "total": 1_000,
                "remaining": 1_000,
                "reset_after": 86_400_000,
                "max_concurrency": 1,
            },
        }

    async def _list_commands(self, request: ApiRequest) -> JsonValue:
        return array(self._commands.answers(guild_id=self._guild_id(request)))

    async def _overwrite_commands(self, request: ApiRequest) -> JsonValue:
        guild_id = self._guild_id(request)
        return array(self._commands.overwrite(request.body.payload, guild_id=guild_id))

    def _guild_id(self, request: ApiRequest) -> GuildId | None:
        if "guild_id" not in request.path:
            return None
        guild_id = GuildId(request.id("guild_id"))
        if self._places.guild(guild_id) is None:
            raise unknown_guild()
        return guild_id
