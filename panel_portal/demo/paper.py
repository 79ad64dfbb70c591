"""Receipts that we render ourselves, with the flaws that paper and phones have.

Pure and seeded: the same arguments make the same picture. `Slip` is the truth that a
reading of the picture is measured against.
"""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from panel_portal.demo.shops import Shop

CENT = Decimal("0.01")
FONTS = {
    "mono": "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf",
    "mono-bold": "/usr/share/fonts/truetype/liberation/LiberationMono-Bold.ttf",
    "sans": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
}
COLUMNS = 34


@dataclass(frozen=True)
class Item:
    description: str
    quantity: int
    amount: Decimal


@dataclass(frozen=True)
class Slip:
    """One printed receipt: its lines, and what is true of it. Sums in dollars."""

    shop: Shop
    day: date
    at: time
    items: tuple[Item, ...]
    subtotal: Decimal
    tax: Decimal
    total: Decimal
    lines: tuple[tuple[str, str], ...]  # (style, text); style: title, bold or plain


@dataclass(frozen=True)
class Flaws:
    """How the picture differs from a clean scan. Degrees, and strengths of 0 to 1."""

    skew: float = 0.0
    perspective: float = 0.0
    shadow: float = 0.0
    noise: float = 0.0
    folds: int = 0
    crumple: float = 0.0
    blur: float = 0.0
    fade: float = 0.0
    quality: int = 88


def some_flaws(rng: random.Random, strength: float = 1.0) -> Flaws:
    """What a hand-held phone makes of a receipt on a table."""
    return Flaws(
        skew=rng.uniform(-2.5, 2.5) * strength,
        perspective=rng.uniform(0, 0.025) * strength,
        shadow=rng.uniform(0.1, 0.5) * strength,
        noise=rng.uniform(0.1, 0.5) * strength,
        folds=rng.choice((0, 1, 2)),
        crumple=rng.uniform(0, 0.5) * strength,
        blur=rng.uniform(0, 0.5) * strength,
        fade=rng.uniform(0, 0.3) * strength,
        quality=rng.randint(70, 92),
    )


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def compose(
    shop: Shop,
    day: date,
    at: time,
    rng: random.Random,
    *,
    sign: int = 1,
    card: str = "4417",
) -> Slip:
    """Print what someone bought. `sign` -1 makes it a return; `card` is the number's
    last four digits, or all of them, which a careless terminal prints in full."""
    count = rng.randint(2, min(6, len(shop.goods)))
    items = []
    for description, price in rng.sample(shop.goods, count):
        quantity = rng.choice((1, 1, 1, 1, 2))
        items.append(Item(description, quantity, cents(Decimal(price) * quantity)))
    subtotal = sum((item.amount for item in items), Decimal(0)) * sign
    tax = cents(subtotal * shop.tax)
    total = subtotal + tax
    lines = LAYOUTS[shop.style](
        shop, day, at, items, subtotal, tax, total, rng, card, sign
    )
    return Slip(shop, day, at, tuple(items), subtotal, tax, total, tuple(lines))


def pair(left: str, right: str, width: int = COLUMNS) -> str:
    """Left and right flush; the left part gives way."""
    return f"{left[: width - len(right) - 1]:<{width - len(right)}}{right}"


def header(shop: Shop) -> list[tuple[str, str]]:
    return [
        ("title", shop.name),
        ("plain", shop.street.center(COLUMNS)),
        ("plain", shop.city.center(COLUMNS)),
        ("plain", f"Tel {shop.phone}".center(COLUMNS)),
        ("plain", ""),
    ]


def sums(subtotal, tax, total, card) -> list[tuple[str, str]]:
    lines = [("plain", pair("SUBTOTAL", f"{subtotal:.2f}"))]
    if tax:
        lines.append(("plain", pair("SALES TAX", f"{tax:.2f}")))
    return [
        *lines,
        ("bold", pair("TOTAL", f"${total:.2f}")),
        ("plain", ""),
        *paid_by(card, total),
    ]


def paid_by(card: str, total: Decimal) -> list[tuple[str, str]]:
    if len(card) == 4:
        return [("plain", pair(f"VISA ************{card}", f"{total:.2f}"))]
    return [
        ("plain", pair(f"VISA {card}", f"{total:.2f}")),
        ("plain", "EXP 09/31   ENTRY: SWIPED"),
    ]


def till(shop, day, at, items, subtotal, tax, total, rng, card, sign):
    lines = header(shop)
    lines.append(("plain", pair(f"{day:%m/%d/%Y}  {at:%I:%M %p}", f"REG {card[-1]}")))
    if sign < 0:
        lines.append(("bold", "RETURN".center(COLUMNS)))
    lines.append(("plain", "-" * COLUMNS))
    for item in items:
        lines.append(("plain", pair(item.description, f"{item.amount * sign:.2f}")))
        if item.quantity > 1:
            each = item.amount / item.quantity
            lines.append(("plain", f"   {item.quantity} @ {each:.2f}"))
    lines += [("plain", line) for line in shop.extra]
    lines.append(("plain", "-" * COLUMNS))
    lines += sums(subtotal, tax, total, card)
    lines += [
        ("plain", ""),
        ("plain", f"TRANS {rng.randint(10_000, 99_999)}".center(COLUMNS)),
        ("plain", "THANK YOU FOR SHOPPING WITH US".center(COLUMNS)),
    ]
    return lines


