"""What can go wrong with a survey, in sentences for the person who reads them."""

from django.utils.translation import gettext_lazy as _


class SurveyError(Exception):
    """Base of the errors below; `str(error)` is a sentence for a person."""


class NotAllowed(SurveyError):
    """The actor may not do this, or not in this state."""


class NotOpen(SurveyError):
    """Nobody may answer the survey now, or this person may not."""

    def __init__(self) -> None:
        super().__init__(_("This survey isn’t open to you now."))


class AlreadyAnswered(SurveyError):
    """The person has ended the survey: each is answered once."""

    def __init__(self) -> None:
        super().__init__(_("You have answered this survey already. Thank you!"))


class ChangedMeanwhile(SurveyError):
    """The form was made for an older state."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or _("This has moved on since you opened the page. Here is where it is.")
        )


class AlreadyChecked(SurveyError):
    """Someone has decided on the held response, or it was never held."""

    def __init__(self) -> None:
        super().__init__(_("This response is no longer waiting for a check."))
