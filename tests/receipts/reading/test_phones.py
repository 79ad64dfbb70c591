"""Numbers as paper prints them: every one is made up."""

import time

import pytest

from receipts.reading.locales import known_locales
from receipts.reading.phones import PLANS, PRINTED, phones_in


def numbers(text, country):
    return [phone.number for phone in phones_in(text, country)]


@pytest.mark.parametrize(
    ("country", "text", "number"),
    [
        ("US", "(503) 555-0142", "5035550142"),
        ("US", "(503)555-0142", "5035550142"),
        ("US", "503.555.0142", "5035550142"),
        ("US", "503 555 0142", "5035550142"),
        ("US", "503-555:0142", "5035550142"),
        ("US", "1-503-555-0142", "5035550142"),
        ("US", "+1 (503) 555-0142", "5035550142"),
        ("US", "Tel: 5035550142", "5035550142"),
        ("US", "Fhone(503)555-0142", "5035550142"),
        ("US", "Portland OR 97205 503-555-0142", "5035550142"),
        ("US", "05/12/2026 (503)555-0142 07:45 PM", "5035550142"),
        ("CA", "Tél. 514-555-0142", "5145550142"),
        ("MY", "Tel: 03-5555 0142", "0355550142"),
        ("MY", "TEL:03-55550142", "0355550142"),
        ("MY", "Tel.03-55550142", "0355550142"),
        ("MY", "+603-5555 0142", "0355550142"),
        ("MY", "603-5555 0142", None),
        ("MY", "Tel 603-5555 0142", "0355550142"),
        ("MY", "07-555 0142", "075550142"),
        ("MY", "H/P: 012-555 0142", "0125550142"),
        ("MY", "Tel : 011-5555 0142", "01155550142"),
        ("MY", "Tel. No.: (03) 5555 0142", "0355550142"),
        ("DE", "Tel. 030/5550142", "0305550142"),
        ("DE", "Telefon: 0341 / 55 50 14", "0341555014"),
        ("DE", "+49 (0)30 5550142", "0305550142"),
        ("DE", "Tel.: 0049 30 5550142", "0305550142"),
        ("AT", "Tel: 01 555 01 42", "015550142"),
        ("CH", "Tel. 044 555 01 42", "0445550142"),
        ("GB", "Tel 020 7946 0142", "02079460142"),
        ("GB", "01632 960142", "01632960142"),
        ("IE", "Ph: 01 555 0142", "015550142"),
        ("FR", "Tél : 01 99 00 01 42", "0199000142"),
        ("FR", "Tel +33 1 99 00 01 42", "0199000142"),
        ("BE", "Tel. 02 555 01 42", "025550142"),
        ("NL", "Tel: 020-5550142", "0205550142"),
        ("ES", "Tfno./Tel: 91 555 01 42", "915550142"),
        ("IT", "Tel. 06 5550142", "065550142"),
        ("PT", "Telefone: 21 555 0142", "215550142"),
        ("PL", "tel. 22 555 01 42", "225550142"),
        ("SE", "Tel 08-555 014 20", "0855501420"),
        ("DK", "Tlf. 55 50 14 20", "55501420"),
        ("NO", "Tlf: 55 50 14 20", "55501420"),
        ("FI", "Puh. 09 555 0142", "095550142"),
        ("AU", "Ph: 02 5550 0142", "0255500142"),
        ("NZ", "Phone 09 555 0142", "095550142"),
        ("SG", "Tel: 6555 0142", "65550142"),
        ("MX", "Tel. 55 5555 0142", "5555550142"),
    ],
)
def test_a_number_has_the_countrys_national_form(country, text, number):
    assert numbers(text, country) == [number] * (number is not None)


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("US", "(800) 555-0142"),
        ("US", "1-888-555-0142"),
        ("MY", "Tel: 1-300-88-0142"),
        ("MY", "Careline 1800 88 0142"),
        ("DE", "Tel. 0800 5550142"),
        ("DE", "Hotline 0180 5550142"),
        ("GB", "Tel 0800 555 0142"),
        ("GB", "Tel 0345 555 0142"),
        ("CH", "Tel 0800 555 014"),
        ("AU", "Ph 1300 555 014"),
        ("ES", "Tel 900 555 014"),
    ],
)
def test_a_free_or_shared_cost_number_is_no_shops(country, text):
    assert numbers(text, country) == []


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("US", "(000) 000-0000"),
        ("US", "Order 5035550142"),
        ("US", "5035550142"),
        ("US", "Acct# 503-555-0142"),
        ("US", "Member: 503-555-0142"),
        ("US", "$503-555-0142"),
        ("US", "555-0142"),
        ("US", "2500 7630 3174 1110 70"),
        ("US", "555-0142 9/14/2026 7:45 PM"),
        ("MY", "GST ID: 0012 3456 7890"),
        ("MY", "GST NO : 000355550142"),
        ("MY", "(0355550-K)"),
        ("MY", "Invoice No: 03-55550142"),
        ("MY", "03/290900"),
        ("MY", "Tel: -"),
        ("DE", "03.12.2026 12:30"),
        ("DE", "Bon 0305550142"),
        ("DE", "3182 748433/01 02.03.26 15:59"),
        ("DE", "USt-IdNr. 03055 50142"),
        ("DE", "0,50 0,50 0,50 0,50"),
        ("DK", "55 50 14 20"),
        ("XX", "Tel 503-555-0142"),
        (None, "Tel 503-555-0142"),
    ],
)
def test_what_is_no_number_by_the_countrys_plan_or_by_its_words(country, text):
    assert numbers(text, country) == []


