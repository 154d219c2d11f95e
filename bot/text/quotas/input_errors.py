"""The words for what a manager typed and quotas cannot be set to."""

from functools import singledispatch

from bot.domain.quotas import errors as quota_errors
from bot.text.quoting import as_code, listed
from bot.text.words import Words


@singledispatch
def explain_quota_input_error(error: quota_errors.QuotaInputError, words: Words) -> str:
    """One or two sentences for a manager.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_quota_input_error.register
def _(error: quota_errors.AmountWrong, words: Words) -> str:
    return words(
        "{text} is not an amount. Give a number that is not negative, or `unlimited`.",
        text=as_code(error.text),
    )


@explain_quota_input_error.register
def _(error: quota_errors.AmountTooLarge, words: Words) -> str:
    return words(
        "{text} is too much; the most is {most}. For no limit at all, give `unlimited`.",
        text=as_code(error.text),
        most=error.most,
    )


@explain_quota_input_error.register
def _(error: quota_errors.WindowUnknown, words: Words) -> str:
    return words(
        "There is no window {text}. There are `day`, `week`, `month`, and the last hours from "
        "`1h` to `{most}h`.",
        text=as_code(error.text),
        most=error.most_hours,
    )


@explain_quota_input_error.register
def _(error: quota_errors.TimeZoneUnknown, words: Words) -> str:
    if error.nearest:
        return words(
            "There is no time zone {text}. Did you mean {nearest}?",
            text=as_code(error.text),
            nearest=listed(error.nearest),
        )
    return words(
        "There is no time zone {text}. Give one such as `Europe/Rome`.", text=as_code(error.text)
    )


@explain_quota_input_error.register
def _(_error: quota_errors.RoleGone, words: Words) -> str:
    return words("This role was deleted. Pick one that the server has.")


@explain_quota_input_error.register
def _(error: quota_errors.ExpiryWrong, words: Words) -> str:
    return words("A grant holds for 1 to {most} days.", most=error.most_days)


@explain_quota_input_error.register
def _(error: quota_errors.ReasonWrong, words: Words) -> str:
    return words("Say in 1 to {most} characters why the grant is given.", most=error.most)


@explain_quota_input_error.register
def _(_error: quota_errors.NothingGranted, words: Words) -> str:
    return words("A grant gives images, dollars or both, and not without an end.")


@explain_quota_input_error.register
def _(_error: quota_errors.WindowWithoutAmount, words: Words) -> str:
    return words("Give `images` or `dollars` that are to be counted in this window.")


@explain_quota_input_error.register
def _(error: quota_errors.TooManyCaps, words: Words) -> str:
    return words(
        "One place may limit {most} windows. Take one back first, with `inherit`.", most=error.most
    )


@explain_quota_input_error.register
def _(error: quota_errors.NewMemberDaysWrong, words: Words) -> str:
    return words("Members are new for 0 to {most} days; 0 is never.", most=error.most)


@explain_quota_input_error.register
def _(_error: quota_errors.ChangesNothing, words: Words) -> str:
    return words("That is how it is already.")


@explain_quota_input_error.register
def _(_error: quota_errors.ChangeGone, words: Words) -> str:
    return words(
        "This change was applied before, or has waited for longer than 15 minutes. "
        "Give the command again."
    )


@explain_quota_input_error.register
def _(_error: quota_errors.ChangeOutdated, words: Words) -> str:
    return words(
        "Somebody has changed the same in the meantime, and nothing was done. "
        "Give the command again."
    )


@explain_quota_input_error.register
def _(_error: quota_errors.GrantGone, words: Words) -> str:
    return words("There is no such grant any more. `/quotas show` lists those there are.")
