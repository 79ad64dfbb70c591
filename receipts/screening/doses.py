"""How strong a medicine is and in what form it comes, as labels and tills print it.

None of it tells a medicine alone: shampoo comes in ml, vitamins in tablets.
"""

import re
from collections.abc import Sequence

_UNIT = (
    r"(?:mg|mcg|µg|ug|mi[ck]rogramm?e?s?|milligramm?e?s?|gm?|ml|cc|iu|i\.e|ie|meq"
    r"|units?|mmol|%)"
)
_AMOUNT = rf"\d(?:[\d,]*\d)?(?:[.,]\d+)?\s?-?{_UNIT}"
# 10MG, 0.5 ML, 100 UNIT/ML, 160-4.5MCG, 5-325 MG, 250MG/5ML, 1%
STRENGTH = re.compile(
    rf"(?<![\w.,$€£])(?:\d+(?:[.,]\d+)?\s?[-/]\s?)*{_AMOUNT}"
    rf"(?:\s?/\s?(?:\d+(?:[.,]\d+)?\s?)?(?:{_UNIT}|dose|act(?:uation)?|hr?|act))?(?![\w])",
    re.IGNORECASE,
)
_FORMS = r"""
    tabs? | tabletten | tablets? | tbl | filmtabletten | fta | caplets? | cplts?
    | caps? | capsules? | kapseln | kps | hkp | hartkapseln | softgels? | pills?
    | suspension | susp | solution | soln? | lösung | syrup | syr | sirup | saft
    | elixir | drops? | tropfen | tro | gtts? | injections? | inj | injekt | vials?
    | amp(?:oule|ulle|ul)?[ens]* | syringes? | syrg | pens? | flexpen | kwikpen
    | solostar | flextouch | pf?dev | autoinjectors? | inhalers? | inh | inhalat(?:ion)?
    | hfa | diskus | respimat | ellipta | respiclick | neb(?:s|ules?|uli[sz]er)?
    | ointment | oint | salbe | sal | cream | crm | creme | gel | lotion | patch(?:es)?
    | pflaster | suppositor(?:y|ies) | supp | zäpfchen | sup | odt | lozenges?
    | ophth(?:almic)? | otic | nasal | comprim(?:é|e|ido)s? | g(?:é|e)lules?
    | c(?:á|a)psulas? | brausetabletten | retardtabletten | retardkapseln
"""
FORM = re.compile(rf"(?:{_FORMS})\.?", re.IGNORECASE | re.VERBOSE)
# Salts and ways of release that stand after a name: METFORMIN HCL ER.
MODIFIER = re.compile(
    r"(?:hcl|hbr|hctz|sod|pot|mal|succ|tart|sulf|phos|besylate|er|xr|sr|xl|cr|dr|ec|la"
    r"|ir|ret(?:ard)?|retard|od)\.?",
    re.IGNORECASE,
)
# How a form is made or taken, between it and a name: PROLONGED RELEASE TABLETS.
_MANNER = re.compile(
    r"(?:gastro|resistant|enteric|film|coated|hard|soft|prolonged|modified|extended"
    r"|delayed|sustained|immediate|release|chewable|dispersible|effervescent|oral|eye"
    r"|ear|sugar|free|sf|for|x|of|and|w|pack|pelliculés?)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"(?<![\w.,$€£])\d{{1,4}}\s?(?:ct\s)?(?:{_FORMS})(?!\w)",
    re.IGNORECASE | re.VERBOSE,
)


def is_strength(text: str) -> bool:
    """Whether a token or two are a strength and nothing else: 10MG, 0.5 ML."""
    return STRENGTH.fullmatch(text.strip()) is not None


def is_form(text: str) -> bool:
    """Whether a token is a form, or how much of it is released when: TAB, CAPS, ER."""
    token = text.strip()
    return bool(FORM.fullmatch(token) or MODIFIER.fullmatch(token))


def is_form_only(text: str) -> bool:
    """Whether a text is a form and what goes with one (how made, how strong, how many)
    and nothing else: what a till breaks off from a medicine's name that is too long."""
    tokens = [part for part in re.split(r"[\s\-/(),.]+", text) if part]
    return any(FORM.fullmatch(token) for token in tokens) and all(
        is_form(token)
        or is_strength(token)
        or token.isdigit()
        or _MANNER.fullmatch(token)
        for token in tokens
    )


def has_strength(line: str) -> bool:
    return STRENGTH.search(line) is not None


def has_counted_form(line: str) -> bool:
    """Whether a line counts doses: 90 tablets, 30 CAPS."""
    return _COUNTED.search(line) is not None


def dose_tokens(words: Sequence[str]) -> tuple[int, ...]:
    """Places of a line's words that are a strength, its number or unit, or a form."""
    found = set()
    for place, word in enumerate(words):
        if is_strength(word) or is_form(word):
            found.add(place)
        elif place and is_strength(f"{words[place - 1]} {word}"):
            found |= {place - 1, place}
    return tuple(sorted(found))
