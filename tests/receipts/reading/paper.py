"""Pages from lines of text, and pictures of them, as a reader would see them."""

from PIL import Image, ImageDraw, ImageFont

from receipts.reading.page import Line, Page, Word

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"


def page_of(text: str, *, confidence: float = 0.98) -> Page:
    """A page whose words are the text's lines, 20 pixels high."""
    lines = tuple(
        Line((Word(line.strip(), (0, 30 * n, 400, 30 * n + 20), confidence),))
        for n, line in enumerate(text.strip().splitlines())
        if line.strip()
    )
    return Page(lines, 400, 30 * len(lines) + 30, "text")


def picture_of(text: str, *, size: int = 26) -> Image.Image:
    """A clean print of the text's lines."""
    lines = text.strip("\n").splitlines()
    font = ImageFont.truetype(FONT, size)
    width = max(int(font.getlength(line)) for line in lines) + 80
    image = Image.new("RGB", (width, len(lines) * (size + 14) + 80), "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((40, 40 + number * (size + 14)), line, "black", font)
    return image
