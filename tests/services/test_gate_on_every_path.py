"""The gate's matrix: no path leads round it, whatever the rules, the place, the member, the signal.

What is walked, path by path (`gate_paths`), is every pair of

- a policy: blocked term, forbidden or missing model, uncensored model, server shut out, pause,
  commands, number of images, private images for moderators or for nobody, and none at all,
- a role: member or moderator; the gate knows no third, which a test holds it to,
- an age restriction: never there (safe), there (safe mode off), and lost in between,

with all signals of the API (safe, blurred, violation, none) on the paths that show pictures. Their
full product is walked where it costs little, on the pure `decide`, in
`tests/unit/test_gate_product.py`. Which paths there are is read
from the code in `tests/unit/test_gate_sites.py`, which fails for one that is not walked here.

Not walked: reports, which go to moderators behind a spoiler, and `/privacy export`, a file for the
member alone of what is theirs.
"""

import dataclasses
import itertools
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.domain.asking.request import Recipe
from bot.domain.conduct.bars import Barred, Block
from bot.domain.errors import GondolaError, RefusedByRule
from bot.domain.gate.channel_rules import PrivateImages
from bot.domain.gate.policy import Allow, Asking, PolicySnapshot, Requester, SafetySignals
from bot.domain.ids import GuildId, ModelId
from bot.domain.terms import TermMatcher, parse_term
from tests.clock import NOON
from tests.services.gate_paths import LONG_ENOUGH, PATHS, SHOWING, GatePath, Stage, Visit
from tests.services.house import House, make_limits, make_place, open_house
from tests.services.models import RATIO_MODEL

WICKED = TermMatcher([parse_term("wicked")])
MARKS = {"never marked": (True, True), "marked": (False, False), "mark lost": (False, True)}
"""Of the age restriction: whether safe mode is on before and after."""

ROLES = {"member": False, "moderator": True}
SIGNALS = {
    "safe": SafetySignals(blurred=False, content_violation=False),
    "blurred": SafetySignals(blurred=True, content_violation=False),
    "violation": SafetySignals(blurred=True, content_violation=True),
    "none": SafetySignals(),
}
MEMBER = make_place().user_id
BLOCK = Block(guild_id=GuildId(70), user_id=MEMBER, since=NOON, until=None, reason="spam")
_OF_PICTURES = frozenset(Stage)
_OF_WORK = frozenset({Stage.ASKING, Stage.PAINTING})
_OF_ASKING = frozenset({Stage.ASKING})


@dataclasses.dataclass(frozen=True)
class Case:
    """A rule, and for whom and where it counts."""

    policy: PolicySnapshot
    stages: frozenset[Stage]
    of_words: bool = False
    under_safe_mode: bool = False
    moderators_may: bool = False

    def forbids(self, path: GatePath, *, safe: bool, moderates: bool) -> bool:
        """Whether what goes the path is to be stopped by the rule."""
        if path.stage not in self.stages or (self.of_words and not path.has_words):
            return False
        return not (self.under_safe_mode and not safe) and not (self.moderators_may and moderates)


def cases(model: ModelId) -> dict[str, Case]:
    def rule(stages: frozenset[Stage], *, of_words: bool = False, **said: object) -> Case:
        return Case(PolicySnapshot(**said), stages, of_words=of_words)  # type: ignore[arg-type] # fields by name

    private = PolicySnapshot(private_images=PrivateImages.MODERATORS)
    uncensored = PolicySnapshot(uncensored_models=frozenset({model}))
    return {
        "no rule": rule(frozenset()),
        "a blocked term": rule(_OF_PICTURES, of_words=True, terms=WICKED),
        "a forbidden model": rule(_OF_PICTURES, forbidden_models=frozenset({model})),
        "a model off the list": rule(_OF_PICTURES, allowed_models=frozenset({RATIO_MODEL.id})),
        "an uncensored model": Case(uncensored, _OF_PICTURES, under_safe_mode=True),
        "a server shut out": rule(_OF_PICTURES, allowed_guilds=frozenset({GuildId(99)})),
        "a pause": rule(_OF_WORK, paused=True),
        "a command": rule(_OF_ASKING, commands=frozenset()),
        "a number of images": rule(_OF_ASKING, most_images=0),
        "private for moderators": Case(private, _OF_ASKING, moderators_may=True),
        "a block": rule(_OF_PICTURES, barred=Barred(at=NOON, here={MEMBER: BLOCK})),
        "a block everywhere": rule(
            _OF_PICTURES, barred=Barred(at=NOON, everywhere={MEMBER: BLOCK})
        ),
        "private for nobody": rule(_OF_ASKING, private_images=PrivateImages.NOBODY),
    }


def pairs(model: ModelId) -> Iterator[tuple[str, Case, str, str]]:
    """Every policy with every role and with every mark, in three walks for two pairs each."""
    for number, (name, case) in enumerate(cases(model).items()):
        for turn, mark in enumerate(MARKS):
            yield name, case, mark, [*ROLES][(number + turn) % len(ROLES)]
    for name, case in cases(model).items():
        if case.moderators_may:
            yield from ((name, case, mark, role) for mark in MARKS for role in ROLES)


