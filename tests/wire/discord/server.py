"""The loopback Discord: started on a free port, watched and moved by a test."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.wire.discord.contract import ContractCheck
from tests.wire.discord.faults import Faults
from tests.wire.discord.gateway import PATH as GATEWAY_PATH
from tests.wire.discord.gateway_session import CloseCode, GatewaySession, Intent
from tests.wire.discord.ids import UserId
from tests.wire.discord.json_types import JsonObject
from tests.wire.discord.member_actions import MemberActions
from tests.wire.discord.messages import Message
from tests.wire.discord.payloads import channel_json
from tests.wire.discord.rest.application_server import (
    API_PATH,
    ApplicationServer,
    ServedRequest,
)
from tests.wire.discord.state import DiscordState, TimeLimits
from tests.wire.discord.world import Channel, World, make_world

_HOST = "127.0.0.1"
_SHUTDOWN_TIMEOUT_S = 1.0


class LoopbackDiscord(MemberActions):
    """A Discord of one's own, REST and gateway, on 127.0.0.1.

    A bot is pointed at it by `api_url`, `gateway_url` and `token`; files are served from `host`.
    """

    def __init__(
        self,
        world: World | None = None,
        *,
        limits: TimeLimits | None = None,
        contract: ContractCheck | None = None,
    ) -> None:
        self._state = DiscordState(
            world or make_world(), limits or TimeLimits(), contract or ContractCheck.published()
        )
        super().__init__(self._state)
        self._server = ApplicationServer(self._state)
        # Nobody waits for a handler at the end: clients reconnect, or are gone.
        self._runner = web.AppRunner(
            self._server.build(), access_log=None, shutdown_timeout=_SHUTDOWN_TIMEOUT_S
        )
        self._address = ""

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, 0).start()
        port = self._runner.addresses[0][1]
        self._address = f"{_HOST}:{port}"
        self._state.gateway.url = self.gateway_url
        self._state.attachments.base_url = f"http://{self._address}"
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._state.gateway.drop_connections(CloseCode.GOING_AWAY)
        await self._runner.cleanup()

    @property
    def host(self) -> str:
        """The host that attachments' links name."""
        return _HOST

    @property
    def api_url(self) -> str:
        return f"http://{self._address}{API_PATH}"

    @property
    def gateway_url(self) -> str:
        return f"ws://{self._address}{GATEWAY_PATH}"

    @property
    def token(self) -> str:
        """The bot token that is taken; every other is refused."""
        return self._state.world.token

    @property
    def world(self) -> World:
        return self._state.world

    @property
    def contract_violations(self) -> Sequence[str]:
        """Where requests, or the server's own answers, are not as Discord describes them."""
        return self._state.contract.violations

    @property
    def faults(self) -> Faults:
        """What is to go wrong; see `tests.wire.discord.faults`."""
        return self._state.faults

    @property
    def served(self) -> Sequence[ServedRequest]:
        """The REST requests so far, in the order of their answers."""
        return self._server.served

    @property
    def sessions(self) -> Sequence[GatewaySession]:
        """The gateway's sessions that are connected or may be resumed."""
        return self._state.gateway.sessions

    @property
    def identifications(self) -> int:
        """How often a client has identified so far."""
        return self._state.gateway.identified

    @property
    def resumptions(self) -> int:
        """How often a session was resumed so far."""
        return self._state.gateway.resumed

    @property
    def commands(self) -> Sequence[JsonObject]:
        """The global commands as registered."""
        return self._state.commands.answers(guild_id=None)

    def messages(self, channel: Channel) -> tuple[Message, ...]:
        """What stands in a channel, oldest first, ephemeral messages too."""
        return tuple(self._state.messages.in_channel(channel.id))

    def direct_channel(self, user_id: UserId) -> Channel:
        """The bot's direct channel with a user."""
        return self._state.places.direct_channel(user_id)

    def advance(self, *, seconds: float) -> None:
        """Move the server's clock ahead of the bot's, past a token's lifetime for instance."""
        self._state.clock.advance(seconds=seconds)

    async def ready(self, *, timeout_s: float, identified: int = 1) -> None:
        """Wait until a client is connected and got READY.

        Args:
            timeout_s: how long to wait at most.
            identified: how often somebody must have identified so far; 2 after a restart.

        Raises:
            NothingHappened: if nobody is there in time.
        """
        gateway = self._state.gateway
        await self.until(
            lambda: (
                gateway.identified >= identified
                and any(session.connected for session in gateway.sessions)
            ),
            timeout_s=timeout_s,
            otherwise=lambda: f"nobody got ready; so far {gateway.identified} identified",
        )

    async def resumed(self, *, timeout_s: float, times: int = 1) -> None:
        """Wait until sessions were resumed so many times.

        Raises:
            NothingHappened: if they were not in time.
        """
        await self.until(
            lambda: self._state.gateway.resumed >= times,
            timeout_s=timeout_s,
            otherwise=lambda: f"sessions were resumed {self._state.gateway.resumed} times",
        )

    async def message_where(
        self, channel: Channel, predicate: Callable[[Message], object], *, timeout_s: float
    ) -> Message:
        """The first message of a channel that is as `predicate` wants it.

        Raises:
            NothingHappened: if there is none in time.
        """
        return await self._state.changes.until(
            lambda: next((each for each in self.messages(channel) if predicate(each)), None),
            timeout_s=timeout_s,
            otherwise=lambda: f"no message is as expected: {self.messages(channel)}",
        )

    async def until(
        self,
        condition: Callable[[], bool],
        *,
        timeout_s: float,
        otherwise: Callable[[], str] = lambda: "the condition did not come true",
    ) -> None:
        """Wait until something is true of the server; it is asked again at each change.

        Raises:
            NothingHappened: if it is not in time.
        """
        await self._state.changes.until(
            lambda: condition() or None, timeout_s=timeout_s, otherwise=otherwise
        )

    def watch(self, watcher: Callable[[Message], None]) -> None:
        """Have every message shown to a function, as it stands whenever it is put up or edited.

        Where hundreds are on their way this costs less than a wait for each.
        """
        self._state.publisher.watchers.append(watcher)

    async def mark(self, channel: Channel, *, age_restricted: bool) -> None:
        """Tell the bot that a channel of the first server is age-restricted, or no longer so."""
        guild = self.world.guild
        marked = replace(channel, nsfw=age_restricted)
        described = channel_json(marked, guild, position=guild.channels.index(channel))
        await self._state.gateway.dispatch(
            "CHANNEL_UPDATE", described, guild_id=guild.id, intent=Intent.GUILDS
        )

    async def drop_connections(self, code: CloseCode = CloseCode.UNKNOWN_ERROR) -> None:
        """Cut the gateway's connections; by default so that clients resume."""
        await self._state.gateway.drop_connections(code)

    async def drop_and_refuse(self, *, times: int, timeout_s: float) -> None:
        """Cut the gateway's connections, answer the next ones with 503, then let clients in.

        Raises:
            NothingHappened: if nobody is back in time.
        """
        gateway = self._state.gateway
        gateway.refusals = times
        await self.drop_connections()
        await self.until(lambda: gateway.refusals == 0, timeout_s=timeout_s)
        await self.ready(timeout_s=timeout_s)

    def forget_sessions(self) -> None:
        """Let no session be resumed: who tries is told that it is invalid."""
        self._state.gateway.sessions.clear()
