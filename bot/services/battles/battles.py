"""Starting a battle: asked about with its price, confirmed once, and painted all or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.domain.asking.pending import WAITS_FOR, PendingRequest, batch_key, read_confirm_target
from bot.domain.asking.wish_errors import NoLongerWaiting
from bot.domain.battles.battle import (
    MOST_OPEN,
    Battle,
    BattleSide,
    BattleState,
    Side,
    is_of_one_style,
)
from bot.domain.battles.errors import BattleOfOneStyle, TooManyBattles
from bot.domain.errors import NotYours
from bot.domain.flags import parse_prompt
from bot.domain.ids import BattleId, GuildId
from bot.domain.jobs.job import Job, MessageAddress, ReplyAddress
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.money import UsdMicros
from bot.domain.quotas.quota import QuotaStatus
from bot.services.asking.generation import GenerationService
from bot.services.asking.plans import Place
from bot.services.battles.ending import LOOK_AGAIN
from bot.services.battles.plans import BattlePlan, BattlePlanner, BattleWish, UnguidedStyle
from bot.services.ports import Clock
from bot.services.quotas.quota import QuotaService
from bot.services.storage_ports import Storage, Transaction

log = structlog.get_logger(__name__)

_FORGOTTEN_AFTER = timedelta(hours=1)
"""When a battle that nobody confirmed is deleted: after its question has expired."""


@dataclass(frozen=True, slots=True)
class BattleQuestion:
    """What a member is asked: the styles by name, the price, and what they have left.

    `unguided` are those styles whose reference pictures count for nothing in it.
    """

    pending: PendingRequest
    battle: Battle
    styles: tuple[str, str]
    price_usd_micros: UsdMicros | None
    quota: QuotaStatus
    unguided: tuple[UnguidedStyle, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedBattle:
    """A battle that waits for its member's word, and the message that asks for it."""

    battle: Battle
    pending: PendingRequest


class BattleService:
    """Asks about battles and starts them."""

    def __init__(
        self,
        *,
        storage: Storage,
        planner: BattlePlanner,
        generation: GenerationService,
        quota: QuotaService,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._planner = planner
        self._generation = generation
        self._quota = quota
        self._clock = clock

    async def ask(
        self, wish: BattleWish, place: Place, *, interaction_id: int, question: ReplyAddress
    ) -> BattleQuestion:
        """Plan a battle and keep it until it is confirmed; `question` is the message that asks.

        Raises:
            MemberError: if it breaks a rule, or the member has not two images left.
            NotServing: if the bot is stopping or has no catalogue yet.
        """
        battle_id = BattleId(f"{interaction_id}")
        plan = await self._planner.plan(wish, place, battle_id=battle_id)
        quota = await self._quota.status(place.spender)
        quota.check_room(len(Side))
        now = self._clock.now()
        battle = self._battle(wish, plan, place, battle_id)
        pending = PendingRequest(
            id=battle_id,
            user_id=place.user_id,
            requests=tuple(each.request for each in plan.plans),
            parent=None,
            question=question,
            expires_at=now + WAITS_FOR,
        )
        async with self._storage.write() as tx:
            await _check_room(tx, battle.guild_id)
            await tx.pending.remove_expired(now=now)
            await tx.battles.forget_asked(before=now - _FORGOTTEN_AFTER)
            await tx.pending.add(pending)
            await tx.battles.add(battle)
        # In the order of their names, which tells nothing of who will be A.
        one, other = sorted(each.name for each in plan.pair)
        return BattleQuestion(
            pending, battle, (one, other), plan.price_usd_micros, quota, plan.unguided
        )

    async def asked(self, target: str, place: Place) -> AskedBattle:
        """What a button confirms.

        Raises:
            NoLongerWaiting: if it was confirmed before, or its time is over.
            NotYours: if another member asked for it.
        """
        now = self._clock.now()
        battle_id = BattleId(read_confirm_target(target, now=now) or "")
        async with self._storage.read() as tx:
            pending = await tx.pending.get(battle_id, now=now)
            battle = await tx.battles.get(battle_id)
        if pending is None or battle is None or battle.state is not BattleState.ASKED:
            raise NoLongerWaiting
        if pending.user_id != place.user_id:
            raise NotYours
        return AskedBattle(battle, pending)

    async def start(self, asked: AskedBattle, place: Place, *, reply: ReplyAddress) -> None:
        """Accept both pictures, or neither; `reply` is the battle's message from now on.

        Rules and prices are asked anew. However often it is confirmed, it is started once.

        Raises:
            NoLongerWaiting: if it was started before.
            TooManyBattles: if as many are open in the server as may be.
            BattleOfOneStyle: if its styles were merged since.
            MemberError: if by now it breaks a rule, or does not fit a limit; it waits on.
        """
        plans = [self._planner.plan_again(request, place) for request in asked.pending.requests]
        self._generation.check_together(plans)
        shown = MessageAddress(channel_id=place.channel_id, message_id=reply.message_id)

        async def begin(tx: Transaction, jobs: Sequence[Job]) -> None:
            battle = await tx.battles.hold(asked.battle.id)
            if battle is None or battle.state is not BattleState.ASKED:
                raise NoLongerWaiting
            await _check_room(tx, battle.guild_id)
            await self._check_two(tx, battle)
            await tx.battles.save(replace(battle, state=BattleState.PAINTING, shown=shown))
            sides = [BattleSide(side, job.id) for side, job in zip(Side, jobs, strict=True)]
            await tx.battles.add_sides(battle.id, sides)
            await tx.pending.take(battle.id)
            due_at = self._clock.now() + LOOK_AGAIN
            await tx.schedule.put(ScheduledWork(WorkKind.BATTLE_CLOSES, battle.id, due_at))

        jobs = await self._generation.accept_all(
            plans, reply=reply, idempotency_key=batch_key(asked.battle.id), beside=begin
        )
        if jobs[0].reply != reply:
            raise NoLongerWaiting
        log.info("battle_started", battle_id=asked.battle.id, guild_id=asked.battle.guild_id)

    async def _check_two(self, tx: Transaction, battle: Battle) -> None:
        if is_of_one_style(battle, await tx.merges.heirs(battle.guild_id)):
            raise BattleOfOneStyle(self._planner.name_of(battle.guild_id, battle.style_a))

    def _battle(
        self, wish: BattleWish, plan: BattlePlan, place: Place, battle_id: BattleId
    ) -> Battle:
        return Battle(
            id=battle_id,
            guild_id=place.server,
            channel_id=place.channel_id,
            starter_id=place.user_id,
            locale=place.locale,
            prompt=parse_prompt(wish.prompt).prompt.strip(),
            style_a=plan.of(Side.A).key,
            style_b=plan.of(Side.B).key,
            minutes=wish.minutes,
            votes_wanted=wish.votes,
            created_at=self._clock.now(),
        )


async def _check_room(tx: Transaction, guild_id: GuildId) -> None:
    if await tx.battles.count_going_on(guild_id) >= MOST_OPEN:
        raise TooManyBattles(MOST_OPEN)
