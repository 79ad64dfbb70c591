"""Imports run one way: between apps to the left, within an app downwards."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ["panelists", "rewards", "receipts", "surveys", "insights"]
# Inside an app: a file of a later layer is not imported by one of an earlier one.
LAYERS = [
    ["models"],
    ["services"],
    ["tasks", "forms", "redaction_forms", "review_forms", "admin", "author_forms"],
    [
        *("views", "review_views", "author_views", "exchange_views", "audience_views"),
        *("results_views", "urls", "review_urls", "author_urls", "exchange_urls"),
        *("audience_urls", "results_urls"),
    ],
]
PURE = ["receipts/reading", "receipts/imaging", "receipts/measuring"]
PURE += [
    "receipts/rules.py",
    "receipts/screening",
    "receipts/redaction",
    "panel_portal/demo/paper.py",
]
PURE += ["receipts/verdicts.py", "receipts/categories.py"]
PURE += ["surveys/definition.py", "surveys/logic", "surveys/answering"]
PURE += ["surveys/exchange", "surveys/statistics", "panelists/minimum_cell.py"]
PURE += ["surveys/editing", "surveys/changes.py", "surveys/pictures.py"]
PURE += ["surveys/audience.py"]
# What surveys and insights may see of receipts.
THROUGH = ("receipts.purchases", "receipts.screening")


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def python_files(*parts: str) -> list[Path]:
    folder = ROOT.joinpath(*parts)
    return [folder] if folder.suffix else sorted(folder.rglob("*.py"))


@pytest.mark.parametrize("app", [app for app in APPS if (ROOT / app).is_dir()])
def test_an_app_imports_only_apps_to_its_left(app):
    forbidden = {*APPS[APPS.index(app) + 1 :], "panel_portal"}

    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in python_files(app)
        for name in imported(path)
        if name.split(".")[0] in forbidden
    }

    assert wrong == set()


@pytest.mark.parametrize("app", ["surveys", "insights"])
def test_receipts_are_seen_only_through_purchases(app):
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in python_files(app)
        for name in imported(path)
        if name.startswith("receipts") and not name.startswith(THROUGH)
    }

    assert wrong == set()


@pytest.mark.parametrize("app", [app for app in APPS if (ROOT / app).is_dir()])
def test_inside_an_app_imports_run_down_the_layers(app):
    wrong = set()
    for depth, layer in enumerate(LAYERS):
        above = {f"{app}.{name}" for names in LAYERS[depth + 1 :] for name in names}
        for name in layer:
            place = ROOT / app / name
            paths = (
                python_files(app, name)
                if place.is_dir()
                else [place.with_suffix(".py")]
            )
            for path in filter(Path.exists, paths):
                wrong |= {
                    f"{path.relative_to(ROOT)} imports {target}"
                    for target in imported(path)
                    if any(target == a or target.startswith(f"{a}.") for a in above)
                }

    assert wrong == set()


@pytest.mark.parametrize("place", PURE)
def test_pure_modules_know_no_models_and_no_settings(place):
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in python_files(*place.split("/"))
        if path.exists()
        for name in imported(path)
        if name.startswith(("django.db", "django.conf", "panelists", "rewards"))
        or name.endswith(".models")
    }

    assert wrong == set()
