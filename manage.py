#!/usr/bin/env python3
"""Django's command line. `bin/manage` runs it in the project's environment."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel_portal.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # A sentence that names the setting: a traceback would only bury it.
        sys.exit(f"The portal can't start. {error}")


if __name__ == "__main__":
    main()
