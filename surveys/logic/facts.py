"""What conditions and texts may see of one person's way through a survey."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Facts:
    """`answers`: by question code, as in `surveys.definition`, of shown questions only.
    `profile`: age and months (whole numbers), region, language. `purchase`: merchant,
    category, total, days, of the bound purchase; empty where there is none."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    profile: Mapping[str, Any] = field(default_factory=dict)
    purchase: Mapping[str, Any] = field(default_factory=dict)

    def value(self, ref: str) -> Any:
        """What "q1", "q2.row" or "profile.age" stands for; None where unanswered."""
        code, _, part = ref.partition(".")
        if code in ("profile", "purchase"):
            value = getattr(self, code).get(part)
        else:
            value = self.answers.get(code)
            if part:
                value = value.get(part) if isinstance(value, Mapping) else None
            elif isinstance(value, Mapping) and "chosen" in value:
                value = value["chosen"]
        return None if value in ("", [], (), {}) else value
