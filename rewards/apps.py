from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RewardsConfig(AppConfig):
    name = "rewards"
    verbose_name = _("Rewards")

    def ready(self):
        from rewards import append_only

        post_migrate.connect(
            append_only.install, sender=self, dispatch_uid="rewards.append_only"
        )
