"""The scenes, and which of them a prompt speaks of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.scenes.canal import paint_canal
from sandbox.venice.painter.scenes.city import paint_city
from sandbox.venice.painter.scenes.coast import paint_coast
from sandbox.venice.painter.scenes.cosmos import paint_cosmos
from sandbox.venice.painter.scenes.countryside import paint_countryside
from sandbox.venice.painter.scenes.dunes import paint_dunes
from sandbox.venice.painter.scenes.garden import paint_garden
from sandbox.venice.painter.scenes.highlands import paint_lake, paint_mountains
from sandbox.venice.painter.scenes.posters import paint_arches, paint_ribbons, paint_tiles
from sandbox.venice.painter.scenes.woods import paint_woods
from sandbox.venice.painter.stage import Place, Stage

PaintScene = Callable[[Canvas, Palette, Random], Stage]

LAND = frozenset({Place.GROUND, Place.ALOFT})
LAND_AND_WATER = LAND | {Place.AFLOAT}


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene.

    Attributes:
        words: what a prompt calls it.
        paint: how it is painted.
        offers: the places it has room for.
    """

    words: frozenset[str]
    paint: PaintScene
    offers: frozenset[Place]


def _scene(words: str, paint: PaintScene, offers: frozenset[Place]) -> Scene:
    return Scene(frozenset(words.split()), paint, offers)


SCENES = (
    _scene(
        "lake pond river water heron reflection mirror fjord loch swan", paint_lake, LAND_AND_WATER
    ),
    _scene(
        "mountain mountains alps peak valley snow aurora volcano hiking misty",
        paint_mountains,
        LAND,
    ),
    _scene(
        "field hill farm countryside meadow tuscany village path road vineyard sheep pasture",
        paint_countryside,
        LAND,
    ),
    _scene("forest wood jungle grove tree trail enchanted fern moss", paint_woods, LAND),
    _scene(
        "sea ocean coast beach wave harbour harbor island cliff pirate nautical bay",
        paint_coast,
        LAND_AND_WATER,
    ),
    _scene("desert dune sand sahara camel oasis", paint_dunes, LAND),
    _scene(
        "city skyline town street skyscraper tokyo york paris london cyberpunk neon urban",
        paint_city,
        LAND_AND_WATER,
    ),
    _scene(
        "venice venetian canal gondola gondolier italy italian bridge lagoon",
        paint_canal,
        LAND_AND_WATER,
    ),
    _scene(
        "space planet galaxy cosmos cosmic nebula saturn mars universe alien spaceship orbit",
        paint_cosmos,
        LAND,
    ),
    _scene(
        "flower garden rose tulip poppy daisy blossom bouquet petal butterfly bee",
        paint_garden,
        LAND,
    ),
    _scene("abstract minimalist mid century arch arches rainbow boho", paint_arches, LAND),
    _scene("geometric pattern bauhaus mosaic tile cubist poster", paint_tiles, LAND),
    _scene("ribbon flow flowing wallpaper gradient abstract psychedelic", paint_ribbons, LAND),
)


def choose_scene(
    vocabularies: Sequence[frozenset[str]], *, needs: frozenset[Place], dice: Random
) -> Scene:
    """The scene that most words speak of, among those with room for what is needed.

    Args:
        vocabularies: sets of words; each counts only where those before say nothing.
        needs: where the prompt's subjects belong.
        dice: what decides between equals.
    """
    roomy = [scene for scene in SCENES if needs <= scene.offers]
    for words in vocabularies:
        counts = [len(scene.words & words) for scene in roomy]
        if max(counts):
            return dice.choice(
                [s for s, count in zip(roomy, counts, strict=True) if count == max(counts)]
            )
    return dice.choice(roomy)
