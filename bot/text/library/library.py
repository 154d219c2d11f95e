"""The words of `/history` and `/gallery`."""

from bot.domain.library.browsing import Order, PictureEntry, PictureQuery, Shelf
from bot.text.quoting import as_code
from bot.text.tools.tools import made_by
from bot.text.words import Words


def heading(query: PictureQuery, words: Words) -> str:
    """What is leafed through."""
    if query.shelf is Shelf.HISTORY:
        return words("Your pictures")
    if query.order is Order.FAVOURITES:
        return words("This server's favourite pictures")
    if query.order is Order.VOTES:
        return words("This server's pictures by votes")
    return words("This server's newest pictures")


def filters(query: PictureQuery, words: Words) -> str | None:
    """What the pictures were filtered by, or None."""
    given = {"model": query.model, "style": query.style, "text": query.text}
    parts = [f"{name} {as_code(value)}" for name, value in given.items() if value is not None]
    return words("Only: {filters}", filters=" · ".join(parts)) if parts else None


def nothing_there(query: PictureQuery, words: Words) -> str:
    """Why a shelf is empty, and what to do."""
    if any((query.model, query.style, query.text)):
        return words("No picture fits. Try fewer words or another filter.")
    if query.order is Order.FAVOURITES:
        return words("Nobody has a favourite picture here yet.")
    if query.order is Order.VOTES:
        return words("Nobody has voted on a picture here yet.")
    return words("There are no pictures yet. `/imagine` paints one.")


def shown_in(entry: PictureEntry, words: Words) -> str:
    """What a picture shows, as far as it was said; else how it was made."""
    if entry.blind:
        return words("A picture in a battle that goes on")
    return entry.prompt or (made_by(entry.tool, words) if entry.tool else "")


def details(entry: PictureEntry, bookmarks: int, words: Words) -> str:
    """Who and what made a picture, and when, in one line."""
    if entry.blind:
        return f"<t:{int(entry.created_at.timestamp())}:R>"
    parts = [
        entry.model_name,
        *([made_by(entry.tool, words)] if entry.tool else []),
        *([entry.size] if entry.size else []),
        *([entry.style] if entry.style else []),
        *([] if entry.tool else [words("seed {seed}", seed=entry.seed)]),
        f"<t:{int(entry.created_at.timestamp())}:R>",
        *([words("private")] if entry.private else []),
        *(
            [words.plural("{count} favourite", "{count} favourites", bookmarks)]
            if bookmarks
            else []
        ),
    ]
    return " · ".join(parts)


def no_longer_kept(words: Words) -> str:
    """In place of a picture that is gone from the disk."""
    return words("The picture itself is no longer kept.")


def previous_page(words: Words) -> str:
    """The button's label."""
    return words("Back")


def next_page(words: Words) -> str:
    """The button's label."""
    return words("Next")


def page_number(number: int, pages: int, words: Words) -> str:
    """Where a member is in a list; `number` is counted from 1."""
    return words("Page {number} of {pages}", number=number, pages=pages)
