from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = _("Surveys")

    def ready(self):
        from surveys.append_only import install_triggers

        post_migrate.connect(
            install_triggers, sender=self, dispatch_uid="surveys.append_only"
        )
