import re
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from receipts.imaging.decode import DecodeFailed
from receipts.imaging.inspect import RefusedFile
from receipts.reading.page import Line, Page, Word
from receipts.reading.readers import Readers
from receipts.redaction.whole import CannotPaint, screen_file
from receipts.screening.findings import DEFAULT_ACTIONS, Action, Finding, Kind
from tests.receipts.imaging.pictures import encoded, text_pdf, written
from tests.receipts.redaction.slips import IS_SECRET, finds, slip

SECRET = finds(re.compile("SECRET"))


class Sees:
    """A reader that sees a word wherever the picture has dark ink on light paper."""

    version = "1"

    def __init__(self, text: str, name: str = "rapidocr", always: bool = False) -> None:
        self.text, self.name, self.always = text, name, always
        self.looks = 0

    def read(self, image: Image.Image) -> Page:
        self.looks += 1
        dark = np.argwhere(np.asarray(image.convert("L")) < 100)
        if self.always:
            dark = np.array([[10, 10], [30, 90]])
        words = ()
        if len(dark):
            (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0)
            words = (Word(self.text, (left, top, right + 1, bottom + 1), 0.9),)
        lines = (Line(words),) if words else ()
        return Page(lines, *image.size, self.name)


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def to(tmp_path):
    folder = tmp_path / "redacted"
    folder.mkdir()
    return folder


def spotted(scale: int = 1) -> Image.Image:
    """White with dark ink from (60, 80) to (120, 100), times the scale."""
    image = Image.new("RGB", (300 * scale, 200 * scale), "white")
    ink = (60 * scale, 80 * scale, 120 * scale, 100 * scale)
    image.paste((20, 20, 20), ink)
    return image


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_clear_receipt_is_read_once_and_nothing_is_written(tmp_path, work, to):
    path = written(tmp_path, encoded("PNG", spotted()), "milk.png")
    readers = Readers(Sees("MILK"), Sees("SECRET", "tesseract"))

    screened = screen_file(path, work, redact_to=to, readers=readers, screen=SECRET)

    assert (screened.decision, screened.findings) == ("clear", ())
    assert (screened.redacted, screened.verified) == (None, False)
    assert (readers.first.looks, readers.second.looks) == (1, 0)
    assert names(work) == names(to) == []


def test_a_held_receipt_is_read_by_both_and_painted_at_its_own_size(tmp_path, work, to):
    image = spotted(18)  # more than reading size, and than decoding's own limit
    path = written(tmp_path, encoded("PNG", image), "big.png")
    readers = Readers(Sees("SECRET"), Sees("SECRET", "tesseract"))

    screened = screen_file(path, work, redact_to=to, readers=readers, screen=SECRET)

    assert (screened.decision, screened.verified) == ("hold", True)
    assert screened.sizes == ((5400, 3600),)
    assert screened.redacted == to / "big.jpg"
    with Image.open(screened.redacted) as after:
        assert after.size == (5400, 3600)
        pixels = np.asarray(after)
    assert pixels[80 * 18 : 100 * 18, 60 * 18 : 120 * 18].max() < 16
    assert pixels[: 70 * 18].min() > 240
    assert (readers.first.looks, readers.second.looks) == (2, 2)
    assert names(work) == []


def test_boxes_are_on_the_picture_as_its_exif_turns_it(tmp_path, work):
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees with the clock
    path = written(tmp_path, encoded("JPEG", spotted(), exif=exif, quality=95), "a.jpg")

    screened = screen_file(
        path, work, readers=Readers(Sees("SECRET"), None), screen=SECRET
    )

    (finding,) = screened.findings
    assert screened.sizes == ((200, 300),)
    corners = np.array(finding.spots[0].corners)
    assert corners.min(axis=0) == pytest.approx([100, 60], abs=2)
    assert corners.max(axis=0) == pytest.approx([120, 120], abs=2)


def test_without_a_folder_nothing_is_painted(tmp_path, work):
    path = written(tmp_path, encoded("PNG", spotted()), "a.png")
    readers = Readers(Sees("SECRET"), None)

    screened = screen_file(path, work, readers=readers, screen=SECRET)

    assert (screened.decision, screened.redacted) == ("hold", None)
    assert not screened.verified
    assert readers.first.looks == 1


def test_what_is_found_again_every_time_is_never_written(tmp_path, work, to):
    path = written(tmp_path, encoded("PNG", spotted()), "a.png")
    readers = Readers(Sees("SECRET"), Sees("SECRET", "tesseract", always=True))

    screened = screen_file(path, work, redact_to=to, readers=readers, screen=SECRET)

    assert (screened.redacted, screened.verified) == (None, False)
    assert screened.decision == "hold"
    assert readers.second.looks == 1 + 3
    assert names(work) == names(to) == []


