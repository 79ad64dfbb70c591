"""The decoder's own process: child.py SOURCE FOLDER LIMITS (JSON).

Run by path in an isolated interpreter with nothing in its environment, so it imports
neither Django nor anything else of ours. It limits itself before it opens the file,
writes pages, thumbnails and `result.json` into FOLDER, and prints nothing. Whatever it
leaves is checked by the parent, which doesn't trust it.
"""

import contextlib
import ctypes
import importlib
import json
import math
import os
import sys


def limit_self(limits: dict) -> None:
    """No more memory, time or file size than allowed; die with the parent."""
    try:
        import resource
    except ImportError:  # not a Unix: the parent's clock remains
        return
    memory, cpu = limits["memory_bytes"], limits["cpu_seconds"]
    for kind, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        with contextlib.suppress(ValueError, OSError):
            # The soft one ends in a signal that tells the parent why.
            resource.setrlimit(kind, (value, value + (kind == resource.RLIMIT_CPU)))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(1, 9, 0, 0, 0)  # PR_SET_PDEATHSIG, SIGKILL
        libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
        if os.getppid() != limits["parent"]:
            os._exit(1)  # the parent died before the line above


class Failed(Exception):
    """The file can't be decoded; the argument is a code."""


# Only the class that opens such a file is loaded, and nothing else is tried.
OPENERS = {
    "image/jpeg": ("PIL.JpegImagePlugin", "JpegImageFile"),
    "image/png": ("PIL.PngImagePlugin", "PngImageFile"),
    "image/webp": ("PIL.WebPImagePlugin", "WebPImageFile"),
    "image/heic": ("pillow_heif.as_plugin", "HeifImageFile"),
    "image/tiff": ("PIL.TiffImagePlugin", "TiffImageFile"),
}
ORIENTATION = 0x0112
THUMBNAIL = 320
# A picture narrower than this is not halved: a till roll would lose its letters.
NARROW = 1000
PDF_SCALE = 200 / 72  # dots per inch over points per inch
# Of a whole file; a page with more is read as a picture. An order of a hundred items
# has about five hundred runs.
MOST_RUNS, LONGEST_RUN, MOST_LETTERS = 2000, 200, 40_000
# A page with more than this may hold pictures of text, or text drawn as curves.
MOST_PICTURES, MOST_CURVES, DEEPEST = 0.05, 500, 10


