from django.urls import path, register_converter

from panelists.public_ids import ALPHABET, LENGTH
from surveys.author_views import (
    aside,
    commands,
    conditions,
    editing,
    launching,
    listing,
    testing,
)


class PublicId:
    """Exactly what a public id looks like, so that "new" and "import" are none."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PublicId, "public_id")

S = "<public_id:public_id>/"
OF = f"{S}edit/condition/<slug:of>/<str:key>/"
app_name = "author"
urlpatterns = [
    path("", listing.survey_list, name="list"),
    path("new/", listing.new, name="new"),
    path("library/", aside.whole_library, name="whole_library"),
    path("library/<str:question_id>/remove/", aside.forget, name="forget"),
    path(S, listing.survey, name="survey"),
    path(f"{S}rename/", listing.rename, name="rename"),
    path(f"{S}duplicate/", listing.duplicate, name="duplicate"),
    path(f"{S}edit/", editing.texts, name="texts"),
    path(f"{S}edit/languages/", editing.languages, name="languages"),
    path(f"{S}edit/language/", editing.write_in, name="write_in"),
    path(f"{S}edit/purchase/", editing.purchase, name="purchase"),
    path(f"{S}edit/quotas/", editing.quotas, name="quotas"),
    path(f"{S}edit/comments/", aside.comments, name="comments"),
    path(f"{S}edit/comment/", aside.comment, name="comment"),
    path(f"{S}edit/comments/<str:comment_id>/", aside.resolve, name="resolve"),
    path(f"{S}edit/library/", aside.library, name="library"),
    path(f"{S}edit/library/<str:question_id>/", aside.insert, name="insert"),
    path(f"{S}edit/do/", commands.command, name="command"),
    path(f"{S}edit/page/<str:page_id>/", editing.page, name="page"),
    path(f"{S}edit/question/<str:code>/", editing.question, name="question"),
    path(f"{S}edit/question/<str:code>/keep/", aside.keep, name="keep"),
    path(
        f"{S}edit/question/<str:code>/picture/<str:option>/",
        aside.picture,
        name="picture",
    ),
    path(f"{S}images/<str:image_id>/", aside.image, name="image"),
    path(OF, conditions.condition, name="condition"),
    path(f"{OF}<str:number>/", conditions.condition, name="condition"),
    path(f"{S}test/", testing.test, name="test"),
    path(f"{S}try/", testing.try_out, name="try"),
    path(f"{S}launch/", launching.launch, name="launch"),
    path(f"{S}launch/settings/", launching.settings, name="settings"),
    path(f"{S}launch/go/", launching.go_live, name="go_live"),
    path(f"{S}launch/pause/", launching.pause, name="pause"),
    path(f"{S}launch/resume/", launching.resume, name="resume"),
    path(f"{S}launch/close/", launching.close, name="close"),
]
