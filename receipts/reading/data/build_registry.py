"""Build registry.json from the name-suggestion-index package and brands.json.

    npm pack name-suggestion-index@8.0.20260918
    tar xzf name-suggestion-index-*.tgz
    python -m receipts.reading.data.build_registry package

The package (BSD-3; its licence is copied to name-suggestion-index.LICENSE.md) has the
brands of OpenStreetMap. Its file of web addresses comes from Wikidata (CC0).

Kept: brands of the kinds in KINDS, in the countries of our locales, with those names
that have Latin letters, and the stems of their web addresses. Left out: operators,
transit, flags; banks, vending, offices and whatever else gives no receipt that a panel
wants; brands known only around a point on the map; names without Latin letters; names
that `genericWords` of the package or GENERIC call no brand's.

brands.json is kept by hand: brands so well known that a part of a header's line tells
them, with other spellings after a stroke ("Aldi|Aldi Nord"), the countries after an @
where the name is an ordinary word elsewhere ("Real@de"), and the category that we want
for them. Each is found in the package and takes its countries, spellings and
web addresses, or is added as it is.
"""

import argparse
import json
import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from receipts.reading.registry import key

HERE = Path(__file__).parent
# The package's paths without "brands/" -> our category. The first one listed wins where
# a brand is of several kinds.
KINDS = {
    "shop/supermarket": "supermarket",
    "shop/wholesale": "supermarket",
    "shop/frozen_food": "supermarket",
    "shop/greengrocer": "supermarket",
    "shop/health_food": "supermarket",
    "shop/department_store": "department_store",
    "shop/variety_store": "department_store",
    "shop/general": "department_store",
    "amenity/pharmacy": "pharmacy",
    "shop/chemist": "drug_store",
    "amenity/fast_food": "fast_food",
    "amenity/restaurant": "restaurant",
    "amenity/pub": "restaurant",
    "amenity/bar": "restaurant",
    "amenity/cafe": "cafe",
    "amenity/ice_cream": "cafe",
    "shop/bakery": "cafe",
    "shop/pastry": "cafe",
    "shop/coffee": "cafe",
    "shop/tea": "cafe",
    "amenity/fuel": "gas_station",
    "shop/convenience": "convenience",
    "shop/kiosk": "convenience",
    "shop/newsagent": "convenience",
    "amenity/cinema": "cinema",
    "tourism/theme_park": "theme_park",
    "leisure/amusement_arcade": "theme_park",
    "leisure/trampoline_park": "theme_park",
    "shop/doityourself": "hardware",
    "shop/hardware": "hardware",
    "shop/trade": "hardware",
    "shop/paint": "hardware",
    "shop/electrical": "hardware",
    "shop/power_tools": "hardware",
    "shop/electronics": "electronics",
    "shop/computer": "electronics",
    "shop/mobile_phone": "electronics",
    "shop/video_games": "electronics",
    "shop/hifi": "electronics",
    "shop/appliance": "electronics",
    "shop/camera": "electronics",
    "shop/clothes": "clothing",
    "shop/shoes": "clothing",
    "shop/fashion_accessories": "clothing",
    "shop/bag": "clothing",
    "shop/books": "books",
    "shop/stationery": "office",
    "shop/copyshop": "office",
    "shop/pet": "pet_store",
    "amenity/casino": "casino",
    "amenity/parking": "transport",
    "amenity/car_rental": "transport",
    **dict.fromkeys(
        (
            *("amenity/car_wash", "amenity/vending_machine", "tourism/hotel"),
            *("leisure/bowling_alley", "leisure/fitness_centre", "shop/alcohol"),
            *("shop/baby_goods", "shop/beauty", "shop/bed", "shop/beverages"),
            *("shop/bicycle", "shop/butcher", "shop/candles", "shop/cannabis"),
            *("shop/car_parts", "shop/charity", "shop/cheese", "shop/chocolate"),
            *("shop/confectionery", "shop/cosmetics", "shop/craft", "shop/dairy"),
            *("shop/deli", "shop/e-cigarette", "shop/fabric", "shop/florist"),
            *("shop/furniture", "shop/games", "shop/garden_centre", "shop/gift"),
            *("shop/household_linen", "shop/houseware", "shop/interior_decoration"),
            *("shop/jewelry", "shop/kitchen", "shop/music", "shop/agrarian"),
            *("shop/musical_instrument", "shop/nutrition_supplements", "shop/nuts"),
            *("shop/optician", "shop/outdoor", "shop/outpost", "shop/party"),
            *("shop/perfumery", "shop/photo", "shop/seafood", "shop/second_hand"),
            *("shop/spices", "shop/sports", "shop/tobacco", "shop/toys"),
            *("shop/video", "shop/watches", "shop/wine", "shop/country_store"),
            *("shop/dry_cleaning", "shop/laundry", "shop/hairdresser_supply"),
        ),
        "other",
    ),
}
_COUNTRIES_WORDS = """
    us gb ie my au nz ca sg mx ch de at fr be nl es it pt fi pl se dk no
"""
COUNTRIES = frozenset(_COUNTRIES_WORDS.split())
# The United Nations' codes of regions (M49), as far as our countries lie in them.
_EUROPE = "gb ie ch de at fr be nl es it pt fi pl se dk no"
REGIONS = {
    "001": "*",
    "150": _EUROPE,
    "eu": _EUROPE,
    "154": "gb ie fi se dk no",
    "155": "de at ch fr be nl",
    "039": "es it pt",
    "151": "pl",
    "019": "us ca mx",
    "003": "us ca mx",
    "021": "us ca",
    "013": "mx",
    "419": "mx",
    "009": "au nz",
    "053": "au nz",
    "142": "my sg",
    "035": "my sg",
    "fx": "fr",
    "conus": "us",
}
NAME_TAGS = re.compile(
    r"(?:name|brand|official_name|short_name|alt_name|operator)"
    r"(?::(?:en|de|fr|es|it|nl|ms|pt|pl|sv|da|no|nb|fi|ja-Latn|zh-Latn))?|brand:short"
)
# What is printed on many merchants' receipts, or says nothing without more words.
_GENERIC_WORDS = """
    market supermarket supermercado supermarche mini minimart mart grocery store shop
    express cafe coffee coffeeshop restaurant restoran grill bar pub pizza pizzeria
    bakery boulangerie backerei baeckerei pharmacy pharmacie apotheke farmacia farmasi
    cinema kino hotel food foods foodcourt deli bistro kebab sushi burger fashion
    shoes books toys sport sports cash drive directory visa mastercard server table
    total tax date time welcome thankyou receipt invoice customer copy service
    delivery takeaway takeout counter kitchen patio lounge main central city center
    centre plaza mall north south east west street station garden home first one two
    fresh local quality best order check bill guest open member card credit debit sale
    online internet web mobile telephone phone gas petrol fuel super hyper
"""
GENERIC = frozenset(_GENERIC_WORDS.split())
# Hosts that say nothing of whose address it is.
_SHARED_HOSTS_WORDS = """
    facebook instagram google wordpress blogspot wixsite weebly twitter youtube linktr
    tripadvisor yelp wikipedia web archive business sites squarespace myshopify apple
    play github t goo bit
"""
SHARED_HOSTS = frozenset(_SHARED_HOSTS_WORDS.split())
MOST_KEYS, MOST_SITES = 8, 4


