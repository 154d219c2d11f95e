"""A server of picture bytes, as a process of its own: `python -m bench.image_server`.

`POST /{size_bytes}/image/generate` answers that many bytes that begin as a WebP picture does.
"""

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Iterator

from aiohttp import web

_PIECE_BYTES = 64 * 1024
_MAGIC = b"RIFF\x00\x00\x00\x00WEBP"
_PIECE = bytes(_PIECE_BYTES)


@contextlib.contextmanager
def image_server() -> Iterator[str]:
    """Run the server; gives its address. It is gone at the end of the block."""
    with subprocess.Popen(
        (sys.executable, "-m", "bench.image_server"), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


async def _answer(request: web.Request) -> web.StreamResponse:
    """Piece by piece, so that the server holds no picture either."""
    await request.read()
    left_bytes = int(request.match_info["size_bytes"])
    response = web.StreamResponse(headers={"Content-Type": "image/webp"})
    response.content_length = left_bytes
    await response.prepare(request)
    first = _MAGIC + _PIECE[len(_MAGIC) :]
    with contextlib.suppress(ConnectionError):
        for piece in _pieces(first, left_bytes):
            await response.write(piece)
        await response.write_eof()
    return response


def _pieces(first: bytes, size_bytes: int) -> Iterator[bytes]:
    yield first[:size_bytes]
    for begin in range(_PIECE_BYTES, size_bytes, _PIECE_BYTES):
        yield _PIECE[: min(_PIECE_BYTES, size_bytes - begin)]


async def _serve() -> None:
    app = web.Application()
    app.router.add_post("/{size_bytes}/image/generate", _answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve())
