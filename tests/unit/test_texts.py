"""Everything that can happen has words in every language, and nobody's words do harm in them."""

import dataclasses
import gettext
import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.domain
import bot.services
from bot.domain.asking.effects import Setting
from bot.domain.asking.request import ImageRequest, Recipe
from bot.domain.conduct.authority import Untouchable
from bot.domain.conduct.bars import Bar
from bot.domain.conduct.strikes import CONTENT_VIOLATION, REPORTED
from bot.domain.errors import Budget, BudgetReached, GondolaError, QuotaExceeded, RefusedByRule
from bot.domain.flags import Flag
from bot.domain.flags.flag import Value
from bot.domain.gate.channel_rules import Layer
from bot.domain.gate.policy import NO_SIGNALS, SafetySignals
from bot.domain.gate.rule import Rule
from bot.domain.ids import AccountKey, ChannelId, JobId, ModelId, RoleId, UserId
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.jobs.job import Job, Origin
from bot.domain.jobs.notice import Notice
from bot.domain.models.image_model import Quality
from bot.domain.moderation.errors import ModeratorPermission
from bot.domain.money import UsdMicros
from bot.domain.quotas.limits import LimitScope, LimitSource
from bot.domain.quotas.windows import DAY, MONTH, WEEK, WindowKind, rolling
from bot.domain.sizing import PixelSize, SizeChoice, SizingNote, TierChoice
from bot.domain.tools.request import Tool
from bot.domain.voting.taking_part import MANAGERS, Circle, CircleKind, Doing
from bot.text.asking.notes import explain_note
from bot.text.errors import explain
from bot.text.gate.rules import RULES
from bot.text.results.failures import explain_charge, explain_failure
from bot.text.results.notices import notice_lines
from bot.text.results.result import alt_text, caption, failed_count, safety_label
from bot.text.words import Words, languages, words_for
from tests.unit.sentences import SENTENCES
from tests.unit.strategies import hostile_texts

RESET = datetime(2025, 5, 21, tzinfo=UTC)
EN = words_for("en")
DE = words_for("de")
SQUARE = PixelSize(1024, 1024)


class OnlyMarkedSentences(gettext.NullTranslations):
    """Refuses whatever the catalogues do not know, in the shape in which it is looked up."""

    known = frozenset((said.text, said.plural) for said in SENTENCES)

    def gettext(self, message: str) -> str:
        assert (message, None) in self.known
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        assert (msgid1, msgid2) in self.known
        return super().ngettext(msgid1, msgid2, n)


EVERY_LANGUAGE = (*map(words_for, languages()), Words("en", OnlyMarkedSentences()))


def import_all(package: Any) -> None:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)


def concrete(root: type[GondolaError]) -> Iterator[type[GondolaError]]:
    """The errors that are raised: those that have no narrower ones, save in the database's room.

    What that adds is for the operator; its members read the words of the domain's error.
    """
    narrower = [each for each in root.__subclasses__() if "bot.storage" not in each.__module__]
    if not narrower:
        yield root
    for error in narrower:
        yield from concrete(error)


import_all(bot.domain)
import_all(bot.services)
ERRORS = sorted(set(concrete(GondolaError)), key=lambda error: error.__name__)

FLAGS_WITH_VALUES = [
    flag for flag in Flag if flag not in {Flag.ENHANCE, Flag.WEB, Flag.PRIVATE, Flag.RAW}
]
"""The others are on by standing there; no error speaks of their values."""

VALUES: dict[object, st.SearchStrategy[Any]] = {
    str: hostile_texts,
    ModelId: hostile_texts.map(ModelId),
    ChannelId: st.integers(1, 2**63 - 1).map(ChannelId),
    int: st.integers(-(10**12), 10**12),
    float: st.floats(-(10**6), 10**6),
    Setting: st.sampled_from(Setting),
    UsdMicros: st.integers(0, 10**12).map(UsdMicros),
    datetime: st.just(RESET),
    datetime | None: st.none() | st.just(RESET),
    PixelSize: st.builds(PixelSize, st.integers(1, 99_999), st.integers(1, 99_999)),
    tuple[str, ...]: st.lists(hostile_texts, max_size=5).map(tuple),
    tuple[Quality, ...]: st.lists(st.sampled_from(Quality), max_size=3).map(tuple),
    Rule: st.sampled_from(Rule),
    Untouchable: st.sampled_from(Untouchable),
    # What members write, and how it is made harmless, is of `bot.text.quoting`.
    Bar | None: st.none()
    | st.builds(
        Bar,
        st.sampled_from((Rule.BLOCKED, Rule.PAUSED_FOR_STRIKES)),
        st.none() | st.just(RESET),
        st.sampled_from(("spam", CONTENT_VIOLATION, REPORTED)),
        st.booleans(),
    ),
    Layer: st.sampled_from(Layer),
    ModeratorPermission: st.sampled_from(ModeratorPermission),
    WindowKind: st.sampled_from((DAY, WEEK, MONTH, rolling(1), rolling(24))),
    LimitSource: st.builds(LimitSource, st.sampled_from(LimitScope), st.integers(0, 2**63)),
    Budget: st.sampled_from(Budget),
    Tool: st.sampled_from(Tool),
    Doing: st.sampled_from(Doing),
    Circle: st.sampled_from([MANAGERS, Circle(CircleKind.ROLE, RoleId(2**63 - 1))]),
    Flag: st.sampled_from(FLAGS_WITH_VALUES),
    tuple[Flag, ...]: st.lists(st.sampled_from(Flag), max_size=3).map(tuple),
    Value: hostile_texts | st.integers() | st.booleans(),
}


