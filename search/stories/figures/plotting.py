"""Figures over time, drawn as SVG or PNG: a line for each subject and who counted."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from ....corpus.extras import require
from ...errors import FontMissing
from ...language.dates import in_words

if TYPE_CHECKING:
    from .series import CountedFigure, FigureSeries

_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 40, 60, 50
_COLOURS = ("#1f5fa8", "#b3461e", "#3c7a3c", "#7a3c8a", "#8a6d1f", "#3b3b3b")
# By name: which font a system has for "sans-serif" is not known to what paints the PNG.
_FONTS = "Arial, Helvetica, Liberation Sans, DejaVu Sans, Noto Sans, Segoe UI, sans-serif"
_NARROWEST = 70  # pixels between two values that are written
_ZOOM = 2  # of a PNG
_STEPS = 4  # of the scale of values

Place = tuple[float, float]


def drawing(series: "FigureSeries") -> str:
    """Return a drawing of the figures that have a day and the unit that most of them have."""
    shown = _comparable(series.figures)
    left_out = sum(figure.unit != shown[0].unit for figure in series.figures) if shown else 0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" font-family="{_FONTS}" font-size="12">',
        f"<title>{_text(series.question)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        _label(_LEFT, 24, series.question, 'font-size="15"'),
        *(_drawn(shown) if shown else [_label(_LEFT, _HEIGHT / 2, "No figure has a day.")]),
        *([_note(f"Not drawn: {left_out} in another unit.")] if left_out else []),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def painting(series: "FigureSeries") -> bytes:
    """Return the drawing as PNG, twice as large.

    Raises ExtraMissing without the extra `plot`, and FontMissing on a system without fonts.
    """
    require("plot", "A drawing as PNG")
    from resvg_py import svg_to_bytes

    if not can_write():
        raise FontMissing
    return svg_to_bytes(svg_string=drawing(series), zoom=_ZOOM)


def can_write(system_fonts: bool = True) -> bool:
    """Return whether PNGs have their words: without a font they are left out silently."""
    from resvg_py import svg_to_bytes

    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30" font-family="{_FONTS}">'
    )
    blank, written = (
        svg_to_bytes(svg_string=f"{start}{text}</svg>", skip_system_fonts=not system_fonts)
        for text in ("", _label(2, 20, "8"))
    )
    return blank != written


def _comparable(figures: Sequence["CountedFigure"]) -> list["CountedFigure"]:
    dated = [figure for figure in figures if figure.day]
    units = [figure.unit for figure in dated]
    most = max(units, key=units.count, default=None)
    return [figure for figure in dated if figure.unit == most]


def _drawn(figures: Sequence["CountedFigure"]) -> Iterator[str]:
    top = max(figure.upper or figure.value for figure in figures)
    low = min(0.0, *(figure.value for figure in figures))
    days = [figure.day.toordinal() for figure in figures if figure.day]
    first, last = min(days), max(days)

    def place(figure: "CountedFigure", value: float) -> Place:
        day = figure.day.toordinal() if figure.day else first
        along = (day - first) / (last - first) if last > first else 0.5
        up = (value - low) / ((top - low) or 1)
        return (
            _LEFT + 20 + along * (_WIDTH - _LEFT - _RIGHT - 40),
            _HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM - 20),
        )

    yield from _scale(low, top, figures[0].unit)
    yield _label(_LEFT + 20, _HEIGHT - 18, in_words(date.fromordinal(first)))
    if last > first:
        end = in_words(date.fromordinal(last))
        yield _label(_WIDTH - _RIGHT, _HEIGHT - 18, end, 'text-anchor="end"')
    lines: dict[str, list[CountedFigure]] = defaultdict(list)
    for figure in figures:
        lines[", ".join(name for name in (figure.of, figure.counted_by) if name)].append(figure)
    for at, (name, line) in enumerate(lines.items()):
        colour = _COLOURS[at % len(_COLOURS)]
        yield from _line(line, [place(one, one.value) for one in line], colour)
        if name and at < len(_COLOURS):
            yield _label(_LEFT + 110 * at, 44, name[:18], f'fill="{colour}"')


def _scale(low: float, top: float, unit: str | None) -> Iterator[str]:
    for step in range(_STEPS + 1):
        value = low + (top - low) * step / _STEPS
        y = _HEIGHT - _BOTTOM - step / _STEPS * (_HEIGHT - _TOP - _BOTTOM - 20)
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>'
        said = f"{value:,.6g}" if abs(value) < 10**6 else f"{value:,.0f}"
        yield _label(_LEFT - 8, y + 4, said, 'text-anchor="end" fill="#555"')
    if unit:
        yield _label(8, _TOP, unit, 'fill="#555"')


def _line(line: Sequence["CountedFigure"], places: Sequence[Place], colour: str) -> Iterator[str]:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    free = float("inf")
    for figure, (x, y) in zip(reversed(line), reversed(places), strict=True):
        day = in_words(figure.day) if figure.day else ""
        said = " ".join(part for part in (figure.bound, figure.text) if part)
        about = f"{said}, {day}: {figure.reports[0].article.title}"
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}">'
        yield f"<title>{_text(about)}</title></circle>"
        if x <= free - _NARROWEST:
            free = x
            yield _label(x, y - 10, figure.text, f'text-anchor="middle" fill="{colour}"')


def _label(x: float, y: float, said: str, style: str = "") -> str:
    return f"<text x={quoteattr(f'{x:.1f}')} y={quoteattr(f'{y:.1f}')} {style}>{_text(said)}</text>"


def _note(said: str) -> str:
    return _label(_WIDTH - _RIGHT, _HEIGHT - 4, said, 'text-anchor="end" fill="#555"')


def _text(said: str) -> str:
    """Return a text as XML has it, without the characters that XML cannot have."""
    plain = "".join(one if one >= " " and one not in "\ufffe\uffff" else " " for one in said)
    return escape(plain.encode("utf-8", "replace").decode("utf-8"))
