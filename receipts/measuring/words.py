"""Pages that were read before, kept outside the repository.

With them a change of the field code is measured in seconds. A page is found by what it
was made from: the picture's pixels, the reader and its version, and the code that the
reader runs through. So whatever changes there is read anew.
"""

import ast
import hashlib
import json
import os
import shutil
from functools import cache
from pathlib import Path

from PIL import Image

from receipts.imaging import child, decode
from receipts.reading import readers
from receipts.reading.page import Page, Reader
from receipts.reading.page_json import page_as_json, page_from_json
from receipts.reading.readers import Readers

PACKAGE = "receipts.reading"


class RememberedReader:
    """A reader that reads each picture once. Everything else is the reader's own."""

    def __init__(self, reader: Reader, folder: Path) -> None:
        self.reader, self.folder = reader, folder
        self.name, self.version = reader.name, reader.version
        # Set by every page that came from the folder.
        self.has_remembered = False

    def __getattr__(self, name: str):
        return getattr(self.reader, name)

    def read(self, image: Image.Image) -> Page:
        path = self.folder / f"{self.key_of(image)}.json"
        try:
            page = page_from_json(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            page = self.reader.read(image)
            write(path, json.dumps(page_as_json(page)).encode())
        else:
            self.has_remembered = True
        return page

    def key_of(self, image: Image.Image) -> str:
        told = [self.name, self.version, code_of_the_readers(), image.mode]
        digest = hashlib.sha256(json.dumps([told, image.size]).encode())
        digest.update(image.tobytes())
        return digest.hexdigest()


def remembering(found: Readers, folder: Path) -> Readers:
    """The readers, with a memory in an existing folder."""
    second = found.second and RememberedReader(found.second, folder)
    return Readers(RememberedReader(found.first, folder), second)


def has_remembered(reader: Reader | None) -> bool:
    """Whether a page of this reader came from its memory."""
    return isinstance(reader, RememberedReader) and reader.has_remembered


def decoded(path: Path, folder: Path) -> list[Path]:
    """The pictures that were decoded from this file, none where it wasn't yet."""
    return sorted((folder / decoded_key(path)).glob("page-*.jpg"))


def keep_decoded(path: Path, pictures: list[Path], folder: Path) -> None:
    place = folder / decoded_key(path)
    place.mkdir(exist_ok=True)
    for number, picture in enumerate(pictures):
        shutil.copyfile(picture, place / f"page-{number:03}.jpg")


def decoded_key(path: Path) -> str:
    digest = hashlib.sha256(path.read_bytes())
    for module in (child, decode):
        digest.update(Path(module.__file__).read_bytes())
    return digest.hexdigest()


@cache
def code_of_the_readers() -> str:
    """A digest of readers.py and of what it imports from the reading."""
    root = Path(readers.__file__).parent
    names, seen = ["readers"], set()
    while names:
        name = names.pop()
        path = root / f"{name}.py"
        if name in seen or not path.is_file():
            continue
        seen.add(name)
        for node in ast.walk(ast.parse(path.read_bytes())):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            if node.module == PACKAGE:
                names += [alias.name for alias in node.names]
            elif node.module.startswith(f"{PACKAGE}."):
                names.append(node.module.removeprefix(f"{PACKAGE}."))
    digest = hashlib.sha256()
    for name in sorted(seen):
        digest.update((root / f"{name}.py").read_bytes())
    return digest.hexdigest()


def write(path: Path, content: bytes) -> None:
    """Whole or not at all: two processes may write the same page."""
    partial = path.with_suffix(f".{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(path)
