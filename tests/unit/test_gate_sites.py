"""Every place in the code where a picture is asked for, made or shown, and the path that walks it.

A call that is new here fails: add its path to `tests/services/gate_paths.py`, or say in
`WITHOUT_A_PATH` why it needs none.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.services.gate_paths import PATHS

ROOT = Path(__file__).parents[2]

ASKED = {
    "accept",
    "accept_all",
    "propose",
    "propose_read",
    "plan",
    "plan_reroll",
    "plan_variation",
    "plan_subtle_variation",
    "propose_remix",
}
MADE = {"paint", "retouch"}
SHOWN = {
    "show_result",
    "show_released",
    "show_progress",
    "tell_report",
    "share",
    "original",
    "source_of",
}
WRITTEN = {"jobs.add"}
CARRIED = {"ShownImage", "Original"}
"""What a picture is carried in to where it is shown."""


def sites() -> Iterator[str]:
    """`module:function calls what`, of every call by which a picture can come about."""
    for folder in ("bot", "cogs"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            tree = ast.parse(path.read_text("utf-8"))
            for function in ast.walk(tree):
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                    for called in sorted(set(_calls(function))):
                        yield f"{module}:{function.name} calls {called}"


def _calls(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in CARRIED:
            yield node.func.id
        if isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, node.func.value
            if name in ASKED | MADE | SHOWN:
                yield name
            if isinstance(owner, ast.Attribute) and f"{owner.attr}.{name}" in WRITTEN:
                yield f"{owner.attr}.{name}"


BY_ASKING = frozenset({"imagine", "flags", "preset", "saving_a_preset", "permutation"})
BY_TOOLS = frozenset({"edit", "blend", "upscale", "cut_out"})
OF_RESULTS = frozenset({"edit_of_a_result", "upscale_of_a_result", "cut_out_of_a_result"})
WALKED_BY: dict[str, frozenset[str]] = {
    "bot.services.battles.plans:_candidate calls propose": BY_ASKING,
    "bot.services.battles.plans:plan_again calls plan": BY_ASKING,
    "bot.services.battles.battles:ask calls plan": BY_ASKING,
    "bot.services.battles.battles:start calls accept_all": BY_ASKING,
    "bot.services.asking.confirming:confirm calls accept_all": frozenset({"confirm"}),
    "bot.services.asking.confirming:confirm calls plan": frozenset({"confirm"}),
    "bot.services.jobs.delivery:_show calls show_result": frozenset(
        {"painted_meanwhile", "delivered_later", "share"}
    ),
    "bot.services.jobs.delivery:_shown calls ShownImage": frozenset(
        {"painted_meanwhile", "delivered_later", "share"}
    ),
    "bot.services.asking.generation:accept calls accept": frozenset({"vary"}),
    "bot.services.asking.generation:accept_all calls accept_all": BY_ASKING,
    "bot.services.asking.intake:accept calls accept_all": BY_TOOLS,
    "bot.services.asking.intake:accept_all calls jobs.add": BY_ASKING | BY_TOOLS,
    "bot.services.asking.intake:write calls jobs.add": BY_ASKING | BY_TOOLS,
    "bot.services.jobs.runner:_make calls paint": frozenset({"waiting", "claimed_again"}),
    "bot.services.jobs.runner:_make calls retouch": BY_TOOLS,
    "bot.services.jobs.progress_board:_tell calls show_progress": frozenset(
        {"shown_while_others_are_painted"}
    ),
    "bot.services.jobs.progress_board:_shown calls ShownImage": frozenset(
        {"shown_while_others_are_painted"}
    ),
    "bot.services.results.originals:original calls Original": frozenset({"original"}),
    "bot.services.asking.proposals:propose calls propose_read": BY_ASKING,
    "bot.services.asking.proposals:propose_read calls plan": BY_ASKING,
    "bot.services.asking.redo:plan_reroll calls plan": frozenset({"reroll"}),
    "bot.services.asking.redo:plan_variation calls plan": frozenset({"vary"}),
    "bot.services.asking.redo:plan_subtle_variation calls plan": frozenset({"vary_subtly"}),
    "bot.services.asking.redo:plan_subtle_variation calls source_of": frozenset({"vary_subtly"}),
    "bot.services.asking.redo:propose_remix calls propose_read": frozenset({"remix"}),
    "bot.services.results.sharing:share calls jobs.add": frozenset({"share"}),
    "bot.services.tools.tools:accept calls accept": BY_TOOLS,
    "bot.ui.asking.asking:ask calls propose": BY_ASKING,
    "bot.ui.asking.asking:ask_in_style calls propose": frozenset({"style_reference"}),
    "bot.ui.asking.asking:_go_on calls accept_all": BY_ASKING,
    "bot.ui.tools.own_sources:source_of calls source_of": OF_RESULTS,
    "bot.ui.asking.style_asking:ask calls propose": frozenset({"style_reference"}),
    "bot.ui.tools.asking:ask calls plan": BY_TOOLS,
    "bot.ui.tools.asking:ask_of_own calls source_of": OF_RESULTS,
    "bot.ui.tools.asking:accept calls accept": BY_TOOLS,
    "bot.ui.tools.asking:_accept calls accept": BY_TOOLS | OF_RESULTS,
    "bot.ui.tools.asking:_accept calls plan": BY_TOOLS | OF_RESULTS,
    "cogs.results.asking_again:_reroll calls plan_reroll": frozenset({"reroll"}),
    "cogs.results.asking_again:_vary calls plan_variation": frozenset({"vary"}),
    "cogs.results.asking_again:_accept_remix calls propose_remix": frozenset({"remix"}),
    "cogs.results.asking_again:_accept calls accept": frozenset({"reroll", "vary"}),
    "cogs.results.handling:_original calls original": frozenset({"original"}),
    "cogs.results.handling:_share calls share": frozenset({"share"}),
    "cogs.rounds.buttons:_paint calls accept_all": BY_ASKING,
    "cogs.rounds.buttons:_paint calls propose_read": BY_ASKING,
    "cogs.rounds.commands:propose calls propose_read": BY_ASKING,
    "cogs.tools.buttons:_ask_scale calls source_of": frozenset({"upscale_of_a_result"}),
    "cogs.tools.buttons:_vary_subtly calls accept": frozenset({"vary_subtly"}),
    "cogs.tools.buttons:_vary_subtly calls plan_subtle_variation": frozenset({"vary_subtly"}),
    "cogs.tools.buttons:_vary_subtly calls source_of": frozenset({"vary_subtly"}),
    "cogs.tools.offers:_ask_scale calls plan": frozenset({"upscale"}),
}
"""By which paths of the matrix a site is walked."""

_BY_ITS_OWN_TESTS = "by fits_safe_mode, for a channel of its own: see its own tests"
_AGAIN = "what delivery let pass, judged once more: see tests/services/test_gate_again.py"
_RELEASED = "what moderators released, judged once more: see tests/services/test_reviews.py"
_TO_MODERATORS = "for moderators, behind a spoiler"
_THERE_ALREADY = "in the message that shows it already"
_NO_PICTURE = "a share of votes, and no picture"
WITHOUT_A_PATH = {
    "bot.services.battles.door:_pictures_of calls ShownImage": _AGAIN,
    "bot.services.battles.door:_show_alone calls show_result": "what delivery let pass just now",
    "bot.services.battles.door:show_progress calls show_progress": "on the way of every job",
    "bot.services.battles.door:show_result calls show_result": "on the way of every job",
    "bot.services.battles.ending:_show_alone calls ShownImage": _AGAIN,
    "bot.services.battles.ending:_show_alone calls show_result": _AGAIN,
    "bot.services.contests.steps:_winner calls ShownImage": _BY_ITS_OWN_TESTS,
    "bot.services.starboard.starboard:_send calls ShownImage": _BY_ITS_OWN_TESTS,
    "bot.services.results.redrawing:_result calls ShownImage": _THERE_ALREADY,
    "bot.services.battles.door:show_released calls show_released": "on the way of every job",
    "bot.services.jobs.delivery:_show_again calls show_released": _RELEASED,
    "bot.services.moderation.review_desk:picture_of calls ShownImage": _TO_MODERATORS,
    "bot.services.moderation.report_desk:_picture calls ShownImage": _TO_MODERATORS,
    "bot.services.moderation.report_desk:tell calls tell_report": _TO_MODERATORS,
    "bot.shell_imagine:_paint_into calls paint": "the operator's own shell, into a file",
    "cogs.rounds.commands:propose calls propose": "a style is proposed, and nothing is painted",
    "bot.ui.votes.leaderboard_panel:leaderboard_chart calls share": _NO_PICTURE,
    "bot.ui.insight.panel:_bars calls share": _NO_PICTURE,
}


def test_every_site_is_walked_by_the_matrix_or_says_why_not() -> None:
    there = set(sites())
    assert there - WALKED_BY.keys() - WITHOUT_A_PATH.keys() == set()


def test_no_site_is_named_that_is_not_there() -> None:
    assert WALKED_BY.keys() | WITHOUT_A_PATH.keys() == set(sites())


def _calls_the_gate(path: Path) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "decide"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )


def test_every_path_is_walked_by_the_matrix() -> None:
    walked = {path.name for path in PATHS}
    named = frozenset[str]().union(*WALKED_BY.values())
    assert named <= walked
    # Which path keeps every call of the gate itself.
    gates = {path.gate for path in PATHS}
    calling = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "bot" / "services").rglob("*.py")
        if _calls_the_gate(path)
    }
    # What waited is judged once more there: see `tests/services/test_gate_again.py`.
    # What moderators approve is, too: see `tests/services/test_reviews.py`.
    assert calling == {*gates, "bot.services.gate.again", "bot.services.moderation.reviews"}
