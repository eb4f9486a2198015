"""The line above a passage, from which the reader knows its article."""

import datetime as dt


def heading(title: str, source: str | None, published: dt.date | None) -> str:
    """Return the outlet, the day of publication and the title, as far as they are known.

    >>> heading("Talks end", "Daily Sabah", dt.date(2022, 3, 29))
    'Daily Sabah, Tuesday 29 March 2022: Talks end'
    >>> heading("Talks end", None, None)
    'Talks end'
    """
    day = f"{published:%A} {published.day} {published:%B %Y}" if published else None
    dateline = ", ".join(filter(None, (source, day)))
    return ": ".join(filter(None, (dateline, title)))
