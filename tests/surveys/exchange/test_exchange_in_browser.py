"""A file comes in and goes out in a browser; the pages for axe, in both sizes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from surveys.exchange import import_xlsform
from surveys.models import Survey
from tests.factories import make_panel
from tests.surveys.exchange.workbooks import WORKBOOKS
from tests.surveys.factories import make_author, make_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize(
    ("size", "scheme"), [((390, 844), "light"), ((1280, 800), "dark")]
)


def check_accessible(page, width: int) -> None:
    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@SIZES
def test_a_workbook_comes_in_and_what_is_lost_is_listed(open_as, size, scheme):
    width, height = size
    make_panel()
    page = open_as(
        make_author(),
        "/author/import/",
        viewport={"width": width, "height": height},
        color_scheme=scheme,
    )
    check_accessible(page, width)
    workbook = {
        "name": "devices.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": WORKBOOKS["devices"].data(),
    }

    page.get_by_label("File").set_input_files(workbook)
    page.get_by_role("button", name="Import it").click()

    expect(page.get_by_role("heading", name="Not carried")).to_be_visible()
    expect(
        page.get_by_text("questions of type “barcode” aren’t carried.")
    ).to_be_visible()
    check_accessible(page, width)
    [survey] = Survey.objects.all()
    assert survey.name == "devices"
    assert [one.code for one in survey.definition.questions()] == ["liked", "who"]


@SIZES
def test_a_survey_goes_out(open_as, size, scheme):
    width, height = size
    survey = make_survey()
    page = open_as(
        make_author(),
        f"/author/{survey.public_id}/export/",
        viewport={"width": width, "height": height},
        color_scheme=scheme,
    )
    check_accessible(page, width)

    with page.expect_download() as download:
        page.get_by_role("link", name="XLSForm workbook").click()

    workbook = download.value.path().read_bytes()
    assert import_xlsform(workbook).definition == survey.definition
