import pytest

from receipts.models import ReaderModel
from receipts.reading.chooser import FieldModel, Model, load_model
from receipts.services import reader_models
from tests.together import together

pytestmark = pytest.mark.django_db


def model(version: str, intercept: float = 0.0) -> Model:
    table = ((-1.0, 0.1), (1.0, 0.9))
    return Model(version, {"total": FieldModel({}, intercept, table)})


def test_without_an_installed_model_the_portals_own_is_current():
    assert reader_models.current() == load_model()


def test_an_installed_model_is_current():
    reader_models.install(model("2026-11-24.a"), receipts=300, figures={"n": 90})

    assert reader_models.current() == model("2026-11-24.a")


def test_the_next_installed_model_takes_its_place():
    reader_models.install(model("2026-11-24.a"), receipts=300, figures={})

    reader_models.install(model("2026-12-24.b", 0.5), receipts=400, figures={})

    assert reader_models.current() == model("2026-12-24.b", 0.5)
    assert ReaderModel.objects.count() == 2


def test_a_version_that_is_installed_again_is_current_and_there_once():
    reader_models.install(model("2026-11-24.a"), receipts=300, figures={})
    reader_models.install(model("2026-12-24.b"), receipts=300, figures={})

    reader_models.install(model("2026-11-24.a"), receipts=300, figures={})

    assert reader_models.current().version == "2026-11-24.a"
    assert ReaderModel.objects.count() == 2


def test_an_earlier_version_can_be_used_again():
    reader_models.install(model("2026-11-24.a"), receipts=300, figures={})
    reader_models.install(model("2026-12-24.b"), receipts=400, figures={})

    reader_models.use("2026-11-24.a")

    assert reader_models.current().version == "2026-11-24.a"


def test_the_portals_own_can_be_used_again():
    reader_models.install(model("2026-11-24.a"), receipts=300, figures={})

    reader_models.use("")

    assert reader_models.current() == load_model()


def test_an_unknown_version_changes_nothing():
    reader_models.install(model("2026-11-24.a"), receipts=300, figures={})

    with pytest.raises(ReaderModel.DoesNotExist):
        reader_models.use("2020-01-01.c")

    assert reader_models.current().version == "2026-11-24.a"


def test_weights_that_cannot_be_read_leave_the_portals_own():
    ReaderModel.objects.create(
        version="odd", receipts=1, weights='{"format": 9}', is_current=True
    )

    assert reader_models.current() == load_model()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_first", [True, False])
def test_models_that_are_installed_at_one_moment_take_turns(is_first):
    if not is_first:
        reader_models.install(model("2026-11-24.a"), receipts=1, figures={})
    versions = ["2026-12-24.b", "2026-12-24.c"]

    rows = together(
        *(
            lambda version=version: reader_models.install(
                model(version), receipts=1, figures={}
            )
            for version in versions
        )
    )

    assert [getattr(row, "version", row) for row in rows] == versions
    assert reader_models.current().version in versions
    assert ReaderModel.objects.filter(is_current=True).count() == 1
