"""What a prompt can name and the painter can draw."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.pen import Pen
from sandbox.venice.painter.stage import Place
from sandbox.venice.painter.subjects.animals import (
    draw_cat,
    draw_deer,
    draw_fox,
    draw_owl,
    draw_rabbit,
    draw_wolf,
)
from sandbox.venice.painter.subjects.buildings import draw_castle, draw_house, draw_lighthouse
from sandbox.venice.painter.subjects.fantastic import draw_astronaut, draw_dragon, draw_robot
from sandbox.venice.painter.subjects.figures import draw_mushroom, draw_traveller, draw_tree
from sandbox.venice.painter.subjects.sea import draw_penguin, draw_whale
from sandbox.venice.painter.subjects.vessels import draw_balloon, draw_boat, draw_gondola


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to draw.

    Attributes:
        words: what a prompt calls it.
        draw: how it is drawn.
        haunts: words for the scenes it is met in.
        place: where it belongs.
        size: its height, against what the scene offers.
    """

    words: frozenset[str]
    draw: Callable[[Pen, Palette], None]
    haunts: frozenset[str]
    place: Place
    size: float


def _subject(
    words: str,
    draw: Callable[[Pen, Palette], None],
    haunts: str,
    *,
    place: Place = Place.GROUND,
    size: float = 1.0,
) -> Subject:
    return Subject(frozenset(words.split()), draw, frozenset(haunts.split()), place, size)


SUBJECTS = (
    _subject("fox vixen", draw_fox, "forest mountain field lake"),
    _subject("cat kitten kitty", draw_cat, "venice city garden field", size=0.85),
    _subject("wolf dog puppy husky coyote", draw_wolf, "mountain forest"),
    _subject("deer stag elk reindeer moose", draw_deer, "forest mountain lake", size=1.15),
    _subject("owl", draw_owl, "forest", size=0.9),
    _subject("rabbit bunny hare", draw_rabbit, "flower field", size=0.75),
    _subject("penguin", draw_penguin, "coast lake", size=0.9),
    _subject("robot android mech", draw_robot, "city flower", size=1.05),
    _subject("astronaut cosmonaut spaceman", draw_astronaut, "space", size=1.1),
    _subject("mushroom toadstool", draw_mushroom, "forest", size=0.8),
    _subject(
        "traveller traveler wizard knight samurai person portrait man woman girl boy hero monk"
        " elf pilgrim wanderer princess queen king witch detective",
        draw_traveller,
        "mountain lake forest field",
        size=0.95,
    ),
    _subject("castle palace fortress citadel", draw_castle, "mountain", size=1.25),
    _subject("lighthouse beacon", draw_lighthouse, "coast", size=1.5),
    _subject("house cottage cabin hut home barn", draw_house, "field lake mountain", size=0.95),
    _subject("tree oak maple bonsai", draw_tree, "field lake", size=1.3),
    _subject("gondola gondolier", draw_gondola, "venice", place=Place.AFLOAT, size=0.62),
    _subject(
        "boat ship sailboat yacht sailing galleon pirate", draw_boat, "sea lake", place=Place.AFLOAT
    ),
    _subject("whale orca", draw_whale, "sea", place=Place.AFLOAT, size=0.55),
    _subject(
        "balloon airship zeppelin", draw_balloon, "field mountain", place=Place.ALOFT, size=0.9
    ),
    _subject("dragon wyvern", draw_dragon, "mountain", place=Place.ALOFT, size=0.72),
)


def named_subjects(words: frozenset[str]) -> dict[Place, Subject]:
    """The subjects that a prompt names, at most one for each place."""
    found: dict[Place, Subject] = {}
    for subject in SUBJECTS:
        if subject.words & words:
            found.setdefault(subject.place, subject)
    return found
