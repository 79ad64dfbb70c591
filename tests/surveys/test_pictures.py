"""What is kept of an uploaded picture, and what is refused."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from surveys import pictures
from surveys.pictures import RefusedPicture, made_small


def written(image: Image.Image, kind: str, **more) -> bytes:
    file = BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_a_jpeg_of_at_most_1200_pixels(kind):
    kept = made_small(written(Image.new("RGB", (2400, 600), "red"), kind))

    image = opened(kept.data)
    assert (kept.extension, kept.width, kept.height) == (".jpg", 1200, 300)
    assert (image.format, image.size) == ("JPEG", (1200, 300))
    assert image.getpixel((600, 150))[0] > 250


def test_a_small_picture_keeps_its_size():
    kept = made_small(written(Image.new("RGB", (30, 20)), "PNG"))

    assert (kept.width, kept.height) == (30, 20)


@pytest.mark.parametrize(
    ("mode", "colour"), [("RGBA", (0, 0, 255, 0)), ("LA", (9, 0)), ("P", 0)]
)
def test_a_transparent_picture_is_kept_as_a_png(mode, colour):
    more = {"transparency": 0} if mode == "P" else {}
    kept = made_small(written(Image.new(mode, (8, 8), colour), "PNG", **more))

    assert (kept.extension, opened(kept.data).mode) == (".png", "RGBA")
    assert opened(kept.data).getpixel((4, 4))[3] == 0


def test_nothing_but_pixels_is_kept():
    exif = Image.Exif()
    exif[0x010E], exif[0x8825] = "secret place", {1: "N"}
    told = PngInfo()
    told.add_text("Comment", "secret place")
    jpeg = written(Image.new("RGB", (8, 8)), "JPEG", exif=exif, comment=b"secret place")
    png = written(Image.new("RGBA", (8, 8)), "PNG", pnginfo=told, exif=exif)

    for data in (jpeg + b"secret place", png + b"secret place"):
        assert b"secret" in data
        kept = made_small(data)
        assert b"secret" not in kept.data
        assert dict(opened(kept.data).getexif()) == {}


def test_a_turned_picture_is_kept_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = written(Image.new("RGB", (40, 20)), "JPEG", exif=exif)

    assert made_small(data).width == 20


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO"])
def test_other_formats_are_refused_whatever_they_are_called(kind):
    with pytest.raises(RefusedPicture, match="Choose a JPEG, PNG or WebP"):
        made_small(written(Image.new("RGB", (32, 32)), kind))


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(RefusedPicture, match="Choose a JPEG, PNG or WebP"):
        made_small(data)


def test_a_large_file_is_refused_before_it_is_looked_at():
    with pytest.raises(RefusedPicture, match="over 10 MB"):
        made_small(b"\xff\xd8\xff" + bytes(pictures.MAX_BYTES))


def png_of(width: int, height: int) -> bytes:
    """A header that promises many pixels, and next to nothing behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def webp_of(width: int, height: int) -> bytes:
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + sides
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("made", [png_of, webp_of])
@pytest.mark.parametrize("size", [(5001, 5000), (16000, 16000)])
def test_a_picture_that_promises_too_many_pixels_is_refused_undecoded(
    made, size, monkeypatch
):
    monkeypatch.setattr(pictures, "_decoded", lambda *_args: pytest.fail("decoded"))

    with pytest.raises(RefusedPicture, match="over 25 megapixels"):
        made_small(made(*size))


def test_beyond_all_measure_is_refused_too():
    with pytest.raises(RefusedPicture):
        made_small(png_of(100_000, 100_000))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = written(frames[0], kind, save_all=True, append_images=frames[1:])

    with pytest.raises(RefusedPicture, match="This picture moves"):
        made_small(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_broken_file_is_refused_in_words(kind, share):
    noise = Image.effect_noise((64, 64), 80).convert("RGB")
    data = written(noise, kind)

    with pytest.raises(RefusedPicture, match="damaged"):
        made_small(data[: int(len(data) * share)])


@pytest.mark.parametrize("is_lossless", [True, False])
def test_both_kinds_of_webp_are_measured_without_a_decoder(is_lossless):
    data = written(Image.new("RGB", (301, 77)), "WEBP", lossless=is_lossless)

    assert pictures._webp_size(data) == (301, 77)
