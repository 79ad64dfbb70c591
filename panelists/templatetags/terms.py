"""How the terms, which are plain text, are laid out on a page."""

from dataclasses import dataclass

from django import template

register = template.Library()


@dataclass(frozen=True)
class Section:
    heading: str
    paragraphs: tuple[str, ...]


@register.filter
def sections(body: str) -> list[Section]:
    """Blocks are apart by an empty line; the first of several lines is a heading."""
    found = []
    for block in body.replace("\r\n", "\n").split("\n\n"):
        lines = tuple(line.strip() for line in block.splitlines() if line.strip())
        if len(lines) == 1:
            found.append(Section("", lines))
        elif lines:
            found.append(Section(lines[0], lines[1:]))
    return found
