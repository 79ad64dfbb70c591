"""The portal's own row, its background work, and the admin's audit trail."""

import re

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy as _
from django_q import admin as django_q_admin  # noqa: F401 -- registers its own first
from django_q.models import Failure, OrmQ, Schedule, Success

from panel_portal.models import Heartbeat
from panelists.admin_base import HistoryAdmin

# django-q2's own pages run tasks again for whoever may look, let an editor of a
# schedule call any function, and print arguments, results and tracebacks.
for _model in (Schedule, Success, Failure, OrmQ):
    admin.site.unregister(_model)

# What a task of ours raises: a code and nothing else.
CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
# The name of an exception, at the start of a traceback's last line.
EXCEPTION = re.compile(r"[A-Za-z_][\w.]*")


def only_keys(arguments) -> str:
    """The primary keys among a task's arguments; anything else stays unsaid."""
    return ", ".join(
        str(argument) if type(argument) is int else "…"
        for argument in (arguments if isinstance(arguments, list | tuple) else ())
    )


def only_code(result) -> str:
    """What a failed task is known by: its code, or the kind of its exception."""
    text = str(result or "")
    code = text.split(" : ", 1)[0]
    if CODE.fullmatch(code):
        return code
    lines = text.strip().splitlines()
    found = EXCEPTION.match(lines[-1]) if "Traceback" in text else None
    return found[0] if found else ""


@admin.register(Heartbeat)
class HeartbeatAdmin(HistoryAdmin):
    list_display = ["name", "beat_at"]
    search_fields = ["name"]
    ordering = ["name"]


@admin.register(Schedule)
class ScheduleAdmin(HistoryAdmin):
    list_display = ["__str__", "func", "schedule_type", "minutes", "next_run"]
    list_filter = ["schedule_type"]
    search_fields = ["name", "func"]
    ordering = ["func"]
    fields = [
        "name",
        "func",
        "schedule_type",
        "minutes",
        "repeats",
        "next_run",
        "cluster",
    ]


class TaskAdmin(HistoryAdmin):
    list_display = ["name", "func", "keys", "started", "stopped", "attempt_count"]
    list_filter = ["func"]
    search_fields = ["id", "name", "func"]
    date_hierarchy = "stopped"
    fields = [
        "id",
        "name",
        "func",
        "keys",
        "started",
        "stopped",
        "attempt_count",
        "cluster",
    ]
    readonly_fields = ["keys"]

    @admin.display(description=_("keys"))
    def keys(self, obj) -> str:
        return only_keys(obj.args)


@admin.register(Success)
class SuccessAdmin(TaskAdmin):
    pass


@admin.register(Failure)
class FailureAdmin(TaskAdmin):
    list_display = [*TaskAdmin.list_display, "code"]
    fields = [*TaskAdmin.fields, "code"]
    readonly_fields = ["keys", "code"]

    @admin.display(description=_("code"))
    def code(self, obj) -> str:
        return only_code(obj.result)


@admin.register(OrmQ)
class QueueAdmin(HistoryAdmin):
    list_display = ["id", "function", "keys", "lock"]
    list_filter = ["key"]
    search_fields = ["key"]
    ordering = ["pk"]
    fields = ["id", "key", "function", "keys", "lock"]
    readonly_fields = ["function", "keys"]

    @admin.display(description=_("function"))
    def function(self, obj) -> str:
        return obj.func() or ""

    @admin.display(description=_("keys"))
    def keys(self, obj) -> str:
        return only_keys(obj.task.get("args"))


@admin.register(LogEntry)
class AuditTrailAdmin(HistoryAdmin):
    """What was done in the admin: who, when, which row. Values aren't recorded."""

    list_display = ["action_time", "user", "content_type", "object_repr", "done"]
    list_filter = ["action_flag", "content_type"]
    search_fields = ["object_repr", "object_id", "user__email"]
    date_hierarchy = "action_time"
    ordering = ["-action_time", "-pk"]
    list_select_related = ["user", "content_type"]
    fields = ["action_time", "user", "content_type", "object_id", "object_repr", "done"]
    readonly_fields = ["done"]

    @admin.display(description=_("done"))
    def done(self, obj) -> str:
        return obj.get_change_message() or obj.get_action_flag_display()