def test_a_fax_is_told_from_a_phone():
    both = phones_in("Tel: 03-5555 0142 Fax: 03-5555 0143", "MY")

    assert [(p.number, p.is_fax) for p in both] == [
        ("0355550142", False),
        ("0355550143", True),
    ]


@pytest.mark.parametrize("label", ["Tel/Fax:", "TEL & FAX :", "Phone/Fax", "Fax/Tel:"])
def test_a_fax_that_is_a_phone_too_is_a_phone(label):
    assert [p.is_fax for p in phones_in(f"{label} 03-5555 0142", "MY")] == [False]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tel: 03-5555 0142 / 03-5555 0143", ["0355550142", "0355550143"]),
        ("Tel: 03-5555 0142 012-555 0144", ["0355550142", "0125550144"]),
        ("Tel: 03-5555 0142/43", ["0355550142"]),
        ("TEL:03-55550142,03-55550143", ["0355550142", "0355550143"]),
        ("Fax: 03-5555 0142 / 03-5555 0143", ["0355550142", "0355550143"]),
    ],
)
def test_several_numbers_on_a_line(text, found):
    phones = phones_in(text, "MY")

    assert [phone.number for phone in phones] == found
    assert {phone.is_fax for phone in phones} == {text.startswith("Fax")}


def test_every_locales_country_has_a_plan():
    assert {name[-2:] for name in known_locales()} <= set(PLANS)


@pytest.mark.parametrize(
    "text", ["0" * 80, "0 " * 40, "tel " * 20, "(" * 80, "0-" * 40]
)
@pytest.mark.parametrize("country", ["US", "MY", "DE"])
def test_hostile_lines_take_no_time(text, country):
    start = time.process_time()

    for _line in range(100):
        phones_in(text, country)

    assert time.process_time() - start < 1.0


@pytest.mark.parametrize(
    "text",
    ["(503)555-0142", "503-555-0142", "503 555:0142", "03-5555 0142", "030/555014"],
)
def test_what_is_printed_as_phones_are(text):
    assert PRINTED.search(f"Harbor {text} St")


@pytest.mark.parametrize(
    "text", ["12/03/2026", "19:45", "1.503.55", "555-0142", "8 for 9"]
)
def test_what_is_printed_as_nothing_of_the_kind(text):
    assert not PRINTED.search(f"Harbor {text} St")
