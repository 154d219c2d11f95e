"""Which command tree Discord was last told of, so that it is told again only when it changed."""

from bot.services.storage_ports import Storage

_MARKER = "command_tree"


class CommandTreeMemory:
    """Remembers the fingerprint of the last synced command tree."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def is_current(self, fingerprint: str) -> bool:
        """Whether this tree is the one that was synced last."""
        async with self._storage.read() as tx:
            return await tx.markers.get(_MARKER) == fingerprint

    async def remember(self, fingerprint: str) -> None:
        """Write down that this tree was synced."""
        async with self._storage.write() as tx:
            await tx.markers.set(_MARKER, fingerprint)
