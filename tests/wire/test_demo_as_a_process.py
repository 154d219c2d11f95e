"""What a newcomer's terminal says, who starts the bot without credentials."""

from pathlib import Path

from tests.wire.process import start_bot

START_S = 90.0
END_S = 30.0
BUFFERED = {"PYTHONUNBUFFERED": "", "CI": "1"}
"""As where the output goes to a file; and nobody looks who wants a window."""


async def test_without_credentials_the_demo_says_where_it_is_and_warns_of_nothing(
    tmp_path: Path,
) -> None:
    async with start_bot(directory=tmp_path, environment=BUFFERED, arguments=("-m", "bot")) as demo:
        await demo.line_where(lambda line: "starting the demo" in line.text, timeout_s=START_S)
        await demo.line_where(lambda line: "demo is at http" in line.text, timeout_s=START_S)
        assert "warning" not in demo.output

        assert await demo.terminate(timeout_s=END_S) == 0
