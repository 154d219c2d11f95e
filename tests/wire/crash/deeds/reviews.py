"""Pictures of which moderators decide whether they are shown."""

import random
from itertools import count

from bot.ui.moderation.review_panel import APPROVE, REJECT
from tests.wire.crash.asked import Asked
from tests.wire.crash.town import WAIT_S, Place, Town, pressables

_MOST_A_RUN = 6


class Reviews:
    """A channel in which all is held, and the moderators who look at it."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._numbers = count()
        self.asked: list[Asked] = []

    async def begin(self) -> None:
        """Have all pictures of a channel held, and shown to moderators in another."""
        manager, channel = self._town.moderators[0], self._town.channel
        await self._town.discord.slash(
            manager,
            channel(Place.STUDIO),
            "server review-channel",
            {"channel": channel(Place.DESK)},
        )
        await self._town.said(manager, Place.REVIEWED, "channel set", {"review": "all"})

    async def go_on(self, chance: random.Random) -> None:
        """Ask for a picture that will be held, or decide on one."""
        waiting = [
            button
            for message in self._town.messages(Place.DESK)
            for button in pressables(message, {APPROVE})
        ]
        if len(self.asked) < _MOST_A_RUN and chance.random() < 1 / 2:
            await self._ask(chance)
        elif waiting:
            await self._decide(chance, chance.choice(waiting).target)

    async def _ask(self, chance: random.Random) -> None:
        prompt, images = f"a heron of wish {next(self._numbers)}x", chance.randint(1, 2)
        sent = await self._town.discord.slash(
            chance.choice(self._town.members),
            self._town.channel(Place.REVIEWED),
            "imagine",
            {
                "prompt": prompt,
                "model": "z-image-turbo",
                "size": "256x256",
                "images": images,
                "private": chance.random() < 1 / 4,
            },
        )
        self.asked.append(Asked(prompt, images, sent, prompt))

    async def _decide(self, chance: random.Random, image_id: str) -> None:
        moderator = chance.choice(self._town.moderators)
        kind = chance.choice((APPROVE, REJECT))
        for message in self._town.messages(Place.DESK):
            for button in pressables(message, {kind}):
                if button.target != image_id:
                    continue
                sent = await self._town.discord.click(moderator, message, button.custom_id)
                if kind == REJECT:
                    await sent.acknowledged(timeout_s=WAIT_S)
                    await self._town.discord.submit(sent, {"reason": "not here"})
                return
