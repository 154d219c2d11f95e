"""Contests: opened, entered, voted on, and ended early or by their time."""

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.contests.contest import FEWEST_ENTRIES
from bot.ui.contests.buttons import CONTEST_ENTER
from bot.ui.contests.gallery import CONTEST_VOTE
from bot.ui.contests.panel import CONTEST_LOOK
from tests.wire.crash.town import WAIT_S, Place, Pressable, Town, pressables
from tests.wire.discord import Message, SentInteraction
from tests.wire.discord.ids import UserId

if TYPE_CHECKING:
    from tests.wire.crash.asked import Asked

_CLOSES_ONCE_IN = 12
ENTRIES_EACH = 3


@dataclass(frozen=True, slots=True)
class Entering:
    """A press of Submit."""

    image_id: str
    interaction: SentInteraction


@dataclass(frozen=True, slots=True)
class Approving:
    """A vote for an entry, `contest-number`; it counts once the gallery shows it."""

    user_id: UserId
    target: str
    gallery: SentInteraction


class Contests:
    """One at a time, in a channel of its own."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self.asked: list[Asked] = []
        self.entered: list[Entering] = []
        self.approved: list[Approving] = []

    async def begin(self) -> None:
        """The first one is opened in a run."""

    async def go_on(self, chance: random.Random) -> None:
        """What the phase of the contest has members do."""
        contests = self._town.records.rows(
            "SELECT phase, count(image_id) FROM contests LEFT JOIN contest_entries"
            " ON contest_id = contests.id GROUP BY contests.id ORDER BY opened_at"
        )
        phase, entries = contests[-1] if contests else (None, 0)
        if phase not in {"submitting", "voting", "counting"}:
            await self._open()
        elif entries >= FEWEST_ENTRIES and chance.randrange(_CLOSES_ONCE_IN) == 0:
            await self._manage("close", {})
        elif phase == "submitting":
            await self._enter(chance)
        else:
            await self._vote(chance)

    async def _open(self) -> None:
        options: dict[str, str | int | bool] = {
            "theme": "animals by the water",
            "submit_hours": 1,
            "vote_hours": 1,
            "entries": ENTRIES_EACH,
            "prize_images": "5",
        }
        await self._manage("open", options)

    async def _manage(self, command: str, options: dict[str, str | int | bool]) -> None:
        manager = self._town.moderators[0]
        await self._town.said(manager, Place.STAGE, f"contest {command}", options)

    async def _enter(self, chance: random.Random) -> None:
        owners = dict(
            self._town.records.rows(
                "SELECT images.id, user_id FROM images JOIN jobs ON jobs.id = job_id"
            )
        )
        offered = [
            (message, button)
            for message in self._town.messages(Place.STUDIO)
            for button in pressables(message, {CONTEST_ENTER})
        ]
        if not offered:
            return
        message, button = chance.choice(offered)
        owner = owners.get(button.target)
        member = next(each for each in self._town.members if each.user.id == owner)
        sent = await self._town.discord.click(member, message, button.custom_id)
        self.entered.append(Entering(button.target, sent))

    async def _vote(self, chance: random.Random) -> None:
        looks = [
            (message, button)
            for message in self._town.messages(Place.STAGE)
            for button in pressables(message, {CONTEST_LOOK})
        ]
        if not looks:
            return
        message, button = looks[-1]
        member = chance.choice(self._town.members)
        gallery = await self._town.discord.click(member, message, button.custom_id)
        page = await gallery.message_where(
            lambda each: each.texts and not each.loading, timeout_s=WAIT_S
        )
        new = [each for each in pressables(page, {CONTEST_VOTE}) if not is_approved(each)]
        if new:
            choice = chance.choice(new)
            await self._town.discord.click(member, page, choice.custom_id)
            self.approved.append(Approving(member.user.id, choice.target, gallery))


def is_approved(button: Pressable) -> bool:
    """Whether a gallery says that its member has voted for an entry."""
    return button.style == 3


def approved_on(message: Message) -> set[str]:
    """The entries that a gallery says its member has voted for."""
    return {each.target for each in pressables(message, {CONTEST_VOTE}) if is_approved(each)}
