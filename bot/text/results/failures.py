"""The words for an image that was not made: what happened, what it cost, what to do."""

from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure, rule_behind
from bot.text.gate.rules import rule_name
from bot.text.quoting import as_code, as_plain
from bot.text.words import N_, Words

_REASONS: dict[FailureReason, str] = {
    FailureReason.REJECTED: N_("The image service refused the request: {detail}"),
    FailureReason.CONTENT_VIOLATION: N_(
        "The image service found that the picture breaks its content rules. "
        "Please change the prompt."
    ),
    FailureReason.MODEL_GONE: N_(
        "The image service no longer has this model. Please pick another one."
    ),
    FailureReason.AT_CAPACITY: N_(
        "The model has no room at the moment. Try again in a minute, or pick another model."
    ),
    FailureReason.RATE_LIMITED: N_(
        "The bot has reached the image service's rate limit. Please try again in a minute."
    ),
    FailureReason.UNREACHABLE: N_(
        "The image service cannot be reached at the moment. Please try again in a few minutes."
    ),
    FailureReason.TIMED_OUT: N_(
        "The image service took too long. Please try again, or pick a faster model."
    ),
    FailureReason.NOT_CONFIGURED: N_(
        "The image service did not accept the bot's credentials. This is not your fault; "
        "the bot's operator has been told."
    ),
    FailureReason.OUT_OF_FUNDS: N_(
        "The bot's account at the image service is empty. This is not your fault; "
        "the bot's operator has been told."
    ),
    FailureReason.INPUT_GONE: N_(
        "A picture that this was to be made of was deleted, or is no longer kept. "
        "Please start again with another one."
    ),
    FailureReason.LOST: N_(
        "The bot was interrupted while the picture was on its way. It is not asked for twice; "
        "please start again."
    ),
    FailureReason.RULES_CHANGED: N_(
        "The rules of this place have changed and no longer allow this picture."
    ),
    FailureReason.REWRITTEN: N_(
        "The image service rewrote the prompt, and what came of it breaks a rule of this place. "
        "Please change the prompt, or leave `enhance` out."
    ),
    FailureReason.PAUSED: N_(
        "Painting was paused in this place before the picture was asked for. "
        "Please ask again when it goes on."
    ),
    FailureReason.NOT_RELEASED: N_("The picture was made, and is not shown."),
    FailureReason.MEMBER_BARRED: N_(
        "Whoever asked for it was blocked or paused here before it could be shown."
    ),
    FailureReason.UNDELIVERABLE: N_("The picture was made, but it could not be shown."),
    FailureReason.INTERNAL: N_(
        "Something went wrong inside the bot. The operator finds it in the log under job {job}."
    ),
}

_NO_DETAIL = N_("it gave no reason")


def explain_failure(failure: ImageFailure, job_id: str, words: Words) -> str:
    """What happened and what to do, in one or two sentences, and by which rule."""
    detail = as_plain(failure.detail) if failure.detail else words(_NO_DETAIL)
    said = words(_REASONS[failure.reason], detail=detail, job=as_code(job_id))
    rule = rule_behind(failure)
    return said if rule is None else f"{said} {rule_name(rule, words)}"


def explain_charge(failures: tuple[ImageFailure, ...], words: Words) -> str:
    """What a failed image costs the member: never anything, whoever was billed."""
    if any(failure.billing is not Billing.NOT_BILLED for failure in failures):
        return words("Not charged to you; the bot may have been billed.")
    return words("Not charged.")
