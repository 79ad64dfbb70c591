from surveys.models.authoring import LibraryQuestion, SurveyComment, SurveyImage
from surveys.models.response import Answer, Response, SurveyInvitation
from surveys.models.survey import (
    QuotaCount,
    Survey,
    SurveyEdit,
    SurveyEvent,
    SurveyVersion,
)

__all__ = [
    "Answer",
    "LibraryQuestion",
    "QuotaCount",
    "Response",
    "Survey",
    "SurveyComment",
    "SurveyEdit",
    "SurveyEvent",
    "SurveyImage",
    "SurveyInvitation",
    "SurveyVersion",
]