def test_what_is_left_after_a_round_is_painted_in_the_next(tmp_path, work, to):
    """The reader sees another spot only once the first one is gone."""
    image = spotted()
    image.paste((20, 20, 20), (200, 150, 240, 170))
    path = written(tmp_path, encoded("PNG", image), "a.png")

    class OneByOne(Sees):
        def read(self, picture):
            upper = super().read(picture.crop((0, 0, 300, 130)))
            if upper.lines:
                return replace(upper, height=picture.height)
            return super().read(picture)

    readers = Readers(OneByOne("SECRET"), None)

    screened = screen_file(path, work, redact_to=to, readers=readers, screen=SECRET)

    assert screened.verified
    assert len(screened.findings) == 2
    with Image.open(screened.redacted) as after:
        assert np.asarray(after)[150:170, 200:240].max() < 16


def test_a_reader_that_fails_the_second_time_leaves_nothing_verified(
    tmp_path, work, to
):
    class Tires(Sees):
        def read(self, picture):
            if self.looks:
                raise RuntimeError("SECRET")
            return super().read(picture)

    path = written(tmp_path, encoded("PNG", spotted()), "a.png")
    readers = Readers(Tires("SECRET"), None)

    screened = screen_file(path, work, redact_to=to, readers=readers, screen=SECRET)

    assert (screened.decision, screened.redacted) == ("hold", None)
    assert names(work) == names(to) == []


def test_kinds_are_held_painted_or_left_as_the_actions_say(tmp_path, work, to):
    path = written(tmp_path, encoded("PNG", spotted()), "a.png")
    readers = Readers(Sees("SECRET"), None)
    screen = finds(re.compile("SECRET"), kind=Kind.PHONE)
    found = {}

    for action in Action:
        actions = {**DEFAULT_ACTIONS, Kind.PHONE: action}
        one = screen_file(
            path, work, redact_to=to, readers=readers, screen=screen, actions=actions
        )
        found[action] = (one.decision, one.verified, len(one.findings))

    assert found == {
        Action.REDACT: ("hold", True, 1),
        Action.HOLD: ("hold", False, 1),
        Action.KEEP: ("clear", False, 1),
    }


def test_what_is_known_of_the_whole_receipt_only_holds_it_and_is_no_leftover(
    tmp_path, work, to
):
    def screen(pages):
        return (Finding(Kind.PRESCRIPTION, "pharmacy"), *SECRET(pages))

    path = written(tmp_path, encoded("PNG", spotted()), "a.png")
    readers = Readers(Sees("MILK"), None)

    nowhere = screen_file(path, work, redact_to=to, readers=readers, screen=screen)
    readers = Readers(Sees("SECRET"), None)
    somewhere = screen_file(path, work, redact_to=to, readers=readers, screen=screen)

    assert (nowhere.decision, nowhere.verified) == ("hold", False)
    assert (somewhere.decision, somewhere.verified) == ("hold", True)


def test_what_the_painted_paper_tells_of_the_whole_is_no_leftover_of_a_known_kind(
    tmp_path, work, to
):
    def screen(pages):
        return SECRET(pages) or (Finding(Kind.PRESCRIPTION, "pharmacy"),)

    path = written(tmp_path, encoded("PNG", spotted()), "a.png")
    readers = Readers(Sees("SECRET"), None)

    screened = screen_file(path, work, redact_to=to, readers=readers, screen=screen)

    assert (screened.decision, screened.verified) == ("hold", True)


def test_no_file_is_ever_written_over(tmp_path, work):
    path = written(tmp_path, encoded("JPEG", spotted()), "a.jpg")
    before = path.read_bytes()
    readers = Readers(Sees("SECRET"), None)

    screened = screen_file(
        path, work, redact_to=tmp_path, readers=readers, screen=SECRET
    )

    assert screened.redacted == tmp_path / "a-2.jpg"
    assert path.read_bytes() == before


