from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.formats.dating import split_date_line, stated_date, stated_time

DAY = date(2022, 3, 29)
DAYS = st.dates(date(1850, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    "value",
    [
        "2022-03-29",
        " 2022-03-29 ",
        "2022-03-29T10:30:00Z",
        "2022-03-29T23:59:59-05:00",
        "2022-03-29T10:30:00.123456789+03:00",
        "2022-03-29 10:30",
        "2022-03-29, 10:30 GMT",
        "2022-03-29Z",
        "2022/03/29",
        "2022.3.29",
        "20220329",
        "20220329T103000Z",
        "20220329103000",
        20220329,
        "Tue, 29 Mar 2022 10:30:00 +0300",
        "29 March 2022",
        "29 March 2022 10:30 EST",
        "March 29th, 2022",
        "Tuesday, March 29, 2022 10:30 a.m.",
        "29/03/2022",
        "29.03.2022",
        "29.3.2022, 14:20 Uhr",
        "29. 3. 2022",
        1648549800,
        "1648549800000",
        1648549800.5,
        "29 Mart 2022 Salı",
        "29 MART 2022, 14:20",
        "29 марта 2022 г.",
        "29 березня 2022 року, 14:20",
        "Dienstag, den 29. März 2022",
        "mardi 29 mars 2022 à 14h20",
        "29 de marzo de 2022",
        "2022年3月29日 14:20",
        date(2022, 3, 29),
        datetime(2022, 3, 29, 10, 30),
        datetime(2022, 3, 29, 23, 30, tzinfo=timezone(timedelta(hours=3))),
    ],
)
def test_a_stated_date_is_read(value):
    assert stated_date(value) == DAY


@pytest.mark.parametrize("value", ["08.11.2023", "8 Kasım 2023", "8. 11. 2023 18:05"])
def test_between_points_the_day_comes_before_the_month(value):
    assert stated_date(value) == date(2023, 11, 8)


@pytest.mark.parametrize("value", ["Aktualisiert 8. November 2023", "Güncelleme 8 Kasım 2023"])
def test_the_day_of_a_change_is_no_day_of_publication(value):
    assert stated_date(value) is None


def test_a_time_of_day_is_kept_with_its_zone_but_not_without_morning_or_evening():
    assert stated_time("Wed, 08 Nov 2023 18:00:00 +0300").isoformat() == "2023-11-08T18:00:00+03:00"
    assert stated_time(1699455600).isoformat() == "2023-11-08T15:00:00+00:00"
    assert stated_time("Nov 8, 2023, 6:00 PM EST") is None


@pytest.mark.parametrize("value", ["03/04/2022", "04-03-2022 10:30", "29/03/22", "1 2 3"])
def test_what_could_be_two_days_states_none(value):
    assert stated_date(value) is None


@pytest.mark.parametrize(
    "value",
    ["March 2022", "2022-03", "2022", "March 29", "29", "10:30", "Tuesday", "2022-W13", "3/2022"],
)
def test_what_lacks_day_month_or_year_states_none(value):
    assert stated_date(value) is None


@pytest.mark.parametrize("weekday", ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
def test_a_weekday_does_not_stand_for_a_day(weekday):
    assert stated_date(f"{weekday}, March 2022") is None


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", "  ", True, 0, [], ["2022-03-29"], {"date": "2022-03-29"}, 3.5),
        *("today", "yesterday at 10", "unknown", "soon", "v1.1.1"),
        *("2022-02-30", "2022-13-01", "31 April 2022", "0000-00-00"),
        *("2022-03-29 or 2022-04-05", "2022-03-29 to 2022-04-05", "2022-03-29 (updated)"),
        *("9648549800", "164854980", 16485498000),
        *("0001-01-01T00:00:00", date(1, 1, 1)),
        "On 29 March 2022 the delegations of both countries met in Istanbul again",
        "9" * 5000,
        "٢٩",
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_no_date_states_none(value):
    assert stated_date(value) is None


@given(DAYS)
def test_every_day_is_read_back_from_however_it_is_written(day):
    assert stated_date(day.isoformat()) == day
    assert stated_date(day.strftime("%Y%m%d")) == day
    assert stated_date(f"{day:%B} {day.day}, {day.year}") == day
    assert stated_date(f"{day:%a}, {day.day} {day:%b} {day.year} 23:59:59 +0000") == day
    assert stated_date(datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)) == day


@given(DAYS)
def test_numbers_in_either_order_are_read_only_where_there_is_one_reading(day):
    alike = day.day > 12 or day.day == day.month
    assert stated_date(f"{day:%d/%m/%Y}") == (day if alike else None)
    assert stated_date(f"{day:%m/%d/%Y}") == (day if alike else None)


@given(st.text(max_size=70))
def test_any_text_is_a_date_or_none(text):
    assert isinstance(stated_date(text), date | None)


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        (" date 2022-03-29 New round of talks", "New round of talks"),
        ("date: 2022-03-29 New round of talks", "New round of talks"),
        ("date 2022-03-29 kalın speaks", "kalın speaks"),
        ("Date: 2022-03-29", ""),
        ("Published: 2022-03-29T10:30:00+03:00 New round", "New round"),
        ("PUBLISHED: 2022-03-29 10:30 GMT", ""),
        ("Published 2022-03-29", ""),
        ("2022-03-29", ""),
        ("2022-03-29 10:30", ""),
    ],
)
def test_a_date_line_is_taken_off(first, rest):
    assert split_date_line(f"{first}\n\nThey met.") == (DAY, f"{rest}\n\nThey met.".strip("\n"))


@pytest.mark.parametrize(
    "first",
    [
        "Published 2022-03-29 by the ministry, the report was long.",
        "On 2022-03-29 they met.",
        "2022-03-29 was the day of the talks.",
        "Date 2022-03-29 was chosen for the talks.",
        "date 2022-02-30 New round of talks",
        "date 29/03/2022 New round",
        "update 2022-03-29 New round",
        "date 2022-03-291 New round",
        "The date: 2022-03-29",
        "March 29, 2022",
        "",
    ],
)
def test_a_line_that_only_mentions_a_date_is_left_alone(first):
    assert split_date_line(f"{first}\nThey met.") == (None, f"{first}\nThey met.")


def test_only_the_first_line_can_be_a_date_line():
    assert split_date_line("They met.\ndate 2022-03-29 Later") == (
        None,
        "They met.\ndate 2022-03-29 Later",
    )