def table(shop, day, at, items, subtotal, tax, total, rng, card, sign):
    lines = header(shop)
    lines += [
        ("plain", pair(f"Server: {rng.choice(('Ana', 'Theo', 'Ruth'))}", "Table 12")),
        ("plain", pair(f"{day:%b %d, %Y}", f"{at:%I:%M %p}")),
        ("plain", "-" * COLUMNS),
    ]
    lines += [
        ("plain", pair(f"{item.quantity} {item.description}", f"{item.amount:.2f}"))
        for item in items
    ]
    lines.append(("plain", ""))
    lines += [
        ("plain", pair("Subtotal", f"{subtotal:.2f}")),
        ("plain", pair("Tax", f"{tax:.2f}")),
        ("bold", pair("Total", f"${total:.2f}")),
        ("plain", ""),
        ("plain", "Suggested gratuity"),
        *(
            ("plain", pair(f"{share}%", f"{cents(subtotal * share / 100):.2f}"))
            for share in (18, 20)
        ),
        ("plain", ""),
        ("plain", "Thank you, come again".center(COLUMNS)),
    ]
    return lines


def ticket(shop, day, at, items, subtotal, tax, total, rng, card, sign):
    lines = header(shop)
    lines += [
        ("plain", f"Order {rng.randint(100_000, 999_999)}".center(COLUMNS)),
        ("plain", pair(f"{day:%m/%d/%y}", f"{at:%H:%M}")),
        ("plain", "=" * COLUMNS),
    ]
    lines += [
        ("plain", pair(f"{item.quantity} x {item.description}", f"{item.amount:.2f}"))
        for item in items
    ]
    lines.append(("plain", "=" * COLUMNS))
    return lines + sums(subtotal, tax, total, card)


def order(shop, day, at, items, subtotal, tax, total, rng, card, sign):
    lines = [
        ("title", shop.name),
        ("plain", ""),
        ("bold", "Order confirmation and receipt"),
        ("plain", f"Order number {rng.randint(10**7, 10**8 - 1)}"),
        ("plain", f"Ordered on {day:%B} {day.day}, {day.year}"),
        ("plain", ""),
    ]
    lines += [
        ("plain", pair(f"{item.quantity} x {item.description}", f"{item.amount:.2f}"))
        for item in items
    ]
    return [
        *lines,
        ("plain", ""),
        ("plain", pair("Subtotal", f"{subtotal:.2f}")),
        ("plain", pair("Sales tax", f"{tax:.2f}")),
        ("bold", pair("Order total", f"${total:.2f}")),
        ("plain", ""),
        ("plain", f"Paid with card ending in {card}"),
    ]


LAYOUTS = {"till": till, "table": table, "ticket": ticket, "order": order}


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS[name], size)


def rows(slip: Slip, size: int) -> Iterator[tuple[int, str, str]]:
    """(y, style, text) of each line, from the top of the paper."""
    step, y = int(size * 1.42), 2 * size
    for style, text in slip.lines:
        yield y, style, text
        y += int(step * 1.4) if style == "title" else step


def print_slip(slip: Slip, *, size: int = 25) -> Image.Image:
    """The clean paper, in gray levels."""
    plain, bold = font("mono", size), font("mono-bold", size)
    width = int(plain.getlength("0") * COLUMNS) + 4 * size
    paper = Image.new("L", (width, int(size * 1.42) * (len(slip.lines) + 4)), 250)
    draw = ImageDraw.Draw(paper)
    for y, style, text in rows(slip, size):
        if style == "title":
            fitted = font("sans", int(size * 1.35))
            while fitted.getlength(text) > width - 2 * size:
                fitted = font("sans", int(fitted.size) - 2)
            draw.text(((width - fitted.getlength(text)) / 2, y), text, 20, fitted)
        else:
            draw.text((2 * size, y), text, 25, bold if style == "bold" else plain)
    return paper


def print_spilled_slip(slip: Slip, *, size: int = 25) -> Image.Image:
    """The paper with coffee over every line that holds the total."""
    paper = print_slip(slip, size=size)
    wet = [
        y + size // 2
        for y, _style, text in rows(slip, size)
        if f"{slip.total:.2f}" in text
    ]
    blot = Image.new("L", paper.size, 0)
    ImageDraw.Draw(blot).ellipse(
        (paper.width * 0.3, min(wet) - 2 * size, paper.width, max(wet) + 2 * size), 255
    )
    blot = blot.filter(ImageFilter.GaussianBlur(6))
    return Image.composite(Image.new("L", paper.size, 60), paper, blot)


