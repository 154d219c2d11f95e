"""The words of `/privacy`: what is stored of a member, what they take and what they delete."""

from datetime import datetime

from bot.domain.privacy import ErasureStage, Inventory, PackedPart
from bot.text.format import moment
from bot.text.words import N_, Words

PRIVACY = N_("What the bot stores about you; take it with you, or have it deleted")
PRIVACY_SHOW = N_("What the bot stores about you, and for how long")
PRIVACY_EXPORT = N_("Everything that is stored about you, as files for you alone")
PRIVACY_DELETE = N_("Delete everything that is stored about you, after asking twice")


def heading(words: Words) -> str:
    """Over what is stored."""
    return words("What I store about you, in all servers and direct messages")


def count_lines(inventory: Inventory, words: Words) -> str:
    """How much of everything there is."""
    counts = [
        words.plural(
            "{count} request with its prompt",
            "{count} requests with their prompts",
            inventory.requests,
        ),
        words.plural("{count} picture", "{count} pictures", inventory.pictures),
        words.plural("{count} vote", "{count} votes", inventory.votes),
        words.plural("{count} favourite", "{count} favourites", inventory.favourites),
        words.plural("{count} preset", "{count} presets", inventory.presets),
        words.plural(
            "{count} report that you made", "{count} reports that you made", inventory.reports
        ),
        words.plural(
            "{count} set of defaults of your own",
            "{count} sets of defaults of your own",
            inventory.defaults,
        ),
        words.plural(
            "{count} pseudonymous account that counts your usage",
            "{count} pseudonymous accounts that count your usage",
            inventory.places,
        ),
    ]
    return "\n".join(f"- {each}" for each in counts)


def how_long(words: Words) -> list[str]:
    """How long what is kept."""
    return [
        words(
            "Picture files go 30 days after their last use, cooldowns after 2 hours, the rest "
            "when you delete it."
        ),
        words("Prompts and pictures you send along go to the image service that paints them."),
        words("`/privacy export` gives you everything; `/privacy delete` deletes it."),
    ]


def page_link(url: str, words: Words) -> str:
    """Where all of it can be read."""
    return words("What is stored, where and for how long: [the whole page]({url})", url=url)


def erasing_line(stage: ErasureStage, asked_at: datetime, words: Words) -> str:
    """That an erasure is under way, and how far it has come."""
    when = moment(asked_at)
    match stage:
        case ErasureStage.DATA:
            return words("Your data are being deleted since {when}.", when=when)
        case ErasureStage.MESSAGES:
            return words(
                "Your data were deleted at your word of {when}; messages are still being taken "
                "down.",
                when=when,
            )
        case ErasureStage.LINK:
            return words(
                "Your data were deleted at your word of {when}; the link to your sums goes 31 "
                "days after it.",
                when=when,
            )


def export_done(part: PackedPart, number: int, words: Words) -> str:
    """What a file of the export holds."""
    if number == 1:
        return words.plural(
            "Here is everything that is stored about you in writing, and {count} picture.",
            "Here is everything that is stored about you in writing, and {count} pictures.",
            part.pictures,
        )
    return words.plural(
        "Here is file {number} of your export, with {count} picture.",
        "Here is file {number} of your export, with {count} pictures.",
        part.pictures,
        number=number,
    )


def export_missing(missing: int, words: Words) -> str:
    """Which pictures are not in it."""
    return words.plural(
        "{count} picture is missing: its file is no longer kept, or larger than a message takes "
        "here.",
        "{count} pictures are missing: their files are no longer kept, or larger than a message "
        "takes here.",
        missing,
    )


def export_goes_on(words: Words) -> str:
    """That there is more."""
    return words("There are more pictures than one file holds: press the button for the next.")


def next_part_label(number: int, words: Words) -> str:
    """The button for the next file."""
    return words("File {number}", number=number)


def deletion_heading(words: Words) -> str:
    """Over the first question."""
    return words("Delete everything that is stored about you?")


def what_goes(words: Words) -> list[str]:
    """What a deletion does, and what it does not reach."""
    return [
        words(
            "Waiting requests are cancelled and refunded, your votes are withdrawn, and my "
            "messages with your results are taken down."
        ),
        words("It holds for every server and for direct messages, and cannot be undone."),
        words(
            "I cannot take down what only you see, or what stands in servers I am no longer in: "
            "delete it yourself."
        ),
        words("Copies that others saved, and what they remixed from your prompts, stay theirs."),
    ]


def what_stays(words: Words) -> list[str]:
    """What stays, and why."""
    return [
        words(
            "Sums in the ledger and what moderators did stay under pseudonymous keys, so that "
            "the books stay right."
        ),
        words(
            "For 31 days the link to your key stays, with the limits and grants that name you, "
            "so that nobody fills up an allowance by deleting; it stays longer if you paint "
            "again."
        ),
        words(
            "What others reported about your pictures, and what moderators decided about you, "
            "stays on record."
        ),
    ]


def delete_label(words: Words) -> str:
    """The first button."""
    return words("Delete everything")


def second_question(words: Words) -> str:
    """The second question."""
    return words("Really? Everything above is deleted for good, and nobody can bring it back.")


def really_delete_label(words: Words) -> str:
    """The second button."""
    return words("Yes, delete it for good")


def deletion_begun(words: Words) -> str:
    """While it goes on."""
    return words("Your data are being deleted. This goes on even if the bot restarts.")


def deletion_done(stage: ErasureStage | None, words: Words) -> str:
    """What has become of it by now."""
    if stage is ErasureStage.DATA:
        return words(
            "Most of your data are deleted. What is still being painted goes within minutes."
        )
    return words(
        "Your prompts, pictures, votes and presets are deleted. My messages with your results "
        "are taken down over the next minutes."
    )
