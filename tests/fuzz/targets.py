"""A target for each parser that reads what strangers write.

A target hands its bytes to one parser and returns. The parser may say no in the ways its
docstring names; anything else is a finding. `test_targets.py` gives each a few hundred inputs,
`make fuzz` as many as fit into the time it is given.
"""

import asyncio
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from multidict import CIMultiDict

from bot.domain.asking.permutations import expand, unexpanded
from bot.domain.asking.prompt import clean_prompt
from bot.domain.contests.contest import read_entry_target
from bot.domain.errors import GondolaError
from bot.domain.flags.parsing import parse_prompt
from bot.domain.gate.channel_setup import read_walk
from bot.domain.library.browsing import read_number_target, read_turn_target
from bot.domain.library.search_terms import index_terms, query_terms
from bot.domain.quotas.input import dollar_amount, image_amount, time_zone, window_kind
from bot.domain.rounds.example import read_link
from bot.domain.rounds.targets import read_round_target
from bot.domain.sizing.ratio import read_ratio
from bot.domain.sizing.wish import parse_wish
from bot.domain.statistics.statistics import read_query_target
from bot.domain.styles.leaderboard import read_board_target
from bot.domain.styles.merging import read_merge_target
from bot.domain.styles.style_file import read_file
from bot.domain.terms import TermMatcher, parse_term
from bot.domain.tools.picture_address import allowed_address
from bot.domain.tools.source_limits import taken_type
from bot.domain.voting.credits import read_style_key
from bot.media.bareness import is_bare
from bot.media.input_images import fit_picture
from bot.services.moderation.term_lists import read_list
from bot.storage.engine.url import parse_url
from bot.storage.errors import StorageError
from bot.text.quoting import as_code, as_name, as_plain
from bot.venice import headers as header_values
from bot.venice.catalogue_file import read_snapshot
from bot.venice.entries import read_entries
from bot.venice.errors import VeniceError
from bot.venice.interpret import error_of
from bot.venice.sniffing import content_type_of
from tests.fuzz import seeds

MOST_IMAGES = 40
NOW_S = 1_780_000_000.0

_BUTTON_READERS: tuple[Callable[[str], object], ...] = (
    read_board_target,
    read_entry_target,
    read_number_target,
    read_query_target,
    read_turn_target,
    read_walk,
    read_merge_target,
)

Parser = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Target:
    """A parser, and inputs from which others are made.

    Attributes:
        name: on the command line.
        parse: raises only what is a finding.
        seeds: inputs that reach deep into it.
    """

    name: str
    parse: Parser
    seeds: tuple[bytes, ...]


def _text(data: bytes) -> str:
    """Text, at times with lone surrogates: JSON can spell them."""
    return data.decode("utf-8", "surrogateescape" if len(data) % 2 else "replace")


def prompt(data: bytes) -> None:
    """Flags, braces, and what of a prompt is kept."""
    text = _text(data)
    for read in (lambda: parse_prompt(text), lambda: clean_prompt(text, model_limit=1_500)):
        try:
            read()
        except GondolaError:
            continue


def braces(data: bytes) -> None:
    """Permutations: never more than may be painted, and the plain reading always has an answer."""
    text = _text(data)
    assert isinstance(unexpanded(text), str)
    try:
        assert 1 <= len(expand(text, 1)) <= MOST_IMAGES
    except GondolaError:
        return


def sizes(data: bytes) -> None:
    """Aspect ratios and sizes, as members type them."""
    text = _text(data)
    ratio = read_ratio(text)
    assert ratio is None or ratio > 0
    for wish in ({"aspect": text, "size": None}, {"aspect": None, "size": text}):
        try:
            parse_wish(**wish)
        except GondolaError:
            continue


def amounts(data: bytes) -> None:
    """Amounts, windows and time zones of limits."""
    text = _text(data)
    for read in (image_amount, dollar_amount, window_kind, time_zone):
        try:
            read(text)
        except GondolaError:
            continue


def terms(data: bytes) -> None:
    """A blocked term, and the text it is looked for in."""
    term, _, text = _text(data).partition("\n")
    try:
        parsed = parse_term(term)
    except GondolaError:
        return
    TermMatcher([parsed]).first(text)


def term_list(data: bytes) -> None:
    """A file of blocked terms."""
    try:
        asyncio.run(read_list(data, language=None))
    except GondolaError:
        return


