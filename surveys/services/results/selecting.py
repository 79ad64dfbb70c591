"""Which responses are counted: by status, check, version, profile, answer, purchase."""

from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTransform

from receipts.purchases import What, bought, last_days
from surveys.definition import Kind, Question
from surveys.models import Answer, Response, Survey

AGES: dict[str, tuple[int, int]] = {
    "18-24": (18, 24),
    "25-34": (25, 34),
    "35-44": (35, 44),
    "45-54": (45, 54),
    "55-64": (55, 64),
    "65+": (65, 200),
}
ENDED = ("complete", "screened_out", "over_quota")
# What a person's check makes of a response: unless asked for, bad ones don't count.
NOT_BAD, CLEAN, HELD, BAD, ALL = "not_bad", "clean", "held", "bad", "all"
CHECKS = {
    NOT_BAD: ("", "held", "good"),
    CLEAN: ("", "good"),
    HELD: ("held",),
    BAD: ("bad",),
}
# Kinds whose answers can be chosen from a list.
CHOSEN = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.MATRIX, Kind.RANKING})


@dataclass(frozen=True)
class Claim:
    """That a question was answered so: an option's code, a scale's number, of a matrix
    the column chosen in `row`, of a ranking what was put first."""

    question: Question
    code: str
    row: str = ""


@dataclass(frozen=True)
class Filters:
    """Empty fields allow all. `version`: its number. `age`: a key of `AGES`. `days`:
    how long ago `purchase` may have been. Only responses that have ended are counted:
    others may still change."""

    status: str = "complete"
    check: str = NOT_BAD
    version: int | None = None
    language: str = ""
    age: str = ""
    region: str = ""
    claims: tuple[Claim, ...] = ()
    purchase: What = field(default_factory=What)
    days: int = 90

    @property
    def narrowed(self) -> tuple[str, ...]:
        """The names of the fields that leave somebody out, other than by default."""
        names = ("status", "check", "version", "language", "age", "region", "purchase")
        changed = tuple(n for n in names if getattr(self, n) != getattr(DEFAULT, n))
        return changed + tuple(f"claims.{n}" for n in range(len(self.claims)))

    def without(self, name: str) -> "Filters":
        """As if one of `narrowed` had not been asked for."""
        if name.startswith("claims."):
            place = int(name.removeprefix("claims."))
            return replace(self, claims=self.claims[:place] + self.claims[place + 1 :])
        return replace(self, **{name: getattr(DEFAULT, name)})


DEFAULT = Filters()


def responses(survey: Survey, filters: Filters = DEFAULT) -> QuerySet[Response]:
    return Response.objects.filter(condition(survey, filters)).order_by()


def condition(survey: Survey, filters: Filters, prefix: str = "") -> Q:
    """Of responses; with the prefix `response__` of what belongs to them."""
    key = f"{prefix.removesuffix('__')}__in" if prefix else "pk__in"
    wanted = {
        "survey": survey,
        "is_trial": False,
        "status__in": [filters.status] if filters.status else list(ENDED),
    }
    if filters.check != ALL:
        wanted["check_state__in"] = CHECKS[filters.check]
    if filters.version is not None:
        wanted["version__number"] = filters.version
    if filters.language:
        wanted["language"] = filters.language
    if filters.age:
        youngest, oldest = AGES[filters.age]
        wanted |= {"profile__age__gte": youngest, "profile__age__lte": oldest}
    if filters.region:
        wanted["profile__region"] = filters.region
    if filters.purchase != What():
        panel = survey.panel
        window = last_days(panel, filters.days)
        wanted["panelist__in"] = bought(panel, filters.purchase, window)
    found = Q(**{f"{prefix}{name}": value for name, value in wanted.items()})
    for claim in filters.claims:
        found &= Q(**{key: answered_so(survey, claim)})
    return found


def answered_so(survey: Survey, claim: Claim) -> QuerySet:
    """The keys of the responses that the claim holds for."""
    question = claim.question
    answers = Answer.objects.filter(response__survey=survey, question=question.code)
    # A code in quotes is found in a list as the database writes it, and in no other.
    quoted = f'"{claim.code}"'
    match question.kind:
        case Kind.SCALE:
            answers = answers.filter(value=int(claim.code))
        case Kind.RANKING:
            answers = answers.filter(value__0=claim.code)
        case Kind.MATRIX:
            # An alias, because a row may be called like a lookup.
            answers = answers.alias(chosen=KeyTransform(claim.row, "value"))
            if question.is_multiple:
                answers = answers.filter(chosen__icontains=quoted)
            else:
                answers = answers.filter(chosen=claim.code)
        case Kind.MULTIPLE:
            answers = answers.filter(value__chosen__icontains=quoted)
        case _:
            answers = answers.filter(value__chosen=claim.code)
    return answers.values("response")
