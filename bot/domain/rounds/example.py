"""Pictures that show what a proposed style looks like."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ChannelId, ImageId, MessageId
from bot.domain.jobs.job import MessageAddress

_LINK = re.compile(r"https?://\S*/channels/\d+/(?P<channel>\d{1,20})/(?P<message>\d{1,20})/?")


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture that its member may show as an example."""

    image_id: ImageId
    prompt: str
    painted_at: datetime


def read_link(text: str) -> MessageAddress | None:
    """The message that a link of Discord's leads to; None if it is no such link."""
    found = _LINK.fullmatch(text.strip())
    if found is None:
        return None
    return MessageAddress(
        channel_id=ChannelId(int(found["channel"])), message_id=MessageId(int(found["message"]))
    )
