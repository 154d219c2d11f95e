"""Every path on which a member gets a picture, as the matrix walks them.

A walk calls `tighten` when the rules change under it, and says whether something got through. It
can be walked again and again in one house: ids, keys and members' cooldowns do not collide.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum

from bot.domain.asking.redo import Remix
from bot.domain.asking.wish import ImageWish
from bot.domain.flags import Options
from bot.domain.gate.permissions import Action, Actor
from bot.domain.gate.policy import SafetySignals
from bot.domain.ids import ModelId
from bot.domain.jobs.job import Job
from bot.domain.jobs.painting import Painting
from bot.domain.preferences.preset import Preset
from bot.domain.tools.request import SourcePicture, ToolRequest
from bot.services.asking.plans import AnyPlan, Place
from tests.services.house import House, make_place, make_reply
from tests.services.models import CUTTER, EDIT_MODEL, PIXEL_MODEL, UPSCALER
from tests.services.painters import PlainBody
from tests.services.test_progress import stored
from tests.services.test_tools import brought, png
from tests.tool_values import make_blend, make_cutout, make_edit, make_upscale

FOUND_NOTHING = SafetySignals(blurred=False, content_violation=False)
MODEL = PIXEL_MODEL.id
WISH = ImageWish(prompt="a wicked fox", options=Options(model=MODEL, images=2, private=True))
LONG_ENOUGH = timedelta(hours=3)
"""After which neither a cooldown nor a lease of the case before counts."""


@dataclass
class Visit:
    """One walk: in which house, by whom, and what happens on the way."""

    house: House
    tighten: Callable[[], None]
    number: int
    moderates: bool = False
    signals: SafetySignals = FOUND_NOTHING
    results: dict[bool, Job] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return make_place(manages_messages=self.moderates)

    @property
    def actor(self) -> Actor:
        place = self.place
        return Actor(
            user_id=place.user_id,
            guild_id=place.guild_id,
            channel_id=place.channel_id,
            manages_messages=self.moderates,
        )

    def paints(self) -> None:
        """Pictures of which the API says what the case says."""

        async def paint(seed: int) -> Painting:
            body = PlainBody(png(256, 256, colour=f"#{seed % 0xFFFFFF:06x}"))
            return Painting(body, self.signals, f"request-{seed}", 1_200)

        async def retouch(_: object) -> Painting:
            return await paint(self.number)

        self.house.painter.paint_one = paint
        self.house.retoucher.retouch_one = retouch

    async def accept(self, plans: Sequence[AnyPlan]) -> bool:
        await self.house.generation.accept_all(
            plans, reply=make_reply(self.house.clock), idempotency_key=f"after-{self.number}"
        )
        return True

    async def asked(self) -> Job:
        plans = self.house.proposer.propose(WISH, make_place(manages_messages=True)).plans
        [job] = await self.house.generation.accept_all(
            plans, reply=make_reply(self.house.clock), idempotency_key=f"before-{self.number}"
        )
        return job

    async def result(self) -> Job:
        """A private result of the member's, made before the rule was there; kept for the next."""
        safely = self.house.policies.policy.safe_mode
        if safely not in self.results:
            job = await self.asked()
            await self.house.finish()
            self.results[safely] = await self.house.job(job)
        return self.results[safely]

    async def work_on(self, request: ToolRequest) -> bool:
        plan = self.house.tools.plan(replace(request, private=True), self.place)
        await self.house.tools.accept(
            plan, reply=make_reply(self.house.clock), idempotency_key=f"tool-{self.number}"
        )
        return True

    async def own_source(self, action: Action) -> SourcePicture:
        image = (await self.result()).images[0]
        return await self.house.tools.source_of(image.id, action, self.actor)


Walk = Callable[[Visit], Awaitable[bool]]


class Stage(Enum):
    """At which of its words the gate is to stop what goes a path."""

    ASKING = "when a member asks"
    PAINTING = "before each image is sent"
    SHOWING = "before each picture is shown"


@dataclass(frozen=True)
class GatePath:
    """One path.

    Attributes:
        gate: the module whose call of the gate keeps the path.
        model: by which model its picture is made.
        has_words: whether a member's words stand in what is asked for.
    """

    walk: Walk
    stage: Stage
    gate: str
    model: ModelId = MODEL
    has_words: bool = True

    @property
    def name(self) -> str:
        return self.walk.__name__


