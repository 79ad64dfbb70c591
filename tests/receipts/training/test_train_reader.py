import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from receipts.management.commands import train_reader
from receipts.models import ReaderModel, Reading
from receipts.reading.chooser import FieldModel, Model, load_model
from receipts.reading.result import VERSION
from receipts.services import reader_models
from receipts.workflow import Status
from tests.factories import make_panelist, make_receipt, make_reviewer
from tests.receipts.training.made_up import made_up

pytestmark = pytest.mark.django_db
# Sure of everything, and the surer the worse a candidate is.
BAD = Model(
    "bad",
    {
        name: FieldModel({"margin": (0.0, 1.0, -1.0)}, 0.0, ((-3.0, 0.5), (3.0, 0.99)))
        for name in ("total", "date", "merchant")
    },
)


@pytest.fixture
def confirmed(monkeypatch):
    """What reviewers have confirmed: call it with other examples to change that."""

    def are(examples):
        monkeypatch.setattr(train_reader, "confirmed_examples", lambda: examples)

    are(made_up(400))
    return are


def installed() -> str:
    return reader_models.current().version


def test_a_better_model_is_installed(confirmed, capsys):
    reader_models.install(BAD, receipts=1, figures={})

    call_command("train_reader")

    row = ReaderModel.objects.get(is_current=True)
    assert row.version == installed() != "bad"
    assert row.receipts == 400
    assert set(row.figures) == {"total", "date", "merchant"}
    assert f"{row.version} is installed." in capsys.readouterr().out


def test_what_reviewers_confirmed_is_learned_from(capsys):
    panelist, reviewer = make_panelist(), make_reviewer()
    for example in made_up(220):
        receipt = make_receipt(
            Status.ACCEPTED,
            panelist=panelist,
            decided_by=reviewer,
            merchant_name=example.group,
            total=Decimal("10.00"),
        )
        candidates = {
            "total": [
                {
                    "value": "10.00" if offer.is_right else f"1{n}.50",
                    "features": dict(offer.features),
                }
                for n, offer in enumerate(example.fields["total"])
            ]
        }
        Reading.objects.create(
            receipt=receipt,
            version=VERSION,
            straight_through=False,
            result={"merchant": example.group},
            candidates=candidates,
        )
    reader_models.install(BAD, receipts=1, figures={})
    ReaderModel.objects.update(made_at=timezone.now() - timedelta(days=30))

    call_command("train_reader")

    assert reader_models.current().fields["total"].features["margin"][2] > 0
    assert reader_models.current().fields["date"] == BAD.fields["date"]


def test_a_worse_model_is_refused(confirmed, capsys):
    reader_models.install(BAD, receipts=1, figures={})
    call_command("train_reader")
    good = installed()
    # Labels that contradict what is true: the fit to them can only be worse.
    lying = [
        replace(
            example,
            fields={
                name: tuple(
                    replace(offer, is_right=offer.is_right != (n == 0))
                    for n, offer in enumerate(offers)
                )
                for name, offers in example.fields.items()
            },
        )
        if not train_reader.split([example], 0.3)[1]
        else example
        for example in made_up(400, seed=3)
    ]
    confirmed(lying)

    with pytest.raises(CommandError, match="The new model is worse"):
        call_command("train_reader")

    assert installed() == good
    assert "log loss" in capsys.readouterr().out


def decided(examples, at):
    return [replace(example, decided_at=at) for example in examples]


def test_models_are_compared_on_what_neither_has_seen(confirmed, capsys):
    reader_models.install(BAD, receipts=1, figures={})
    now = timezone.now()
    later, before = now + timedelta(hours=1), now - timedelta(hours=1)
    confirmed(
        [*decided(made_up(300), before), *decided(made_up(300, seed=4), later)],
    )

    call_command("train_reader")

    held_back = len(train_reader.split(made_up(300, seed=4), 0.3)[1])
    printed = capsys.readouterr().out
    assert f"On {held_back} receipts of merchants held back:" in printed