def countries_of(item: dict) -> set[str]:
    """Our countries in which a brand is; {"*"} for the whole world."""
    found: set[str] = set()
    for place in item["locationSet"].get("include", ["001"]):
        if not isinstance(place, str):
            continue
        code = place.casefold()
        region = REGIONS.get(code, code.removesuffix(".geojson").split("-")[0])
        found.update(set(region.split()) & (COUNTRIES | {"*"}))
    return {"*"} if "*" in found else found


def names_of(item: dict) -> Iterator[str]:
    tags = item["tags"]
    yield tags.get("name") or tags.get("brand") or item["displayName"]
    yield item["displayName"]
    for tag, value in tags.items():
        if NAME_TAGS.fullmatch(tag) and not tag.startswith("operator"):
            yield from value.split(";")
    yield from item.get("matchNames", ())


def is_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(c < "\u0250" for c in letters)


def stem_of(url: str) -> str | None:
    """rossstores of https://www.rossstores.com/; None for a page inside a site."""
    parts = urlsplit(url if "//" in url else f"//{url}")
    if len(parts.path.strip("/")) > 5 or parts.query:
        return None
    labels = (parts.hostname or "").casefold().split(".")
    if len(labels) < 2:
        return None
    if len(labels[-1]) == 2 and labels[-1] not in COUNTRIES | {"uk", "co", "eu"}:
        return None
    is_second_level = len(labels) > 2 and labels[-2] in {"co", "com", "net", "org"}
    stem = labels[-3] if is_second_level else labels[-2]
    stem = stem.replace("-", "")
    return stem if len(stem) >= 3 and stem not in SHARED_HOSTS else None