async def imagine(visit: Visit) -> bool:
    visit.tighten()
    return await visit.accept(visit.house.proposer.propose(WISH, visit.place).plans)


async def flags(visit: Visit) -> bool:
    visit.tighten()
    prompt = f"a fox --no wicked --model {MODEL} --images 2 --private"
    wish = ImageWish(prompt=prompt)
    return await visit.accept(visit.house.proposer.propose(wish, visit.place).plans)


async def preset(visit: Visit) -> bool:
    saved = Preset("mine", WISH.options, WISH.prompt)
    await visit.house.presets.save(visit.place.user_id, saved)
    visit.tighten()
    wish = ImageWish(prompt="", preset="mine")
    return await visit.accept(visit.house.proposer.propose(wish, visit.place).plans)


async def saving_a_preset(visit: Visit) -> bool:
    visit.tighten()
    visit.house.presets.checked("mine", WISH.prompt, WISH.options, visit.place)
    return True


async def permutation(visit: Visit) -> bool:
    visit.tighten()
    wish = replace(WISH, prompt="a {red,wicked} fox")
    return await visit.accept(visit.house.proposer.propose(wish, visit.place).plans)


async def style_reference(visit: Visit) -> bool:
    source = await brought(visit.house)
    visit.tighten()
    wish = replace(WISH, references=(source.picture,))
    return await visit.accept(visit.house.proposer.propose(wish, visit.place).plans)


async def reroll(visit: Visit) -> bool:
    job = await visit.result()
    visit.tighten()
    plan = await visit.house.results.redo.plan_reroll(job.id, visit.actor, visit.place)
    return await visit.accept([plan])


async def vary(visit: Visit) -> bool:
    image = (await visit.result()).images[0]
    visit.tighten()
    plan = await visit.house.results.redo.plan_variation(image.id, visit.actor, visit.place)
    return await visit.accept([plan])


async def vary_subtly(visit: Visit) -> bool:
    image = (await visit.result()).images[0]
    visit.tighten()
    redo = visit.house.results.redo
    plan = await redo.plan_subtle_variation(image.id, visit.actor, visit.place)
    await visit.house.tools.accept(
        plan, reply=make_reply(visit.house.clock), idempotency_key=f"vary-{visit.number}"
    )
    return True


async def remix(visit: Visit) -> bool:
    job = await visit.result()
    visit.tighten()
    changed = Remix(prompt="a w1cked hen", model=MODEL)
    proposal = visit.house.results.redo.propose_remix(job, changed, visit.place)
    return await visit.accept(proposal.plans)


async def confirm(visit: Visit) -> bool:
    reply = make_reply(visit.house.clock)
    proposal = visit.house.proposer.propose(WISH, make_place(manages_messages=True))
    asked = await visit.house.confirming.ask(
        proposal, visit.place, interaction_id=visit.number, question=reply
    )
    visit.tighten()
    await visit.house.confirming.confirm(asked.pending.id, visit.place, reply=reply)
    return True


async def edit(visit: Visit) -> bool:
    source = await brought(visit.house)
    visit.tighten()
    return await visit.work_on(make_edit(source=source, prompt="a wicked night"))


async def blend(visit: Visit) -> bool:
    sources = (await brought(visit.house), await brought(visit.house))
    visit.tighten()
    return await visit.work_on(make_blend(sources=sources, prompt="two wicked nights"))


async def upscale(visit: Visit) -> bool:
    source = await brought(visit.house, known_safe=True)
    visit.tighten()
    return await visit.work_on(make_upscale(source=source))


async def cut_out(visit: Visit) -> bool:
    source = await brought(visit.house, known_safe=True)
    visit.tighten()
    return await visit.work_on(make_cutout(source=source))


async def edit_of_a_result(visit: Visit) -> bool:
    source = await visit.own_source(Action.EDIT)
    visit.tighten()
    return await visit.work_on(make_edit(source=source, prompt="a wicked night"))


async def upscale_of_a_result(visit: Visit) -> bool:
    source = await visit.own_source(Action.UPSCALE)
    visit.tighten()
    return await visit.work_on(make_upscale(source=source))


async def cut_out_of_a_result(visit: Visit) -> bool:
    source = await visit.own_source(Action.CUT_OUT)
    visit.tighten()
    return await visit.work_on(make_cutout(source=source))


