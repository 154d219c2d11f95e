"""The rule of turns: shares, and nobody who waits for ever."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import GuildId, UserId
from bot.domain.jobs.turns import REMEMBERED_FOR, Flow, Waiting, in_turn, next_turn

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)

flows = st.builds(
    Flow, st.sampled_from([None, GuildId(1), GuildId(2)]), st.integers(1, 3).map(UserId)
)
queues = st.lists(
    st.tuples(flows, st.integers(1, 4), st.integers(0, 5), st.integers(0, 9).map(lambda n: n == 0)),
    max_size=15,
).map(
    lambda rows: [
        Waiting(
            id=f"{number:02}",
            flow=flow,
            images=images,
            since=NOON - timedelta(seconds=age_s),
            goes_first=goes_first,
        )
        for number, (flow, images, age_s, goes_first) in enumerate(rows)
    ]
)
histories = st.dictionaries(flows, st.integers(1, 20), max_size=5)


def waiting(flow: Flow, number: int, *, images: int = 1, age_s: int = 0) -> Waiting:
    return Waiting(
        id=f"{number:03}", flow=flow, images=images, since=NOON - timedelta(seconds=age_s)
    )


def member(user: int, guild: int | None = 1) -> Flow:
    return Flow(GuildId(guild) if guild is not None else None, UserId(user))


def greedy(waiting: Iterable[Waiting], given: Mapping[Flow, int]) -> list[str]:
    """The rule as one would play it by hand: one claim after the other, looking afresh."""
    left, so_far, order = list(waiting), Counter(given), []

    def of_server(guild: GuildId | None) -> int:
        return sum(images for flow, images in so_far.items() if flow.guild_id == guild)

    def age(each: Waiting) -> tuple[datetime, str]:
        return each.since, each.id

    while left:
        ahead = [each for each in left if each.goes_first]
        if ahead:
            taken = min(ahead, key=age)
        else:
            heads = [
                min(
                    (each for each in left if each.flow.guild_id == guild),
                    key=lambda each: (so_far[each.flow], *age(each)),
                )
                for guild in {each.flow.guild_id for each in left}
            ]
            taken = min(heads, key=lambda each: (of_server(each.flow.guild_id), *age(each)))
            so_far[taken.flow] += taken.images
        left.remove(taken)
        order.append(taken.id)
    return order


@given(queue=queues, history=histories)
def test_the_order_is_that_of_looking_afresh_at_every_claim(
    queue: list[Waiting], history: dict[Flow, int]
) -> None:
    assert [each.id for each in in_turn(queue, history)] == greedy(queue, history)


@given(queue=queues, history=histories)
def test_every_job_is_taken_once(queue: list[Waiting], history: dict[Flow, int]) -> None:
    assert sorted(each.id for each in in_turn(queue, history)) == [each.id for each in queue]


@given(queue=queues, history=histories, most_running=st.integers(1, 3))
def test_while_anybody_has_room_somebody_is_taken(
    queue: list[Waiting], history: dict[Flow, int], most_running: int
) -> None:
    users = [each.flow.user_id for each in queue if not each.goes_first]
    full = Counter(dict.fromkeys(users[:2], most_running))
    taken = next_turn(queue, history, running=full, most_running=most_running)
    if taken is None:
        assert all(full[each.flow.user_id] >= most_running for each in queue)
        assert not any(each.goes_first for each in queue)
    else:
        assert taken.goes_first or full[taken.flow.user_id] < most_running


def test_forty_images_of_one_member_do_not_hold_up_anothers_first() -> None:
    flood = [waiting(member(1), number, age_s=60) for number in range(40)]
    late = waiting(member(2), 99)

    assert in_turn([*flood, late], {})[1] == late


def test_a_busy_server_does_not_hold_up_a_quiet_one() -> None:
    busy = [waiting(member(user), user, age_s=60) for user in range(40)]
    quiet = waiting(member(99, guild=2), 99)

    assert in_turn([*busy, quiet], {})[1] == quiet


def test_direct_messages_count_as_one_server() -> None:
    private = [waiting(member(user, guild=None), user, age_s=60) for user in range(10)]
    in_server = waiting(member(99), 99)

    assert in_turn([*private, in_server], {})[1] == in_server


def test_a_job_of_four_images_counts_for_four() -> None:
    large = [waiting(member(1), number, images=4, age_s=60) for number in range(2)]
    small = [waiting(member(2), number) for number in range(10, 15)]

    order = in_turn([*large, *small], {})

    assert [each.flow.user_id for each in order] == [1, 2, 2, 2, 2, 1, 2]


def test_what_was_given_of_late_counts() -> None:
    greedy_one, modest = waiting(member(1), 1, age_s=60), waiting(member(2), 2)

    assert in_turn([greedy_one, modest], {member(1): 8})[0] == modest


@given(
    queue=queues.filter(bool),
    seconds_a_claim=st.integers(5, 60),
    newcomers_in_servers_of_their_own=st.booleans(),
    data=st.data(),
)
def test_nobody_waits_for_ever_however_many_others_come(
    queue: list[Waiting],
    seconds_a_claim: int,
    newcomers_in_servers_of_their_own: bool,
    data: st.DataObject,
) -> None:
    """Before every claim comes a member who has had nothing yet."""
    patient = data.draw(st.sampled_from(queue)).id
    now, left = NOON, list(queue)
    started: list[tuple[datetime, Flow, int]] = []
    claims_remembered = REMEMBERED_FOR.total_seconds() / seconds_a_claim
    bound = int((len(queue) + 1) * (claims_remembered + 2))
    for claim in range(bound):
        now += timedelta(seconds=seconds_a_claim)
        guild = 1_000 + claim if newcomers_in_servers_of_their_own else 1
        newcomer = Flow(GuildId(guild), UserId(1_000 + claim))
        left.append(Waiting(id=f"new-{claim:05}", flow=newcomer, images=1, since=now))
        given_lately: Counter[Flow] = Counter()
        for at, flow, images in started:
            if at > now - REMEMBERED_FOR:
                given_lately[flow] += images
        taken = in_turn(left, given_lately)[0]
        if taken.id == patient:
            return
        left.remove(taken)
        started.append((now, taken.flow, taken.images))
    raise AssertionError(f"not taken in {bound} claims")
