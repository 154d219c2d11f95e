"""The words of battles: the question before one, its message, and what came of it."""

from babel.numbers import format_decimal, format_percent

from bot.domain.battles.battle import Battle, BattleVote, CallOff, Count, Side
from bot.domain.battles.rating import AVERAGE, Shift, margin_points, points
from bot.domain.chart import Mark
from bot.domain.money import UsdMicros
from bot.domain.ranking.bradley_terry import Rating
from bot.domain.voting.vote import FULL_WEIGHT
from bot.text.format import moment, money
from bot.text.quoting import as_name
from bot.text.results.failures import explain_charge, explain_failure
from bot.text.words import N_, Words

SIDES = {Side.A: "A", Side.B: "B"}

_CHART_NAME_CHARS = 24
_SCALE = (0.0, 0.25, 0.5, 0.75, 1.0)

_CAUSES: dict[CallOff, str] = {
    CallOff.NOT_PAINTED: N_("One of its pictures was not painted."),
    CallOff.BLURRED: N_("One of its pictures was blurred by safe mode."),
    CallOff.DELETED: N_("One of its pictures was deleted, or is no longer kept."),
    CallOff.STOPPED: N_("The member who started it called it off."),
    CallOff.REMOVED: N_("A moderator called it off."),
    CallOff.UNREACHABLE: N_("Its pictures could not be shown here."),
    CallOff.MERGED: N_("Its two styles were merged into one."),
}


def question(styles: tuple[str, str], price: UsdMicros | None, words: Words) -> str:
    """Which styles are to meet, and what that costs at most."""
    one, other = styles
    return words(
        "**{one}** against **{other}**: 2 images, {price}, which you pay.",
        one=as_name(one),
        other=as_name(other),
        price=money(words, price),
    )


def terms(battle: Battle, words: Words) -> str:
    """How long it is open."""
    minutes = words.plural("Open for {count} minute", "Open for {count} minutes", battle.minutes)
    if battle.votes_wanted is None:
        return f"{minutes}."
    votes = words.plural("or until {count} vote", "or until {count} votes", battle.votes_wanted)
    return f"{minutes}, {votes}."


def start_button(price: UsdMicros | None, words: Words) -> str:
    """What the button says that starts a battle."""
    return words("Start the battle · {price}", price=money(words, price))


def started(words: Words) -> str:
    """What becomes of the question."""
    return words("The battle is being painted. You are told there what comes of it.")


def being_painted(words: Words) -> str:
    """What stands where the pictures will be."""
    return words("Two styles paint this. The vote opens when both pictures are there.")


def how_to_vote(battle: Battle, words: Words) -> str:
    """What members are asked."""
    closing = "" if battle.closes_at is None else moment(battle.closes_at)
    said = words(
        "Which picture is better? Which style painted which is told when the vote closes: {time}.",
        time=closing,
    )
    if battle.votes_wanted is None:
        return said
    early = words.plural(
        "It closes before that at {count} vote.",
        "It closes before that at {count} votes.",
        battle.votes_wanted,
    )
    return f"{said} {early}"


def started_by(battle: Battle, words: Words) -> str:
    """Whose battle it is."""
    return words("Battle of {member}.", member=f"<@{battle.starter_id}>")


def picture_name(side: Side, prompt: str, words: Words) -> str:
    """What a picture is to those who do not see it."""
    return words("Picture {side}: {prompt}", side=SIDES[side], prompt=prompt)


def votes_button(votes: int, words: Words) -> str:
    """How many have voted, and nothing of whom for."""
    return words.plural("{count} vote", "{count} votes", votes)


def report_button(side: Side, words: Words) -> str:
    """The label of the button that reports a picture."""
    return words("Report {side}", side=SIDES[side])


def stop_button(words: Words) -> str:
    """The label of the button that calls a battle off."""
    return words("Call off")


def stopped(words: Words) -> str:
    """To whoever called a battle off."""
    return words("The battle is called off. What was not sent yet is not charged.")


