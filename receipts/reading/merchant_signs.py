"""Where a receipt says its shop's name again: web addresses, thanks, card slips."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz import fuzz

from receipts.reading.merchant_lines import Row, is_name, tidy
from receipts.reading.registry import key

_DOMAIN = re.compile(
    r"(?:(?P<at>[\w.\-]+)@|www[.,\s]{0,2}|https?\W{0,4}(?:www[.,]\s?)?|\b)"
    r"(?P<host>[a-z0-9][a-z0-9\-]+(?:\s?\.\s?[a-z0-9\-]+){0,3}?)\s?[.,]\s?"
    r"(?P<top>com|net|org|info|biz|shop|store|us|de|at|ch|my|co|ca|uk|au|nz|sg|mx|fr|nl"
    r"|be|es|it|pt|fi|pl|se|dk|no|ie)\b(?P<path>/[\w.\-]*)?",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?:facebook|instagram|twitter|fb)(?:\.com)?\s?[/:@]+\s?(?P<handle>[\w.\-]{4,40})"
    r"|(?:^|\s)@(?P<name>[a-z][\w.]{4,40})",
    re.IGNORECASE,
)
# Hosts of others: mail, networks, makers of tills, surveys, card companies.
_OTHERS_WORDS = """
    gmail googlemail yahoo ymail hotmail outlook live msn aol icloud me gmx web
    t-online facebook instagram twitter fb youtube google yelp tripadvisor opentable
    grubhub doordash ubereats seamless foodpanda grab toasttab toast squareup square
    clover shopkeep ingenico verifone worldpay paypal visa mastercard payback
    deutschlandcard honestly surveymonkey smg qualtrics medallia inmoment mshare
    linkedin tiktok pinterest whatsapp apple itunes microsoft bit goo tinyurl w3 www
    usps
"""
_OTHERS = frozenset(_OTHERS_WORDS.split())
_MAIL_HOSTS = {"gmail", "googlemail", "yahoo", "ymail", "hotmail", "outlook", "live"}
# Around the name in the addresses of surveys and shops.
_AROUND = re.compile(
    r"^(?:tell|talkto|my|eat(?:at)?|go|visit|shop(?:at)?|the|get|order|try|love|rate)"
    r"(?=.{4})|(?<=.{4})(?:feedback|survey|listens|visit|experience|cares?|online|stores?"
    r"|usa|us|rewards?|restaurants?|group|deutschland|germany|malaysia|my|shop)$"
)
_GREETING = re.compile(
    r"(?:thank|thx|gracias|danke|merci|terima kasih).{0,30}?"
    r"(?:\b(?:at|with|by|to|visiting|choosing|bei|chez|en|from)\b|shopping)[\s:,]*"
    r"(?:at |with |by |to )?(?P<thanks>.*)$"
    r"|\b[a-z]{0,2}elcome\s*to\s*(?P<welcome>.*)$"
    r"|^(?:willkommen|bienvenidos?|bienvenue|selamat datang)\s*"
    r"(?:bei|a|chez|in|im|ke)?\s*(?P<bei>.*)$",
    re.IGNORECASE,
)
_SLIP = re.compile(
    r"^(?:merchant|store|shop|dba|d/b/a|outlet|restaurant|h[aä]ndler)(?: name)?"
    r"\s*[:=]\s*(?P<name>.+)$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:us|our.*|you.*|me|the|all.*|again.*|your.*|my.*|we .*|this .*|come.*|see.*"
    r"|have.*|a .*|home.*|next.*|soon.*|every.*|visit.*|serv.*|the (?:opportunity"
    r"|family).*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Site:
    """A web address: its stem (rossstores), the parts of it, and how it is printed."""

    stem: str
    printed: str
    row: int
    is_own: bool  # an address of the web, not a mail box at somebody's

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part for part in self.stem.split("-") if part)

    @property
    def key(self) -> str:
        return self.stem.replace("-", "")

    @property
    def keys(self) -> tuple[str, ...]:
        """The stem and what is left of it without tell-, -online and the like."""
        bare = _AROUND.sub("", self.key)
        bare = _AROUND.sub("", bare)
        return (self.key,) if bare == self.key else (self.key, bare)


@dataclass(frozen=True)
class Spoken:
    """A name that a greeting or a card slip says, and in which row."""

    name: str
    row: int
    is_slip: bool = False


def sites_of(rows: Sequence[Row]) -> list[Site]:
    """The addresses that may be the shop's own; those of others left out."""
    sites: dict[str, Site] = {}
    for row in rows:
        if "@" not in row.text and "." not in row.text and "," not in row.text:
            continue
        for match in _DOMAIN.finditer(row.text):
            for site in of_domain(match, row.number):
                sites.setdefault(site.stem, site)
        for match in _HANDLE.finditer(row.text):
            stem = (match["handle"] or match["name"]).casefold().strip(".-_")
            if len(key(stem)) >= 4:
                stem = stem.replace("_", "-").replace(".", "-")
                sites.setdefault(stem, Site(stem, match[0].strip(), row.number, False))
    return list(sites.values())


