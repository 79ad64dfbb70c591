"""Small files of every kind that a test of imaging wants."""

import io
import struct
import zlib
from pathlib import Path

import pillow_heif
from PIL import Image, ImageDraw


def picture(width: int = 60, height: int = 40) -> Image.Image:
    """White, with its top left quarter black: every turn of it looks different."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2 - 1, height // 2 - 1), "black")
    return image


def encoded(kind: str, image: Image.Image | None = None, **options) -> bytes:
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    buffer = io.BytesIO()
    (image or picture()).save(buffer, kind, **options)
    return buffer.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def written(folder: Path, data: bytes, name: str = "source") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def text_pdf(
    lines: list[str],
    *,
    rotate: int = 0,
    drawing: str = "",
    page: str = "",
    resources: str = "",
    catalog: str = "",
    more: tuple[str, ...] = (),
    pages: int = 1,
) -> bytes:
    """A4 pages with lines of text that a program wrote, as shops mail them.

    `drawing` is drawn below the text, `page`, `resources` and `catalog` go into these
    dictionaries, and `more` are further objects, the first with the number 6.
    """
    escaped = [line.translate({ord(c): f"\\{c}" for c in "\\()"}) for line in lines]
    shown = "".join(f"({line}) Tj T*\n" for line in escaped)
    content = f"{drawing}\nBT /F1 11 Tf 40 780 Td 15 TL\n{shown}ET"
    first = 6 + len(more)
    kids = [3, *range(first, first + pages - 1)]
    leaf = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {rotate}{page}"
        f"/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{resources}>>>>"
    )
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        f"<</Type/Pages/Kids[{' '.join(f'{n} 0 R' for n in kids)}]/Count {pages}>>",
        leaf,
        stream("", content),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
        *more,
        *[leaf] * (pages - 1),
    ]
    data, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj{text}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    data += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    )
    return data.encode("latin-1")


def stream(dictionary: str, content: str) -> str:
    return f"<<{dictionary}/Length {len(content)}>>stream\n{content}\nendstream"


def inline_picture(left: float, bottom: float, width: float, height: float) -> str:
    """A gray picture among a page's drawing, in points."""
    data = "BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI"
    return f"q {width} 0 0 {height} {left} {bottom} cm {data} Q"
