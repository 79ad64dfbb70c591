"""States, provinces and other first parts of countries, by their ISO 3166-2 codes.

The names are those that people there call them by, and are no texts to translate.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _regions() -> Mapping[str, Mapping[str, str]]:
    """data/regions.json, loaded once in a process: country -> code -> name."""
    path = files("panelists").joinpath("data/regions.json")
    return json.loads(path.read_text("utf-8"))


def regions_of(country: str) -> tuple[tuple[str, str], ...]:
    """The codes and names of a country's regions by name; empty where it has no list,
    and nobody is asked for theirs."""
    names = _regions().get(country, {})
    return tuple(sorted(names.items(), key=lambda region: region[1].casefold()))


def region_name(code: str) -> str:
    """US-NY is New York; a code that isn't known stays what it is."""
    return _regions().get(code[:2], {}).get(code, code)