def test_several_pages_become_a_pdf_of_pictures(tmp_path, work, to):
    pages = [Image.new("RGB", (300, 200), "white"), spotted()]
    data = encoded("TIFF", pages[0], save_all=True, append_images=pages[1:])
    path = written(tmp_path, data, "scan.tif")
    readers = Readers(Sees("SECRET"), Sees("SECRET", "tesseract"))

    screened = screen_file(path, work, redact_to=to, readers=readers, screen=SECRET)

    assert {spot.page for one in screened.findings for spot in one.spots} == {1}
    assert screened.redacted == to / "scan.pdf"
    document = pypdfium2.PdfDocument(screened.redacted)
    assert len(document) == 2
    metadata = {name for name, value in document.get_metadata_dict().items() if value}
    assert metadata == {"Creator", "CreationDate"}  # of the writing, not the original
    blank, shown = (
        np.asarray(page.render(scale=200 / 72).to_pil().convert("L"))
        for page in document
    )
    assert blank.shape == shown.shape == (200, 300)
    assert blank.min() > 240
    assert shown[82:98, 62:118].max() < 32
    assert shown[:60].min() > 240


def test_a_pdf_with_a_text_layer_is_painted_where_its_text_says(tmp_path, work, to):
    lines = ["GREENLEAF CORNER SHOP", "Rx 6041873", "Milk  2.10", "TOTAL 2.10"] * 3
    path = written(tmp_path, text_pdf(lines), "mail.pdf")
    readers = Readers(Sees("MILK"), None)  # sees no word of it

    screened = screen_file(
        path, work, redact_to=to, readers=readers, screen=finds(IS_SECRET)
    )

    assert screened.verified
    assert screened.redacted == to / "mail.jpg"
    assert b"6041873" not in screened.redacted.read_bytes()
    before = pypdfium2.PdfDocument(path)[0].render(scale=200 / 72).to_pil().convert("L")
    with Image.open(screened.redacted) as image:
        after = np.asarray(image.convert("L"))
    ink = np.asarray(before) < 100
    # The second of four lines, each 15 points high, from 780 points above the foot.
    top = round((842 - 780 + 15 - 11) * 200 / 72)
    secret = slice(top, top + round(13 * 200 / 72))
    assert ink[secret].sum() > 200
    assert after[secret][ink[secret]].max() < 32
    next_line = slice(top + round(16 * 200 / 72), top + round(28 * 200 / 72))
    assert (after[next_line] > 200).mean() > 0.9


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"no picture", RefusedFile), (encoded("PNG")[:60], DecodeFailed)],
)
def test_a_bad_file_is_refused_and_leaves_nothing(tmp_path, work, data, error):
    with pytest.raises(error):
        screen_file(written(tmp_path, data), work, screen=SECRET)

    assert names(work) == []


def test_html_is_screened_as_text_and_not_painted(tmp_path, work, to):
    path = written(tmp_path, b"<p>Milk 2.10</p><p>SECRET</p>", "mail.html")

    screened = screen_file(path, work, screen=SECRET)

    assert screened.decision == "hold"
    assert [finding.spots for finding in screened.findings] == [()]
    with pytest.raises(CannotPaint, match="Only pictures and PDFs"):
        screen_file(path, work, redact_to=to, screen=SECRET)


@pytest.mark.parametrize("degrees", [7, 90])
def test_a_skewed_or_lying_slip_is_covered_to_the_last_letter(
    tmp_path, work, to, degrees
):
    """The real readers, and the ink that was really there."""
    made = slip(degrees=degrees)
    path = written(tmp_path, encoded("PNG", made.image), "slip.png")

    screened = screen_file(path, work, redact_to=to, screen=finds(IS_SECRET))

    assert screened.verified
    assert len(screened.findings) == 3
    with Image.open(screened.redacted) as image:
        after = np.asarray(image.convert("L"))
    assert (after[made.secret] < 32).mean() > 0.995
    assert (after[made.open] < 32).mean() < 0.01


def test_a_text_that_is_painted_is_painted_elsewhere_too(tmp_path, work, to):
    """A rule finds the name only by its label; it stands without one as well."""
    lines = ["GREENLEAF CORNER SHOP", "Patient: Pymberton", "Milk  2.10", "Pymberton"]
    path = written(tmp_path, text_pdf(lines), "mail.pdf")
    screen = finds(re.compile("(?<=Patient: )Pymberton"))

    screened = screen_file(
        path, work, redact_to=to, readers=Readers(Sees("MILK"), None), screen=screen
    )

    assert [one.rule for one in screened.findings] == ["prescription_word", "same_text"]
    assert {one.kind for one in screened.findings} == {Kind.PRESCRIPTION}
    twin = screened.findings[1].spots[0]
    with Image.open(screened.redacted) as image:
        pixels = np.asarray(image.convert("L"))
    (left, top), (right, bottom) = twin.corners[0], twin.corners[2]
    assert pixels[int(top) : int(bottom), int(left) : int(right)].max() < 32
