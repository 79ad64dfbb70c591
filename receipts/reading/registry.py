"""The registry of brands: names, spellings, web addresses, categories, countries."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from receipts.reading.labels import plain

# Words that names are written with and without.
JOINERS = frozenset({"and", "und", "the", "n"})
# What a name may be missed by, as a share of letters that agree (rapidfuzz's ratio).
NEAR = 88
# Kinds whose brands are often called as people are, or as ordinary things.
_PERSONAL = frozenset({"clothing", "other"})


def key(text: str) -> str:
    """The letters and digits that tell names apart: Stop & Shop is stopshop."""
    words = plain(text).replace("%", " ").split()
    return "".join(word for word in words if word not in JOINERS) or "".join(words)


def digits(name: str) -> str:
    return "".join(c for c in name if c.isdigit())


@dataclass(frozen=True, slots=True)
class Brand:
    """A merchant of many shops.

    `countries`: two-letter codes, or ("*",) for the whole world. `keys`: what `key`
    makes of its names. `sites`: stems of its web addresses (rossstores of
    www.rossstores.com). `is_famous`: a part of a line is enough to tell it.
    """

    name: str
    category: str
    countries: tuple[str, ...] = ("*",)
    keys: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    is_famous: bool = False

    @property
    def is_distinctive(self) -> bool:
        """Whether the name is hardly an ordinary word's, a person's or a place's."""
        return self.is_famous or (
            len(self.name.split()) >= 2 and max(map(len, self.keys), default=0) >= 8
        )

    def is_in(self, country: str | None) -> bool:
        return country is None or country in self.countries or "*" in self.countries


class Registry:
    """Brands by their keys and by the stems of their web addresses."""

    def __init__(self, brands: Iterable[Brand]):
        self.brands: tuple[Brand, ...] = tuple(brands)
        self._by_key: dict[str, list[Brand]] = defaultdict(list)
        self._by_site: dict[str, list[Brand]] = defaultdict(list)
        self._near: dict[str | None, dict[int, list[str]]] = {}
        for brand in self.brands:
            for name in brand.keys:
                self._by_key[name].append(brand)
            for site in brand.sites:
                self._by_site[site].append(brand)

    def named(self, name: str, country: str | None = None) -> Brand | None:
        """The brand with this key; the country's own before the rest of the world's."""
        return best_of(self._by_key.get(name, ()), country, name)

    def at_site(self, stem: str, country: str | None = None) -> Brand | None:
        """The brand whose web address has this stem, as known or by its name."""
        found = best_of(self._by_site.get(stem, ()), country)
        return found or (self.named(stem, country) if len(stem) >= 4 else None)

    def near(
        self, name: str, country: str | None = None
    ) -> tuple[Brand, float] | tuple[None, float]:
        """A distinctive brand spelled nearly so, and how nearly (0 to 100)."""
        if len(name) < 6:
            return None, 0.0
        by_length = self._distinctive(country)
        sizes = range(len(name) - 2, len(name) + 3)
        choices = [other for size in sizes for other in by_length.get(size, ())]
        found = process.extractOne(
            name, choices, scorer=fuzz.ratio, score_cutoff=NEAR, processor=None
        )
        # A number is no slip of the reader's: 99 Ranch is not Ranch.
        if not found or digits(found[0]) != digits(name):
            return None, 0.0
        return self.named(found[0], country), found[1]

    def _distinctive(self, country: str | None) -> dict[int, list[str]]:
        if country not in self._near:
            names = {
                name
                for brand in self.brands
                if brand.is_in(country) and brand.is_distinctive
                for name in brand.keys
                if len(name) >= 6
            }
            by_length: dict[int, list[str]] = defaultdict(list)
            for name in sorted(names):
                by_length[len(name)].append(name)
            self._near[country] = by_length
        return self._near[country]


def best_of(
    brands: Sequence[Brand], country: str | None, name: str = ""
) -> Brand | None:
    """The brand that has `name` first; then a famous one, then the country's own."""
    local = [brand for brand in brands if brand.is_in(country)]
    if not local:
        return None
    return max(
        local,
        key=lambda b: (b.keys[0] == name, b.is_famous, country in b.countries),
    )


@cache
def registry() -> Registry:
    """All brands of data/registry.json, loaded once in a process."""
    path = files("receipts.reading").joinpath("data/registry.json")
    data = json.loads(path.read_text("utf-8"))
    kinds = data["categories"]
    return Registry(
        Brand(
            name,
            kinds[kind],
            tuple(countries.split()),
            tuple(keys.split()),
            tuple(sites.split()),
            bool(is_famous),
        )
        for name, kind, countries, keys, sites, is_famous in data["brands"]
    )


@cache
def brands() -> tuple[Brand, ...]:
    """The brands whose names are surely a brand's, and no patient's or medicine's.

    Names that a person or a thing might have as well are not among them: clothes and
    perfumes are sold under many. These names are kept of receipts that are sensitive.
    """
    return tuple(
        brand
        for brand in registry().brands
        if brand.is_famous or (brand.is_distinctive and brand.category not in _PERSONAL)
    )


@cache
def _names() -> frozenset[str]:
    return frozenset(brand.name for brand in brands())


def is_brand(name: str) -> bool:
    """Whether a name is one of `brands`."""
    return name in _names()
