"""The kinds that prompts are sorted into."""

from enum import StrEnum


class PromptKind(StrEnum):
    """What a prompt is of. The values are in the database: they are never renamed."""

    PEOPLE = "people"
    ANIMALS = "animals"
    NATURE = "nature"
    BUILDINGS = "buildings"
    FOOD = "food"
    MACHINES = "machines"
    FANTASY = "fantasy"
    ABSTRACT = "abstract"
    LETTERING = "lettering"
    OTHER = "other"
