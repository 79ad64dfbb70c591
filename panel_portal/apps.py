from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PanelPortalConfig(AppConfig):
    name = "panel_portal"
    verbose_name = _("Panel Portal")
    default = True

    def ready(self):
        from django_q.signals import post_execute_in_worker, pre_execute

        from panel_portal.heartbeat import beat_on_task
        from panel_portal.schedules import create_schedules

        # django-q2's own hooks, so that every task beats without knowing of it.
        pre_execute.connect(beat_on_task, dispatch_uid="panel_portal.beat_before")
        post_execute_in_worker.connect(
            beat_on_task, dispatch_uid="panel_portal.beat_after"
        )
        post_migrate.connect(
            create_schedules, sender=self, dispatch_uid="panel_portal.create_schedules"
        )


class PortalAdminConfig(AdminConfig):
    default_site = "panel_portal.admin_site.PortalAdminSite"
