"""The words of `/channel setup`."""

from collections.abc import Sequence

from bot.domain.gate.channel_rules import PrivateImages, Review
from bot.domain.gate.channel_setup import QUESTIONS, Answer, Question, SetupChange
from bot.domain.ids import ChannelId
from bot.text.words import N_, Words

_NAMES: dict[Question, str] = {
    Question.SAFE_MODE: N_("Safe mode"),
    Question.PRIVATE_IMAGES: N_("Private images"),
    Question.REVIEW: N_("Review"),
    Question.SPOILERS: N_("Spoilers"),
}
_ASKED: dict[Question, str] = {
    Question.SAFE_MODE: N_(
        "Is every picture here made in safe mode? Off counts only where Discord marks the channel "
        "as age-restricted."
    ),
    Question.PRIVATE_IMAGES: N_("Who may make pictures here that only they see?"),
    Question.REVIEW: N_("Which pictures does a moderator see before the channel does?"),
    Question.SPOILERS: N_("Are pictures covered here until somebody taps them?"),
}
_PRIVATE: dict[PrivateImages, str] = {
    PrivateImages.EVERYBODY: N_("everybody"),
    PrivateImages.MODERATORS: N_("moderators"),
    PrivateImages.NOBODY: N_("nobody"),
}
_REVIEW: dict[Review, str] = {
    Review.NONE: N_("none"),
    Review.FLAGGED: N_("flagged ones"),
    Review.NEW_MEMBERS: N_("those of new members"),
    Review.ALL: N_("all"),
}


def question_heading(question: Question, channel_id: ChannelId, words: Words) -> str:
    """Which channel, and how far the walk is."""
    return words(
        "Setting up {channel}: question {number} of {count}",
        channel=f"<#{channel_id}>",
        number=QUESTIONS.index(question) + 1,
        count=len(QUESTIONS),
    )


def question_line(question: Question, now: Answer, words: Words) -> str:
    """What is asked, and what holds now."""
    held = words("Now: {value}.", value=answer_label(question, now, words))
    return f"{words(_ASKED[question])}\n-# {held}"


def answer_label(question: Question, answer: Answer, words: Words) -> str:
    """What an answer's button says."""
    match answer:
        case PrivateImages():
            return words(_PRIVATE[answer])
        case Review():
            return words(_REVIEW[answer])
        case _ if question is Question.SPOILERS:
            return words("covered") if answer else words("not covered")
        case _:
            return words("on") if answer else words("off")


def summary_heading(channel_id: ChannelId, words: Words) -> str:
    """What stands above that which will change."""
    return words("What will hold in {channel}", channel=f"<#{channel_id}>")


def summary_lines(changes: Sequence[SetupChange], words: Words) -> str:
    """What changes and what stays, a line each."""
    return "\n".join(_line(change, words) for change in changes)


def safe_mode_stays(words: Words) -> str:
    """Why safe mode will not go off by itself."""
    return words("Safe mode goes off only once Discord marks this channel as age-restricted.")


def applied(channel_id: ChannelId, words: Words) -> str:
    """That it was done."""
    return words("{channel} is set up. `/channel show` has all rules.", channel=f"<#{channel_id}>")


def left_as_it_was(words: Words) -> str:
    """That nothing was changed."""
    return words("Nothing was changed.")


def step_labels(words: Words) -> dict[str, str]:
    """What the other buttons say."""
    return {"apply": words("Apply"), "back": words("Back"), "cancel": words("Cancel")}


def _line(change: SetupChange, words: Words) -> str:
    name = words(_NAMES[change.question])
    then = answer_label(change.question, change.then, words)
    if not change.is_one:
        return f"**{name}**: {words('stays {value}', value=then)}"
    now = answer_label(change.question, change.now.value, words)
    return f"**{name}**: {now} → **{then}**"
