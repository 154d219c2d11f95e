"""What a server's style makes of a wish."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.asking.request import ImageRequest
from bot.domain.asking.wish import ImageWish
from bot.domain.flags import Options
from bot.domain.ids import GuildId, UserId
from bot.domain.preferences.defaults import Defaults, DefaultsScope
from bot.domain.styles.errors import StyleModelGone, StyleRetired
from bot.domain.styles.server_style import ServerStyle, StyleDraft
from tests.services.house import House, make_place
from tests.services.models import OFFLINE_MODEL, PIXEL_MODEL, RATIO_MODEL
from tests.storage.factories import keep_styles

PLACE = make_place()
NOW = datetime(2026, 5, 4, tzinfo=UTC)
HARBOUR = ServerStyle(
    id="harbour",
    guild_id=PLACE.guild_id or GuildId(0),
    draft=StyleDraft(name="Harbour", template="{prompt}, oils", model=RATIO_MODEL.id),
    author_id=UserId(1),
    created_at=NOW,
)


def requests(house: House, prompt: str, **options: object) -> list[ImageRequest]:
    wish = ImageWish(prompt=prompt, options=Options(**options))  # type: ignore[arg-type] # options by name
    return [plan.request for plan in house.proposer.propose(wish, PLACE).plans]


async def test_the_braces_of_a_prompt_are_expanded_once(house: House) -> None:
    await keep_styles(house.database, house.styles, HARBOUR)

    found = requests(house, "a {red,grey} fox --style harbour")

    assert [each.prompt for each in found] == ["a red fox, oils", "a grey fox, oils"]
    assert {(each.model, each.server_style) for each in found} == {(RATIO_MODEL.id, "harbour")}


async def test_what_a_member_says_counts_more_than_the_style(house: House) -> None:
    await keep_styles(house.database, house.styles, HARBOUR)

    [found] = requests(house, "a fox", style="Harbour", model=PIXEL_MODEL.id)

    assert (found.model, found.prompt) == (PIXEL_MODEL.id, "a fox, oils")


async def test_a_raw_prompt_takes_no_style(house: House) -> None:
    await keep_styles(house.database, house.styles, HARBOUR)

    [found] = requests(house, "a fox --raw", style="Harbour")

    assert (found.prompt, found.server_style) == ("a fox", None)


async def test_a_style_whose_model_is_gone_says_so(house: House) -> None:
    draft = replace(HARBOUR.draft, model=OFFLINE_MODEL.id)
    await keep_styles(house.database, house.styles, replace(HARBOUR, draft=draft))

    with pytest.raises(StyleModelGone):
        requests(house, "a fox", style="Harbour")
    assert requests(house, "a fox", style="Harbour", model=PIXEL_MODEL.id)


async def test_a_style_retired_since_still_counts_as_a_default(house: House) -> None:
    await keep_styles(house.database, house.styles, replace(HARBOUR, retired_at=NOW))
    mine = Defaults(options=Options(style="harbour"))
    await house.preferences.set_defaults(DefaultsScope.MEMBER, PLACE.user_id, mine)

    with pytest.raises(StyleRetired):
        requests(house, "a fox", style="Harbour")
    [found] = requests(house, "a fox")
    assert found.prompt == "a fox, oils"
