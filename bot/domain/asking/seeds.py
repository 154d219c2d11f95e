"""Seeds: chosen by the bot, so that every picture can be shown with its seed and made again."""

from bot.domain.errors import SeedOutOfRange

LOWEST_SEED = -999_999_999
HIGHEST_SEED = 999_999_999


def wished_seed(seed: int | None) -> int | None:
    """The seed a member asked for, or None for a random one; 0 means random, as in the API's pages.

    Raises:
        SeedOutOfRange: if the API would not take it.
    """
    if seed is None or seed == 0:
        return None
    if not LOWEST_SEED <= seed <= HIGHEST_SEED:
        raise SeedOutOfRange(seed, LOWEST_SEED, HIGHEST_SEED)
    return seed


def consecutive_seeds(first: int, count: int) -> tuple[int, ...]:
    """`count` seeds from `first` upwards, wrapping at the limit and leaving out 0."""
    seeds: list[int] = []
    seed = first
    while len(seeds) < count:
        if seed > HIGHEST_SEED:
            seed = LOWEST_SEED
        if seed != 0:
            seeds.append(seed)
        seed += 1
    return tuple(seeds)
