"""The buttons of the image tools: each can be told from its custom id, whatever it is about."""

import pytest

from bot.domain.gate.permissions import Action
from bot.ui.parts.actions import ActionButton
from bot.ui.results.buttons import ICONS, ON_ONE_PICTURE, kind_of, picking_kind
from bot.ui.tools.questions import LIKE, SCALES, SCALES_OFFERED, SCALES_PRIVATE, offer_kind

KINDS = {
    *(kind_of(action, private=private) for action in Action for private in (False, True)),
    *map(picking_kind, ON_ONE_PICTURE),
    *(kind for scales in (SCALES, SCALES_PRIVATE, SCALES_OFFERED) for kind in scales.values()),
    *map(offer_kind, (Action.EDIT, Action.UPSCALE, Action.CUT_OUT, LIKE)),
}
LONGEST_TARGET = "a" * 64


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_button_is_known_again_by_its_custom_id(kind: str) -> None:
    button = ActionButton(kind, LONGEST_TARGET)

    match = button.template.fullmatch(button.custom_id)

    assert match is not None
    assert (match["kind"], match["target"]) == (kind, LONGEST_TARGET)
    assert len(button.custom_id) <= 100


def test_every_action_has_an_icon() -> None:
    assert set(ICONS) == set(Action)
