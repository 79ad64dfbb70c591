"""What an uploaded file is, from its first bytes: no pixel is decoded here.

Runs in the web process, so it trusts nothing: the format is told by content from an
explicit list (Pillow alone would open PSD, ICO, PPM and more), and the number of
pixels comes from the header. Native decoders stay in the child process
(`receipts.imaging.decode`).
"""

import hashlib
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, JpegImagePlugin, MpoImagePlugin, TiffImagePlugin  # noqa: F401

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_PAGES = 20

JPEG, PNG, WEBP, HEIC, TIFF, PDF = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/heic",
    "image/tiff",
    "application/pdf",
)
EXTENSIONS = {
    JPEG: ".jpg",
    PNG: ".png",
    WEBP: ".webp",
    HEIC: ".heic",
    TIFF: ".tif",
    PDF: ".pdf",
}
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
AVIF_BRANDS = frozenset({b"avif", b"avis"})
# Our own limit decides, below; Pillow's would only warn.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)


class RefusedFile(Exception):
    """The file can't be a receipt; `code` is a key of `receipts.imaging.sentences`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class FileFacts:
    """What the header tells. Sizes in bytes and pixels; None where it doesn't say."""

    media_type: str
    extension: str
    size: int
    sha256: str
    width: int | None = None
    height: int | None = None


def inspect_file(
    file: BinaryIO, *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS
) -> FileFacts:
    """Tell what a file is and leave it at its start. Raises `RefusedFile`."""
    size, sha256 = measure(file, max_bytes)
    file.seek(0)
    start = file.read(64)
    media_type = sniff(start, file)
    if media_type is None:
        raise RefusedFile("unknown_format")
    try:
        dimensions = READ_DIMENSIONS[media_type](file)
    except RefusedFile:
        raise
    except Exception:
        # Parsers of hostile headers raise what they like; none of it is for a log.
        raise RefusedFile("damaged") from None
    finally:
        file.seek(0)
    width, height = dimensions or (None, None)
    if width is not None and (width < 1 or height < 1):
        raise RefusedFile("damaged")
    if width is not None and width * height > max_pixels:
        raise RefusedFile("too_many_pixels")
    return FileFacts(media_type, EXTENSIONS[media_type], size, sha256, width, height)


def measure(file: BinaryIO, max_bytes: int) -> tuple[int, str]:
    """(bytes, SHA-256 in hexadecimal digits)."""
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(1 << 20):
        size += len(chunk)
        if size > max_bytes:
            raise RefusedFile("too_large")
        digest.update(chunk)
    if size == 0:
        raise RefusedFile("empty")
    return size, digest.hexdigest()


def sniff(start: bytes, file: BinaryIO) -> str | None:
    if start.startswith(b"\xff\xd8\xff"):
        return JPEG
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return WEBP
    if start.startswith((b"II*\0", b"MM\0*")):
        return TIFF
    if start[4:8] == b"ftyp":
        length = min(int.from_bytes(start[:4], "big"), len(start))
        brands = {start[8:12], *(start[i : i + 4] for i in range(16, length, 4))}
        if brands & AVIF_BRANDS:
            return None
        return HEIC if brands & HEIF_BRANDS else None
    file.seek(0)
    # Acrobat takes the mark anywhere in the first kilobyte; so do scanners' files.
    return PDF if b"%PDF-" in file.read(1024) else None


def pillow_dimensions(formats: list[str]):
    def dimensions(file: BinaryIO) -> tuple[int, int]:
        file.seek(0)
        try:
            with Image.open(file, formats=formats) as image:
                return image.size
        except Image.DecompressionBombError:
            raise RefusedFile("too_many_pixels") from None

    return dimensions


def png_dimensions(file: BinaryIO) -> tuple[int, int]:
    """The IHDR chunk is the first by the standard (ISO/IEC 15948, 11.2.2)."""
    file.seek(8)
    _length, kind, width, height = struct.unpack(">I4sII", file.read(16))
    if kind != b"IHDR":
        raise RefusedFile("damaged")
    return width, height


def webp_dimensions(file: BinaryIO) -> tuple[int, int]:
    """The canvas of the first chunk (RFC 9649, sections 2.5 to 2.7).

    Not by Pillow, which hands the whole file to libwebp when it opens one.
    """
    file.seek(12)
    head = file.read(18)
    kind, data = head[:4], head[8:]
    if kind == b"VP8X":
        if data[0] & 0x02:
            raise RefusedFile("animated")
        width = int.from_bytes(data[4:7], "little") + 1
        height = int.from_bytes(data[7:10], "little") + 1
        return width, height
    if kind == b"VP8L" and data[0] == 0x2F:
        bits = int.from_bytes(data[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and data[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", data[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise RefusedFile("damaged")


def boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(kind, start, end) of the contents of the boxes of ISO/IEC 14496-12."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        header = 8
        if size == 1 and start + 16 <= end:
            (size,) = struct.unpack_from(">Q", data, start + 8)
            header = 16
        elif size == 0:
            size = end - start
        if size < header or start + size > end:
            return
        yield kind, start + header, start + size
        start += size


def heic_dimensions(file: BinaryIO) -> tuple[int, int]:
    """The largest `ispe` property (ISO/IEC 23008-12, 6.5.3): of the grid's whole
    image and its tiles, that is the whole. libheif isn't asked in this process."""
    file.seek(0)
    data = file.read(MAX_BYTES)
    sizes = []
    for kind, start, end in boxes(data, 0, len(data)):
        if kind != b"meta":
            continue
        for kind2, start2, end2 in boxes(data, start + 4, end):
            if kind2 != b"iprp":
                continue
            for kind3, start3, end3 in boxes(data, start2, end2):
                if kind3 != b"ipco":
                    continue
                sizes += [
                    struct.unpack_from(">II", data, start4 + 4)
                    for kind4, start4, end4 in boxes(data, start3, end3)
                    if kind4 == b"ispe" and end4 - start4 >= 12
                ]
    if not sizes:
        raise RefusedFile("damaged")
    return max(sizes, key=lambda size: size[0] * size[1])


def pdf_dimensions(file: BinaryIO) -> None:
    """PDFium is native code, so pages are looked at in the child; only a password
    is refused here, where the person can still be told."""
    file.seek(0)
    if b"/Encrypt" in file.read(MAX_BYTES):
        raise RefusedFile("encrypted_pdf")


READ_DIMENSIONS = {
    JPEG: pillow_dimensions(["JPEG", "MPO"]),
    PNG: png_dimensions,
    WEBP: webp_dimensions,
    HEIC: heic_dimensions,
    TIFF: pillow_dimensions(["TIFF"]),
    PDF: pdf_dimensions,
}
