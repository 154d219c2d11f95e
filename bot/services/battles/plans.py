"""Choosing the two styles of a battle and planning its two pictures: nothing is spent yet."""

import asyncio
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from bot.domain.asking.any_recipe import server_style_of
from bot.domain.asking.request import ImageRequest, Recipe
from bot.domain.asking.seeds import wished_seed
from bot.domain.asking.wish import ImageWish
from bot.domain.battles.battle import RESTS_FOR, Side
from bot.domain.battles.errors import (
    BattleOfOneStyle,
    BattleOnePrompt,
    BattleWithoutStyle,
    TooFewStyles,
)
from bot.domain.battles.rating import folded, rated
from bot.domain.errors import MemberError
from bot.domain.flags import Options
from bot.domain.ids import BattleId, GuildId
from bot.domain.jobs.admission import TurnedAway
from bot.domain.money import UsdMicros
from bot.domain.ranking.bradley_terry import Ratings, most_telling_pair
from bot.domain.voting.credits import preset_style_key, server_style_key
from bot.domain.voting.taking_part import Doing
from bot.services.asking.generation import GenerationService
from bot.services.asking.intake import random_seed
from bot.services.asking.plans import Place, Plan, total_price
from bot.services.asking.proposals import Proposer
from bot.services.ports import Clock, ModelCatalogue
from bot.services.storage_ports import Storage
from bot.services.styles.book import StyleBook
from bot.services.styles.ports import TakingPart

MOST_TRIED = 20
"""Styles that cannot be painted in here; then it is the prompt that cannot be painted."""


def by_lot(keys: list[str]) -> None:
    """Bring keys into an order that nobody can foresee."""
    secrets.SystemRandom().shuffle(keys)


@dataclass(frozen=True, slots=True)
class BattleWish:
    """What a member asks for; styles that are not named are chosen."""

    prompt: str
    first: str | None
    second: str | None
    minutes: int
    votes: int | None


@dataclass(frozen=True, slots=True)
class UnguidedStyle:
    """A style with reference pictures, and the model that does not take them, by their names."""

    name: str
    model_name: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A style that may stand in a battle: its key, its name, and its picture as it was planned.

    `is_unguided` is whether it has reference pictures that the model does not take.
    """

    key: str
    name: str
    plan: Plan
    is_unguided: bool = False


@dataclass(frozen=True, slots=True)
class BattlePlan:
    """A battle's two pictures, A first; by lot, which nobody is told before the end."""

    pair: tuple[Candidate, Candidate]

    @property
    def plans(self) -> tuple[Plan, Plan]:
        """The plans of the pictures."""
        return self.pair[0].plan, self.pair[1].plan

    @property
    def price_usd_micros(self) -> UsdMicros | None:
        """What both cost at most; None where nobody can tell."""
        return total_price(self.plans)

    @property
    def unguided(self) -> tuple[UnguidedStyle, ...]:
        """The styles whose reference pictures will not guide them, in the order of their names."""
        found = (
            UnguidedStyle(each.name, each.plan.recipe.model_name)
            for each in self.pair
            if each.is_unguided
        )
        return tuple(sorted(found, key=lambda each: each.name))

    def of(self, side: Side) -> Candidate:
        """A side's style."""
        return self.pair[list(Side).index(side)]


