import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

import aiohttp
import discord
import pytest
from simcord import Preview
from yarl import URL

from sandbox.demo.simulation import simulate
from sandbox.demo.stage import open_stage
from sandbox.demo.world import build_world
from tests.browser.preview_client import PreviewClient, Receipt, visit
from tests.browser.toy_demo import ToyDemo, open_toy_demo
from tests.browser.toy_painter import Studio, ToyPainter, draw_picture


def code_of(receipt: Receipt) -> str:
    """What became of an action: that it settled, or why it was refused."""
    if receipt["rejected"]:
        return str(receipt["diagnostics"][0]["code"])
    return str(receipt["settlement"])


class Events:
    """The event stream of a page, one event at a time."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def next(self) -> tuple[str, dict[str, object]]:
        name = await self._read("event: ")
        return name, json.loads(await self._read("data: "))

    async def wait_for(self, name: str) -> dict[str, object]:
        while True:
            found, data = await self.next()
            if found == name:
                return data

    async def _read(self, prefix: str) -> str:
        async with asyncio.timeout(60):
            async for line in self._answer.content:
                if line.startswith(prefix.encode()):
                    return line.decode().removeprefix(prefix).strip()
        raise AssertionError("the stream has ended")


@asynccontextmanager
async def listen(http: aiohttp.ClientSession, url: str) -> AsyncIterator[Events]:
    key = {"capability": URL(url).fragment}
    async with http.get("/demo/events", params=key) as answer:
        assert answer.status == HTTPStatus.OK
        yield Events(answer)


async def post_in(demo: ToyDemo, text: str) -> None:
    """Have the bot write into the channel, of its own accord."""
    channel = demo.env.bot.get_channel(demo.world.general.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send(text)


async def test_the_frame_is_for_our_own_page_alone() -> None:
    async with open_toy_demo() as demo, visit(demo.served.url) as http:
        async with http.get("/channel") as frame:
            assert "frame-ancestors 'self'" in frame.headers["Content-Security-Policy"]
            assert "X-Frame-Options" not in frame.headers
            assert "SimCord" in await frame.text()
        async with http.get("/") as page:
            assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


async def test_browsers_keep_the_typefaces_and_nothing_else() -> None:
    async with open_toy_demo() as demo, visit(demo.served.url) as http:
        async with http.get("/fonts/noto-sans-latin-v2.015.ttf") as font:
            assert "max-age" in font.headers["Cache-Control"]
            assert "Pragma" not in font.headers
        for path in ("/", "/channel", "/app.js", "/demo/page.js"):
            async with http.get(path) as answer:
                assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}], ids=str
)
async def test_other_sites_are_turned_away(headers: dict[str, str]) -> None:
    async with open_toy_demo() as demo, visit(demo.served.url) as http:
        for path in ("/", "/channel", "/api/state"):
            async with http.get(path, headers=headers) as answer:
                assert answer.status == HTTPStatus.FORBIDDEN


async def test_nothing_opens_without_the_key() -> None:
    async with open_toy_demo() as demo, visit(demo.served.url.partition("#")[0]) as http:
        for method, path in (
            ("GET", "/demo/events"),
            ("POST", "/demo/channel"),
            ("POST", "/api/pages"),
            ("POST", "/api/action"),
        ):
            async with http.request(method, path, json={}) as answer:
                assert answer.status == HTTPStatus.UNAUTHORIZED, path


async def test_what_the_bot_writes_is_published_and_told() -> None:
    async with (
        open_toy_demo() as demo,
        visit(demo.served.url) as http,
        listen(http, demo.served.url) as events,
    ):
        tab = await PreviewClient.open(http)

        await post_in(demo, "good morning")
        await events.wait_for("published")

        await tab.look()
        assert [message["content"] for message in tab.messages.values()] == ["good morning"]


async def test_a_command_sent_just_before_a_publication_is_not_refused() -> None:
    async with (
        open_toy_demo() as demo,
        visit(demo.served.url) as http,
        listen(http, demo.served.url) as events,
    ):
        tab = await PreviewClient.open(http)
        await post_in(demo, "a publication that the tab has not seen")
        await events.wait_for("published")

        assert code_of(await tab.run_paint(prompt='"published_revision":1')) == "settled"
        order = demo.studio.orders.get_nowait()
        assert order.title.startswith('"published_revision":1')


async def test_nor_is_one_that_carries_a_file() -> None:
    async with (
        open_toy_demo() as demo,
        visit(demo.served.url) as http,
        listen(http, demo.served.url) as events,
    ):
        tab = await PreviewClient.open(http)
        await post_in(demo, "a publication that the tab has not seen")
        await events.wait_for("published")

        picture = draw_picture()
        receipt = await tab.run_paint(prompt="a fox", reference={"upload": 0}, file=picture)
        assert code_of(receipt) == "settled"
        assert f"{len(picture)} bytes" in demo.studio.orders.get_nowait().title


async def test_a_click_on_what_has_changed_meanwhile_is_refused() -> None:
    async with (
        open_toy_demo() as demo,
        visit(demo.served.url) as http,
        listen(http, demo.served.url) as events,
    ):
        tab = await PreviewClient.open(http)
        await tab.run_paint(prompt="a fox")
        demo.studio.finish()
        while not any(message["components"] for message in tab.messages.values()):
            await events.wait_for("published")
            await tab.look()
        [message_id] = tab.messages
        await post_in(demo, "a publication that the tab has not seen")
        await events.wait_for("published")

        button = f"message:{message_id}:component:0.components.2.components.0"
        receipt = await tab.act("click", target_id=message_id, control_key=button)
        assert code_of(receipt) == "stale-revision"


async def test_actions_of_two_tabs_take_turns() -> None:
    async with (
        open_toy_demo() as demo,
        visit(demo.served.url) as first,
        visit(demo.served.url) as second,
    ):
        tabs = [await PreviewClient.open(http) for http in (first, second)]
        receipts = await asyncio.gather(
            *(tab.act("send_message", content="hello", target_id=None) for tab in tabs)
        )
        assert [code_of(receipt) for receipt in receipts] == ["settled", "settled"]


async def test_an_action_waits_while_the_page_is_brought_up_to_date() -> None:
    async with open_toy_demo() as demo, visit(demo.served.url) as http:
        tab = await PreviewClient.open(http)
        async with demo.served._stage.turn:
            action = asyncio.create_task(tab.act("send_message", content="hello", target_id=None))
            done, _ = await asyncio.wait([action], timeout=0.2)
            assert not done
        assert code_of(await action) == "settled"


async def test_a_bot_that_is_busy_gives_its_turn_back() -> None:
    async with (
        simulate(ToyPainter(Studio())) as env,
        open_stage(env, await build_world(env)) as stage,
    ):
        rest = asyncio.Event()
        with env._bot_scope():
            work = asyncio.create_task(rest.wait())
        assert not await stage.publish()
        assert not stage.turn.locked()

        rest.set()
        await work
        assert await stage.publish()


async def test_what_cannot_be_drawn_does_not_end_the_demo(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        open_toy_demo() as demo,
        visit(demo.served.url) as http,
        listen(http, demo.served.url) as events,
    ):

        async def fail(_preview: Preview) -> None:
            raise RuntimeError("cannot draw this")

        with monkeypatch.context() as patch:
            patch.setattr(Preview, "refresh", fail)
            await post_in(demo, "strange")
            await events.wait_for("published")
        assert "could not be brought up to date" in caplog.text

        await post_in(demo, "ordinary")
        await events.wait_for("published")


async def test_a_page_is_told_the_channels_and_each_switch() -> None:
    async with (
        open_toy_demo() as demo,
        visit(demo.served.url) as http,
        listen(http, demo.served.url) as events,
    ):
        first = await events.wait_for("channel")
        assert first["channels"] == ["general", "reviewed", "age-restricted"]
        assert first["shown"] == "general"

        key = {"X-Gondola-Capability": URL(demo.served.url).fragment}
        wish = {"channel": "reviewed", "viewer": str(demo.world.moderator.id)}
        async with http.post("/demo/channel", json=wish, headers=key) as answer:
            assert answer.status == HTTPStatus.NO_CONTENT
        switched = await events.wait_for("channel")
        assert switched["shown"] == "reviewed"
        assert switched["opening"] != first["opening"]


@pytest.mark.parametrize(
    "wish", [{}, [], {"channel": "nowhere"}, {"channel": "general", "viewer": "me"}], ids=str
)
async def test_a_switch_that_makes_no_sense_is_refused(wish: object) -> None:
    async with open_toy_demo() as demo, visit(demo.served.url) as http:
        key = {"X-Gondola-Capability": URL(demo.served.url).fragment}
        async with http.post("/demo/channel", json=wish, headers=key) as answer:
            assert answer.status == HTTPStatus.BAD_REQUEST


async def test_ending_the_session_is_told_to_every_page() -> None:
    async with (
        open_toy_demo() as demo,
        visit(demo.served.url) as http,
        listen(http, demo.served.url) as events,
    ):
        tab = await PreviewClient.open(http)
        await tab.act("close")
        await events.wait_for("ended")
        async with asyncio.timeout(60):
            await demo.served.closed()
