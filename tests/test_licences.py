from __future__ import annotations

import pytest

from interlock.graph.licences import spdx


@pytest.mark.parametrize(
    ("licence", "identifier"),
    [
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/3.0/legalcode", "CC-BY-NC-SA-3.0"),
        ("https://opendatacommons.org/licenses/by/", "ODC-By-1.0"),
        ("http://opendatacommons.org/licenses/odbl/1.0/", "ODbL-1.0"),
        ("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "OGL-UK-3.0"),
        ("https://spdx.org/licenses/MIT.html", "MIT"),
        ("CC0-1.0", "CC0-1.0"),
        ("https://licence.example/ours", "https://licence.example/ours"),
    ],
)
def test_address_of_a_licence_is_known_by_its_identifier(licence: str, identifier: str) -> None:
    assert spdx(licence) == identifier