async def share(visit: Visit) -> bool:
    image = (await visit.result()).images[0]
    visit.tighten()
    await visit.house.results.sharing.share(image.id, visit.actor)
    return True


async def original(visit: Visit) -> bool:
    image = (await visit.result()).images[0]
    visit.tighten()
    await visit.house.results.originals.original(image.id, visit.actor, file_limit_bytes=10**7)
    return True


async def waiting(visit: Visit) -> bool:
    await visit.asked()
    visit.tighten()
    before = len(visit.house.painter.orders)
    await visit.house.finish()
    return len(visit.house.painter.orders) > before


async def claimed_again(visit: Visit) -> bool:
    """A worker took the job and died; the lease runs out, and another takes it."""
    house = visit.house
    await visit.asked()
    async with house.database.write() as tx:
        now = house.clock.now()
        await tx.jobs.claim_next(
            owner="dies", now=now, lease_until=now + timedelta(minutes=1), most_running=64
        )
    house.clock.move(120)
    visit.tighten()
    before = len(house.painter.orders)
    await house.finish()
    return len(house.painter.orders) > before


async def painted_meanwhile(visit: Visit) -> bool:
    paint_one, before = visit.house.painter.paint_one, len(visit.house.messenger.shown)

    async def paint(seed: int) -> Painting:
        visit.tighten()
        return await paint_one(seed)

    visit.house.painter.paint_one = paint
    await visit.asked()
    await visit.house.finish()
    return any(result.shown for result in visit.house.messenger.shown[before:])


async def delivered_later(visit: Visit) -> bool:
    """Discord was down when the pictures were there; they are shown once it is back."""
    house, before = visit.house, len(visit.house.messenger.shown)
    house.messenger.failures_to_come = 1
    await visit.asked()
    await house.finish()
    visit.tighten()
    house.clock.move(LONG_ENOUGH.total_seconds())
    house.bell.ring()
    await house.finish()
    return any(result.shown for result in house.messenger.shown[before:])


async def shown_while_others_are_painted(visit: Visit) -> bool:
    house, paint_one = visit.house, visit.house.painter.paint_one
    before = len(house.messenger.progress)
    job = await visit.asked()
    first = job.images[0].seed

    async def paint(seed: int) -> Painting:
        if seed != first:
            await stored(house, job.id, 1)
            visit.tighten()
            await house.board.tell_all()
        return await paint_one(seed)

    house.painter.paint_one = paint
    await house.finish()
    return any(report.shown for report in house.messenger.progress[before:])


_BY_WORDS = (
    imagine,
    flags,
    preset,
    saving_a_preset,
    permutation,
    style_reference,
    reroll,
    vary,
    remix,
    confirm,
)
_TOOLS = "bot.services.tools.tools"
ASKING = (
    *(GatePath(walk, Stage.ASKING, "bot.services.asking.generation") for walk in _BY_WORDS),
    *(GatePath(w, Stage.ASKING, _TOOLS, EDIT_MODEL.id) for w in (vary_subtly, edit, blend)),
    GatePath(edit_of_a_result, Stage.ASKING, _TOOLS, EDIT_MODEL.id),
    *(
        GatePath(walk, Stage.ASKING, _TOOLS, UPSCALER.id, has_words=False)
        for walk in (upscale, upscale_of_a_result)
    ),
    *(
        GatePath(walk, Stage.ASKING, _TOOLS, CUTTER.id, has_words=False)
        for walk in (cut_out, cut_out_of_a_result)
    ),
)
PAINTING = tuple(
    GatePath(walk, Stage.PAINTING, "bot.services.jobs.runner") for walk in (waiting, claimed_again)
)
SHOWING = (
    GatePath(share, Stage.SHOWING, "bot.services.results.sharing"),
    GatePath(original, Stage.SHOWING, "bot.services.results.originals"),
    GatePath(painted_meanwhile, Stage.SHOWING, "bot.services.jobs.judging"),
    GatePath(delivered_later, Stage.SHOWING, "bot.services.jobs.judging"),
    GatePath(shown_while_others_are_painted, Stage.SHOWING, "bot.services.jobs.progress_board"),
)
PATHS = (*ASKING, *PAINTING, *SHOWING)
