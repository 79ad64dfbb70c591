"""What a survey pays, when it is open, and how quickly it goes out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from panelists.models import User
from surveys.models import Survey, SurveyEvent
from surveys.services.authoring import NotAccepted, check_author
from surveys.services.errors import NotAllowed
from surveys.services.quotas import lock_survey

SETTINGS = (
    *("reward", "partial_reward", "starts_at", "ends_at", "share", "priority"),
    *("invites_by_email", "remind_after_days"),
)


class WrongSettings(NotAccepted):
    """`fields`: sentences by the name of the field; "" is of all."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


def change_settings(survey: Survey, *, by: User, **fields: Any) -> Survey:
    """Change fields of `SETTINGS`; what is changed is told in the survey's events.

    Raises `NotAllowed` and `WrongSettings`."""
    unknown = fields.keys() - set(SETTINGS)
    if unknown:
        raise TypeError(f"no settings: {sorted(unknown)}")
    check_author(by)
    with transaction.atomic():
        survey = lock_survey(survey.pk)
        if survey.status == Survey.Status.CLOSED:
            raise NotAllowed(_("This survey is closed."))
        changed = {
            name: (getattr(survey, name), value)
            for name, value in fields.items()
            if getattr(survey, name) != value
        }
        for name, value in fields.items():
            setattr(survey, name, value)
        _check_settings(survey, changed)
        survey.save(update_fields=list(changed))
        told = [
            (Survey._meta.get_field(name).verbose_name, *map(_in_words, values))
            for name, values in changed.items()
        ]
        SurveyEvent.objects.bulk_create(
            SurveyEvent(
                survey=survey,
                actor=by,
                what=_t("Changed the setting “%(name)s” from %(old)s to %(new)s.")
                % {"name": name, "old": old, "new": new},
            )
            for name, old, new in told
        )
    return survey


def _check_settings(survey: Survey, changed: Mapping[str, tuple[Any, Any]]) -> None:
    wrong: dict[str, str] = {}
    try:
        survey.clean_fields(
            exclude={one.name for one in Survey._meta.fields} - set(SETTINGS)
        )
    except ValidationError as error:
        wrong = {name: " ".join(told) for name, told in error.message_dict.items()}
    if wrong:
        raise WrongSettings(wrong)
    if survey.reward < 0 or survey.partial_reward < 0:
        name = "reward" if survey.reward < 0 else "partial_reward"
        wrong[name] = _t("A reward isn’t negative.")
    elif survey.partial_reward > survey.reward:
        wrong["partial_reward"] = _t("A screen-out pays no more than the whole survey.")
    if survey.status != Survey.Status.DRAFT:
        # People who were invited, or are answering, were told what it pays.
        for name in {"reward", "partial_reward"} & changed.keys():
            old, new = changed[name]
            if new < old:
                wrong[name] = _t("People were told what it pays: it can only be more.")
    if survey.ends_at and survey.starts_at and survey.ends_at <= survey.starts_at:
        wrong["ends_at"] = _t("The survey must end after it starts.")
    elif "ends_at" in changed and survey.ends_at and survey.ends_at <= timezone.now():
        wrong["ends_at"] = _t("The end is past. To end it now, close the survey.")
    if survey.remind_after_days == 0:
        wrong["remind_after_days"] = _t("A reminder comes a day later, or none does.")
    if wrong:
        raise WrongSettings(wrong)


def _in_words(value: Any) -> str:
    if value is None:
        return _t("none")
    if isinstance(value, bool):
        return _t("yes") if value else _t("no")
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return str(value)
