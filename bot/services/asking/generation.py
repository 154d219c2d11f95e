"""Planning a painting: from what a member asked to what will be painted, by every rule."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.asking.any_recipe import AnyRecipe, made_safely
from bot.domain.asking.effects import Setting
from bot.domain.asking.request import ImageRequest
from bot.domain.asking.seeds import wished_seed
from bot.domain.asking.wish_errors import ExtraPriceUnknown
from bot.domain.errors import PriceUnknown
from bot.domain.gate.policy import Asking, Hold, Refuse, decide, refusal_of
from bot.domain.ids import ImageId
from bot.domain.jobs.job import Job, ReplyAddress
from bot.domain.models.pricing import ExtraPrices, most_with_extras, price_of_image
from bot.services.asking.intake import Beside, Intake
from bot.services.asking.plans import AnyPlan, Place, Plan, image_count
from bot.services.asking.recipes import RecipeBook
from bot.services.gate.log import GateLog
from bot.services.library.ports import Wishes
from bot.services.ports import Policies
from bot.services.quotas.treasury import Treasury


class GenerationService:
    """Accepts requests for new images."""

    def __init__(
        self,
        *,
        recipes: RecipeBook,
        wishes: Wishes,
        policies: Policies,
        treasury: Treasury,
        extras: ExtraPrices,
        intake: Intake,
        gate_log: GateLog,
    ) -> None:
        self._recipes = recipes
        self._wishes = wishes
        self._policies = policies
        self._treasury = treasury
        self._extras = extras
        self._intake = intake
        self._gate_log = gate_log

    def now(self) -> datetime:
        """The present moment by the service's clock."""
        return self._intake.now()

    def stop_accepting(self) -> None:
        """Refuse new requests of every kind from now on: the bot is stopping."""
        self._intake.close()

    def plan(
        self,
        request: ImageRequest,
        place: Place,
        *,
        parent: ImageId | None = None,
        former: AnyRecipe | None = None,
    ) -> Plan:
        """The same as `check`, for a request that is to be accepted.

        Raises:
            TurnedAway: if the member was turned away just now, and the reason still stands.
            MemberError, NotServing: as `check` does.
        """
        self._intake.refuse_from_memory(place.user_id)
        return self.check(request, place, parent=parent, former=former)

    def check(
        self,
        request: ImageRequest,
        place: Place,
        *,
        parent: ImageId | None = None,
        former: AnyRecipe | None = None,
    ) -> Plan:
        """Check a request against every rule and price it, from memory alone.

        `former` is the recipe of the picture that is asked for again: where it was painted
        without safe mode, it is the gate that turns it on, and is seen to do so.

        Raises:
            MemberError: with the rule it breaks; nothing was written or spent.
            NotServing: if the bot is stopping or has no catalogue yet.
        """
        self._intake.check_open()
        wished_seed(request.seed)
        policy = self._policies.of_place(place.guild_id, place.channel_id)
        draft = self._recipes.draft(request)
        output = self._wishes.output_settings(place.guild_id)
        recipe = replace(
            draft.recipe,
            safe_mode=policy.safe_mode and (former is None or made_safely(former)),
            image_format=request.format or output.image_format,
            hide_watermark=output.hide_watermark,
            embed_exif_metadata=output.embed_exif_metadata,
        )
        asking = Asking(
            images=request.images, private=request.private, by_moderator=place.manages_messages
        )
        decision = decide(policy, place.requester, recipe, asking=asking)
        self._gate_log.asked(place, recipe, decision)
        if isinstance(decision, Refuse | Hold):
            raise refusal_of(decision)
        recipe = decision.recipe
        plain = price_of_image(draft.model, recipe.size, recipe.quality)
        plan = Plan(request, recipe, place, most_with_extras(plain, recipe, self._extras), parent)
        try:
            self._treasury.check(plan.order)
        except PriceUnknown:
            if plain is None:
                raise
            raise ExtraPriceUnknown(Setting.WEB_SEARCH) from None
        return plan

    def check_together(self, plans: Sequence[Plan]) -> None:
        """Check what only all plans of one wish can break; one alone has been checked.

        Raises:
            TooManyInRequest: if they make more images than one request may have.
        """
        if len(plans) == 1:
            return
        self._treasury.check_wish(plans[0].place.spender, image_count(plans))

    async def accept(self, plan: AnyPlan, *, reply: ReplyAddress, idempotency_key: str) -> Job:
        """Write one job with its reservation, as `accept_all` does."""
        return await self._intake.accept(plan, reply=reply, idempotency_key=idempotency_key)

    async def accept_all(
        self,
        plans: Sequence[AnyPlan],
        *,
        reply: ReplyAddress,
        idempotency_key: str,
        beside: Beside | None = None,
    ) -> tuple[Job, ...]:
        """Write a job for each plan with its reservation, and wake a worker: all or none.

        See `Intake.accept_all`.

        Raises:
            TurnedAway: if the queue is full, or the member has to wait.
            QuotaExceeded: if the member has not that many images left.
            BudgetReached: if the member's, the server's or the bot's money does not suffice.
            LimitError: if the member has too much at once, or the budget is nearly spent.
        """
        return await self._intake.accept_all(
            plans, reply=reply, idempotency_key=idempotency_key, beside=beside
        )
