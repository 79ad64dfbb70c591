import re

import pytest

from panelists.regions import _regions, region_name, regions_of


def test_the_united_states_have_states_a_district_and_territories():
    regions = dict(regions_of("US"))

    assert len(regions) == 56
    assert regions["US-DC"] == "District of Columbia"
    assert regions["US-PR"] == "Puerto Rico"


@pytest.mark.parametrize("country", _regions())
def test_codes_fit_their_column_and_are_of_their_country(country):
    codes = [code for code, _name in regions_of(country)]

    assert [
        one for one in codes if not re.fullmatch(rf"{country}-\w{{1,3}}", one)
    ] == []


def test_regions_come_by_name_whatever_their_codes():
    assert [code for code, _name in regions_of("GB")] == [
        "GB-ENG",
        "GB-NIR",
        "GB-SCT",
        "GB-WLS",
    ]


def test_a_country_without_a_list_has_no_regions():
    assert regions_of("ZZ") == ()


def test_a_region_is_called_by_its_name_and_an_unknown_one_by_its_code():
    assert region_name("US-NY") == "New York"
    assert region_name("US-XX") == "US-XX"
    assert region_name("") == ""