def photograph(paper: Image.Image, flaws: Flaws, rng: random.Random) -> Image.Image:
    """The paper as a phone sees it: worn, on a table, in uneven light."""
    arrays = np.random.default_rng(rng.randrange(2**32))
    pixels = np.asarray(paper, dtype=np.float32)
    pixels = 250 - (250 - pixels) * (1 - 0.6 * flaws.fade)
    pixels = crumpled(pixels, flaws.crumple, arrays)
    pixels = folded(pixels, flaws.folds, arrays)
    sheet = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    width, height = sheet.size
    margin = int(0.09 * width)
    table_tone = arrays.uniform(70, 130)
    scene = np.full((height + 2 * margin, width + 2 * margin), table_tone, np.float32)
    scene += arrays.normal(0, 3, (scene.shape[0], 1)) + arrays.normal(0, 2, scene.shape)
    backdrop = Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8))
    whole = Image.new("L", backdrop.size, 0)
    whole.paste(sheet, (margin, margin))
    cover = Image.new("L", backdrop.size, 0)
    cover.paste(255, (margin, margin, margin + width, margin + height))
    corners = seen_from(whole.size, flaws.perspective, arrays)
    whole = whole.transform(
        whole.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC
    ).rotate(flaws.skew, Image.Resampling.BICUBIC)
    cover = cover.transform(
        cover.size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR
    ).rotate(flaws.skew, Image.Resampling.BILINEAR)
    picture = Image.composite(whole, backdrop, cover)
    if flaws.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(flaws.blur * 1.2))
    lit = np.asarray(picture, dtype=np.float32) * light(picture.size, flaws, arrays)
    lit += arrays.normal(0, 9 * flaws.noise, lit.shape)
    gray = np.clip(lit, 0, 255)[..., None]
    warm = gray * np.array([1.0, 0.975, 0.92], np.float32)
    return Image.fromarray(warm.astype(np.uint8), "RGB")


def crumpled(pixels: np.ndarray, strength: float, arrays) -> np.ndarray:
    """Shift columns by a slow wave, and shade its slopes."""
    if not strength:
        return pixels
    height, width = pixels.shape
    x, y = np.arange(width), np.arange(height)
    phase, waves = arrays.uniform(0, 6.28), arrays.uniform(1, 2.2)
    wave = np.sin(x / width * waves * 6.28 + phase)
    shift = (wave * 7 * strength).astype(int)
    rows = np.clip(y[:, None] + shift[None, :], 0, height - 1)
    return pixels[rows, x[None, :]] * (1 - 0.06 * strength * (1 + wave))[None, :]


def folded(pixels: np.ndarray, folds: int, arrays) -> np.ndarray:
    """Each fold is a bright ridge with a darker side below."""
    pixels = pixels.copy()
    height = pixels.shape[0]
    y = np.arange(height, dtype=np.float32)
    for _number in range(folds):
        at = arrays.uniform(0.2, 0.8) * height
        below = np.exp(-np.clip(y - at, 0, None) / 60) * (y >= at)
        ridge = np.exp(-((y - at) ** 2) / 8)
        pixels *= (1 - 0.16 * below)[:, None]
        pixels += (25 * ridge)[:, None]
    return pixels


def seen_from(size: tuple[int, int], strength: float, arrays) -> tuple[float, ...]:
    """The corners of the source quadrilateral, as PIL's QUAD transform takes them."""
    width, height = size
    dx, dy = arrays.uniform(-1, 1, 4), arrays.uniform(-1, 1, 4)
    corners = [(0, 0), (0, height), (width, height), (width, 0)]
    return tuple(
        float(value)
        for (x, y), a, b in zip(corners, dx, dy, strict=True)
        for value in (x + a * strength * width, y + b * strength * width)
    )


def light(size: tuple[int, int], flaws: Flaws, arrays) -> np.ndarray:
    """A slanting falloff, and the soft edge of a hand's shadow."""
    width, height = size
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    a, b = arrays.uniform(-1, 1, 2)
    slant = 1 - 0.18 * flaws.shadow * (1 + a * x + b * y)
    edge = arrays.uniform(-0.3, 0.8)
    hand = 1 / (1 + np.exp(-(x * arrays.uniform(0.5, 1) + y - edge) * 9))
    return slant * (1 - 0.4 * flaws.shadow * hand)


def as_jpeg(picture: Image.Image, quality: int = 88) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


def as_pdf(paper: Image.Image) -> bytes:
    """One page as a shop's PDF has it."""
    file = io.BytesIO()
    paper.convert("RGB").save(file, "PDF", resolution=150)
    return file.getvalue()


def snap(slip: Slip, rng: random.Random, *, strength: float = 1.0) -> bytes:
    """A phone's JPEG of the slip."""
    flaws = some_flaws(rng, strength)
    return as_jpeg(photograph(print_slip(slip), flaws, rng), flaws.quality)