def instances(error: type[Any]) -> st.SearchStrategy[Any]:
    """An error or a note with anything in it."""
    if not dataclasses.is_dataclass(error):
        return st.builds(error)
    hints = get_type_hints(error)
    return st.builds(
        error, **{field.name: VALUES[hints[field.name]] for field in dataclasses.fields(error)}
    )


def is_harmless(sentence: str) -> bool:
    """Foreign words stand in closed code, on one line, and no member is mentioned."""
    plain = re.sub(r"<(t:\d+:[tR]|@&\d+|#\d+)>", "", sentence)
    outside = re.sub(r"`[^`]*`", "", plain)
    return not re.search(r"[`<>\[\]|]", outside) and "@" not in plain and "\n" not in sentence


class TestErrors:
    @pytest.mark.parametrize("error_type", ERRORS)
    @settings(max_examples=30)
    @given(data=st.data())
    def test_every_error_has_harmless_words_in_every_language(
        self, error_type: type[GondolaError], data: st.DataObject
    ) -> None:
        error = data.draw(instances(error_type))
        for words in EVERY_LANGUAGE:
            sentence = explain(error, words)
            assert 10 < len(sentence) < 1_000
            assert is_harmless(sentence)

    def test_an_error_without_words_is_a_fault_of_the_bot(self) -> None:
        with pytest.raises(NotImplementedError, match="GondolaError"):
            explain(GondolaError(), EN)

    @pytest.mark.parametrize("rule", Rule)
    def test_every_rule_has_words_and_is_named(self, rule: Rule) -> None:
        assert rule in RULES
        for words in EVERY_LANGUAGE:
            assert f"`{rule.value}`" in explain(RefusedByRule(rule), words)

    @pytest.mark.parametrize("budget", Budget)
    def test_every_budget_has_words_with_both_sums(self, budget: Budget) -> None:
        error = BudgetReached(budget, UsdMicros(80_000), UsdMicros(50_000), RESET)

        assert "$0.08" in explain(error, EN)
        assert "0,05 $" in explain(error, DE)

    @pytest.mark.parametrize(
        ("left", "limit", "english", "german"),
        [
            (0, 1, "your 1 image for today", "Dein 1 Bild"),
            (0, 20, "your 20 images for today", "Deine 20 Bilder"),
            (1, 20, "1 image left", "noch 1 Bild und"),
            (3, 20, "3 images left", "noch 3 Bilder und"),
        ],
    )
    def test_a_spent_quota_says_what_is_left_and_when_there_is_more(
        self, left: int, limit: int, english: str, german: str
    ) -> None:
        error = QuotaExceeded(wanted=4, left=left, limit=limit, resets_at=RESET)

        assert english in explain(error, EN)
        assert german in explain(error, DE)
        assert f"<t:{int(RESET.timestamp())}:R>" in explain(error, EN)


class TestSizingNotes:
    @pytest.mark.parametrize("note_type", get_args(SizingNote))
    @given(data=st.data())
    def test_every_note_has_words_in_every_language(
        self, note_type: type[Any], data: st.DataObject
    ) -> None:
        values = {str: st.just("16:9"), PixelSize: st.just(PixelSize(1280, 720))}
        hints = get_type_hints(note_type)
        note = data.draw(
            st.builds(note_type, **{name: values[hint] for name, hint in hints.items()})
        )
        for words in EVERY_LANGUAGE:
            assert is_harmless(explain_note(note, words))

    def test_a_note_without_words_is_a_fault_of_the_bot(self) -> None:
        with pytest.raises(NotImplementedError, match="object"):
            explain_note(object(), EN)  # type: ignore[arg-type] # what no annotation lets through


