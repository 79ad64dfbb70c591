import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from receipts.imaging import decode as module
from receipts.imaging.decode import DecodeFailed, DecodeLimits, decode
from tests.receipts.imaging.pictures import encoded, picture, png_header, written

ORIENTATION = 0x0112
# What Pillow tells of any JPEG.
JFIF = ("jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi")


def black_corner(path: Path) -> tuple[str, tuple[int, int]]:
    """Which corner of a decoded picture is black, and its size."""
    image = Image.open(path).convert("L")
    width, height = image.size
    corners = {
        "top left": (3, 3),
        "top right": (width - 4, 3),
        "bottom left": (3, height - 4),
        "bottom right": (width - 4, height - 4),
    }
    [name] = [name for name, at in corners.items() if image.getpixel(at) < 128]
    return name, image.size


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF", "PDF"])
def test_each_format_becomes_a_jpeg_and_a_thumbnail(kind, tmp_path):
    source = written(tmp_path, encoded(kind, picture(600, 400)))
    folder = tmp_path / "out"
    folder.mkdir()

    [page] = decode(source, folder)

    assert Image.open(page.path).format == "JPEG"
    assert black_corner(page.path)[0] == "top left"
    assert Image.open(page.thumbnail).size == (320, 213)


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [
        (1, "top left"),
        (2, "top right"),
        (3, "bottom right"),
        (4, "bottom left"),
        (5, "top left"),
        (6, "top right"),
        (7, "bottom right"),
        (8, "bottom left"),
    ],
)
def test_photos_end_upright(orientation, corner, tmp_path):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    source = written(tmp_path, encoded("JPEG", picture(60, 40), exif=exif))
    folder = tmp_path / "out"
    folder.mkdir()

    [page] = decode(source, folder)

    size = (60, 40) if orientation < 5 else (40, 60)
    assert black_corner(page.path) == (corner, size)
    assert (page.width, page.height) == size


