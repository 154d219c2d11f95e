"""Palettes: the colours of a mood, found by the prompt's words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from sandbox.venice.painter.colour import Colour, from_hex, mix, turned


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one picture.

    Attributes:
        sky: from the top of the sky to the horizon.
        light: the sun, the moon, lit windows.
        far: land in the distance.
        near: land in front.
        mist: what lies between.
        accent: what catches the eye.
        second_accent: what answers it.
        night: how dark it is, from 0 to 1: stars show, windows are lit.
    """

    sky: tuple[Colour, ...]
    light: Colour
    far: Colour
    near: Colour
    mist: Colour
    accent: Colour
    second_accent: Colour
    night: float

    @property
    def horizon(self) -> Colour:
        """The sky's lowest colour."""
        return self.sky[-1]

    def land(self, nearness: float) -> Colour:
        """Land at a distance: 0 is far, 1 is in front."""
        return mix(self.far, self.near, nearness)

    def lit(self, colour: Colour) -> Colour:
        """A thing's own colour in the light of the scene."""
        ambient = mix(self.mist, self.near, 0.5)
        return mix(colour, ambient, 0.12 + 0.22 * self.night)


def _palette(
    sky: str, *, light: str, land: str, mist: str, accents: str, night: float = 0.0
) -> Palette:
    far, near = land.split()
    accent, second = accents.split()
    return Palette(
        sky=tuple(from_hex(stop) for stop in sky.split()),
        light=from_hex(light),
        far=from_hex(far),
        near=from_hex(near),
        mist=from_hex(mist),
        accent=from_hex(accent),
        second_accent=from_hex(second),
        night=night,
    )


PALETTES: Mapping[str, Palette] = {
    "dawn": _palette(
        "2b3a67 6b5b95 c9798f f4a98a fde2b3",
        light="fff3d6",
        land="b9829a 1f2142",
        mist="f6c9a8",
        accents="f2705c ffd9a0",
    ),
    "day": _palette(
        "2f7fc1 6db3e0 b5dcf0 eaf5f1",
        light="fffbe6",
        land="9dc3cf 1e4d45",
        mist="e3f1ee",
        accents="e4572e f4c95d",
    ),
    "sunset": _palette(
        "2a1a4a 6a2c70 b83b5e f08a5d f9d57e",
        light="fff0c2",
        land="a8516e 1c1030",
        mist="f4a26b",
        accents="f9ed69 ff6b6b",
    ),
    "night": _palette(
        "050a24 0d1b45 1f3a6e 3f6699",
        light="fdf6d8",
        land="2c4a78 060b1c",
        mist="5478a6",
        accents="f6c667 7fb7d9",
        night=1.0,
    ),
    "aurora": _palette(
        "030816 071a33 0c3348 1c5a66",
        light="e9fff4",
        land="1a4657 03080f",
        mist="2f7f82",
        accents="5cf2b0 b57bff",
        night=1.0,
    ),
    "forest": _palette(
        "3d7a6f 7fb394 c5dcae f2f0cf",
        light="fffbdc",
        land="8db59a 0f2a22",
        mist="dce9c8",
        accents="d9772e f1c84b",
    ),
    "ocean": _palette(
        "0f4c75 2b86ad 6fc2cf c8ebe4",
        light="fffbe8",
        land="5fa6b8 0b2f47",
        mist="d5f0ea",
        accents="ff8c61 fff1d0",
    ),
    "desert": _palette(
        "3b6c8f 9fb7b0 edd3a3 f8e3b8",
        light="fff6da",
        land="e3b07a 6e2f26",
        mist="f7dcae",
        accents="c8553d 2f6f73",
    ),
    "winter": _palette(
        "5a7fa8 9bbbd6 d3e2ec f6f4f2",
        light="fffdf5",
        land="b7cbdc 2b4159",
        mist="f2f6f9",
        accents="c0392b e9b872",
    ),
    "fire": _palette(
        "1a0a14 4d1220 a02b23 e2652d fbb547",
        light="fff0b8",
        land="8c2f27 12070d",
        mist="e87a3b",
        accents="ffd166 ff5e3a",
        night=0.3,
    ),
    "blossom": _palette(
        "7d8fc9 c3aede f2c3d6 fdeae3",
        light="fffaf0",
        land="c9a6cf 3a2f57",
        mist="fbe3ea",
        accents="e8577e ffd3dc",
    ),
    "storm": _palette(
        "1e2733 3b4a5a 6b7f8c aab8ba",
        light="eef2ea",
        land="71828c 12191f",
        mist="a3b1b5",
        accents="e0b04c 5b8a8f",
        night=0.2,
    ),
    "autumn": _palette(
        "4f7387 a8b5a0 eccf95 fbe3ae",
        light="fff5d2",
        land="d29a5b 3a1c16",
        mist="f5d7a1",
        accents="c1440e e9a23b",
    ),
    "lavender": _palette(
        "33346b 6f62a8 b58fc4 f0bccb fbe6cf",
        light="fff2dc",
        land="9a83bb 211a41",
        mist="e6bfd0",
        accents="8d5fd3 f7d38c",
    ),
    "neon": _palette(
        "0a0520 230a4a 5b1172 c81d77 ff6f91",
        light="fff0f7",
        land="6a1b7f 0a0418",
        mist="d43a86",
        accents="18e0e6 ffd23f",
        night=0.8,
    ),
    "lagoon": _palette(
        "34618f 7fa6b8 e3c9a4 f9dcae",
        light="fff4d8",
        land="c79a77 203646",
        mist="f3d3a8",
        accents="b5432f e7b65a",
    ),
}