class Builder:
    def __init__(self, package: Path):
        load = lambda name: json.loads((package / name).read_text("utf-8"))  # noqa: E731
        self.index = load("dist/json/nsi.json")
        self.sites = load("dist/wikidata/wikidata.json")["wikidata"]
        self.generic = [
            re.compile(pattern, re.IGNORECASE)
            for pattern in load("dist/json/genericWords.json")["genericWords"]
        ]
        self.rows: dict[tuple[str, str], dict] = {}

    def is_usable(self, name: str) -> bool:
        squeezed = key(name)
        return (
            is_latin(name)
            and len(squeezed) >= 4
            and not squeezed.isdigit()
            and squeezed not in GENERIC
            and not any(pattern.search(name) for pattern in self.generic)
        )

    def collect(self) -> None:
        """A row for each brand, its kinds and spellings together."""
        for path, kind in KINDS.items():
            tree = self.index["nsi"].get(f"brands/{path}", {"items": ()})
            for item in tree["items"]:
                countries = countries_of(item)
                names = [n.strip() for n in names_of(item) if self.is_usable(n)]
                if not countries or not names:
                    continue
                wikidata = item["tags"].get("brand:wikidata", "")
                row = self.rows.setdefault(
                    (wikidata, key(names[0])),
                    {
                        "name": names[0],
                        "kind": kind,
                        "countries": set(),
                        "keys": {},
                        "wikidata": wikidata,
                        "famous": False,
                    },
                )
                row["countries"] |= countries
                row["keys"].update(dict.fromkeys(map(key, names)))

    def add_sites(self) -> None:
        """The stems of web addresses, where they say which brand it is."""
        owners = defaultdict(set)
        for row in self.rows.values():
            known = self.sites.get(row["wikidata"], {})
            urls = known.get("officialWebsites", ())
            row["sites"] = list(dict.fromkeys(filter(None, map(stem_of, urls))))
            for stem in row["sites"]:
                owners[stem].add(row["wikidata"])
            label = known.get("label", "")
            if label and self.is_usable(label) and len(row["keys"]) < MOST_KEYS:
                row["keys"][key(label)] = None
        for row in self.rows.values():
            row["sites"] = [
                stem
                for stem in row["sites"]
                if stem not in row["keys"] and len(owners[stem]) == 1
            ]

    def add_famous(self, famous: dict[str, list[str]]) -> None:
        """One row for each famous brand, of all rows that have one of its names."""
        by_name = defaultdict(list)
        for ident, row in self.rows.items():
            by_name[next(iter(row["keys"]))].append(ident)
        for kind, names in famous.items():
            for spellings in names:
                spellings, _at, countries = spellings.partition("@")
                name, *others = spellings.split("|")
                own = dict.fromkeys(map(key, (name, *others)))
                found = [
                    self.rows.pop(ident)
                    for spelling in own
                    for ident in by_name[spelling]
                    if ident in self.rows
                ]
                row = {"name": name, "kind": kind, "famous": True, "keys": dict(own)}
                row["countries"] = set(countries.split()) or set().union(
                    *(old["countries"] for old in found)
                )
                row["countries"] = row["countries"] or {"*"}
                row["sites"] = [site for old in found for site in old["sites"]]
                for old in found:
                    row["keys"] |= old["keys"]
                self.rows["famous", key(name)] = row

    def drop_others_names(self) -> None:
        """No spelling of one brand may be the first name of another."""
        first = {next(iter(row["keys"])) for row in self.rows.values()}
        for row in self.rows.values():
            own = next(iter(row["keys"]))
            keys = {name: None for name in row["keys"] if name not in first}
            row["keys"] = {own: None} | keys

    def table(self) -> tuple[list[str], list[list]]:
        kinds = sorted(
            set(KINDS.values()) | {row["kind"] for row in self.rows.values()}
        )
        lines = [
            [
                row["name"],
                kinds.index(row["kind"]),
                " ".join(sorted(row["countries"])),
                " ".join(list(row["keys"])[:MOST_KEYS]),
                " ".join(row["sites"][:MOST_SITES]),
                int(row["famous"]),
            ]
            for row in self.rows.values()
        ]
        return kinds, sorted(lines, key=lambda line: (line[0].casefold(), line[1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    package = parser.parse_args().package
    builder = Builder(package)
    builder.collect()
    builder.add_sites()
    builder.add_famous(json.loads((HERE / "brands.json").read_text("utf-8")))
    builder.drop_others_names()
    kinds, lines = builder.table()
    dump = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))  # noqa: E731
    version = builder.index["_meta"]["version"]
    rows = ",\n".join(map(dump, lines))
    (HERE / "registry.json").write_text(
        f'{{"source":"name-suggestion-index {version}",\n'
        f'"categories":{dump(kinds)},\n"brands":[\n{rows}\n]}}\n',
        "utf-8",
    )
    shutil.copy(package / "LICENSE.md", HERE / "name-suggestion-index.LICENSE.md")
    sys.stdout.write(f"{len(lines)} brands of name-suggestion-index {version}.\n")


if __name__ == "__main__":
    main()
