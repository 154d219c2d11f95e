"""Everything the server knows, wired together once."""

from dataclasses import dataclass

from tests.wire.changes import Changes
from tests.wire.discord.attachments import AttachmentStore
from tests.wire.discord.clock import ServerClock, SnowflakeMint
from tests.wire.discord.commands import CommandRegistry
from tests.wire.discord.composing import Composer
from tests.wire.discord.contract import ContractCheck
from tests.wire.discord.faults import Faults
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.interactions import InteractionStore
from tests.wire.discord.messages import MessageStore
from tests.wire.discord.places import Places
from tests.wire.discord.publishing import Publisher
from tests.wire.discord.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimits:
    """How long Discord waits, in seconds."""

    acknowledgement_s: float = 3
    token_lifetime_s: float = 900
    nonce_memory_s: float = 300


class DiscordState:
    """The parts of the server, each with one subject."""

    def __init__(self, world: World, limits: TimeLimits, contract: ContractCheck) -> None:
        self.world = world
        self.limits = limits
        self.clock = ServerClock()
        self.changes = Changes()
        self.contract = contract
        self.faults = Faults()
        self.ids = SnowflakeMint(self.clock)
        self.places = Places(world, self.ids)
        self.commands = CommandRegistry(world.application_id, self.ids)
        self.attachments = AttachmentStore(self.ids)
        self.messages = MessageStore()
        self.interactions = InteractionStore()
        self.gateway = Gateway(world, self.changes)
        self.publisher = Publisher(
            places=self.places,
            messages=self.messages,
            gateway=self.gateway,
            changes=self.changes,
        )
        self.composer = Composer(
            author=world.bot, clock=self.clock, ids=self.ids, attachments=self.attachments
        )
