"""From what a member asked to what will be painted: the model, its size, its options.

Everything here is answered from memory, so that a refusal can be told before the interaction
is deferred.
"""

from dataclasses import dataclass

from bot.domain.asking.choices import nearest
from bot.domain.asking.effects import Setting, heeds
from bot.domain.asking.numbers import guidance_of, lora_strength_of, steps_of
from bot.domain.asking.prompt import clean_negative_prompt, clean_prompt
from bot.domain.asking.quality import chosen_quality
from bot.domain.asking.request import MAX_IMAGES_PER_REQUEST, ImageRequest, Recipe
from bot.domain.errors import (
    ImageCountOutOfRange,
    ModelOffline,
    NotServing,
    UnknownModel,
    UnknownStyle,
)
from bot.domain.models.image_model import ImageModel
from bot.domain.sizing import fit, parse_wish
from bot.domain.tools.limits import check_references
from bot.services.ports import ModelCatalogue


@dataclass(frozen=True, slots=True)
class Draft:
    """A recipe and the model it fits."""

    model: ImageModel
    recipe: Recipe


class RecipeBook:
    """Writes recipes by the rules of the catalogue."""

    def __init__(self, catalogue: ModelCatalogue, *, default_model: str | None) -> None:
        self._catalogue = catalogue
        self._default_model = default_model

    def draft(self, request: ImageRequest) -> Draft:
        """The recipe for a request.

        Raises:
            MemberError: if the request breaks a rule of the bot or of the model.
            NotServing: if no catalogue has been read yet.
        """
        if not 1 <= request.images <= MAX_IMAGES_PER_REQUEST:
            raise ImageCountOutOfRange(request.images, MAX_IMAGES_PER_REQUEST)
        model = self.model(request.model)
        if model.sizing is None:
            raise UnknownModel(model.id, self._nearest_models(model.id))
        check_references(model, request.references)
        recipe = Recipe(
            prompt=clean_prompt(request.prompt, model_limit=model.prompt_limit),
            model=model.id,
            model_name=model.name,
            size=fit(model.sizing, parse_wish(aspect=request.aspect, size=request.size)),
            safe_mode=True,
            quality=chosen_quality(model, request.quality),
            style=self._style(request.style),
            negative=clean_negative_prompt(request.negative, model_limit=model.prompt_limit),
            steps=steps_of(request, model),
            guidance=guidance_of(request, model),
            lora_strength=lora_strength_of(request, model),
            enhance=request.enhance,
            web_search=request.web_search and heeds(model, Setting.WEB_SEARCH),
            references=request.references if heeds(model, Setting.REFERENCE) else (),
        )
        return Draft(model, recipe)

    def model(self, name: str | None) -> ImageModel:
        """The model of that name, or the default one.

        Raises:
            UnknownModel: if there is none of that name, with the nearest.
            ModelOffline: if it is switched off at the backend.
            NotServing: if no catalogue has been read yet.
        """
        wanted = name or self._default_model
        model = self._catalogue.find(wanted) if wanted else self._catalogue.default()
        if model is None:
            if not self._catalogue.models():
                raise NotServing
            raise UnknownModel(wanted or "", self._nearest_models(wanted or ""))
        if model.offline:
            raise ModelOffline(model.id, self._nearest_models(model.id))
        return model

    def _nearest_models(self, name: str) -> tuple[str, ...]:
        return nearest((model.id for model in self._catalogue.models()), name)

    def _style(self, name: str | None) -> str | None:
        """The style in the backend's spelling, which is exact to the letter's case."""
        if not name:
            return None
        for style in self._catalogue.styles():
            if style.casefold() == name.strip().casefold():
                return style
        raise UnknownStyle(name, nearest(self._catalogue.styles(), name))