class BattlePlanner:
    """Plans battles: the server's rules say who may start one, and the gate, as for `/imagine`."""

    def __init__(
        self,
        *,
        proposer: Proposer,
        generation: GenerationService,
        styles: StyleBook,
        catalogue: ModelCatalogue,
        storage: Storage,
        taking_part: TakingPart,
        clock: Clock,
        draw_seed: Callable[[], int] = random_seed,
        shuffle: Callable[[list[str]], None] = by_lot,
    ) -> None:
        self._taking_part = taking_part
        self._proposer = proposer
        self._generation = generation
        self._styles = styles
        self._catalogue = catalogue
        self._storage = storage
        self._clock = clock
        self._draw_seed = draw_seed
        self._shuffle = shuffle

    async def plan(self, wish: BattleWish, place: Place, *, battle_id: BattleId) -> BattlePlan:
        """Choose the styles that were not named, and plan both pictures with one seed.

        Raises:
            NotAmongThem: if the server lets others start battles.
            BattleError: if the prompt or the styles do not make a battle.
            MemberError: with another rule that it breaks; nothing was written or spent.
            NotServing: if the bot is stopping or has no catalogue yet.
        """
        guild_id = place.server
        self._check_may(place)
        named = [
            self._candidate(name, wish.prompt, place)
            for name in (wish.first, wish.second)
            if name is not None
        ]
        if len({each.key for each in named}) < len(named):
            raise BattleOfOneStyle(named[0].name)
        pair = {each.key: each for each in named}
        if len(pair) < len(Side):
            pair = await self._chosen(named, wish.prompt, place, guild_id)
        keys = list(pair)
        seed = wished_seed(pair[keys[0]].plan.request.seed) or self._draw_seed()
        self._shuffle(keys)
        one, other = (_entered(pair[key], seed, battle_id) for key in keys)
        self._generation.check_together([one.plan, other.plan])
        return BattlePlan((one, other))

    def plan_again(self, request: ImageRequest, place: Place) -> Plan:
        """The plan of a picture that was asked about, by the rules and prices of this moment.

        Raises:
            MemberError: with the rule it breaks by now.
            NotServing: if the bot is stopping or has no catalogue yet.
        """
        self._check_may(place)
        fresh = self._generation.plan(replace(request, private=False), place)
        return replace(fresh, request=request, recipe=_without_metadata(fresh))

    def _check_may(self, place: Place) -> None:
        self._taking_part.check(Doing.START_BATTLES, place.guild_id, place.participant)

    def name_of(self, guild_id: GuildId, key: str) -> str:
        """The name of a style by the key that it stands under in a battle."""
        return self._styles.name_of(guild_id, key)

    async def _chosen(
        self, named: Sequence[Candidate], prompt: str, place: Place, guild_id: GuildId
    ) -> dict[str, Candidate]:
        """The pair that teaches most of those that can be painted here."""
        names = self._names(guild_id, besides={each.key for each in named})
        found = {each.key: each for each in named}
        including = named[0].key if named else None
        ratings, rested = await self._what_is_known(guild_id, [*found, *names])
        first_error: MemberError | None = None
        for _ in range(MOST_TRIED):
            among = {*found, *names}
            keys = _most_telling(ratings, among, including, rested)
            if keys is None:
                break
            try:
                for key in keys:
                    if key not in found:
                        found[key] = self._candidate(names.pop(key), prompt, place)
            except TurnedAway:
                raise
            except MemberError as error:
                first_error = first_error or error
                await asyncio.sleep(0)
                continue
            return {key: found[key] for key in keys}
        if first_error is not None:
            raise first_error
        raise TooFewStyles

    def _names(self, guild_id: GuildId, *, besides: Collection[str]) -> dict[str, str]:
        """The styles to choose from by their keys, in an order by lot; presets where few are."""
        offered = {
            server_style_key(style.id): style.name for style in self._styles.offered(guild_id)
        }
        if len(offered) < len(Side):
            offered |= {preset_style_key(name): name for name in self._catalogue.styles()}
        keys = [key for key in offered if key not in besides]
        self._shuffle(keys)
        return {key: offered[key] for key in keys}

    async def _what_is_known(
        self, guild_id: GuildId, keys: Sequence[str]
    ) -> tuple[Ratings[str], Collection[frozenset[str]]]:
        since = self._clock.now() - RESTS_FOR
        async with self._storage.read() as tx:
            evidence = await tx.battles.evidence(guild_id)
            rested = await tx.battles.pairs_since(guild_id, since)
        ratings = await asyncio.to_thread(rated, folded(evidence), keys)
        return ratings, rested

    def _candidate(self, name: str, prompt: str, place: Place) -> Candidate:
        options = Options(style=name, images=1, private=False)
        proposal = self._proposer.propose(ImageWish(prompt=prompt, options=options), place)
        if len(proposal.plans) > 1:
            raise BattleOnePrompt
        [plan] = proposal.plans
        style_id, preset = server_style_of(plan.request), plan.recipe.style
        if style_id is None and preset is None:
            raise BattleWithoutStyle
        key = server_style_key(style_id) if style_id else preset_style_key(f"{preset}")
        style = self._styles.by_id(place.guild_id, style_id or "")
        shown_as = style.name if style else f"{preset}"
        return Candidate(key, shown_as, plan, proposal.style_in_vain is not None)


def _most_telling(
    ratings: Ratings[str],
    among: Collection[str],
    including: str | None,
    rested: Collection[frozenset[str]],
) -> tuple[str, str] | None:
    """Where every pair has met of late, those who have are taken as well."""
    return most_telling_pair(
        ratings, among=among, including=including, besides=rested
    ) or most_telling_pair(ratings, among=among, including=including)


def _entered(candidate: Candidate, seed: int, battle_id: BattleId) -> Candidate:
    """A style's picture as the battle has it: with the seed of both, and blind until the end."""
    plan = candidate.plan
    request = replace(plan.request, seed=seed, private=True, battle=battle_id)
    return replace(candidate, plan=replace(plan, request=request, recipe=_without_metadata(plan)))


def _without_metadata(plan: Plan) -> Recipe:
    """The recipe for a file that does not say within itself what it was painted by."""
    return replace(plan.recipe, embed_exif_metadata=False)