@pytest.fixture(scope="module")
def steps_gone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a database lies that has gone through its steps once, for all paths."""
    return tmp_path_factory.mktemp("house")


@pytest.fixture
async def house(steps_gone: Path, tmp_path: Path) -> AsyncIterator[House]:
    database = steps_gone / "gondola.db"
    if not database.exists():
        async with open_house(steps_gone):
            pass
    shutil.copy(database, tmp_path / database.name)
    async with open_house(tmp_path, limits=make_limits(images=None)) as opened:
        yield opened


class Matrix:
    """Walks one path again and again in one house."""

    def __init__(self, house: House, path: GatePath) -> None:
        self._house = house
        self._path = path
        self._numbers = itertools.count(1)
        self._results: dict[bool, object] = {}

    async def gets_through(
        self,
        before: PolicySnapshot,
        after: PolicySnapshot,
        *,
        moderates: bool = False,
        signals: SafetySignals = SIGNALS["safe"],
    ) -> bool:
        house = self._house
        house.clock.move(LONG_ENOUGH.total_seconds())
        house.policies.policy = before

        def tighten() -> None:
            house.policies.policy = after

        visit = Visit(house, tighten, next(self._numbers), moderates, signals)
        visit.results = self._results if signals == SIGNALS["safe"] else {}  # type: ignore[assignment] # jobs by safe mode
        visit.paints()
        try:
            return await self._path.walk(visit)
        except RefusedByRule:
            return False


def unsafe_orders(house: House, since: tuple[int, int]) -> list[object]:
    """What was sent to be painted without safe mode since then, where safe mode can be had."""
    sent = [recipe for recipe, _ in house.painter.orders[since[0] :]]
    worked_on = house.retoucher.orders[since[1] :]
    return [each for each in (*sent, *worked_on) if getattr(each, "safe_mode", True) is False]


def orders(house: House) -> tuple[int, int]:
    return len(house.painter.orders), len(house.retoucher.orders)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
async def test_nothing_gets_through_in_any_pair(house: House, path: GatePath) -> None:
    matrix, leaks = Matrix(house, path), []
    for name, case, mark, role in pairs(path.model):
        was_safe, is_safe = MARKS[mark]
        after = dataclasses.replace(case.policy, safe_mode=is_safe)
        through = await matrix.gets_through(
            PolicySnapshot(safe_mode=was_safe), after, moderates=ROLES[role]
        )
        since = orders(house)
        await house.finish()
        where = f"{path.name}: {name}, {mark}, {role}"
        forbidden = case.forbids(path, safe=is_safe, moderates=ROLES[role])
        # What was asked for without safe mode is neither sent nor shown in a safe place.
        lost = mark == "mark lost" and path.stage is not Stage.ASKING
        if through and (forbidden or lost):
            leaks.append(where)
        if is_safe and unsafe_orders(house, since):
            leaks.append(f"{where}: painted without safe mode")
    assert leaks == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
async def test_what_no_rule_forbids_gets_through_and_a_path_without_the_gate_is_found(
    house: House, monkeypatch: pytest.MonkeyPatch, path: GatePath
) -> None:
    safe = PolicySnapshot()
    matrix = Matrix(house, path)
    assert await matrix.gets_through(safe, safe)
    await house.finish()
    forbidding = PolicySnapshot(forbidden_models=frozenset({path.model}))
    assert not await matrix.gets_through(safe, forbidding)

    def let_everything_pass(
        _policy: object, _requester: object, recipe: Recipe, *_: object, **__: object
    ) -> Allow[Recipe]:
        return Allow(recipe)

    monkeypatch.setattr(f"{path.gate}.decide", let_everything_pass)
    assert await matrix.gets_through(safe, forbidding)


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize("path", SHOWING, ids=lambda path: path.name)
async def test_a_violation_is_shown_nowhere_and_nothing_unsafe_where_the_mark_was_lost(
    house: House, path: GatePath, name: str
) -> None:
    safe, loose = PolicySnapshot(), PolicySnapshot(safe_mode=False)
    matrix, signals = Matrix(house, path), SIGNALS[name]
    got = {}
    for before, after in ((safe, safe), (loose, loose), (loose, safe)):
        try:
            got[before.safe_mode, after.safe_mode] = await matrix.gets_through(
                before, after, signals=signals
            )
        except GondolaError:
            # There is no picture left of which a button could ask.
            got[before.safe_mode, after.safe_mode] = False
        await house.finish()
    is_violation = name == "violation"
    assert got == {
        (True, True): not is_violation,
        (False, False): not is_violation,
        (False, True): False,
    }


async def test_a_pause_lets_what_is_painted_be_shown(house: House) -> None:
    [path] = [path for path in PATHS if path.name == "painted_meanwhile"]
    assert await Matrix(house, path).gets_through(PolicySnapshot(), PolicySnapshot(paused=True))


def test_the_gate_knows_no_other_role() -> None:
    """An administrator is to it who may manage messages, and nothing more."""
    said = {each.name for each in dataclasses.fields(Asking)}
    assert said == {"command", "images", "private", "by_moderator"}
    of_requests = {each.name for each in dataclasses.fields(Requester)}
    assert of_requests == {"user_id", "guild_id", "by_moderator", "by_new_member"}
