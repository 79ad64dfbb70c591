from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PanelistsConfig(AppConfig):
    name = "panelists"
    verbose_name = _("Panelists")

    def ready(self):
        from panelists.roles import create_roles

        # Permissions exist only after an app's migrate, so the groups that hold them
        # are brought up to date after each.
        post_migrate.connect(create_roles, dispatch_uid="panelists.create_roles")
