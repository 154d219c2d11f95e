"""What holds in a place: what was set above it, and what Discord says of it in that moment."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import NoServerHere, NothingGiven, RefusedByRule, UnknownModel
from bot.domain.gate.channel_rules import ArtCommand, ChannelSettings, Layer
from bot.domain.gate.pause import PAUSED_EVERYWHERE
from bot.domain.gate.policy import PolicySnapshot
from bot.domain.gate.policy_here import decided_by
from bot.domain.gate.rule import Rule
from bot.domain.ids import ChannelId, GuildId, ModelId, UserId
from bot.domain.jobs.admission import AskedTooSoon
from bot.domain.jobs.failure import FailureReason
from bot.domain.jobs.job import ImageState
from bot.domain.moderation.errors import (
    CommandUnknown,
    LayerNotHere,
    ModeratorNeeded,
    OwnerNeeded,
    TermFileWrong,
    TermLineWrong,
    TermNotListed,
)
from bot.domain.terms import MAX_TERMS, TooManyTerms, parse_term
from bot.services.asking.recipes import RecipeBook
from bot.services.gate.channel_policies import (
    ChannelPolicyService,
    Powers,
    commands_named,
    paused_place,
)
from bot.services.gate.policy_book import PolicyBook
from bot.services.moderation.audit_reader import AuditReader
from bot.services.moderation.ports import ChannelFacts
from bot.services.moderation.term_lists import TermListService, read_list, written_list
from tests.services.house import House, make_place
from tests.services.models import PIXEL_MODEL, RATIO_MODEL

HERE = make_place()
GUILD, CHANNEL = GuildId(70), ChannelId(700)
CATEGORY, THREAD = 600, ChannelId(800)
MANAGER = Powers(manages_server=True, manages_channels=True)
OWNER = UserId(1)


@dataclass
class ToldChannels:
    """A thread in a channel in a category, which a test may mark as age-restricted."""

    age_restricted: bool = False
    known: bool = True
    above: tuple[tuple[Layer, int], ...] = field(
        default=((Layer.CHANNEL, CHANNEL), (Layer.CATEGORY, CATEGORY))
    )

    async def until_known(self) -> None:
        """It is known."""

    def facts_of(self, guild_id: GuildId, channel_id: ChannelId) -> ChannelFacts | None:
        del guild_id
        if not self.known:
            return None
        if channel_id == THREAD:
            return ChannelFacts(((Layer.THREAD, THREAD), *self.above), self.age_restricted)
        return ChannelFacts(self.above, self.age_restricted)


@dataclass
class Desk:
    """The moderators' services on one house."""

    house: House
    channels: ToldChannels
    book: PolicyBook
    policies: ChannelPolicyService
    terms: TermListService
    audit: AuditReader

    async def set(self, layer: Layer = Layer.CHANNEL, **said: Any) -> None:
        place = replace(HERE, channel_id=THREAD if layer is Layer.THREAD else CHANNEL)
        target = self.policies.target(layer, place, MANAGER)
        await self.policies.change(target, ChannelSettings(**said), None, HERE)

    async def log(self) -> list[str]:
        async with self.house.database.read() as tx:
            acts = await tx.audit.latest(GUILD, act=None, limit=50)
        return [f"{each.entry.act} {each.entry.subject} {each.entry.detail}" for each in acts]


def open_book(house: House, channels: ToldChannels) -> PolicyBook:
    return PolicyBook(
        storage=house.database,
        channels=channels,
        catalogue=house.catalogue,
        allowed_guilds=frozenset(),
    )


@pytest.fixture
async def desk(house: House) -> Desk:
    channels = ToldChannels()
    book = open_book(house, channels)
    await book.load()
    recipes = RecipeBook(house.catalogue, default_model=None)
    return Desk(
        house=house,
        channels=channels,
        book=book,
        policies=ChannelPolicyService(book, recipes, house.clock, owners=frozenset({OWNER})),
        terms=TermListService(book, house.clock),
        audit=AuditReader(house.database, house.clock),
    )


