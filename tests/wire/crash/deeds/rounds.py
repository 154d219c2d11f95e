"""Rounds of styles: proposed in, voted on, and ended early or by their time."""

import json
import random
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from bot.domain.rounds.style_round import FEWEST_PROPOSALS
from tests.wire.crash.town import WAIT_S, Place, Town
from tests.wire.discord import Member, Message, SentInteraction, components
from tests.wire.discord.components import ComponentType
from tests.wire.discord.ids import UserId
from tests.wire.discord.json_types import JsonObject, objects_in

if TYPE_CHECKING:
    from tests.wire.crash.asked import Asked

_CLOSES_ONCE_IN = 15


@dataclass(frozen=True, slots=True)
class Proposing:
    """A proposal by its name, in lower case."""

    key: str
    interaction: SentInteraction


@dataclass(frozen=True, slots=True)
class Balloting:
    """A choice in a menu; it counts once the ballot shows it."""

    user_id: UserId
    round_id: str
    number: int
    ballot: SentInteraction


class Rounds:
    """One at a time, in a channel of its own."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._numbers = count()
        self.asked: list[Asked] = []
        self.proposed: list[Proposing] = []
        self.balloted: list[Balloting] = []

    async def begin(self) -> None:
        """The first one is opened in a run."""

    async def go_on(self, chance: random.Random) -> None:
        """What the phase of the round has members do."""
        rounds = self._town.records.rows(
            "SELECT style_rounds.value, count(DISTINCT author_id) FROM style_rounds"
            " LEFT JOIN round_proposals ON round_id = style_rounds.id"
            " WHERE open_in IS NOT NULL GROUP BY style_rounds.id"
        )
        if not rounds:
            await self._open()
            return
        here, authors = json.loads(rounds[0][0]), rounds[0][1]
        if authors >= FEWEST_PROPOSALS and chance.randrange(_CLOSES_ONCE_IN) == 0:
            await self._town.said(self._town.moderators[0], Place.SALON, "style round close", {})
        elif here["phase"] == "proposing":
            await self._propose(chance)
        else:
            await self._vote(chance, here["id"])

    async def _open(self) -> None:
        options: dict[str, str | int | bool] = {
            "theme": "winter nights",
            "proposal_days": 1,
            "vote_days": 1,
            "winners": 1,
            "weeks": 1,
        }
        await self._town.said(self._town.moderators[0], Place.SALON, "style round open", options)

    async def _propose(self, chance: random.Random) -> None:
        member = chance.choice(self._town.members)
        examples = self._town.records.rows(
            "SELECT images.id FROM images JOIN jobs ON jobs.id = job_id WHERE user_id = ?"
            " AND images.state = 'delivered' AND NOT private AND jobs.state = 'done'",
            member.user.id,
        )
        if not examples:
            return
        name = f"Style {next(self._numbers)}"
        sent = await self._town.discord.slash(
            member,
            self._town.channel(Place.SALON),
            "style round propose",
            {
                "name": name,
                "template": f"{{prompt}}, {name}",
                "example": str(chance.choice(examples)[0]),
            },
        )
        self.proposed.append(Proposing(name.casefold(), sent))

    async def _vote(self, chance: random.Random, round_id: str) -> None:
        member = chance.choice(self._town.members)
        ballot = await self._ballot(member)
        page = await ballot.message_where(
            lambda each: each.texts and not each.loading, timeout_s=WAIT_S
        )
        for menu in components.of_type(page.components, ComponentType.STRING_SELECT):
            new = [number for number in _numbers(menu) if number not in chosen_on(page)]
            if new:
                number = chance.choice(new)
                custom_id = str(menu["custom_id"])
                await self._town.discord.select(member, page, custom_id, [f"{number}"])
                self.balloted.append(Balloting(member.user.id, round_id, number, ballot))
            return

    async def _ballot(self, member: Member) -> SentInteraction:
        salon = self._town.channel(Place.SALON)
        return await self._town.discord.slash(member, salon, "style round vote")


def chosen_on(message: Message) -> list[int]:
    """The numbers that a ballot says its member votes for."""
    return [
        number
        for menu in components.of_type(message.components, ComponentType.STRING_SELECT)
        for number in _numbers(menu, only_chosen=True)
    ]


def _numbers(menu: JsonObject, *, only_chosen: bool = False) -> list[int]:
    return [
        int(str(option["value"]))
        for option in objects_in(menu.get("options"))
        if option.get("default") or not only_chosen
    ]
