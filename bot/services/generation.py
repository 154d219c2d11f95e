"""Accepting a request: from what a member asked to a job, written with its reservation."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.domain.errors import NotServing, PriceUnknown, RefusedByRule
from bot.domain.ids import ChannelId, GuildId, ImageId, JobId, UserId
from bot.domain.job import Job, JobImage, Origin, ReplyAddress
from bot.domain.ledger import Reservation, day_window
from bot.domain.money import UsdMicros
from bot.domain.policy import Hold, Refuse, Requester, decide
from bot.domain.pricing import price_of_image
from bot.domain.request import ImageRequest, Recipe
from bot.domain.seeds import HIGHEST_SEED, consecutive_seeds, wished_seed
from bot.domain.wish import ImageWish
from bot.services.accounts import DailyLimits
from bot.services.library_ports import Wishes
from bot.services.ports import Clock, Policies
from bot.services.progress_board import ProgressBoard
from bot.services.recipes import RecipeBook
from bot.services.storage_ports import Storage
from bot.services.work_bell import WorkBell

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Who asks, where, and in which language."""

    user_id: UserId
    guild_id: GuildId | None
    channel_id: ChannelId
    locale: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A request that passed every rule that can be asked from memory, with its price.

    `parent` is the image under which a button was pressed to ask for it.
    """

    request: ImageRequest
    recipe: Recipe
    place: Place
    price_usd_micros: UsdMicros | None
    parent: ImageId | None = None


def random_seed() -> int:
    """A seed for a member who wished none; never 0, which members read as "random"."""
    return 1 + secrets.randbelow(HIGHEST_SEED)


def new_id() -> str:
    """An id for a job or an image."""
    return secrets.token_hex(8)


class GenerationService:
    """Accepts requests for new images."""

    def __init__(
        self,
        *,
        recipes: RecipeBook,
        wishes: Wishes,
        policies: Policies,
        limits: DailyLimits,
        storage: Storage,
        clock: Clock,
        board: ProgressBoard,
        bell: WorkBell,
        draw_seed: Callable[[], int] = random_seed,
        draw_id: Callable[[], str] = new_id,
    ) -> None:
        self._recipes = recipes
        self._wishes = wishes
        self._policies = policies
        self._limits = limits
        self._storage = storage
        self._clock = clock
        self._board = board
        self._bell = bell
        self._draw_seed = draw_seed
        self._draw_id = draw_id
        self._closing = False

    def now(self) -> datetime:
        """The present moment by the service's clock."""
        return self._clock.now()

    def stop_accepting(self) -> None:
        """Refuse new requests from now on: the bot is stopping."""
        self._closing = True

    def plan(
        self, asked: ImageRequest | ImageWish, place: Place, *, parent: ImageId | None = None
    ) -> Plan:
        """Check what was asked against every rule and price it, from memory alone.

        A wish gets its preset and the defaults of the place first; a request, which repeats an
        earlier one, says all there is to say.

        Raises:
            MemberError: with the rule it breaks; nothing was written or spent.
            NotServing: if the bot is stopping or has no catalogue yet.
        """
        if self._closing:
            raise NotServing
        request = self._request(asked, place)
        wished_seed(request.seed)
        draft = self._recipes.draft(request)
        output = self._wishes.output_settings(place.guild_id)
        recipe = replace(
            draft.recipe,
            image_format=request.format or output.image_format,
            hide_watermark=output.hide_watermark,
            embed_exif_metadata=output.embed_exif_metadata,
        )
        policy = self._policies.of_place(place.guild_id, place.channel_id)
        decision = decide(policy, Requester(place.user_id, place.guild_id), recipe)
        if isinstance(decision, Refuse | Hold):
            raise RefusedByRule(decision.rule)
        recipe = decision.recipe
        price = price_of_image(draft.model, recipe.size, recipe.quality)
        if price is None and self._limits.needs_price(place.guild_id):
            raise PriceUnknown(draft.model.id)
        return Plan(request, recipe, place, price, parent)

    async def accept(self, plan: Plan, *, reply: ReplyAddress, idempotency_key: str) -> Job:
        """Write the job with its reservation, in one transaction, and wake a worker.

        The same key twice is one request: the job that was accepted first is returned.

        Raises:
            QuotaExceeded: if the member has not that many images left.
            BudgetReached: if the server's or the bot's money does not suffice.
        """
        now = self._clock.now()
        place = plan.place
        async with self._storage.write() as tx:
            account = await tx.members.account_of(place.user_id, place.guild_id)
            origin = Origin(
                user_id=place.user_id,
                guild_id=place.guild_id,
                channel_id=place.channel_id,
                account=account,
                locale=place.locale,
            )
            job = Job(
                id=JobId(self._draw_id()),
                request=plan.request,
                recipe=plan.recipe,
                origin=origin,
                images=self._images(plan),
                created_at=now,
                reply=reply,
            )
            if not await tx.jobs.add(job, idempotency_key=idempotency_key):
                first = await tx.jobs.by_idempotency_key(idempotency_key)
                return first or job
            await tx.ledger.reserve(
                self._limits.charges(account=account, guild_id=place.guild_id),
                [Reservation(image.id, image.reserved_usd_micros) for image in job.images],
                job_id=job.id,
                window=day_window(now),
                now=now,
            )
        log.info(
            "job_accepted",
            job_id=job.id,
            model=job.recipe.model,
            images=len(job.images),
            guild_id=place.guild_id,
        )
        self._board.put(job)
        self._bell.ring()
        return job

    def _request(self, asked: ImageRequest | ImageWish, place: Place) -> ImageRequest:
        if isinstance(asked, ImageRequest):
            return asked
        return self._wishes.fulfil(
            asked, user_id=place.user_id, guild_id=place.guild_id, channel_id=place.channel_id
        )

    def _images(self, plan: Plan) -> tuple[JobImage, ...]:
        first = wished_seed(plan.request.seed) or self._draw_seed()
        seeds = consecutive_seeds(first, plan.request.images)
        return tuple(
            JobImage(
                id=ImageId(self._draw_id()),
                position=position,
                seed=seed,
                parent=plan.parent,
                reserved_usd_micros=plan.price_usd_micros,
            )
            for position, seed in enumerate(seeds)
        )