def described(kind: str) -> bytes:
    """A picture that says Secret wherever its format has room for words."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (40.0, 41.0, 42.0)
    profile, packet = b"SecretProfile", b"<x>SecretPacket</x>"
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "SecretComment")
    more = {
        "JPEG": {"exif": exif, "icc_profile": profile, "xmp": packet},
        "PNG": {"exif": exif, "icc_profile": profile, "pnginfo": texts},
        "WEBP": {"exif": exif, "icc_profile": profile, "xmp": packet},
        "HEIF": {"exif": exif, "icc_profile": profile, "xmp": packet},
        "TIFF": {"description": "SecretText", "icc_profile": profile},
    }[kind]
    if kind == "JPEG":
        more["comment"] = b"SecretComment"
    return encoded(kind, picture(700, 500), **more)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF"])
def test_nothing_of_the_metadata_stays(kind, tmp_path):
    data = described(kind)
    source = written(tmp_path, data)
    folder = tmp_path / "out"
    folder.mkdir()

    [page] = decode(source, folder)

    assert b"Secret" in data
    for path in (page.path, page.thumbnail):
        assert b"Secret" not in path.read_bytes()
        assert set(Image.open(path).info) <= set(JFIF)
        assert not Image.open(path).getexif()


def test_a_photo_with_another_one_behind_it_is_the_first(tmp_path):
    data = encoded(
        "MPO", picture(600, 400), save_all=True, append_images=[picture(90, 30)]
    )
    folder = tmp_path / "out"
    folder.mkdir()

    [page] = decode(written(tmp_path, data), folder)

    assert black_corner(page.path) == ("top left", (600, 400))


@pytest.mark.parametrize("kind", ["TIFF", "PDF"])
def test_several_pages_come_in_order(kind, tmp_path):
    others = [picture(50, 80), picture(90, 30)]
    data = encoded(kind, picture(60, 40), save_all=True, append_images=others)
    folder = tmp_path / "out"
    folder.mkdir()

    pages = decode(written(tmp_path, data), folder)

    shapes = [page.width > page.height for page in pages]
    assert shapes == [True, False, True]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_other_kinds_of_pixels_are_read(mode, tmp_path):
    gray = picture().convert("L")
    if mode == "I;16":
        image = Image.fromarray(np.asarray(gray).astype("uint16") * 257)
    else:
        image = gray.convert(mode)
    folder = tmp_path / "out"
    folder.mkdir()

    [page] = decode(written(tmp_path, encoded("PNG", image)), folder)

    assert black_corner(page.path)[0] == "top left"


def test_what_is_transparent_becomes_white(tmp_path):
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    folder = tmp_path / "out"
    folder.mkdir()

    [page] = decode(written(tmp_path, encoded("PNG", image)), folder)

    assert Image.open(page.path).getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((2201, 2100), (1101, 1050)),
        ((1200, 1000), (1200, 1000)),
        # Halved, these would be too narrow to read.
        ((2000, 1200), (1414, 848)),
        ((300, 9600), (193, 6196)),
    ],
)
def test_a_large_picture_is_reduced(kind, size, expected, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    data = encoded(kind, picture(*size))

    [page] = decode(
        written(tmp_path, data), folder, limits=DecodeLimits(max_pixels_out=1_200_000)
    )

    assert (page.width, page.height) == expected
    assert black_corner(page.path) == ("top left", expected)


def test_a_large_page_of_a_pdf_is_drawn_as_large_as_may_be(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    data = encoded("PDF", picture(1000, 1000), resolution=72)

    [page] = decode(
        written(tmp_path, data), folder, limits=DecodeLimits(max_pixels_out=5_000_000)
    )

    assert 4_800_000 < page.width * page.height <= 5_000_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (encoded("JPEG", picture(600, 400))[:800], "damaged"),
        (encoded("PNG", picture(600, 400))[:300], "damaged"),
        (b"%PDF-1.7 and nothing else", "damaged"),
        (b"nothing of ours", "damaged"),
        (png_header(60_000, 60_000), "too_many_pixels"),
        (
            encoded("TIFF", save_all=True, append_images=[picture()] * 20),
            "too_many_pages",
        ),
    ],
)
def test_what_cannot_be_decoded_says_so_and_leaves_nothing(data, code, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()

    with pytest.raises(DecodeFailed) as error:
        decode(written(tmp_path, data), folder)

    assert error.value.code == code
    assert list(folder.iterdir()) == []


def child_of(tmp_path, monkeypatch, body: str) -> Path:
    """Put another program in the child's place, after it has limited itself."""
    real = module.CHILD.read_text().split("class Failed")[0]
    program = real + textwrap.dedent(body)
    path = written(tmp_path, program.encode(), "hostile.py")
    monkeypatch.setattr(module, "CHILD", path)
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


LIMIT = "limit_self(json.loads(sys.argv[3]))\n"


@pytest.mark.parametrize(
    ("body", "limits", "code"),
    [
        ("data = bytearray(800 * 2**20)", {"memory_bytes": 400 * 2**20}, "crashed"),
        ("while True: pass", {"cpu_seconds": 1}, "timed_out"),
        ("import time; time.sleep(60)", {"wall_seconds": 1}, "timed_out"),
        ("open('big', 'wb').write(b'x' * 2**21)", {"file_bytes": 2**20}, "crashed"),
        ("os.abort()", {}, "crashed"),
        ("pass", {}, "crashed"),
        ("open('result.json', 'w').write('[]')", {}, "crashed"),
        ("open('result.json', 'w').write('[' * 10**6)", {}, "crashed"),
        (
            "open('result.json', 'w').write("
            "'{\"error\": \"damaged\"}' + ' ' * 4 * 2**20)",
            {},
            "crashed",
        ),
        ("open('result.json', 'w').write('{\"error\": \"x\"}')", {}, "crashed"),
        (
            "open('result.json', 'w').write("
            '\'{"pages": [{"width": 1, "height": 1, "text": null}]}\')',
            {},
            "crashed",
        ),
    ],
)
def test_a_hostile_child_is_held(body, limits, code, tmp_path, monkeypatch):
    folder = child_of(tmp_path, monkeypatch, LIMIT + body)

    with pytest.raises(DecodeFailed) as error:
        decode(
            written(tmp_path, encoded("JPEG")), folder, limits=DecodeLimits(**limits)
        )

    assert error.value.code == code