MOOD_WORDS: Mapping[str, str] = {
    "dawn": "dawn sunrise morning daybreak early rosy",
    "day": "day daylight noon sunny summer spring meadow bright",
    "sunset": "sunset dusk evening twilight golden gold romantic orange",
    "night": "night midnight moon moonlit moonlight star starry dark black lantern",
    "aurora": "aurora borealis northern polar magic magical arctic",
    "forest": "forest wood jungle moss green rainforest grove fern",
    "ocean": "ocean sea wave beach coast harbour harbor island blue underwater",
    "desert": "desert dune sand sahara canyon pyramid",
    "winter": "winter snow snowy ice icy frozen frost frosty glacier christmas white",
    "fire": "fire flame lava volcano ember burning hell inferno phoenix red",
    "blossom": "blossom cherry sakura pink rose petal",
    "storm": "storm stormy rain rainy thunder fog foggy grey gray cloudy noir misty",
    "autumn": "autumn fall october harvest leaf leaves pumpkin brown",
    "lavender": "lavender purple violet dream dreamy dreamlike fairy fantasy mystic mystical",
    "neon": "neon cyberpunk synthwave retro vaporwave futuristic disco",
}
"""Words that set a mood."""

MOOD_HINTS: Mapping[str, str] = {
    "dawn": "lake balloon rabbit heron mountain",
    "day": "sheep farm cottage picnic kite garden flower",
    "sunset": "samurai ship temple castle horse city",
    "night": "owl wolf bat ghost space planet astronaut",
    "forest": "mushroom deer stag bear elf frog dinosaur",
    "ocean": "whale fish dolphin lighthouse boat turtle pirate",
    "desert": "camel cactus cowboy pharaoh",
    "winter": "penguin reindeer santa",
    "fire": "dragon demon forge",
    "blossom": "princess geisha butterfly cat",
    "autumn": "fox squirrel hedgehog witch",
    "lavender": "wizard unicorn mermaid",
    "neon": "robot hacker android car",
    "lagoon": "venice venetian canal gondola gondolier italy italian bridge lagoon",
}
"""Words that only suggest one, where nothing sets it."""

HUE_DRIFT_DEGREES = 9
"""How far a seed may turn a mood's colours."""


def choose_palette(words: frozenset[str], dice: Random) -> Palette:
    """The palette of the mood that most words set or suggest; a random one where none does."""
    moods = _best(MOOD_WORDS, words) or _best(MOOD_HINTS, words) or sorted(PALETTES)
    palette = PALETTES[dice.choice(moods)]
    return _drifted(palette, dice.uniform(-HUE_DRIFT_DEGREES, HUE_DRIFT_DEGREES))


def mood_of(words: frozenset[str]) -> Palette | None:
    """The palette of the mood that most words set; None where none does."""
    moods = _best(MOOD_WORDS, words)
    return PALETTES[moods[0]] if moods else None


def _best(vocabulary: Mapping[str, str], words: frozenset[str]) -> list[str]:
    spoken = {mood: len(words & set(known.split())) for mood, known in vocabulary.items()}
    most = max(spoken.values())
    return [mood for mood, count in spoken.items() if count == most] if most else []


def _drifted(palette: Palette, degrees: float) -> Palette:
    return replace(
        palette,
        sky=tuple(turned(stop, degrees) for stop in palette.sky),
        far=turned(palette.far, degrees),
        near=turned(palette.near, degrees),
        mist=turned(palette.mist, degrees),
    )
