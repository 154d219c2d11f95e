"""Uploaded files, kept so that they can be served again."""

import io
import mimetypes
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError

from tests.wire.discord.clock import SnowflakeMint
from tests.wire.discord.ids import AttachmentId, ChannelId

PATH = "/attachments"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way to Discord."""

    filename: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that Discord keeps. Width and height are known for pictures alone."""

    id: AttachmentId
    filename: str
    data: bytes = field(repr=False)
    url: str
    content_type: str | None
    width: int | None
    height: int | None
    description: str | None = None


class AttachmentStore:
    """Every file that was uploaded, by id."""

    def __init__(self, ids: SnowflakeMint) -> None:
        self._ids = ids
        self._kept: dict[AttachmentId, Attachment] = {}
        self.base_url = ""

    def keep(
        self, upload: Upload, *, channel_id: ChannelId, description: str | None = None
    ) -> Attachment:
        """Store an upload. Type and size are read from the bytes, not from what the client says."""
        attachment_id = AttachmentId(self._ids.next())
        content_type, width, height = _inspect(upload)
        attachment = Attachment(
            id=attachment_id,
            filename=upload.filename,
            data=upload.data,
            url=f"{self.base_url}{PATH}/{channel_id}/{attachment_id}/{upload.filename}",
            content_type=content_type,
            width=width,
            height=height,
            description=description,
        )
        self._kept[attachment_id] = attachment
        return attachment

    def find(self, attachment_id: AttachmentId) -> Attachment | None:
        return self._kept.get(attachment_id)


def _inspect(upload: Upload) -> tuple[str | None, int | None, int | None]:
    """The media type and, for a picture, its width and height; only the header is read."""
    try:
        with Image.open(io.BytesIO(upload.data)) as image:
            return image.get_format_mimetype(), image.width, image.height
    except UnidentifiedImageError:
        return mimetypes.guess_type(upload.filename)[0], None, None
