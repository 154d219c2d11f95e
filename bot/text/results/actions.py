"""The words of the buttons under a result, and of what they ask and answer."""

from bot.domain.gate.permissions import Action
from bot.domain.ids import ChannelId
from bot.text.words import N_, Words

_LABELS: dict[Action, str] = {
    Action.REROLL: N_("Reroll"),
    Action.REMIX: N_("Remix"),
    Action.VARY: N_("Vary"),
    Action.VARY_SUBTLY: N_("Vary subtly"),
    Action.EDIT: N_("Edit"),
    Action.UPSCALE: N_("Upscale"),
    Action.CUT_OUT: N_("Cut out"),
    Action.FAVOURITE: N_("Favourite"),
    Action.SHARE: N_("Share"),
    Action.DETAILS: N_("Details"),
    Action.ORIGINAL: N_("Original"),
    Action.DELETE: N_("Delete"),
    Action.REPORT: N_("Report"),
}

_WHICH: dict[Action, str] = {
    Action.VARY: N_("Which picture would you like to vary?"),
    Action.VARY_SUBTLY: N_("Which picture would you like to vary a little?"),
    Action.EDIT: N_("Which picture would you like to edit?"),
    Action.UPSCALE: N_("Which picture would you like to upscale?"),
    Action.CUT_OUT: N_("Which picture would you like to cut out?"),
    Action.FAVOURITE: N_("Which picture is your favourite?"),
    Action.SHARE: N_("Which picture would you like to share with everybody here?"),
    Action.REPORT: N_("Which picture would you like to report?"),
    Action.DOWNVOTE: N_("Against which picture would you like to vote?"),
    Action.ORIGINAL: N_("Of which picture would you like the original?"),
}


def label_of(action: Action, words: Words) -> str:
    """What a button says."""
    return words(_LABELS[action])


def which_picture(action: Action, words: Words) -> str:
    """The question which of several pictures is meant."""
    return words(_WHICH[action])


def favourite_toggled(words: Words, *, marked: bool) -> str:
    """What became of a favourite."""
    if marked:
        return words("This picture is one of your favourites now.")
    return words("This picture is no longer one of your favourites.")


def picture_shared(channel_id: ChannelId, words: Words) -> str:
    """That a private picture is on its way to everybody."""
    return words("The picture is being shared in {channel}.", channel=f"<#{channel_id}>")


def confirm_deletion(words: Words) -> str:
    """The question before a deletion, with what it means."""
    return words(
        "Delete this result for good? Its message, its pictures and its prompt will be removed. "
        "What it cost is not given back."
    )


def deletion_button(words: Words) -> str:
    """What the button says that deletes."""
    return words("Delete for good")


def deleted(words: Words, *, message_removed: bool) -> str:
    """That a result was deleted, and what is left to the member to do."""
    if message_removed:
        return words("The result is deleted.")
    return words(
        "The result is deleted from the bot's records. Discord does not let the bot remove the "
        "message itself; you can dismiss or delete it there."
    )


def report_thanks(words: Words, *, hidden: bool = False, limited: bool = False) -> str:
    """Thanks to a reporter, and what came of it."""
    said = words("Thank you. Your report is kept for the moderators of this server.")
    if hidden:
        more = words("The picture is hidden until one of them has looked at it.")
        return f"{said} {more}"
    if limited:
        more = words(
            "Moderators have rejected so many of your reports of late that they hide nothing, "
            "and you may make few of them."
        )
        return f"{said} {more}"
    return said


def remix_title(words: Words) -> str:
    """The title of the remix form."""
    return words("Remix")


def remix_fields(words: Words) -> dict[str, str]:
    """The labels of the remix form, by the name of the field."""
    return {
        "prompt": words("Prompt"),
        "model": words("Model"),
        "shape": words("Aspect ratio or size"),
        "negative": words("Negative prompt"),
        "style": words("Style"),
    }


def shape_example(words: Words) -> str:
    """What may be written as aspect ratio or size."""
    return words("Such as 16:9, 1280x720, or 3:2 2K")


def report_title(words: Words) -> str:
    """The title of the report form."""
    return words("Report a picture")


def report_reason(words: Words) -> str:
    """The label of a report's reason."""
    return words("What is wrong with it?")
