import webbrowser

import pytest

from sandbox.demo.browser import has_screen, open_in_browser


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "linux", False),
        ({"DISPLAY": ":0", "CI": "true"}, "linux", False),
        ({}, "darwin", True),
        ({"CI": "1"}, "darwin", False),
        ({}, "win32", True),
    ],
)
def test_a_browser_opens_where_somebody_looks(
    environ: dict[str, str], platform: str, *, expected: bool
) -> None:
    assert has_screen(environ, platform=platform) is expected


async def test_a_machine_without_a_screen_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert not await open_in_browser("http://127.0.0.1:1/")


async def test_a_browser_that_does_not_start_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_url: str) -> bool:
        raise webbrowser.Error("no runnable browser")

    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", fail)
    assert not await open_in_browser("http://127.0.0.1:1/")