def vote_taken(vote: BattleVote, former: Side | None, words: Words) -> str:
    """What became of a vote."""
    side = SIDES[vote.side]
    if former is None:
        said = words("You voted for {side}. You can change that until the end.", side=side)
    elif former is vote.side:
        said = words("Your vote for {side} stands.", side=side)
    else:
        said = words("Your vote is for {side} now.", side=side)
    if vote.weight == FULL_WEIGHT:
        return said
    if vote.weight == 0:
        light = words("It does not count: your account, or your membership here, is too new.")
    else:
        light = words("It weighs half, because your account, or your membership here, is new.")
    return f"{said} {light}"


def called_off(battle: Battle, words: Words) -> str:
    """That a battle came to nothing, and why."""
    said = words("The battle is called off, and counts for nothing.")
    cause = words(_CAUSES[battle.call_off]) if battle.call_off is not None else ""
    return f"{said} {cause}".strip()


def failure_lines(battle: Battle, words: Words) -> list[str]:
    """Why a picture is missing, and what it cost."""
    if battle.failure is None:
        return []
    sentence = explain_failure(battle.failure, battle.failed_job or battle.id, words)
    return [sentence, explain_charge((battle.failure,), words)]


def what_is_left(words: Words) -> str:
    """What becomes of the other picture."""
    return words("A picture that was painted all the same is shown on its own, and paid for.")


def result(count: Count, names: dict[Side, str], words: Words) -> str:
    """Who won."""
    if count.votes == 0:
        return words("Nobody voted, so the ratings stay as they are.")
    winner = count.winner
    if winner is None:
        return words("A draw.")
    return words("**{name}** wins.", name=as_name(names[winner]))


def contender_line(side: Side, name: str, count: Count, shift: Shift, words: Words) -> str:
    """A style's votes, and what they did to its rating."""
    return words(
        "**{side}** · **{name}** · {votes} · rating {before} → {after}",
        side=SIDES[side],
        name=as_name(name),
        votes=_votes(side, count, words),
        before=_points(shift.before, words),
        after=rating(shift.after, words),
    )


def how_rated(words: Words) -> str:
    """What ratings are."""
    return words(
        "Ratings by Bradley and Terry, {average} on average; ± is a confidence of 95 %. "
        "Votes of new members weigh less.",
        average=_number(AVERAGE, words),
    )


def rating(value: Rating, words: Words) -> str:
    """A rating with how sure it is."""
    return f"{_points(value, words)} ± {_number(margin_points(value), words)}"


def share_of(side: Side, count: Count) -> float:
    """The share of the weight that is a side's; half of nothing."""
    share = 0.5 if count.share_a is None else count.share_a
    return share if side is Side.A else 1 - share


def chart_title(words: Words) -> str:
    """What the chart shows."""
    return words("The votes of the battle")


def chart_subtitle(words: Words) -> str:
    """In which unit."""
    return words("share of the votes, by their weight")


def chart_name(side: Side, name: str) -> str:
    """A side in the chart."""
    one_line = " ".join(name.split())
    more = "…" if len(one_line) > _CHART_NAME_CHARS else ""
    return f"{SIDES[side]} · {one_line[:_CHART_NAME_CHARS].rstrip()}{more}"


def chart_total(side: Side, count: Count, words: Words) -> str:
    """What stands at the end of a side's bar."""
    return _percent(share_of(side, count), words)


def scale_marks(words: Words) -> tuple[Mark, ...]:
    """The scale of the chart, from nothing to all."""
    return tuple(Mark(at, _percent(at, words)) for at in _SCALE)


def _votes(side: Side, count: Count, words: Words) -> str:
    votes = words.plural("{count} vote", "{count} votes", count.votes_of(side))
    if count.votes == 0:
        return votes
    return f"{votes} ({_percent(share_of(side, count), words)})"


def _points(value: Rating, words: Words) -> str:
    return _number(points(value), words)


def _number(value: int, words: Words) -> str:
    return str(format_decimal(value, locale=words.locale))


def _percent(share: float, words: Words) -> str:
    return str(format_percent(share, locale=words.locale))