async def test_a_new_server_is_safe_and_allows_everything_else(desk: Desk) -> None:
    assert desk.book.of_place(GUILD, CHANNEL) == PolicySnapshot()
    assert desk.book.of_place(None, CHANNEL) == PolicySnapshot()


async def test_a_thread_takes_what_it_does_not_say_from_all_above_it(desk: Desk) -> None:
    await desk.set(Layer.SERVER, most_images=3, slow_mode_s=60)
    await desk.set(Layer.CATEGORY, slow_mode_s=30)
    await desk.set(Layer.CHANNEL, commands=frozenset({ArtCommand.EDIT}))
    await desk.set(Layer.THREAD, most_images=1)

    policy = desk.book.of_place(GUILD, THREAD)

    assert policy.most_images == 1
    assert policy.slow_mode == timedelta(seconds=30)
    assert policy.commands == {ArtCommand.EDIT}
    assert desk.book.of_place(GUILD, CHANNEL).most_images == 3
    assert desk.book.of_place(GuildId(71), CHANNEL) == PolicySnapshot()


async def test_a_channel_that_loses_its_mark_is_safe_at_once(desk: Desk) -> None:
    await desk.set(safe_mode=False)
    assert desk.book.of_place(GUILD, CHANNEL).safe_mode

    desk.channels.age_restricted = True
    assert not desk.book.of_place(GUILD, CHANNEL).safe_mode

    desk.channels.age_restricted = False
    assert desk.book.of_place(GUILD, CHANNEL).safe_mode


async def test_a_thread_that_the_bot_cannot_see_has_the_strictest_rules(desk: Desk) -> None:
    desk.channels.age_restricted = True
    await desk.set(Layer.SERVER, safe_mode=False)
    await desk.set(Layer.CATEGORY, commands=frozenset(), most_images=4)
    await desk.set(most_images=1)
    paused = paused_place(desk.policies.target(Layer.CHANNEL, HERE, MANAGER))
    await desk.policies.pause(paused, HERE, reason="")
    desk.channels.known = False

    policy = desk.book.of_place(GUILD, ChannelId(999))

    assert (policy.safe_mode, policy.most_images) == (True, 1)
    assert policy.commands == frozenset()
    assert policy.paused
    assert not desk.book.of_place(GuildId(71), ChannelId(999)).paused


async def test_uncensored_models_are_known_from_the_catalogue(desk: Desk) -> None:
    wild = replace(PIXEL_MODEL, uncensored=True)
    desk.house.catalogue.all_models = (wild, RATIO_MODEL)

    assert desk.book.of_place(GUILD, CHANNEL).uncensored_models == {wild.id}


async def test_what_another_process_changes_counts_when_it_is_noticed(desk: Desk) -> None:
    other = open_book(desk.house, desk.channels)
    await other.load()
    await desk.set(most_images=2)
    await desk.terms.add(parse_term("grim"), HERE)

    await other.look()

    policy = other.of_place(GUILD, CHANNEL)
    assert policy.most_images == 2
    assert policy.terms.first("a g.r.i.m king") is not None


async def test_a_list_that_stays_the_same_is_not_compiled_again(desk: Desk) -> None:
    await desk.terms.add(parse_term("grim"), HERE)
    before = desk.book.of_place(GUILD, CHANNEL).terms

    await desk.set(most_images=2)

    assert desk.book.of_place(GUILD, CHANNEL).terms is before


async def test_a_setting_is_taken_back_and_the_wider_one_counts(desk: Desk) -> None:
    await desk.set(Layer.SERVER, most_images=3)
    await desk.set(most_images=1, slow_mode_s=5)
    target = desk.policies.target(Layer.CHANNEL, HERE, MANAGER)

    await desk.policies.change(target, ChannelSettings(), "most_images", HERE)

    rules = desk.book.rules_at(GUILD, CHANNEL)
    assert (rules.most_images.value, rules.most_images.by) == (3, Layer.SERVER)
    assert rules.slow_mode_s.value == 5


