import datetime as dt

import pytest

from dragoman.search.reading.heading import heading


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("Talks", "BBC", dt.date(2022, 4, 3)), "BBC, Sunday 3 April 2022: Talks"),
        (("Talks", None, dt.date(2022, 4, 3)), "Sunday 3 April 2022: Talks"),
        (("Talks", "BBC", None), "BBC: Talks"),
        (("", "BBC", None), "BBC"),
        (("", None, None), ""),
    ],
)
def test_it_tells_what_is_known(parts, expected):
    assert heading(*parts) == expected