def test_too_little_that_is_new_is_refused_in_words(confirmed):
    reader_models.install(BAD, receipts=1, figures={})
    confirmed(decided(made_up(400), timezone.now() - timedelta(hours=1)))

    with pytest.raises(
        CommandError, match="0 receipts of merchants that are held back"
    ):
        call_command("train_reader")

    assert installed() == "bad"


def test_a_dry_run_installs_nothing(confirmed, capsys):
    reader_models.install(BAD, receipts=1, figures={})

    call_command("train_reader", dry_run=True)

    assert installed() == "bad"
    assert "would be installed." in capsys.readouterr().out


def test_too_few_receipts_are_refused_in_words(confirmed):
    confirmed(made_up(199))

    with pytest.raises(CommandError, match=r"^199 receipts can be learned from"):
        call_command("train_reader")


def test_the_fewest_can_be_set(confirmed):
    reader_models.install(BAD, receipts=1, figures={})
    confirmed(made_up(300))

    call_command("train_reader", minimum=300)

    assert installed() != "bad"


def test_receipts_of_one_merchant_are_refused_in_words(confirmed):
    confirmed([replace(example, group="one") for example in made_up(300)])

    with pytest.raises(CommandError, match="too few merchants"):
        call_command("train_reader")


def test_receipts_without_mistakes_leave_the_present_model(confirmed, capsys):
    reader_models.install(BAD, receipts=1, figures={})
    confirmed(
        [
            replace(example, fields={"total": (replace(first, is_right=True),)})
            for example in made_up(300)
            for first in example.fields["total"][:1]
        ]
    )

    call_command("train_reader")

    assert installed() == "bad"
    assert "too few mistakes" in capsys.readouterr().out


def test_an_output_file_is_written_and_nothing_installed(confirmed, tmp_path):
    file = tmp_path / "chooser.json"

    call_command("train_reader", output=file)

    assert set(load_model(file).fields) == {"total", "date", "merchant"}
    assert not ReaderModel.objects.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["chooser.json"]


def test_one_can_go_back(confirmed, capsys):
    reader_models.install(BAD, receipts=1, figures={})
    call_command("train_reader")

    call_command("train_reader", use="bad")

    assert installed() == "bad"


def test_one_can_go_back_to_the_portals_own(confirmed):
    reader_models.install(BAD, receipts=1, figures={})

    call_command("train_reader", use="portal")

    assert reader_models.current() == load_model()


def test_an_unknown_version_is_refused():
    with pytest.raises(CommandError, match="There is no version 7"):
        call_command("train_reader", use="7")


def test_each_fifth_of_the_merchants_is_measured(confirmed, capsys):
    confirmed(made_up(220))

    call_command("train_reader", cross_validate=True, dry_run=True)

    printed = capsys.readouterr().out
    assert "Each fifth of the merchants by a model without them:" in printed
    assert "- total, : " in printed


def test_without_scikit_learn_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(train_reader, "fit", None)

    with pytest.raises(CommandError, match=r"requirements-train\.txt"):
        call_command("train_reader")


def test_a_folder_without_labels_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"There is no truth\.jsonl"):
        call_command("train_reader", folder=tmp_path)


def test_a_labelled_folder_is_learned_from(tmp_path, monkeypatch):
    asked = {}

    def examples_in(folder, **options):
        asked.update(options, folder=folder)
        return made_up(300)

    monkeypatch.setattr(train_reader, "examples_in", examples_in)
    notes = tmp_path / "notes.json"
    notes.write_text(json.dumps({"us/one.jpg": {"total": "4.32"}}), "utf-8")
    reader_models.install(BAD, receipts=1, figures={})

    call_command("train_reader", folder=tmp_path, notes=notes, copies=2)

    assert asked["notes"] == {"us/one.jpg": {"total": "4.32"}}
    assert asked["copies"] == 2
    assert installed() != "bad"