def style_file(data: bytes) -> None:
    """A file of styles."""
    try:
        read_file(data)
    except GondolaError:
        return


def searches(data: bytes) -> None:
    """What pictures are found by."""
    text = _text(data)
    assert all(term and not term.isspace() for term in (*index_terms(text), *query_terms(text)))


def button_targets(data: bytes) -> None:
    """What custom ids say, which Discord hands back as anybody sent them."""
    text = _text(data)
    for read in _BUTTON_READERS:
        read(text)
    for numbers in range(4):
        read_round_target(text, numbers=numbers)
    read_style_key(text)


def quoting(data: bytes) -> None:
    """Strangers' words in our sentences: nobody is pinged, and no code span is left open."""
    text = _text(data)
    for quoted in (as_code(text), as_name(text), as_plain(text)):
        assert "@everyone" not in quoted.replace("@\u200beveryone", "")


def addresses(data: bytes) -> None:
    """Addresses of pictures: what is let through is Discord's host and no other."""
    text = _text(data)
    read_link(text)
    try:
        address = allowed_address(text, hosts=frozenset({"cdn.discordapp.com"}))
    except GondolaError:
        return
    after_host = address.url.lower().removeprefix("https://cdn.discordapp.com")
    assert after_host != address.url.lower()
    assert after_host[:1] in {"", "/", "?", "#"}


def pictures(data: bytes) -> None:
    """Pictures that members bring."""
    content_type_of(data)
    try:
        fit = fit_picture(data)
    except GondolaError:
        return
    # What was made fit is fit: it is not written a second time.
    assert is_bare(fit.data, taken_type(fit.data))


def headers(data: bytes) -> None:
    """The headers of an answer."""
    names = (
        "retry-after", "x-ratelimit-reset-requests", "x-ratelimit-remaining-requests",
        "x-ratelimit-limit-requests", "x-venice-is-blurred", "x-venice-enhanced-prompt",
        "x-balance-remaining", "x-venice-model-deprecation-warning",
    )  # fmt: skip
    values = data.decode("latin-1").split("\n")
    given = CIMultiDict(zip(names, values, strict=False))
    wait = header_values.retry_after_s(given, now_s=NOW_S)
    assert wait is None or wait >= 0
    header_values.rate_limits(given, now_s=NOW_S)
    header_values.safety_signals(given)
    header_values.deprecation(given)
    header_values.enhanced_prompt(given)
    header_values.balance_usd(given)


def error_bodies(data: bytes) -> None:
    """Bodies of failures: whatever they are, there is an error that can be told."""
    for status in (400, 402, 429, 500):
        error = error_of(status, CIMultiDict(), data, now_s=NOW_S, model="any")
        assert isinstance(error, VeniceError)
        assert error.status == status


def catalogue(data: bytes) -> None:
    """The model list: an entry that cannot be read is left out, and breaks nothing."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(document, list):
        read_entries(document)


def snapshot(data: bytes) -> None:
    """The catalogue kept on disk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.json"
        path.write_bytes(data)
        try:
            kept = read_snapshot(path)
        except ValueError:
            return
        read_entries(kept.entries)


def database_url(data: bytes) -> None:
    """The database's URL in the settings."""
    try:
        parse_url(_text(data))
    except StorageError:
        return


TARGETS = (
    Target("prompt", prompt, seeds.PROMPTS),
    Target("braces", braces, seeds.PROMPTS),
    Target("sizes", sizes, seeds.SIZES),
    Target("amounts", amounts, seeds.AMOUNTS),
    Target("terms", terms, seeds.TERMS),
    Target("term_list", term_list, seeds.TERMS),
    Target("style_file", style_file, seeds.STYLE_FILES),
    Target("searches", searches, seeds.PROMPTS),
    Target("button_targets", button_targets, seeds.BUTTON_TARGETS),
    Target("quoting", quoting, seeds.PROMPTS),
    Target("addresses", addresses, seeds.ADDRESSES),
    Target("pictures", pictures, seeds.PICTURES),
    Target("headers", headers, seeds.HEADERS),
    Target("error_bodies", error_bodies, seeds.ERROR_BODIES),
    Target("catalogue", catalogue, seeds.CATALOGUES),
    Target("snapshot", snapshot, seeds.CATALOGUES),
    Target("database_url", database_url, seeds.URLS),
)
