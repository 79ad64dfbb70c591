"""What every page of the admin shares: rows that are only looked at, configuration
that is never pulled out from under those who depend on it, and an audit trail without
personal data.
"""

import json

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.admin.utils import quote, unquote
from django.contrib.contenttypes.models import ContentType
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _t


class PortalModelAdmin(admin.ModelAdmin):
    """The admin's trail names a row as `audit_name` does, never by a person's name."""

    list_per_page = 50
    # A second count of a whole table, for a figure that nobody asks for.
    show_full_result_count = False
    view_on_site = False
    empty_value_display = "–"

    def audit_name(self, obj) -> str:
        return str(obj)

    def write_log(self, request, obj, flag: int, message="") -> LogEntry:
        return LogEntry.objects.create(
            user_id=request.user.pk,
            content_type=ContentType.objects.get_for_model(
                obj, for_concrete_model=False
            ),
            object_id=obj.pk,
            object_repr=self.audit_name(obj)[:200],
            action_flag=flag,
            change_message=message if isinstance(message, str) else json.dumps(message),
        )

    def log_addition(self, request, obj, message):
        return self.write_log(request, obj, ADDITION, message)

    def log_change(self, request, obj, message):
        return self.write_log(request, obj, CHANGE, message)

    def log_deletions(self, request, queryset):
        return [self.write_log(request, obj, DELETION) for obj in queryset]


class HistoryAdmin(PortalModelAdmin):
    """Rows that the portal writes and the admin only shows, to superusers as well."""

    def has_add_permission(self, request, *args) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class HistoryInline(admin.TabularInline):
    """Such rows on the page of what they belong to."""

    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class ConfigurationAdmin(PortalModelAdmin):
    """Rules that are edited, and deleted only while nothing depends on them."""

    def why_kept(self, obj) -> str:
        """The sentence that says why this row can't be deleted, or ""."""
        return ""

    def has_delete_permission(self, request, obj=None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not self.why_kept(obj))

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if (
            obj is not None
            and super().has_delete_permission(request, obj)
            and (sentence := self.why_kept(obj))
        ):
            messages.error(request, sentence)
            name = f"{self.opts.app_label}_{self.opts.model_name}_change"
            return redirect(reverse(f"admin:{name}", args=(quote(obj.pk),)))
        return super().delete_view(request, object_id, extra_context)


def report(request, model_admin, rows, act, done) -> None:
    """Run `act` on each row; say how many were `done` and, of each other one, why not.

    `act` returns "" or the sentence that says why it refused; `done` turns a number
    into a sentence.
    """
    count = 0
    for row in rows:
        refused = act(row)
        if refused:
            # The kind first: Django starts a message with a capital, an id has none.
            text = _t("%(kind)s %(row)s: %(why)s") % {
                "kind": model_admin.opts.verbose_name,
                "row": model_admin.audit_name(row),
                "why": refused,
            }
            model_admin.message_user(request, text, messages.ERROR)
        else:
            count += 1
    if count:
        model_admin.message_user(request, done(count), messages.SUCCESS)
