"""The admin's pages of this app, by subject. Importing one registers its models."""

from panelists.admin import invitations, panels, users

__all__ = ["invitations", "panels", "users"]
