"""What `docs/gallery.md` shows: each scene as members act it out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Locator

from tests.browser.demo_page import DemoPage

Act = Callable[[DemoPage], Awaitable[Locator]]
"""Acts a scene out and says what of the page is to be seen."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture of the page, with its heading and what is to be said of it."""

    slug: str
    heading: str
    text: str
    act: Act


async def _one_picture(demo: DemoPage) -> Locator:
    await demo.run_command("imagine", prompt="a red fox at dawn")
    await demo.wait_for_pictures(1)
    return demo.last_message


async def _four_pictures(demo: DemoPage) -> Locator:
    before = await demo.pictures.count()
    await demo.run_command("imagine", prompt="a lighthouse in a storm", aspect="16:9", images=4)
    await demo.wait_for_pictures(before + 4)
    return demo.last_message


async def _upscale(demo: DemoPage) -> Locator:
    await demo.run_command("imagine", prompt="a paper boat on a canal")
    await demo.wait_for_text("a paper boat on a canal")
    await demo.click_button("Upscale")
    await demo.wait_for_text("How much larger should the picture be?")
    return demo.last_message


async def _edit(demo: DemoPage) -> Locator:
    await demo.click_button("Edit")
    await demo.wait_for_dialog()
    return demo.dialog


async def _remix(demo: DemoPage) -> Locator:
    await demo.close_dialog()
    await demo.click_button("Remix")
    await demo.wait_for_dialog()
    return demo.dialog


async def _details(demo: DemoPage) -> Locator:
    await demo.close_dialog()
    await demo.click_button("Details")
    await demo.wait_until_answered()
    return demo.last_message


def _command(name: str) -> Act:
    async def act(demo: DemoPage) -> Locator:
        await demo.run_command(name)
        return demo.last_message

    return act


def _by_ada(name: str) -> Act:
    async def act(demo: DemoPage) -> Locator:
        await demo.switch_viewer("Ada")
        await demo.run_command(name)
        return demo.last_message

    return act


async def _quotas(demo: DemoPage) -> Locator:
    await demo.run_command("quotas show")
    return demo.last_message


async def _battle_question(demo: DemoPage) -> Locator:
    await demo.run_command(
        "style battle", prompt="a castle by the sea", a="Watercolor", b="Neon Noir"
    )
    return demo.last_message


async def _battle(demo: DemoPage) -> Locator:
    before = await demo.pictures.count()
    await demo.click_button_beginning("Start the battle")
    await demo.wait_for_pictures(before + 2)
    return demo.last_message


async def _setup(demo: DemoPage) -> Locator:
    await demo.close_dialog()
    await demo.run_command("channel setup")
    return demo.last_message


async def _round(demo: DemoPage) -> Locator:
    await demo.run_command("style round open", theme="Winter nights")
    return demo.last_message


async def _contest(demo: DemoPage) -> Locator:
    await demo.run_command("contest open", theme="The sea at night")
    await demo.wait_for_text("The sea at night")
    return demo.last_message


async def _review(demo: DemoPage) -> Locator:
    await demo.switch_channel("reviewed")
    await demo.switch_viewer("Alice")
    await demo.run_command("imagine", prompt="a harbour in the fog")
    await demo.wait_for_text("waits for a moderator")
    await demo.switch_viewer("Ada")
    await demo.run_command("moderation queue")
    return demo.last_message


async def _surprise(demo: DemoPage) -> Locator:
    await demo.pick_command("surprise")
    await demo.send_for_dialog()
    return demo.dialog


async def _refusal(demo: DemoPage) -> Locator:
    await demo.run_command("imagine", prompt="a red fox --modle flux-2-pro")
    return demo.last_message


async def _question(demo: DemoPage) -> Locator:
    await demo.run_command("imagine", prompt="a {red,blue,white} {fox,owl}, oil on canvas")
    return demo.last_message


SCENES = (
    Scene("imagine", "A picture", "`/imagine prompt: a red fox at dawn`", _one_picture),
    Scene("four", "Four at once", "Each is shown as soon as it is there.", _four_pictures),
    Scene(
        "upscale",
        "Upscale",
        "Each scale with the size that it makes and its price.",
        _upscale,
    ),
    Scene("edit", "Edit", "What should change, and by which model, with its price.", _edit),
    Scene("remix", "Remix", "The prompt and the main settings, to change and ask again.", _remix),
    Scene("details", "Details", "Everything that made a picture, and its ancestors.", _details),
    Scene("refusal", "A refusal", "What is wrong, and what is meant perhaps.", _refusal),
    Scene(
        "question",
        "Before much is spent",
        "Braces make six prompts of one; nothing is spent before the button is pressed.",
        _question,
    ),
    Scene("history", "/history", "Your own pictures, private ones too.", _command("history")),
    Scene("gallery", "/gallery", "The server's newest and most bookmarked.", _command("gallery")),
    Scene("models", "/models", "Prices, sizes, privacy and limits.", _command("models")),
    Scene("styles", "/styles", "Styles, with a button that begins a prompt.", _command("styles")),
    Scene("quota", "/quota", "What is left, and when it resets.", _command("quota")),
    Scene(
        "stats",
        "/stats usage",
        "Images, cost, models and members over time.",
        _command("stats usage"),
    ),
    Scene(
        "battle-question",
        "A battle of styles",
        "One prompt, one seed, two styles; what it costs stands on the button.",
        _battle_question,
    ),
    Scene("battle", "Its vote", "Which is which nobody knows until it closes.", _battle),
    Scene(
        "leaderboard",
        "/style leaderboard",
        "What the server likes best.",
        _command("style leaderboard"),
    ),
    Scene("help", "/help", "What the bot can do here, for this member.", _command("help")),
    Scene(
        "channel",
        "/channel show",
        "For moderators: the rules of a channel, and who decided each.",
        _by_ada("channel show"),
    ),
    Scene(
        "quotas",
        "/quotas show",
        "For managers: every limit, budget and grant of the server.",
        _quotas,
    ),
    Scene("surprise", "/surprise", "A prompt to begin with.", _surprise),
    Scene("setup", "/channel setup", "Four questions about a channel.", _setup),
    Scene("round", "A round of styles", "Members propose styles and vote on them.", _round),
    Scene("contest", "A contest", "A theme, pictures of members, a blind vote, a prize.", _contest),
    Scene(
        "review",
        "/moderation queue",
        "In channels with review a moderator looks first.",
        _review,
    ),
)
