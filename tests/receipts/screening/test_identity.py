"""Numbers of persons are found where they stand, those of shops and tills are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receipts.screening.findings import Kind
from receipts.screening.identity import find_identity_numbers, is_german_tax_number
from tests.receipts.screening.marked import check, findings_on, painted


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("social_security", "⟦219-09-9999⟧"),
        ("social_security", "J. DOE ⟦219 09 9999⟧"),
        ("social_security", "⟦219.09.9999⟧"),
        ("social_security", "⟦2l9-O9-9999⟧"),
        ("social_security", "⟦912-70-1234⟧"),
        ("social_security", "SSN ⟦219099999⟧"),
        ("social_security", "SSN: ⟦219-09-9999⟧"),
        ("social_security", "SS# ⟦219 09 9999⟧"),
        ("social_security", "Social Security No. ⟦2l9 O9 9999⟧"),
        ("social_security", "SSN\n⟦219-09-9999⟧"),
        ("social_security", "SSN ⟦XXX-45-6789⟧"),
        ("driving_licence", "Driver's License ⟦D1234567⟧"),
        ("driving_licence", "DRIVERS LICENCE NO: ⟦12 345 678⟧"),
        ("driving_licence", "Driver's license\n⟦D1234567⟧"),
        ("driving_licence", "Driver Lic #: ⟦A123-456-78-901-0⟧"),
        ("driving_licence", "Driving Licence: ⟦MORGA657054SM9IJ⟧"),
        ("driving_licence", "DL# ⟦S530-4600⟧"),
        ("driving_licence", "DL: ⟦CA D1234567⟧"),
        ("driving_licence", "DL ⟦TX 12345678⟧"),
        ("driving_licence", "State ID: ⟦123 456 789⟧"),
        ("driving_licence", "Pseudoephedrine log\nID #: ⟦D1234567⟧"),
        ("driving_licence", "Driver Lic/ID: ⟦CA D1234567⟧"),
        ("driving_licence", "D/L # ⟦D1234567⟧"),
        ("driving_licence", "OLN: ⟦D1234567⟧"),
        ("driving_licence", "Photo ID: NY DL ⟦123 456 789⟧"),
        ("driving_licence", "Identification: DL - ⟦D1234567⟧"),
        ("driving_licence", "DRV LIC ⟦D123-4567-8901⟧"),
        ("driving_licence", "DOB ON FILE\nID TYPE: STATE  ID NUMBER: ⟦D1234567⟧"),
        ("identity_paper", "Military ID: ⟦1234567890⟧"),
        ("identity_paper", "Green Card # ⟦A123456789⟧"),
        ("social_security", "SV-Nr. ⟦12 010180 M 123⟧"),
        ("social_security", "S.S. # ⟦219-09-9999⟧"),
        ("driving_licence", "Drlver's L1cense: ⟦D1234567⟧"),
        ("driving_licence", "OL: ⟦TX A199-521-78-347⟧"),
        ("driving_licence", "OLN ⟦D1234567⟧"),
        ("driving_licence", "OH OLN ⟦RS123456⟧"),
        ("driving_licence", "CDL ⟦12345678⟧"),
        ("driving_licence", "NY D/L ⟦123 456 789⟧"),
        ("driving_licence", "DL NO ⟦D1234567⟧"),
        ("driving_licence", "LIC# ⟦D1234567⟧"),
        ("driving_licence", "CA LIC# ⟦D1234567⟧"),
        ("driving_licence", "TX LIC ⟦12345678⟧"),
        ("passport", "PPT# ⟦550184842⟧"),
        ("passport", "PP NO ⟦C01234567⟧"),
        ("passport", "Passport (USA) ⟦550184842⟧"),
        ("driving_licence", "DRIVERS LIC  STATE ⟦CA  D1234567⟧"),
        ("passport", "PASSPT: ⟦550184842⟧"),
        ("passport", "PSPT NO ⟦C01234567⟧"),
        ("passport", "Passp0rt No. ⟦C01234567⟧"),
        ("passport", "Passport No. ⟦C01234567⟧"),
        ("passport", "PASSPORTNO ⟦C01234567⟧"),
        ("passport", "Passport No: ⟦H1.2181064⟧"),
        ("driving_licence", "Otivers Lic Na. ⟦S3260385⟧"),
        ("social_security", "Social Secarity # ⟦145 25-568%⟧"),
        ("passport", "Reisepass-Nr. ⟦C01X00T47⟧"),
        ("malaysian_identity_card", "NRIC ⟦800101-14-5678⟧"),
        ("malaysian_identity_card", "⟦800101-14-5678⟧"),
        ("malaysian_identity_card", "⟦8OO1O1-14-5678⟧"),
        ("malaysian_identity_card", "IC No: ⟦800101145678⟧"),
        ("singaporean_identity_card", "NRIC: ⟦S1234567D⟧"),
        ("german_identity_card", "Personalausweis-Nr. ⟦L01X00T471⟧"),
        ("german_tax_number", "Steuer-ID: ⟦86 095 742 719⟧"),
        ("german_tax_number", "IdNr ⟦86095742719⟧"),
        ("national_insurance", "NI No: ⟦QQ 12 34 56 C⟧"),
        ("national_insurance", "National Insurance Number: ⟦AB123456C⟧"),
        ("passport_lines", "⟦P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<⟧"),
        ("passport_lines", "⟦L898902C36UTO7408122F1204159ZE184226B<<<<<10⟧"),
    ],
)
def test_a_number_of_a_person_is_found_where_it_stands(rule, text):
    (finding,) = check(text, find_identity_numbers)

    assert (finding.kind, finding.rule) == (Kind.IDENTITY_NUMBER, rule)


def test_a_number_is_found_below_the_head_of_its_column():
    text = "Name      SSN             Store\nJ. DOE    ⟦219-09-9999⟧     12"

    assert [one.rule for one in check(text, find_identity_numbers)] == [
        "social_security"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "123-45-67890",
        "1123-45-6789",
        "123-45-6789-12-3",
        "000-12-3456\n666-12-3456\n123-00-4567\n123-45-0000",
        "912-40-1234",
        "123-45 6789",
        "Survey code: 123-45-6789",
        "Tell us how we did! Enter this survey code\n123-45-6789",
        "TRANS 123-45-6789",
        "Tel. 212-55-0187",
        "SSN ***-**-9999",
        "SSN XXX-XX-1234",
        "PASSPORT PHOTO 16.99",
        "Please show your driver's license",
        "DL *****4567",
        "MY DIN\nTRI (728515-H)",
        "USt-ID DE123456789",
        "USt-IdNr. DE123456789",
        "St.-Nr. 12/345/67890",
        "GST ID No: 000504664064",
        "Session 123\n45 6789",
        "201126-14-3059",
        "201 03 0123 11/24/26 14:30",
        "TSE ID-Nr 12345678901",
        # The number itself is painted over already.
        "Driver License:\n012345678901 MILK 2.99",
        "800101-14-567",
        "801301-14-5678",
        "LIC# 987654",
        "LIC# C-10 123456",
        "CA LIC# 987654",
        "TX LIC# TACLA12345",
        "Contractor Lic# C1234567",
        "LIC# ABC1234",
        "PLATE LIC: A1234567",
        "PPT 12.50",
        "PP 12345678",
        "PP# 12345",
        "Terminal ID #: 12345678",
        "PSEUDOEPHEDRINE 12CT\nPharmacist Lic #: 12345678",
        "DRIVER TIP\nMerchant ID: 12345678",
        "Store ID: 00123456",
        "ID: 12345678",
        "Tel 03-1234-5678",
    ],
)
def test_a_masked_number_and_one_of_another_kind_are_left(text):
    assert check(text, find_identity_numbers) == []


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("86095742719", True),
        ("86095742718", False),
        ("06095742719", False),
        ("8609574271", False),
    ],
)
def test_a_german_tax_number_has_a_check_digit(digits, expected):
    assert is_german_tax_number(digits) is expected


@given(
    st.integers(1, 898).filter(lambda area: area != 666),
    st.integers(1, 99),
    st.integers(1, 9999),
    st.sampled_from(["-", " ", ""]),
)
def test_any_labelled_social_security_number_is_found(area, group, serial, gap):
    number = f"{area:03}{gap}{group:02}{gap}{serial:04}"
    lines = [f"SSN: {number}"]

    findings = findings_on(lines, find_identity_numbers)

    assert painted(lines, findings)[0].replace(" ", "") == number.replace(" ", "")
