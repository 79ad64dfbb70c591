"""How a locale writes dates, amounts and its money."""

from dataclasses import dataclass


class UnknownLocale(ValueError):
    """The locale isn't one that receipts can be read in."""


@dataclass(frozen=True)
class Locale:
    """`day_first`: 3/4 is the third of April. `comma`: 1,50 is one and a half."""

    name: str
    currency: str
    day_first: bool
    comma: bool

    @property
    def place(self) -> str:
        """The country as a sentence names it: "the United States"."""
        return _PLACES[self.name[-2:]]


# name -> currency. Of those here only the United States write the month first.
_POINT = {
    "en_US": "USD",
    "en_GB": "GBP",
    "en_IE": "EUR",
    "en_MY": "MYR",
    "ms_MY": "MYR",
    "en_AU": "AUD",
    "en_NZ": "NZD",
    "en_CA": "CAD",
    "en_SG": "SGD",
    "es_MX": "MXN",
    "de_CH": "CHF",
    "fr_CH": "CHF",
}
_COMMA = {
    "de_DE": "EUR",
    "de_AT": "EUR",
    "fr_FR": "EUR",
    "fr_BE": "EUR",
    "nl_BE": "EUR",
    "nl_NL": "EUR",
    "es_ES": "EUR",
    "it_IT": "EUR",
    "pt_PT": "EUR",
    "fi_FI": "EUR",
    "pl_PL": "PLN",
    "sv_SE": "SEK",
    "da_DK": "DKK",
    "nb_NO": "NOK",
    "fr_CA": "CAD",
}
_MONTH_FIRST = frozenset({"en_US"})
_PLACES = {
    "US": "the United States",
    "GB": "the United Kingdom",
    "IE": "Ireland",
    "MY": "Malaysia",
    "AU": "Australia",
    "NZ": "New Zealand",
    "CA": "Canada",
    "SG": "Singapore",
    "MX": "Mexico",
    "CH": "Switzerland",
    "DE": "Germany",
    "AT": "Austria",
    "FR": "France",
    "BE": "Belgium",
    "NL": "the Netherlands",
    "ES": "Spain",
    "IT": "Italy",
    "PT": "Portugal",
    "FI": "Finland",
    "PL": "Poland",
    "SE": "Sweden",
    "DK": "Denmark",
    "NO": "Norway",
}


def locale_named(name: str) -> Locale:
    """The locale of a name such as en_US or de-DE. Raises `UnknownLocale`."""
    name = name.replace("-", "_")
    currency = _POINT.get(name) or _COMMA.get(name)
    if currency is None:
        known = ", ".join(sorted({*_POINT, *_COMMA}))
        raise UnknownLocale(f"Unknown locale. Use one of: {known}.")
    return Locale(name, currency, name not in _MONTH_FIRST, name in _COMMA)


def known_locales() -> list[str]:
    return sorted({*_POINT, *_COMMA})


# Symbols and words that name a currency on a receipt.
CURRENCY_MARKS = {
    "EUR": ("€", "EUR"),
    "GBP": ("£", "GBP"),
    "USD": ("US$", "USD"),
    "MYR": ("MYR",),
    "CAD": ("CAD", "CA$"),
    "AUD": ("AUD", "A$"),
    "MXN": ("MXN", "M.N."),
    "CHF": ("CHF",),
    "JPY": ("¥", "JPY"),
    "SEK": ("SEK",),
    "DKK": ("DKK",),
    "NOK": ("NOK",),
    "PLN": ("PLN",),
    "SGD": ("SGD", "S$"),
}
