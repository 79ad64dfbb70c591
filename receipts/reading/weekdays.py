"""The weekday that stands beside a date: an independent witness for its digits."""

import re

from receipts.reading.locales import Locale

# Monday is 0. Abbreviations of two letters, and those that are months or words
# elsewhere, count in their own language only.
_EVERYWHERE = (
    "monday mon montag lundi lunes isnin",
    "tuesday tues tue dienstag mardi martes selasa",
    "wednesday wed mittwoch mercredi miércoles miercoles rabu",
    "thursday thurs thur thu donnerstag jeudi jueves khamis",
    "friday fri freitag vendredi viernes jumaat",
    "saturday sat samstag sonnabend samedi sábado sabado sabtu",
    "sunday sun sonntag dimanche domingo ahad",
)
_IN = {
    "de": ("mo", "di", "mi", "do", "fr", "sa", "so"),
    "fr": ("lun lu", "ma", "mer me", "jeu je", "ven ve", "sam sa", "dim di"),
    "es": ("lun lu", "ma", "mié mie mi", "jue ju", "vie vi", "sáb sab sá", "dom do"),
}


def _numbered(*languages: tuple[str, ...]) -> dict[str, int]:
    return {
        name: number
        for names in languages
        for number, group in enumerate(names)
        for name in group.split()
    }


_NAMES = {
    language: _numbered(_EVERYWHERE, names) for language, names in _IN.items()
} | {"": _numbered(_EVERYWHERE)}


def _beside(names: dict[str, int]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    any_name = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return (
        re.compile(rf"(?<![^\W\d_])({any_name})[.,\s\-/]{{0,3}}$", re.IGNORECASE),
        re.compile(rf"^[.,\s\-(]{{0,3}}({any_name})(?![^\W\d_])", re.IGNORECASE),
    )


_PATTERNS = {language: _beside(names) for language, names in _NAMES.items()}


def weekday_beside(before: str, after: str, locale: Locale) -> int | None:
    """The weekday (Monday is 0) right before or behind a date, if one is named."""
    language = locale.name[:2] if locale.name[:2] in _NAMES else ""
    ends, starts = _PATTERNS[language]
    match = ends.search(before[-16:]) or starts.search(after[:16])
    # A pattern takes ſ for an s where case is ignored; then it's no name.
    return _NAMES[language].get(match.group(1).lower()) if match else None
