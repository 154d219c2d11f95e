"""Members vote on pictures, change their minds, and have some of them starred."""

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.gate.permissions import Action
from tests.wire.crash.town import Place, Town, pressables, told
from tests.wire.discord import SentInteraction
from tests.wire.discord.ids import UserId

if TYPE_CHECKING:
    from tests.wire.crash.asked import Asked

THRESHOLD = 2
_LATEST = 8
"""So few that some pictures get the votes that the starboard wants."""

_KINDS = frozenset({Action.UPVOTE.value, Action.DOWNVOTE.value})


@dataclass(frozen=True, slots=True)
class VotePress:
    """A press of a vote's button."""

    image_id: str
    user_id: UserId
    kind: str
    interaction: SentInteraction


class Votes:
    """Presses under the latest results."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self.asked: list[Asked] = []
        self.presses: list[VotePress] = []

    async def begin(self) -> None:
        """Choose a starboard."""
        manager = self._town.moderators[0]
        await self._town.discord.slash(
            manager,
            self._town.channel(Place.STUDIO),
            "server starboard",
            {"channel": self._town.channel(Place.STARBOARD), "threshold": THRESHOLD},
        )

    async def go_on(self, chance: random.Random) -> None:
        """Press a button under one of the latest results, mostly the one for the picture."""
        results = [each for each in self._town.messages(Place.STUDIO) if pressables(each, _KINDS)]
        if not results:
            return
        message = chance.choice(results[-_LATEST:])
        ups = [each for each in pressables(message, _KINDS) if each.kind == Action.UPVOTE]
        button = chance.choice([*ups, *ups, *pressables(message, _KINDS)])
        member = chance.choice(self._town.members)
        if self._waits_for_an_answer(button.target, member.user.id):
            return
        sent = await self._town.discord.click(member, message, button.custom_id)
        self.presses.append(VotePress(button.target, member.user.id, button.kind, sent))

    def _waits_for_an_answer(self, image_id: str, user_id: UserId) -> bool:
        """Whoever presses twice at once cannot say which press came first."""
        mine = [
            each for each in self.presses if (each.image_id, each.user_id) == (image_id, user_id)
        ]
        return bool(mine) and not told(mine[-1].interaction)