def of_domain(match: re.Match, row: int) -> list[Site]:
    """One site, the last part of the host but for co.uk and the like; or none."""
    labels = [re.sub(r"\s", "", p) for p in match["host"].casefold().split(".")]
    labels = [label for label in labels if label not in ("www", "w", "ww", "m")]
    while len(labels) > 1 and labels[-1] in ("co", "com", "org", "net"):
        labels.pop()
    printed = re.sub(r"\s", "", match[0]).casefold()
    printed = re.sub(r"^(?:https?\W*)?(?:w{2,3}[.,])?", "", printed).rstrip("/")
    mail = match["at"]
    if not labels:
        return []
    host = labels[-1]
    if mail is not None and host in _MAIL_HOSTS:
        stem = re.sub(r"[\d_.]+", "", mail.casefold()).strip("-")
        return [Site(stem, printed, row, False)] if len(stem) >= 5 else []
    if host in _OTHERS or len(host) < 3 or host.isdigit():
        return []
    # A word before "it" or "us" is one of a sentence, unless it looks like an address.
    is_sure = (
        mail
        or re.match(r"https?|www", match[0], re.I)
        or match["top"]
        in (
            *("com", "net", "org", "de", "my"),
            *("COM", "NET", "ORG", "DE", "MY"),
        )
    )
    return [Site(host, printed, row, mail is None)] if is_sure else []


def spoken_of(rows: Sequence[Row]) -> list[Spoken]:
    """The names in "Thank you for dining at ...", "Welcome to ..." and card slips."""
    found: list[Spoken] = []
    for row, below in zip_longest(rows, rows[1:]):
        if match := _SLIP.match(row.text):
            name, is_slip = tidy(match["name"]), True
        elif match := _GREETING.search(row.text):
            rest = match["thanks"] or match["welcome"] or match["bei"] or ""
            name, is_slip = tidy(re.split(r"[!]|\.(?:\s|$)", rest)[0]), False
            if not name and below is not None:
                name = tidy(re.split(r"[!]", below.text)[0])
        else:
            continue
        name = re.sub(r"^(?:the family of|the)\s", "", name, flags=re.IGNORECASE)
        if len(name) <= 40 and is_name(name) and not _NOBODY.match(name):
            found.append(Spoken(name, row.number, is_slip))
    return found


# Digits and letters that readers take for each other.
ALIKE = str.maketrans("0158i", "olsbl")


def agrees(name: str, other: str) -> bool:
    """Whether two keys say the same name, one perhaps more of it, or misread."""
    if len(name) < 3 or len(other) < 3:
        return False
    short, long = sorted((name.translate(ALIKE), other.translate(ALIKE)), key=len)
    if short == long:
        return True
    if len(short) >= 4 and (
        long.startswith(short) or (len(short) >= 5 and short in long)
    ):
        return len(short) >= 0.4 * len(long) or len(short) >= 8
    return len(short) >= 6 and fuzz.ratio(short, long) >= 82


def site_agrees(name: str, site: Site) -> bool:
    return any(agrees(name, stem) for stem in site.keys)
