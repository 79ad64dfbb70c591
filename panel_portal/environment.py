"""Reads settings from environment variables and says plainly what is wrong with one."""

import os
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


class Environment:
    """Typed look-ups in a mapping of strings, by default the process environment.

    Every look-up raises `ImproperlyConfigured` with a sentence that names the
    variable; it never repeats the value, which may be a secret.
    """

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self.variables = os.environ if variables is None else variables

    def text(self, name: str, default: str | None = None) -> str:
        value = self.variables.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise ImproperlyConfigured(
                f"{name} is not set. The portal can't start without it; "
                "see “Configure” in README.md."
            )
        return default

    def flag(self, name: str, *, default: bool) -> bool:
        if name not in self.variables:
            return default
        value = self.variables[name].strip().lower()
        if value in TRUE:
            return True
        if value in FALSE:
            return False
        raise ImproperlyConfigured(f"{name} must be 1 or 0 (or yes or no).")

    def number(
        self, name: str, default: int, *, least: int = 0, most: int = 2**31
    ) -> int:
        value = self.variables.get(name, "").strip()
        if not value:
            return default
        try:
            number = int(value)
        except ValueError:
            number = None
        if number is None or not least <= number <= most:
            raise ImproperlyConfigured(
                f"{name} must be a whole number from {least} to {most}."
            )
        return number

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise ImproperlyConfigured(f"{name} must be one of: {', '.join(choices)}.")
        return value

    def words(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        """A comma-separated list; empty entries are left out."""
        value = self.variables.get(name)
        if value is None:
            return list(default)
        return [word.strip() for word in value.split(",") if word.strip()]