def images(source: str, media_type: str, limits: dict):
    """Yield (image, text runs or None) for each page."""
    if media_type == "application/pdf":
        yield from pdf_pages(source, limits)
        return
    if media_type == "image/heic":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    module, name = OPENERS[media_type]
    pages = 1
    with getattr(importlib.import_module(module), name)(source) as image:
        if media_type == "image/tiff":
            pages = image.n_frames
        if pages > limits["max_pages"]:
            raise Failed("too_many_pages")
        for number in range(pages):
            if number:
                image.seek(number)
            width, height = image.size
            if width * height > limits["max_pixels"]:
                raise Failed("too_many_pixels")
            if media_type == "image/jpeg":
                # The decoder halves or quarters by itself: a large one stays cheap.
                divisor = divisor_of(width, height, limits["max_pixels_out"])
                image.draft("RGB", (width // divisor, height // divisor))
            yield image, None


def divisor_of(width: int, height: int, most: int) -> int:
    """The power of two by which a picture is reduced to at most `most` pixels.

    Anything else costs ten times as much. 1 also where too little would be left.
    """
    divisor = 1
    while -(-width // divisor) * -(-height // divisor) > most:
        divisor *= 2
    return divisor if min(width, height) // divisor >= NARROW else 1


def reduced(image, most: int):
    """The picture with at most `most` pixels."""
    from PIL import Image

    width, height = image.size
    divisor = divisor_of(width, height, most)
    if divisor > 1:
        return image.reduce(divisor)
    if width * height <= most:
        return image
    scale = (most / (width * height)) ** 0.5
    size = max(1, int(width * scale)), max(1, int(height * scale))
    return image.resize(size, Image.Resampling.HAMMING)


def pdf_pages(source: str, limits: dict):
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        code = "encrypted_pdf" if "password" in str(error).lower() else "damaged"
        raise Failed(code) from None
    if len(document) > limits["max_pages"]:
        raise Failed("too_many_pages")
    if document.get_formtype():
        document.init_forms()  # so that the picture shows what was filled in
    left = Allowance()
    for page in document:
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            raise Failed("damaged")
        most = limits["max_pixels_out"]
        scale = min(PDF_SCALE, (most / (width * height)) ** 0.5)
        while math.ceil(width * scale) * math.ceil(height * scale) > most:
            scale *= 0.99  # what is rendered is rounded up
        image = page.render(scale=scale).to_pil()
        yield image, text_runs(page, image.size, left)


class Allowance:
    """How much text a file's remaining pages may have: the parent reads it all."""

    runs, letters = MOST_RUNS, MOST_LETTERS


def text_runs(page, size: tuple[int, int], left: Allowance) -> list[list] | None:
    """[text, left, top, right, bottom] of the page's own text, in pixels of `size`.

    None where it may not be all that the picture shows, for a turned page, and from
    the page on that has more than is `left`.
    """
    if page.get_rotation() or shows_more(page):
        return None
    layer = page.get_textpage()
    count, letters = layer.count_rects(), layer.count_chars()
    if count > left.runs or letters > left.letters:
        left.runs = left.letters = 0
        return None
    left.runs -= count
    left.letters -= letters
    runs = [run_at(page, layer.get_rect(n), layer, size) for n in range(count)]
    # Part of a text would be worse than none: what is cut off isn't screened.
    if any(len(run[0]) > LONGEST_RUN for run in runs):
        return None
    return [run for run in runs if run[0]] or None


def run_at(page, box, layer, size: tuple[int, int]) -> list:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = box
    text = " ".join(layer.get_text_bounded(left, bottom, right, top).split())
    corners = []
    for x, y in ((left, top), (right, bottom)):
        to_x, to_y = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, to_x, to_y)
        corners += [to_x.value, to_y.value]
    return [text, *corners]


def shows_more(page) -> bool:
    """Whether pictures, curves or annotations may show text that the layer lacks."""
    import pypdfium2.raw as pdfium

    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation) if annotation else None
        if annotation:
            pdfium.FPDFPage_CloseAnnot(annotation)
        if kind != pdfium.FPDF_ANNOT_LINK:
            return True
    left, bottom, right, top = page.get_bbox()
    whole = (right - left) * (top - bottom)
    pictures, curves, form, is_counted = 0.0, 0, None, False
    for item in page.get_objects():
        if item.level == 0:
            # What is nested has bounds of its form's own, so the form counts whole.
            form, is_counted = item, False
        curves += item.type == pdfium.FPDF_PAGEOBJ_PATH
        if item.type in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            if not is_counted:
                pictures += visible_area(form.get_bounds(), page.get_bbox())
            is_counted = True
        if item.level >= DEEPEST or curves >= MOST_CURVES:
            return True
        if pictures > MOST_PICTURES * whole:
            return True
    return False


def visible_area(box, page_box) -> float:
    """Of (left, bottom, right, top), as far as it lies on the page."""
    width = min(box[2], page_box[2]) - max(box[0], page_box[0])
    height = min(box[3], page_box[3]) - max(box[1], page_box[1])
    return max(0.0, width) * max(0.0, height)


def upright(image):
    """Turned as its EXIF says, in RGB on white."""
    from PIL import Image

    image.load()
    if image.getexif().get(ORIENTATION, 1) != 1:
        from PIL import ImageOps

        image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):
        low, high = image.getextrema()
        scale = 255 / max(high, 255) if low >= 0 else 1
        image = image.convert("F").point(lambda value: value * scale).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image if image.mode == "RGB" else image.convert("RGB")


def write_pages(source: str, folder: str, limits: dict) -> list[dict]:
    pages = []
    for image, text in images(source, limits["media_type"], limits):
        image = reduced(upright(image), limits["max_pixels_out"])
        image.info = {}  # no EXIF, profile or comment comes along
        save_page(image, folder, len(pages))
        pages.append({"width": image.width, "height": image.height, "text": text})
    if not pages:
        raise Failed("no_pages")
    return pages


def save_page(image, folder: str, number: int) -> None:
    """Write the picture and its thumbnail."""
    from PIL import Image

    image.save(os.path.join(folder, f"page-{number}.jpg"), quality=90)  # noqa: PTH118
    scale = min(1.0, THUMBNAIL / image.width, THUMBNAIL * 2 / image.height)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    small = image.resize(size, Image.Resampling.HAMMING, reducing_gap=1)
    small.save(os.path.join(folder, f"thumb-{number}.jpg"), quality=80)  # noqa: PTH118


def main() -> None:
    source, folder, limits = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    limit_self(limits)
    try:
        result = {"pages": write_pages(source, folder, limits)}
    except Failed as error:
        result = {"error": str(error)}
    except MemoryError:
        result = {"error": "out_of_memory"}
    except Exception:
        # Whatever a decoder says of a file may quote it.
        result = {"error": "damaged"}
    with open(os.path.join(folder, "result.json"), "w") as file:  # noqa: PTH118, PTH123
        json.dump(result, file)


if __name__ == "__main__":
    main()
    os._exit(0)  # tidying an interpreter up costs a tenth of a small file's decoding
