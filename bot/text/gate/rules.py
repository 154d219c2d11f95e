"""What each rule says, to those whom it stops."""

from bot.domain.gate.rule import Rule
from bot.text.words import N_, Words

RULES: dict[Rule, str] = {
    Rule.SERVER_NOT_ALLOWED: N_(
        "The operator of this bot has not admitted this server. "
        "Ask the bot's owner to add it to the allowed servers."
    ),
    Rule.SAFE_MODE: N_("Safe mode is on here; only moderators can change that."),
    Rule.CONTENT_VIOLATION: N_("The image service found that this breaks its content rules."),
    Rule.PICTURE_NOT_KNOWN_SAFE: N_(
        "Safe mode is on here, and nothing checks what this makes of a picture. It takes only "
        "pictures that the bot itself made under safe mode."
    ),
    Rule.PAUSED: N_("Painting is paused here. A moderator or the bot's owner will let it go on."),
    Rule.BLOCKED: N_("You are blocked here. A moderator or the bot's owner can lift the block."),
    Rule.PAUSED_FOR_STRIKES: N_("Your strikes pause you here for a while."),
    Rule.FORBIDDEN_EVERYWHERE: N_(
        "This is forbidden everywhere, by Discord's rules and by those of the image service."
    ),
    Rule.BLOCKED_TERM: N_(
        "The prompt holds something that this server does not want. Please put it in other words, "
        "or ask a moderator."
    ),
    Rule.MODEL_NOT_ALLOWED: N_("This model is not allowed in this channel. Please pick another."),
    Rule.UNCENSORED_MODEL: N_(
        "Uncensored models paint nothing where safe mode is on. Please pick another model."
    ),
    Rule.COMMAND_NOT_ALLOWED: N_("This command is not allowed in this channel."),
    Rule.TOO_MANY_IMAGES: N_("This channel takes fewer images in one request. Ask for fewer."),
    Rule.PRIVATE_IMAGES: N_("You may not make private images here. Leave `private` out."),
    Rule.REVIEW_ALL: N_("Moderators look at every picture in this channel before it is shown."),
    Rule.REVIEW_FLAGGED: N_(
        "Moderators look at pictures that the image service has blurred before they are shown."
    ),
    Rule.REVIEW_NEW_MEMBERS: N_(
        "Moderators look at the pictures of members who joined less than 7 days ago before they "
        "are shown."
    ),
    Rule.SAFETY_UNKNOWN: N_(
        "The image service did not say whether the picture is safe, and moderators look at such "
        "pictures first."
    ),
    Rule.HELD_FOR_REVIEW: N_("The picture waits for a moderator."),
    Rule.RESULT_PRIVATE: N_(
        "This result is private; only the member who asked for it can do that."
    ),
    Rule.NOT_YOUR_RESULT: N_(
        "Only the member who asked for this result, or a moderator who may manage messages here, "
        "can delete it."
    ),
    Rule.ALREADY_PUBLIC: N_("Everybody can see this picture already."),
    Rule.NOBODY_TO_SHARE_WITH: N_("There is nobody else here to share the picture with."),
    Rule.YOUR_OWN_PICTURE: N_("You cannot vote on your own pictures."),
    Rule.NO_VOTES_HERE: N_("Votes are for pictures that a server has seen."),
    Rule.BATTLE_OPEN: N_(
        "This picture is in a battle that goes on. Until it closes it can only be reported."
    ),
}


def rule_name(rule: Rule, words: Words) -> str:
    """By what name a rule is known."""
    return words("Rule: `{rule}`.", rule=rule)


def explain_rule(rule: Rule, words: Words) -> str:
    """What a rule says, and by what name it is known."""
    return words("{reason} Rule: `{rule}`.", reason=words(RULES[rule]), rule=rule)
