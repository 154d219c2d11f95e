"""Battles of styles, which close with their second vote."""

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.battles.battle import Side
from bot.ui.battles.panel import BATTLE_START, BATTLE_VOTE
from tests.wire.crash.town import WAIT_S, Place, Town, pressables
from tests.wire.discord import SentInteraction
from tests.wire.discord.ids import UserId

if TYPE_CHECKING:
    from tests.wire.crash.asked import Asked

VOTES_WANTED = 3
_MOST_OPEN = 2
_WISH = "a lighthouse --model z-image-turbo --size 256x256"
_SIDES = {kind: side for side, kind in BATTLE_VOTE.items()}


@dataclass(frozen=True, slots=True)
class BattlePress:
    """A vote in a battle."""

    battle_id: str
    user_id: UserId
    side: Side
    interaction: SentInteraction


class Battles:
    """Started and voted on in a channel of their own."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self.asked: list[Asked] = []
        self.presses: list[BattlePress] = []

    async def begin(self) -> None:
        """Nothing is to be set up: without styles of the server's, the presets meet."""

    async def go_on(self, chance: random.Random) -> None:
        """Vote in a battle that is open, or start one."""
        is_open = [
            each for each in self._town.messages(Place.ARENA) if pressables(each, _SIDES.keys())
        ]
        member = chance.choice(self._town.members)
        if len(is_open) < _MOST_OPEN and chance.random() < 1 / 4:
            await self._start(chance)
        elif is_open:
            message = chance.choice(is_open)
            button = chance.choice(pressables(message, _SIDES.keys()))
            sent = await self._town.discord.click(member, message, button.custom_id)
            side = _SIDES[button.kind]
            self.presses.append(BattlePress(button.target, member.user.id, side, sent))

    async def _start(self, chance: random.Random) -> None:
        member = chance.choice(self._town.members)
        sent = await self._town.discord.slash(
            member,
            self._town.channel(Place.ARENA),
            "style battle",
            {"prompt": _WISH, "minutes": 60, "votes": VOTES_WANTED},
        )
        question = await sent.message_where(
            lambda each: pressables(each, {BATTLE_START}), timeout_s=WAIT_S
        )
        [button] = pressables(question, {BATTLE_START})
        await self._town.discord.click(member, question, button.custom_id)
