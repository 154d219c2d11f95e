"""A battle ends once, its end is told once, and a vote that a member was told of is counted."""

from collections.abc import Sequence

from pydantic import TypeAdapter

from bot.domain.battles.battle import GOING_ON, Battle, BattleState
from bot.ui.battles.panel import BATTLE_VOTE
from tests.wire.crash.deeds.battles import BattlePress
from tests.wire.crash.findings import Findings
from tests.wire.crash.town import Place, Town, pressables, told
from tests.wire.discord import Message

_BATTLE = TypeAdapter(Battle)
_TAKEN = ("You voted for", "Your vote for", "Your vote is for")


def audit_battles(town: Town, presses: Sequence[BattlePress], findings: Findings) -> None:
    """Hold every battle against its message and its votes."""
    scheduled = town.records.scheduled()
    messages = {int(each.id): each for each in town.messages(Place.ARENA)}
    for (value,) in town.records.rows("SELECT value FROM battles"):
        battle = _BATTLE.validate_json(value)
        findings.looked_at[f"battles {battle.state}".replace("_", " ")] += 1
        if battle.state is BattleState.ASKED:
            continue
        has_next_step = ("battle_closes", battle.id) in scheduled
        message = messages.get(int(battle.shown.message_id)) if battle.shown else None
        name = f"battle {battle.id}"
        findings.expect(message is not None, f"{name}: its message is gone")
        if battle.state in GOING_ON:
            findings.expect(has_next_step, f"{name}: {battle.state} for ever")
        if message is not None and not has_next_step:
            _audit_end(battle, message, findings)
        if battle.state is BattleState.OPEN and message is not None:
            findings.expect(len(message.attachments) == 2, f"{name}: not two pictures")
        _audit_votes(town, battle, presses, findings)


def _audit_end(battle: Battle, message: Message, findings: Findings) -> None:
    name = f"battle {battle.id}"
    findings.expect(
        not pressables(message, BATTLE_VOTE.values()), f"{name}: it has ended and takes votes"
    )
    pictures = [each for each in message.attachments if "battle" not in each.filename]
    wanted = 2 if battle.state is BattleState.CLOSED else 0
    if battle.state is BattleState.CLOSED:
        findings.expect(len(pictures) == wanted, f"{name}: {len(pictures)} pictures at its end")


def _audit_votes(
    town: Town, battle: Battle, presses: Sequence[BattlePress], findings: Findings
) -> None:
    name = f"battle {battle.id}"
    votes = dict(
        town.records.rows("SELECT user_id, side FROM battle_votes WHERE battle_id = ?", battle.id)
    )
    possible: dict[int, set[str | None]] = {}
    for press in (each for each in presses if each.battle_id == battle.id):
        before = possible.get(int(press.user_id), {None})
        possible[int(press.user_id)] = _after(before, press)
    certain = sum(None not in sides for sides in possible.values())
    if battle.state is BattleState.OPEN:
        for user_id, sides in possible.items():
            found = votes.get(user_id)
            findings.expect(found in sides, f"{name}: {found} of {user_id}, told {sides}")
    if battle.state is BattleState.CLOSED:
        counted = battle.count.votes
        findings.expect(
            certain <= counted <= len(possible),
            f"{name}: {counted} votes counted, {certain} told to their members",
        )


def _after(before: set[str | None], press: BattlePress) -> set[str | None]:
    said = told(press.interaction)
    if not said:
        return before | {press.side.value}
    return {press.side.value} if any(words in said for words in _TAKEN) else before
