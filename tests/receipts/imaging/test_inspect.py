import io

import pytest
from PIL import Image

from receipts.imaging.inspect import RefusedFile, inspect_file
from receipts.imaging.sentences import refusal
from tests.receipts.imaging.pictures import encoded, picture, png_header


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("HEIF", "image/heic"),
        ("TIFF", "image/tiff"),
    ],
)
def test_a_picture_is_told_by_its_content(kind, media_type):
    file = io.BytesIO(encoded(kind, picture(640, 480)))

    facts = inspect_file(file)

    assert (facts.media_type, facts.width, facts.height) == (media_type, 640, 480)
    assert file.tell() == 0


@pytest.mark.parametrize("options", [{"lossless": True}, {"exif": b"Exif\0\0"}])
def test_each_form_of_webp_tells_its_size(options):
    facts = inspect_file(io.BytesIO(encoded("WEBP", picture(301, 207), **options)))

    assert (facts.width, facts.height) == (301, 207)


def test_a_pdf_is_told_and_not_opened():
    facts = inspect_file(io.BytesIO(encoded("PDF")))

    assert (facts.media_type, facts.extension) == ("application/pdf", ".pdf")
    assert (facts.width, facts.height) == (None, None)


@pytest.mark.parametrize("kind", ["PPM", "ICO", "BMP", "GIF", "TGA", "EPS"])
def test_what_pillow_would_also_open_is_refused(kind):
    with pytest.raises(RefusedFile, match="unknown_format"):
        inspect_file(io.BytesIO(encoded(kind)))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"just some text, whatever its name", "unknown_format"),
        (b"8BPS\0\1" + b"\0" * 40, "unknown_format"),
        (b"PK\x03\x04" + b"\0" * 40, "unknown_format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown_format"),
        (b"\xff\xd8\xff\xe0", "damaged"),
        (b"\x89PNG\r\n\x1a\n\0\0", "damaged"),
        (b"RIFF\0\0\0\0WEBPVP8X", "damaged"),
        (b"RIFF\x64\0\0\0WEBPVP8X\x0a\0\0\0\x02" + b"\0" * 20, "animated"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "damaged"),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avif", "unknown_format"),
        (b"II*\0", "damaged"),
        (b"%PDF-1.7 trailer << /Encrypt 5 0 R >>", "encrypted_pdf"),
        (png_header(60_000, 60_000), "too_many_pixels"),
        (png_header(7_100, 7_100), "too_many_pixels"),
        (png_header(0, 5), "damaged"),
    ],
)
def test_a_file_that_cannot_be_a_receipt_is_refused(data, code):
    with pytest.raises(RefusedFile) as error:
        inspect_file(io.BytesIO(data))

    assert error.value.code == code
    assert str(refusal(code)).endswith(".")


def test_the_size_in_bytes_is_bounded():
    file = io.BytesIO(encoded("JPEG") + b"\0" * 2000)

    with pytest.raises(RefusedFile, match="too_large"):
        inspect_file(file, max_bytes=2000)


def test_the_same_bytes_have_the_same_digest():
    data = encoded("JPEG")

    first, second = (inspect_file(io.BytesIO(data)) for _ in range(2))

    assert first.sha256 == second.sha256
    assert first.size == len(data)


def test_a_bomb_of_a_tiff_is_refused_by_its_header():
    with pytest.raises(RefusedFile, match="too_many_pixels"):
        inspect_file(
            io.BytesIO(
                encoded("TIFF", Image.new("1", (9000, 9000)), compression="group4")
            )
        )
