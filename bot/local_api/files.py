"""Files that were sent, by either side, and what a picture's own header says of its size."""

import hashlib
import struct
from dataclasses import dataclass

from bot.local_api import limits
from bot.local_api.errors import bad_request


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file: ``id`` is what bots pass on, ``unique`` stays the same for the same bytes, ``path`` is for downloading."""

    id: str
    unique: str
    path: str
    name: str
    media_type: str
    data: bytes


class Files:
    """All files of the world, by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def store(self, name: str, media_type: str, data: bytes, folder: str) -> StoredFile:
        """Keep ``data``; a file that is too large or empty is refused as Telegram refuses it."""
        if not data:
            raise bad_request("file must be non-empty")
        if len(data) > limits.UPLOAD_BYTES:
            raise bad_request("file is too big")
        number = len(self._by_id)
        unique = "AgAD" + hashlib.sha256(data).hexdigest()[:12]
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        safe_suffix = suffix if suffix.isalnum() and suffix.isascii() else "bin"
        stored = StoredFile(
            id=f"BQACAgQAAxk{number:06d}{unique}",
            unique=unique,
            path=f"{folder}/file_{number}.{safe_suffix}",
            name=name,
            media_type=media_type,
            data=data,
        )
        self._by_id[stored.id] = stored
        self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file with this id, if it exists."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file to be downloaded from this path, if it exists."""
        return self._by_path.get(path)


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG or JPEG, read from its header; anything else is refused."""
    size = _png_size(data) if data.startswith(b"\x89PNG\r\n\x1a\n") else _jpeg_size(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return size


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(b"\xff\xd8"):
        return None
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        marker, length = data[position + 1], int.from_bytes(data[position + 2 : position + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # start of frame
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + length
    return None
