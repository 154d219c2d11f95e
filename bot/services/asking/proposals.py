"""Proposals: all that one wish asks for, planned and priced before anything is spent."""

from dataclasses import dataclass

from bot.domain.asking.any_recipe import AnyRecipe
from bot.domain.asking.effects import IgnoredSetting, ignored_settings
from bot.domain.asking.pending import needs_word
from bot.domain.asking.wish import ImageWish, ReadWish
from bot.domain.ids import ImageId
from bot.domain.money import UsdMicros
from bot.services.asking.generation import GenerationService
from bot.services.asking.plans import Place, Plan, image_count, total_price
from bot.services.asking.recipes import RecipeBook
from bot.services.library.ports import Wishes


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that one wish asks for, and what there is to say before anything is spent.

    `ignored` are the settings the member gave that the model ignores, `left_out` the options
    that a raw prompt leaves out. `style_in_vain` is the style whose reference pictures the model
    does not take.
    """

    plans: tuple[Plan, ...]
    ignored: tuple[IgnoredSetting, ...] = ()
    left_out: tuple[str, ...] = ()
    style_in_vain: str | None = None

    @property
    def images(self) -> int:
        """How many images in all."""
        return image_count(self.plans)

    @property
    def price_usd_micros(self) -> UsdMicros | None:
        """What all images cost at most; None where nobody can tell."""
        return total_price(self.plans)

    @property
    def is_private(self) -> bool:
        """Whether the results are for the member alone."""
        return self.plans[0].request.private

    @property
    def model_name(self) -> str:
        """The model that paints them all."""
        return self.plans[0].recipe.model_name

    @property
    def needs_word(self) -> bool:
        """Whether the member is asked before anything is spent."""
        return self.style_in_vain is not None or needs_word(self.images, self.ignored)


class Proposer:
    """Makes proposals, from memory alone."""

    def __init__(
        self, *, wishes: Wishes, recipes: RecipeBook, generation: GenerationService
    ) -> None:
        self._wishes = wishes
        self._recipes = recipes
        self._generation = generation

    def propose(self, wish: ImageWish, place: Place) -> Proposal:
        """Read a wish and plan what it asks for.

        Its flags are read, its preset and the defaults of the place added, its braces expanded.

        Raises:
            MemberError: with the rule it breaks; nothing was written or spent.
            NotServing: if the bot is stopping or has no catalogue yet.
        """
        return self.propose_read(self._read(wish, place), place)

    def check(self, wish: ImageWish, place: Place) -> None:
        """Say whether a wish could be painted here, whoever may ask for it now.

        Raises:
            MemberError, NotServing: as `propose` does, save that nobody is turned away.
        """
        for request in self._read(wish, place).requests:
            self._generation.check(request, place)

    def propose_read(
        self,
        read: ReadWish,
        place: Place,
        *,
        parent: ImageId | None = None,
        former: AnyRecipe | None = None,
    ) -> Proposal:
        """Plan what a wish came to, which may be another of what was painted by a recipe.

        Raises:
            MemberError: with the rule it breaks; nothing was written or spent.
            NotServing: if the bot is stopping or has no catalogue yet.
        """
        plans = tuple(
            self._generation.plan(request, place, parent=parent, former=former)
            for request in read.requests
        )
        self._generation.check_together(plans)
        model = self._recipes.model(plans[0].recipe.model)
        ignored = ignored_settings(model, read.settings)
        return Proposal(plans, ignored, read.left_out, read.style_in_vain)

    def _read(self, wish: ImageWish, place: Place) -> ReadWish:
        return self._wishes.fulfil(
            wish, user_id=place.user_id, guild_id=place.guild_id, channel_id=place.channel_id
        )
