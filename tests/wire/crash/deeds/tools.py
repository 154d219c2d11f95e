"""Members work on their pictures: they enlarge them, cut out what they show, change them."""

import random
from itertools import count

from bot.domain.gate.permissions import Action
from bot.ui.tools.questions import SCALES
from tests.wire.crash.asked import Asked
from tests.wire.crash.town import WAIT_S, Place, Pressable, Town, pressables
from tests.wire.discord import Member, Message, SentInteraction

_KINDS = frozenset({Action.UPSCALE.value, Action.CUT_OUT.value, Action.EDIT.value})
_MOST_A_RUN = 6


class Tools:
    """Presses under results of one picture. No picture is worked on twice in the same way."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._numbers = count()
        self._used: set[str] = set()
        self.asked: list[Asked] = []

    async def begin(self) -> None:
        """Nothing is to be set up."""

    async def go_on(self, chance: random.Random) -> None:
        """Press one of the buttons that nobody has pressed yet."""
        offered = [
            (message, button)
            for message in self._town.messages(Place.STUDIO)
            for button in pressables(message, _KINDS)
            if button.custom_id not in self._used
        ]
        if not offered or len(self.asked) >= _MOST_A_RUN:
            return
        message, button = chance.choice(offered)
        self._used.add(button.custom_id)
        await self._use(chance.choice(self._town.members), message, button)

    async def _use(self, member: Member, message: Message, button: Pressable) -> None:
        sent = await self._town.discord.click(member, message, button.custom_id)
        name = f"{button.kind} of {button.target}"
        match button.kind:
            case Action.CUT_OUT:
                self.asked.append(Asked(name, 1, sent, None))
            case Action.UPSCALE:
                self.asked.append(Asked(name, 1, await self._twice(member, sent), None))
            case _:
                prompt = f"a red boat of change {next(self._numbers)}x"
                await sent.acknowledged(timeout_s=WAIT_S)
                edited = await self._town.discord.submit(sent, {"prompt": prompt})
                self.asked.append(Asked(prompt, 1, edited, prompt))

    async def _twice(self, member: Member, sent: SentInteraction) -> SentInteraction:
        """Answer the question how much larger."""
        question = await sent.message_where(
            lambda each: pressables(each, {SCALES[2]}), timeout_s=WAIT_S
        )
        [button] = pressables(question, {SCALES[2]})
        return await self._town.discord.click(member, question, button.custom_id)
