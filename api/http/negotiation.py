"""Whether a client wants events or one JSON document."""

EVENTS = "text/event-stream"
_JSON = "application/json"


def prefers_events(accept: str) -> bool:
    """Return whether an `Accept` header names server-sent events and prefers them to JSON.

    >>> prefers_events("text/event-stream"), prefers_events("*/*")
    (True, False)
    >>> prefers_events("text/event-stream;q=0.5, application/json")
    False
    """
    ranges = dict(map(_range, accept.lower().split(",")))
    json = next((ranges[kind] for kind in (_JSON, "application/*", "*/*") if kind in ranges), 0.0)
    events = ranges.get(EVENTS, 0.0)
    # Whoever names both and prefers neither, as some clients do for every request, gets JSON.
    return events > json or (0 < events == json and _JSON not in ranges)


def _range(part: str) -> tuple[str, float]:
    """Return a media range and its quality (RFC 9110, section 12.5.1)."""
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return kind, _quality(value)
    return kind, 1.0


def _quality(value: str) -> float:
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