def test_a_link_in_the_place_of_a_page_is_not_followed(tmp_path, monkeypatch):
    secret = written(tmp_path, encoded("JPEG"), "secret.jpg")
    folder = child_of(
        tmp_path,
        monkeypatch,
        f"""
        for name in ("page-0.jpg", "thumb-0.jpg"):
            os.symlink({str(secret)!r}, name)
        json.dump(
            {{"pages": [{{"width": 9, "height": 9, "text": None}}]}},
            open("result.json", "w"),
        )
        """,
    )

    with pytest.raises(DecodeFailed, match="crashed"):
        decode(written(tmp_path, encoded("JPEG")), folder)


def test_the_child_has_an_empty_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "must not get there")
    seen = tmp_path / "seen"
    folder = child_of(
        tmp_path,
        monkeypatch,
        f"open({str(seen)!r}, 'w').write(repr(sorted(os.environ)))",
    )

    with pytest.raises(DecodeFailed):
        decode(written(tmp_path, encoded("JPEG")), folder)

    assert seen.read_text() == "['LC_ALL', 'TMPDIR']"


def test_the_child_dies_with_its_parent(tmp_path, monkeypatch):
    pid_file = tmp_path / "pid"
    folder = child_of(
        tmp_path,
        monkeypatch,
        LIMIT + f"open({str(pid_file)!r}, 'w').write(str(os.getpid()))\n"
        "import time\ntime.sleep(50)",
    )
    source = written(tmp_path, encoded("JPEG"))
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path\n"
            "from receipts.imaging import decode as module\n"
            f"module.CHILD = Path({str(module.CHILD)!r})\n"
            f"module.decode(Path({str(source)!r}), Path({str(folder)!r}))",
        ],
        cwd=Path(__file__).parents[3],
    )
    wait_until(lambda: pid_file.exists() and pid_file.read_text())

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    pid = int(pid_file.read_text())
    wait_until(lambda: not is_running(pid))


def wait_until(condition, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state not in "ZX"


SAMPLES = {
    kind: encoded(kind, picture(90, 60))
    for kind in ("JPEG", "PNG", "WEBP", "HEIF", "TIFF", "PDF")
}


def outcome_of(
    kind: str, changes: list[tuple[int, int]], cut: int, folder: Path
) -> str:
    data = bytearray(SAMPLES[kind])
    for place, value in changes:
        data[place % len(data)] = value
    source = written(folder, bytes(data[: len(data) - cut % len(data)]))
    out = folder / "out"
    out.mkdir(exist_ok=True)
    for path in out.iterdir():
        path.unlink()
    try:
        decode(source, out)
    except DecodeFailed as error:
        return error.code
    return "pages"


def fuzz(examples: int):
    def decorate(test):
        return settings(
            max_examples=examples,
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture],
        )(
            given(
                kind=st.sampled_from(sorted(SAMPLES)),
                changes=st.lists(
                    st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8
                ),
                cut=st.integers(0, 400),
            )(test)
        )

    return decorate


@fuzz(40)
@example(kind="JPEG", changes=[], cut=0)
def test_changed_files_give_pages_or_a_code(kind, changes, cut, tmp_path):
    known = {"pages", "crashed", "timed_out", *module.CODES}

    assert outcome_of(kind, changes, cut, tmp_path) in known


@pytest.mark.long
@pytest.mark.timeout(900)
@fuzz(1500)
def test_very_many_changed_files_give_pages_or_a_code(kind, changes, cut, tmp_path):
    known = {"pages", "timed_out", "crashed", *module.CODES}

    assert outcome_of(kind, changes, cut, tmp_path) in known