async def test_a_channel_copies_what_another_one_says_itself(desk: Desk) -> None:
    await desk.set(most_images=1)
    desk.channels.above = ((Layer.CHANNEL, 701),)
    there = replace(HERE, channel_id=ChannelId(701))
    target = desk.policies.target(Layer.CHANNEL, there, MANAGER)

    await desk.policies.copy(target, CHANNEL, there)

    assert desk.book.of_place(GUILD, ChannelId(701)).most_images == 1
    assert await desk.log() == [
        "channel_copied channel 701 from channel 700",
        "channel_set channel 700 most_images=1",
    ]


@pytest.mark.parametrize(
    ("layer", "powers", "error"),
    [
        (Layer.SERVER, Powers(manages_server=False, manages_channels=True), ModeratorNeeded),
        (Layer.CHANNEL, Powers(manages_server=False, manages_channels=False), ModeratorNeeded),
        (Layer.THREAD, MANAGER, LayerNotHere),
    ],
)
async def test_who_may_not_is_told_what_is_missing(
    desk: Desk, layer: Layer, powers: Powers, error: type[Exception]
) -> None:
    with pytest.raises(error):
        desk.policies.target(layer, HERE, powers)


async def test_what_makes_no_sense_changes_nothing(desk: Desk) -> None:
    target = desk.policies.target(Layer.CHANNEL, HERE, MANAGER)
    with pytest.raises(NothingGiven):
        await desk.policies.change(target, ChannelSettings(), None, HERE)
    with pytest.raises(UnknownModel):
        desk.policies.models_named("flux-2-pro, no-such-model")
    with pytest.raises(CommandUnknown):
        commands_named("imagine, sing")
    with pytest.raises(OwnerNeeded):
        desk.policies.everywhere(HERE)
    with pytest.raises(NoServerHere):
        desk.policies.show(None, CHANNEL)
    assert await desk.log() == []


async def test_commands_are_named_as_they_are_typed() -> None:
    both = frozenset({ArtCommand.IMAGINE, ArtCommand.EDIT})
    assert commands_named("/imagine, EDIT ,") == both
    assert commands_named(None) is None


async def test_a_pause_holds_below_it_and_ends(desk: Desk) -> None:
    paused = paused_place(desk.policies.target(Layer.CATEGORY, HERE, MANAGER))
    assert await desk.policies.pause(paused, HERE, reason="raid")
    assert not await desk.policies.pause(paused, HERE, reason="again")
    assert desk.book.of_place(GUILD, THREAD).paused

    assert await desk.policies.resume(paused, HERE)

    assert not desk.book.of_place(GUILD, THREAD).paused
    assert not await desk.policies.resume(paused, HERE)
    assert [line.split()[0] for line in await desk.log()] == ["resumed", "paused"]


async def test_the_owner_pauses_every_place(desk: Desk) -> None:
    owner = make_place(user_id=OWNER, guild_id=GuildId(5))
    assert desk.policies.everywhere(owner) == PAUSED_EVERYWHERE

    await desk.policies.pause(PAUSED_EVERYWHERE, owner, reason="")

    assert desk.book.of_place(GUILD, CHANNEL).paused
    assert desk.book.of_place(None, CHANNEL).paused


async def test_what_waits_while_a_place_is_paused_is_refunded_and_not_the_members_fault(
    house: House,
) -> None:
    job = await house.ask(make_place())
    house.policies.policy = PolicySnapshot(paused=True)

    await house.finish()

    [image] = (await house.job(job)).images
    assert image.state is ImageState.REFUSED
    assert image.failure is not None
    assert image.failure.reason is FailureReason.PAUSED
    [line] = (await house.quota.status(HERE.spender)).lines
    assert line.used == 0


async def test_slow_mode_lets_a_member_wait_in_the_channel_and_no_moderator(house: House) -> None:
    house.policies.policy = PolicySnapshot(slow_mode=timedelta(seconds=30))
    await house.ask(make_place(), key="first")
    house.clock.move(29)

    with pytest.raises(AskedTooSoon):
        await house.ask(make_place(), key="second")
    await house.ask(make_place(channel_id=ChannelId(701)), key="elsewhere")
    await house.ask(make_place(manages_messages=True), key="moderator")


