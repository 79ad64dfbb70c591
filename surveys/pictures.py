"""Pictures of options: looked at, made small and written anew, or refused.

Authors upload them, so the decoders run in the web process; what they may be given is
narrow. The format is told by the first bytes, the size by the header, before a pixel
is decoded, and what is kept is a new picture: no metadata, nothing hidden behind it.
"""

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 25_000_000
# The longer side of what is kept, in pixels: two for each of a phone's width.
LONGEST_SIDE = 1200
JPEG_QUALITY = 85
# Our own limit decides, below; Pillow's would only warn.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)


class RefusedPicture(Exception):
    """The file can't be a picture of an option; `str(error)` says why."""


@dataclass(frozen=True)
class Picture:
    """What is kept: the bytes of a JPEG, or of a PNG where something is transparent.
    `extension` is ".jpg" or ".png"; sizes in pixels."""

    data: bytes
    extension: str
    width: int
    height: int


def made_small(data: bytes) -> Picture:
    """Raises `RefusedPicture`."""
    if len(data) > MAX_BYTES:
        raise RefusedPicture(_("This picture is over 10 MB. Make it smaller."))
    kind = _kind(data)
    if kind is None:
        raise RefusedPicture(
            _("This isn’t a picture that can be shown. Choose a JPEG, PNG or WebP.")
        )
    try:
        width, height = _size(data, kind)
        if width * height > MAX_PIXELS:
            raise _too_many_pixels()
        return _written(_decoded(data, kind))
    except RefusedPicture:
        raise
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except Exception:
        # Decoders of hostile files raise what they like; none of it is for a log.
        raise RefusedPicture(
            _("This picture is damaged. Save it anew, or choose another one.")
        ) from None


def _too_many_pixels() -> RefusedPicture:
    return RefusedPicture(_("This picture has over 25 megapixels. Make it smaller."))


def _kind(data: bytes) -> str | None:
    """The format as Pillow calls it, by the first bytes."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return None


def _size(data: bytes, kind: str) -> tuple[int, int]:
    if kind == "WEBP":
        return _webp_size(data)
    with Image.open(BytesIO(data), formats=[kind]) as image:
        return image.size


def _webp_size(data: bytes) -> tuple[int, int]:
    """The canvas (RFC 9649, 2.5 to 2.7): Pillow hands the file to libwebp at once."""
    first, body = data[12:16], data[20:30]
    if first == b"VP8X":
        # Each side less one, in three bytes.
        width = int.from_bytes(body[4:7], "little") + 1
        return width, int.from_bytes(body[7:10], "little") + 1
    if first == b"VP8L" and body[0] == 0x2F:
        # Each side less one, in fourteen bits.
        bits = int.from_bytes(body[1:5], "little")
        return bits % (1 << 14) + 1, (bits >> 14) % (1 << 14) + 1
    if first == b"VP8 ":
        # Two bits of each word are for scaling.
        return tuple(side % (1 << 14) for side in struct.unpack("<HH", body[6:10]))
    raise RefusedPicture(_("This picture is damaged. Save it anew."))


def _decoded(data: bytes, kind: str) -> Image.Image:
    with Image.open(BytesIO(data), formats=[kind]) as image:
        if kind != "JPEG" and getattr(image, "is_animated", False):
            raise RefusedPicture(_("This picture moves. Choose one that stands still."))
        # A JPEG can be decoded at a half, a quarter or an eighth of its size.
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        mode = "RGBA" if image.has_transparency_data else "RGB"
        upright = ImageOps.exif_transpose(image).convert(mode)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return upright


def _written(image: Image.Image) -> Picture:
    # A new picture has nothing but pixels; a converted one may keep what it was told.
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    file = BytesIO()
    if clean.mode == "RGBA":
        clean.save(file, "PNG", optimize=True)
        return Picture(file.getvalue(), ".png", *clean.size)
    clean.save(file, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return Picture(file.getvalue(), ".jpg", *clean.size)
