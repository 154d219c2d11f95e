"""Tools: pictures made of pictures, by the same door as paintings."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.asking.any_recipe import AnyRecipe, prompt_of
from bot.domain.asking.choices import best_matches
from bot.domain.asking.variation import variation_prompt
from bot.domain.errors import GondolaError, PictureGone
from bot.domain.gate.channel_rules import ArtCommand
from bot.domain.gate.permissions import Action, Actor
from bot.domain.gate.policy import Asking, Hold, Refuse, decide, is_known_safe, refusal_of
from bot.domain.ids import ImageId
from bot.domain.jobs.job import Job, ReplyAddress
from bot.domain.models.image_model import ImageModel
from bot.domain.models.pricing import price_of_edit, price_of_upscale
from bot.domain.money import UsdMicros
from bot.domain.sizing import AUTO, PixelSize
from bot.domain.tools.edit_shape import edit_ratios
from bot.domain.tools.limits import upscaled_size, useful_scales
from bot.domain.tools.pricing import price_of_tool
from bot.domain.tools.recipes import EditRecipe
from bot.domain.tools.request import (
    BlendRequest,
    CutOutRequest,
    EditRequest,
    Scale,
    SourcePicture,
    ToolRequest,
    UpscaleRequest,
)
from bot.services.asking.intake import Intake
from bot.services.asking.plans import Place, ToolPlan
from bot.services.asking.suggestions import Suggestion
from bot.services.gate.log import GateLog
from bot.services.library.ports import Wishes
from bot.services.ports import Policies
from bot.services.quotas.treasury import Treasury
from bot.services.results.results import ResultReader
from bot.services.tools.book import ToolBook
from bot.services.tools.ports import PictureGauge, ToolCatalogue


@dataclass(frozen=True, slots=True)
class UpscaleOption:
    """A scale that makes a picture larger: to which size, for how much (None: nobody knows)."""

    scale: Scale
    size: PixelSize
    price_usd_micros: UsdMicros | None


class ToolService:
    """Plans and accepts edits, blends, upscales and cut-outs."""

    def __init__(
        self,
        *,
        book: ToolBook,
        catalogue: ToolCatalogue,
        reader: ResultReader,
        gauge: PictureGauge,
        wishes: Wishes,
        policies: Policies,
        treasury: Treasury,
        intake: Intake,
        gate_log: GateLog,
    ) -> None:
        self._book = book
        self._catalogue = catalogue
        self._reader = reader
        self._gauge = gauge
        self._wishes = wishes
        self._policies = policies
        self._treasury = treasury
        self._intake = intake
        self._gate_log = gate_log

    def now(self) -> datetime:
        """The present moment by the service's clock."""
        return self._intake.now()

    def plan(self, request: ToolRequest, place: Place) -> ToolPlan:
        """Check what was asked against every rule and price it, from memory alone.

        Raises:
            TurnedAway: if the member was turned away just now, and the reason still stands.
            MemberError: with the rule it breaks; nothing was written or spent.
            NotServing: if the bot is stopping or has no catalogue yet.
        """
        self._intake.refuse_from_memory(place.user_id)
        self._intake.check_open()
        output = self._wishes.output_settings(place.guild_id)
        draft = self._book.draft(request, image_format=output.image_format)
        policy = self._policies.of_place(place.guild_id, place.channel_id)
        asking = Asking(
            command=_command_of(request),
            images=1,
            private=request.private,
            by_moderator=place.manages_messages,
        )
        decision = decide(policy, place.requester, draft.recipe, asking=asking)
        self._gate_log.asked(place, draft.recipe, decision)
        if isinstance(decision, Refuse | Hold):
            raise refusal_of(decision)
        price = price_of_tool(draft.model, draft.recipe)
        plan = ToolPlan(request, decision.recipe, place, price, _parent(request))
        self._treasury.check(plan.order)
        return plan

    async def accept(self, plan: ToolPlan, *, reply: ReplyAddress, idempotency_key: str) -> Job:
        """Write the job with its reservation, and wake a worker; see `Intake.accept`.

        Raises:
            TurnedAway: if the queue is full, or the member has to wait.
            QuotaExceeded: if the member has not that many images left.
            BudgetReached: if the member's, the server's or the bot's money does not suffice.
            LimitError: if the member has too much at once, or the budget is nearly spent.
        """
        return await self._intake.accept(plan, reply=reply, idempotency_key=idempotency_key)

    async def source_of(self, image_id: ImageId, action: Action, actor: Actor) -> SourcePicture:
        """A picture of the bot's own, to work on, for a member who may do this with it.

        Raises:
            ResultError: if the result is gone, the member may not, or the picture is not kept.
            PictureUnreadable: if its bytes are no longer those of a picture.
        """
        picked = await self._reader.picture(image_id, action, actor)
        if picked.image.picture is None:
            raise PictureGone
        size = await self._gauge.size_of(picked.image.picture)
        return SourcePicture(
            picture=picked.image.picture,
            width=size.width,
            height=size.height,
            parent=picked.image.id,
            known_safe=is_known_safe(picked.job.recipe, picked.image.signals),
        )

    def upscale_options(self, source: SourcePicture) -> tuple[UpscaleOption, ...]:
        """What upscaling can make of a picture; nothing if it is too small or large enough.

        Raises:
            ToolUnavailable: if the backend makes nothing larger.
            NotServing: if no catalogue has been read yet.
        """
        model = self._book.upscaler()
        return tuple(
            UpscaleOption(scale, upscaled_size(source, scale), price_of_upscale(model, scale=scale))
            for scale in useful_scales(source)
        )

    def usual_edit_model(self) -> Suggestion:
        """The model that changes a picture where none is named, with its price.

        Raises:
            ToolUnavailable: if the backend changes no pictures.
            NotServing: if no catalogue has been read yet.
        """
        return _priced(self._book.edit_model(None), pictures=1)

    def edit_models(self, typed: str = "", *, pictures: int = 1) -> list[Suggestion]:
        """The models that change so many pictures, with their prices."""
        models = [
            model for model in self._catalogue.edit_models() if model.max_input_images >= pictures
        ]
        found = best_matches(models, typed, names=lambda model: (model.id, model.name))
        return [_priced(model, pictures=pictures) for model in found]

    def edit_aspects(self, model_name: str | None, typed: str = "") -> list[Suggestion]:
        """The aspect ratios that an edit model takes; none while what is typed names no model."""
        try:
            model = self._book.edit_model(model_name)
        except GondolaError:
            return []
        ratios = (AUTO, *edit_ratios(model.sizing))
        return [Suggestion(ratio, ratio) for ratio in best_matches(ratios, typed, names=_itself)]

    def variation_of(
        self, source: SourcePicture, recipe: AnyRecipe, *, private: bool = False
    ) -> EditRequest:
        """The edit that asks for a subtle variation of a picture that was made by a recipe.

        An edit is varied by its own model, anything else by the default one.

        Raises:
            UnknownModel, ModelOffline: if the edit's model is gone.
            ToolUnavailable: if the backend changes no pictures.
            NotServing: if no catalogue has been read yet.
        """
        named = recipe.model if isinstance(recipe, EditRecipe) else None
        model = self._book.edit_model(named)
        prompt = variation_prompt(prompt_of(recipe), limit=model.prompt_limit)
        return EditRequest(source=source, prompt=prompt, model=model.id, private=private)


def _priced(model: ImageModel, *, pictures: int) -> Suggestion:
    price = price_of_edit(model, input_images=pictures)
    return Suggestion(model.id, model.name, price, has_price=True)


def _parent(request: ToolRequest) -> ImageId | None:
    """The first of the pictures that is the bot's own."""
    return next((source.parent for source in request.sources if source.parent is not None), None)


def _itself(text: str) -> tuple[str, ...]:
    return (text,)


def _command_of(request: ToolRequest) -> ArtCommand:
    match request:
        case EditRequest():
            return ArtCommand.EDIT
        case BlendRequest():
            return ArtCommand.BLEND
        case UpscaleRequest():
            return ArtCommand.UPSCALE
        case CutOutRequest():
            return ArtCommand.CUT_OUT
