"""The words of `/quota`, of limits and of where they come from."""

from collections.abc import Iterator

from bot.domain.money import UsdMicros
from bot.domain.quotas.limits import LimitScope, LimitSource, Unit, Unlimited
from bot.domain.quotas.quota import GrantLine, QuotaLine, QuotaStatus
from bot.domain.quotas.windows import WindowKind, WindowUnit
from bot.text.format import moment, money
from bot.text.quoting import as_plain, listed
from bot.text.words import N_, Words

_WINDOWS: dict[WindowUnit, str] = {
    WindowUnit.DAY: N_("Today"),
    WindowUnit.WEEK: N_("This week"),
    WindowUnit.MONTH: N_("This month"),
}
_GRANTS_SHOWN = 3
_REASON_SHOWN = 100
"""Characters of a grant's reason in /quota."""

_SPANS: dict[WindowUnit, str] = {
    WindowUnit.DAY: N_("for today"),
    WindowUnit.WEEK: N_("for this week"),
    WindowUnit.MONTH: N_("for this month"),
}
_SOURCES: dict[LimitScope, str] = {
    LimitScope.MEMBER: N_("your own limit"),
    LimitScope.ROLE: N_("limit of <@&{id}>"),
    LimitScope.BOOSTERS: N_("limit of boosters"),
    LimitScope.NEW_MEMBERS: N_("limit of new members"),
    LimitScope.CHANNEL: N_("limit of <#{id}>"),
    LimitScope.SERVER: N_("limit of this server"),
    LimitScope.BOT: N_("the bot's own limit"),
}


def window_name(window: WindowKind, words: Words) -> str:
    """A window as a heading: "Today"."""
    if window.unit is WindowUnit.HOURS:
        return words.plural("The last {count} hour", "The last {count} hours", window.hours)
    return words(_WINDOWS[window.unit])


def window_span(window: WindowKind, words: Words) -> str:
    """A window inside a sentence: "for today"."""
    if window.unit is WindowUnit.HOURS:
        return words.plural("for {count} hour", "for {count} hours", window.hours)
    return words(_SPANS[window.unit])


def source_name(source: LimitSource, words: Words) -> str:
    """Where a limit comes from."""
    return words(_SOURCES[source.scope], id=source.owner_id)


def cap_lines(status: QuotaStatus, words: Words) -> str:
    """What is left of every cap, when it resets, and whose it is."""
    lines = [_line(line, words) for line in status.lines]
    return "\n".join(lines) or words("There is no limit for you here.")


def quota_lines(status: QuotaStatus, words: Words) -> str:
    """The caps, the grants that end first, and the limits that are no counts."""
    lines = [cap_lines(status, words)] if status.lines else []
    lines += [_grant(line, words) for line in status.grants[:_GRANTS_SHOWN]]
    more = len(status.grants) - _GRANTS_SHOWN
    if more > 0:
        lines.append(words.plural("{count} more grant.", "{count} more grants.", more))
    lines += [f"-# {limit}" for limit in _other_limits(status, words)]
    return "\n".join(lines) or words("There is no limit for you here.")


def cheaper_models(cheaper: tuple[str, ...], words: Words) -> str:
    """What would fit instead, with a space before it; nothing where nothing would."""
    if not cheaper:
        return ""
    return " " + words("These would fit: {models}.", models=listed(cheaper))


def _line(line: QuotaLine, words: Words) -> str:
    window, source = window_name(line.window, words), source_name(line.source, words)
    if isinstance(line.most, Unlimited):
        return words(
            "{window}: {used} used, no limit ({source}).",
            window=window,
            used=_used(line.unit, line.used, words),
            source=source,
        )
    return words(
        "{window}: **{left}** left of {most}, {used} used. Resets {reset} ({source}).",
        window=window,
        left=_amount(line.unit, line.left or 0, words),
        most=_used(line.unit, line.most, words),
        used=_used(line.unit, line.used, words),
        reset=moment(line.resets_at),
        source=source,
    )


def _grant(grant: GrantLine, words: Words) -> str:
    given = [
        _amount(unit, amount, words)
        for unit, amount in (
            (Unit.IMAGES, grant.images_left),
            (Unit.USD_MICROS, grant.usd_micros_left),
        )
        if amount is not None
    ]
    return words(
        "Extra: **{left}** left until {expiry} ({reason}).",
        left=" · ".join(given),
        expiry=moment(grant.expires_at),
        reason=as_plain(_beginning(grant.reason)),
    )


def _beginning(reason: str) -> str:
    """As much of a reason as a line has room for."""
    return reason if len(reason) <= _REASON_SHOWN else f"{reason[: _REASON_SHOWN - 1]}…"


def _other_limits(status: QuotaStatus, words: Words) -> Iterator[str]:
    limits = status.limits
    if limits.images_per_request is not None and isinstance(limits.images_per_request.most, int):
        yield words(
            "At most {most} in one request ({source}).",
            most=_amount(Unit.IMAGES, limits.images_per_request.most, words),
            source=source_name(limits.images_per_request.source, words),
        )
    if limits.at_once is not None and isinstance(limits.at_once.most, int):
        yield words(
            "At most {most} at once ({source}).",
            most=_amount(Unit.IMAGES, limits.at_once.most, words),
            source=source_name(limits.at_once.source, words),
        )
    dearest = limits.dearest_usd_micros
    if dearest is not None and isinstance(dearest.most, int):
        yield words(
            "No image may cost more than {most} ({source}).",
            most=money(words, UsdMicros(dearest.most)),
            source=source_name(dearest.source, words),
        )


def _amount(unit: Unit, amount: int, words: Words) -> str:
    if unit is Unit.IMAGES:
        return words.plural("{count} image", "{count} images", amount)
    return money(words, UsdMicros(amount))


def _used(unit: Unit, amount: int, words: Words) -> str:
    return f"{amount}" if unit is Unit.IMAGES else money(words, UsdMicros(amount))
