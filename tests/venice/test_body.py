"""Answers lie in memory while the budget lasts, then on disk, and are the same bytes either way."""

import asyncio
import contextlib
import hashlib
import os
import resource
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.venice.body import OPEN_REQUEST_BYTES, SPILL_BYTES, ByteBudget, SpooledBody

MIB = 1024 * 1024


async def stream(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def test_a_body_within_the_budget_stays_in_memory() -> None:
    budget = ByteBudget(4 * MIB)
    body = await SpooledBody.read_from(stream(b"RIFF1234", b"WEBPmore"), budget)
    assert not body.is_on_disk
    assert budget.taken_bytes == body.size_bytes == 16
    assert body.content_type == "image/webp"
    assert await body.read() == b"RIFF1234WEBPmore"
    await body.aclose()
    assert budget.taken_bytes == 0


async def test_a_body_beyond_the_budget_goes_to_disk_and_gives_its_share_back() -> None:
    budget = ByteBudget(1 * MIB)
    chunks = [os.urandom(300_000) for _ in range(5)]
    body = await SpooledBody.read_from(stream(*chunks), budget)
    assert body.is_on_disk
    assert budget.taken_bytes == 0
    assert await body.read() == b"".join(chunks)
    assert await body.read() == b"".join(chunks)
    await body.aclose()
    await body.aclose()


async def test_what_spilled_is_written_in_large_pieces() -> None:
    written: list[int] = []

    class Watched(ByteBudget):
        def give_back(self, size_bytes: int) -> None:
            written.append(size_bytes)
            super().give_back(size_bytes)

    budget = Watched(4 * MIB)
    resident = await SpooledBody.read_from(stream(bytes(3 * MIB)), budget)
    written.clear()
    body = await SpooledBody.read_from(stream(*[bytes(16_000)] * 200), budget)
    assert body.is_on_disk
    assert max(written) >= SPILL_BYTES
    assert len(written) < 200 * 16_000 / SPILL_BYTES + 3
    await body.aclose()
    await resident.aclose()


async def test_bodies_in_memory_leave_room_for_those_that_spill() -> None:
    budget = ByteBudget(4 * MIB)
    assert budget.take(3 * MIB, to_spill=False)
    assert not budget.take(1, to_spill=False)
    assert budget.take(1 * MIB, to_spill=True)
    assert not budget.take(1, to_spill=True)


async def test_requests_on_their_way_leave_bodies_less_memory() -> None:
    budget = ByteBudget(4 * MIB)
    with budget.open_request(), budget.open_request(), budget.open_request():
        body = await SpooledBody.read_from(stream(bytes(2 * MIB)), budget)
        assert body.is_on_disk
        assert budget.taken_bytes == 3 * OPEN_REQUEST_BYTES
        await body.aclose()
    assert budget.taken_bytes == 0


async def test_a_request_is_let_go_of_when_it_fails() -> None:
    budget = ByteBudget(4 * MIB)
    with pytest.raises(ConnectionResetError), budget.open_request():
        raise ConnectionResetError
    assert budget.taken_bytes == 0


async def test_many_bodies_at_once_never_exceed_the_budget() -> None:
    most = 0

    class Watched(ByteBudget):
        def take(self, size_bytes: int, *, to_spill: bool) -> bool:
            nonlocal most
            taken = super().take(size_bytes, to_spill=to_spill)
            most = max(most, self.taken_bytes)
            return taken

    async def drip() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield bytes(60_000)
            await asyncio.sleep(0)

    budget = Watched(2 * MIB)
    bodies = await asyncio.gather(*(SpooledBody.read_from(drip(), budget) for _ in range(10)))
    assert most <= 2 * MIB
    assert {body.size_bytes for body in bodies} == {1_200_000}
    for body in bodies:
        await body.aclose()
    assert budget.taken_bytes == 0


async def test_a_stream_that_breaks_keeps_nothing() -> None:
    async def broken(size_bytes: int) -> AsyncIterator[bytes]:
        yield bytes(size_bytes)
        raise ConnectionResetError

    for size_bytes in (10, 3 * MIB):
        budget = ByteBudget(1 * MIB)
        with pytest.raises(ConnectionResetError):
            await SpooledBody.read_from(broken(size_bytes), budget)
        assert budget.taken_bytes == 0


@pytest.mark.parametrize("budget_bytes", [0, 4 * MIB])
async def test_saving_writes_the_bytes_and_tells_their_hash(
    tmp_path: Path, budget_bytes: int
) -> None:
    data = os.urandom(2_500_000)
    body = await SpooledBody.of([data[:1_000_000], data[1_000_000:]], ByteBudget(budget_bytes))
    target = tmp_path / "picture"
    assert body.write_to(target) == hashlib.sha256(data).hexdigest()
    assert target.read_bytes() == data
    await body.aclose()


async def test_saving_never_writes_over_a_file(tmp_path: Path) -> None:
    target = tmp_path / "picture"
    target.write_bytes(b"older")
    body = await SpooledBody.of([b"newer"], ByteBudget())
    with pytest.raises(FileExistsError):
        body.write_to(target)
    assert target.read_bytes() == b"older"
    await body.aclose()


@contextlib.contextmanager
def no_file_over(size_bytes: int) -> Iterator[None]:
    """The system refuses to write more into a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_disk_that_fails_leaves_no_half_file(tmp_path: Path) -> None:
    body = await SpooledBody.of([b"picture"], ByteBudget())
    with no_file_over(3), pytest.raises(OSError, match="File too large"):
        body.write_to(tmp_path / "picture")
    assert list(tmp_path.iterdir()) == []
    await body.aclose()


@pytest.mark.parametrize(
    ("beginning", "content_type"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVE", "application/octet-stream"),
        (b"<html>", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
async def test_the_type_is_read_from_the_bytes_however_they_come(
    beginning: bytes, content_type: str
) -> None:
    one_by_one = [bytes([byte]) for byte in beginning + b"the rest of it"]
    body = await SpooledBody.of(one_by_one, ByteBudget())
    assert body.content_type == (content_type if beginning else "application/octet-stream")
    await body.aclose()


@given(chunks=st.lists(st.binary(max_size=5_000), max_size=30), budget_bytes=st.integers(0, 20_000))
def test_what_went_in_comes_out(chunks: Sequence[bytes], budget_bytes: int) -> None:
    async def run() -> None:
        budget = ByteBudget(budget_bytes)
        body = await SpooledBody.of(chunks, budget)
        assert body.size_bytes == len(b"".join(chunks))
        assert await body.read() == b"".join(chunks)
        await body.aclose()
        assert budget.taken_bytes == 0

    asyncio.run(run())
