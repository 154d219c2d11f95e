"""Who may take part in what, by a server's rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import RoleId
from bot.domain.voting.taking_part import (
    ANYBODY,
    EVERYBODY,
    MANAGERS,
    NO_RULES,
    Circle,
    CircleKind,
    Doing,
    NotAmongThem,
    Participant,
    Rules,
    RuleUnclear,
    check_may,
    circle_given,
)

PAINTERS, EVERYONE = RoleId(7), RoleId(1)
OF_PAINTERS = Circle(CircleKind.ROLE, PAINTERS)
circles = st.sampled_from([EVERYBODY, MANAGERS, OF_PAINTERS])
doings = st.sampled_from(Doing)


def may(rules: Rules, doing: Doing, who: Participant) -> bool:
    try:
        check_may(rules, doing, who)
    except NotAmongThem:
        return False
    return True


def test_without_rules_everybody_takes_part_and_managers_open_rounds_and_contests() -> None:
    assert {doing for doing in Doing if not may(NO_RULES, doing, ANYBODY)} == {
        Doing.OPEN_ROUNDS,
        Doing.OPEN_CONTESTS,
    }


def test_a_refusal_names_the_rule_and_the_circle() -> None:
    rules = NO_RULES.changed(Doing.VOTE, OF_PAINTERS)
    with pytest.raises(NotAmongThem) as refused:
        check_may(rules, Doing.VOTE, ANYBODY)
    assert (refused.value.doing, refused.value.circle) == (Doing.VOTE, OF_PAINTERS)


@given(st.dictionaries(doings, circles), doings, st.booleans(), st.booleans())
def test_whoever_manages_the_server_may_and_others_by_the_circle_alone(
    said: dict[Doing, Circle], doing: Doing, manages: bool, paints: bool
) -> None:
    rules = Rules(said)
    roles = frozenset({PAINTERS} if paints else set())
    circle = rules.circle_of(doing)

    expected = manages or circle == EVERYBODY or (circle == OF_PAINTERS and paints)
    assert may(rules, doing, Participant(roles=roles, manages_server=manages)) is expected


@given(st.dictionaries(doings, circles), doings, circles)
def test_a_change_concerns_one_rule(
    said: dict[Doing, Circle], doing: Doing, circle: Circle
) -> None:
    before = Rules(said)
    after = before.changed(doing, circle)

    assert after.circle_of(doing) == circle
    others = set(Doing) - {doing}
    assert all(after.circle_of(each) == before.circle_of(each) for each in others)


def test_a_rule_is_for_a_kind_or_for_a_role() -> None:
    assert circle_given(None, PAINTERS, everyone=EVERYONE) == OF_PAINTERS
    assert circle_given(None, EVERYONE, everyone=EVERYONE) == EVERYBODY
    assert circle_given("everybody", None, everyone=EVERYONE) == EVERYBODY
    assert circle_given("managers", None, everyone=EVERYONE) == MANAGERS
    for who, role in ((None, None), ("managers", PAINTERS)):
        with pytest.raises(RuleUnclear):
            circle_given(who, role, everyone=EVERYONE)