async def test_slow_mode_ends(house: House) -> None:
    house.policies.policy = PolicySnapshot(slow_mode=timedelta(seconds=30))
    await house.ask(make_place(), key="first")
    house.clock.move(30)

    await house.ask(make_place(), key="second")


async def test_a_preset_may_not_hold_a_blocked_term(house: House, desk: Desk) -> None:
    await desk.terms.add(parse_term("grim"), HERE)
    house.policies.policy = desk.book.of_place(GUILD, CHANNEL)
    wish = replace(house.defaults.show(HERE).effective)

    with pytest.raises(RefusedByRule) as refused:
        house.presets.checked("mine", "a grim king", wish, HERE)

    assert refused.value.rule is Rule.BLOCKED_TERM


class TestLists:
    async def test_a_file_is_read_and_written_alike(self, desk: Desk) -> None:
        content = "\ufeff# ours\ngrim\n\n  two words \n/gr[iy]m/\nbegin*\n".encode()

        assert await desk.terms.add_all(await read_list(content, language="en"), HERE) == 4

        listed = desk.terms.all(GUILD)
        assert {each.term.language for each in listed} == {"en"}
        again = await read_list(written_list(listed), language="en")
        assert await desk.terms.add_all(again, HERE) == 0
        assert desk.terms.suggest(GUILD, "GR", limit=5) == ["/gr[iy]m/", "grim"]

    async def test_a_term_is_removed_by_what_stands_on_the_list(self, desk: Desk) -> None:
        await desk.terms.add(parse_term("/gr[iy]m/"), HERE)

        await desk.terms.remove(" /GR[iy]m/ ", HERE)

        assert desk.terms.all(GUILD) == ()
        with pytest.raises(TermNotListed):
            await desk.terms.remove("grim", HERE)

    async def test_a_test_says_what_is_found_and_what_is_always_forbidden(self, desk: Desk) -> None:
        await desk.terms.add(parse_term("grim"), HERE)

        tested = desk.terms.test(GUILD, "a gr1m, nude child")

        assert [found.term.text for found in tested.found] == ["grim"]
        assert tested.always_forbidden

    async def test_a_list_that_would_be_too_long_is_not_begun(self, desk: Desk) -> None:
        await desk.terms.add(parse_term("grim"), HERE)
        many = [parse_term(f"word{number}") for number in range(MAX_TERMS)]

        with pytest.raises(TooManyTerms):
            await desk.terms.add_all(many, HERE)

        assert len(desk.terms.all(GUILD)) == 1

    @pytest.mark.parametrize(
        ("content", "error"),
        [
            (b"grim\nx\n", TermLineWrong),
            (b"/(/\n", TermLineWrong),
            (b"\xff\xfe\x00", TermFileWrong),
            (b"word\n" * 500_000, TermFileWrong),
            (b"ab\n" * (MAX_TERMS + 1), TooManyTerms),
        ],
    )
    async def test_a_file_that_is_no_list_adds_nothing(
        self, content: bytes, error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            await read_list(content, language=None)

    async def test_there_is_no_list_in_direct_messages(self, desk: Desk) -> None:
        with pytest.raises(NoServerHere):
            desk.terms.all(None)


async def test_direct_messages_are_explained_too(desk: Desk) -> None:
    here = desk.book.here(None, CHANNEL)

    assert here.rules.safe_mode.by is Layer.BOT
    assert decided_by(Rule.UNCENSORED_MODEL, here) is Layer.BOT
    assert decided_by(Rule.PAUSED, here) is None


async def test_who_decided_a_rule_is_told(desk: Desk) -> None:
    await desk.set(Layer.SERVER, most_images=1, spoilers=True)
    await desk.set(forbidden_models=frozenset({ModelId("flux")}))
    here = desk.book.here(GUILD, CHANNEL)

    assert decided_by(Rule.TOO_MANY_IMAGES, here) is Layer.SERVER
    assert decided_by(Rule.MODEL_NOT_ALLOWED, here) is None
    assert desk.book.of_place(GUILD, CHANNEL).spoilers


async def test_a_change_that_changes_nothing_is_not_written(desk: Desk) -> None:
    await desk.set(most_images=1)
    await desk.set(most_images=1)

    assert len(await desk.log()) == 1