class TestFailures:
    @pytest.mark.parametrize("reason", FailureReason)
    @given(detail=st.none() | hostile_texts)
    def test_every_reason_has_harmless_words_in_every_language(
        self, reason: FailureReason, detail: str | None
    ) -> None:
        failure = ImageFailure(reason, detail=detail)
        for words in EVERY_LANGUAGE:
            sentence = explain_failure(failure, "0123456789abcdef", words)
            assert is_harmless(re.sub(r"\\.", "", sentence))
            assert len(sentence) < 1_000

    def test_the_services_own_reason_is_told(self) -> None:
        failure = ImageFailure(FailureReason.REJECTED, detail="No *such* style.")

        assert explain_failure(failure, "job", EN) == (
            r"The image service refused the request: “No \*such\* style.”"
        )

    @pytest.mark.parametrize("detail", [None, ""])
    def test_a_missing_reason_is_told_too(self, detail: str | None) -> None:
        failure = ImageFailure(FailureReason.REJECTED, detail=detail)

        assert "it gave no reason" in explain_failure(failure, "job", EN)

    def test_a_fault_of_the_bot_names_its_job(self) -> None:
        failure = ImageFailure(FailureReason.INTERNAL)

        assert "`0123456789abcdef`" in explain_failure(failure, "0123456789abcdef", DE)

    @pytest.mark.parametrize(
        ("billings", "english", "german"),
        [
            ([Billing.NOT_BILLED], "Not charged.", "Nichts berechnet."),
            (
                [Billing.NOT_BILLED, Billing.MAYBE_BILLED],
                "Not charged to you; the bot may have been billed.",
                "Dir wird nichts berechnet; dem Bot vielleicht schon.",
            ),
            (
                [Billing.BILLED],
                "Not charged to you; the bot may have been billed.",
                "Dir wird nichts berechnet; dem Bot vielleicht schon.",
            ),
        ],
    )
    def test_a_failure_says_who_pays(
        self, billings: list[Billing], english: str, german: str
    ) -> None:
        failures = tuple(ImageFailure(FailureReason.LOST, billing) for billing in billings)

        assert explain_charge(failures, EN) == english
        assert explain_charge(failures, DE) == german


class TestResults:
    def test_the_caption_says_how_it_was_made_in_one_line(self) -> None:
        job = make_job(quality=Quality.HIGH, style="Anime", size=TierChoice("16:9", "2K"))

        assert caption(job, (7, 8), UsdMicros(80_000), 3.14, EN) == (
            "Test Model · 16:9 · 2K · high · Anime · seeds 7, 8 · $0.08 · 3.1 s"
        )
        assert caption(job, (7,), None, 12.3, DE) == (
            "Test Model · 16:9 · 2K · high · Anime · Seed 7 · Preis unbekannt · 12 s"
        )

    def test_the_caption_leaves_out_what_was_not_asked(self) -> None:
        assert caption(make_job(), (7,), UsdMicros(10_000), 1.0, EN) == (
            "Test Model · 1024×1024 · seed 7 · $0.01 · 1 s"
        )

    @pytest.mark.parametrize(
        ("failed", "english", "german"),
        [
            (1, "1 of 4 images was not made.", "1 von 4 Bildern wurde nicht gemalt."),
            (2, "2 of 4 images were not made.", "2 von 4 Bildern wurden nicht gemalt."),
        ],
    )
    def test_what_was_not_made_is_counted(self, failed: int, english: str, german: str) -> None:
        assert failed_count(failed, 4, EN) == english
        assert failed_count(failed, 4, DE) == german

    def test_a_blurred_picture_is_labelled(self) -> None:
        assert safety_label(SafetySignals(blurred=True), EN) == "Blurred by safe mode."
        assert safety_label(SafetySignals(blurred=False), EN) is None
        assert safety_label(NO_SIGNALS, EN) is None

    @given(st.text(max_size=3_000))
    def test_the_alternative_text_is_the_prompt_as_far_as_it_fits(self, prompt: str) -> None:
        text = alt_text(prompt)

        assert len(text) <= 1_024
        assert text == prompt or (text.endswith("…") and prompt.startswith(text[:-1]))


class TestNotices:
    def test_every_notice_is_a_line_with_its_time(self) -> None:
        notices = [make_notice(1), make_notice(3)]

        lines = notice_lines(notices, EN).splitlines()

        when = f"<t:{int(RESET.timestamp())}:R>"
        assert lines == [
            f"1 image that you asked for {when} could not be shown. It was not charged to you.",
            f"3 images that you asked for {when} could not be shown. They were not charged to you.",
        ]
        assert "3 Bilder, um die du" in notice_lines(notices, DE)


def make_notice(refunded_images: int) -> Notice:
    return Notice(JobId("job"), UserId(1), refunded_images, RESET)


def make_job(
    *,
    quality: Quality | None = None,
    style: str | None = None,
    size: SizeChoice = SQUARE,
) -> Job:
    return Job(
        id=JobId("job"),
        request=ImageRequest(prompt="a lighthouse in fog"),
        recipe=Recipe(
            prompt="a lighthouse in fog",
            model=ModelId("test-model"),
            model_name="Test Model",
            size=size,
            safe_mode=True,
            quality=quality,
            style=style,
        ),
        origin=Origin(
            user_id=UserId(1),
            guild_id=None,
            channel_id=ChannelId(2),
            account=AccountKey("test-account"),
            locale="en-GB",
        ),
        images=(),
        created_at=RESET - timedelta(hours=5),
    )
