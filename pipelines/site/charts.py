"""Altair charts as SVG that takes its colours from the page, drawn once for wide screens and once for narrow ones."""

import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import vl_convert
from lxml import etree
from markupsafe import Markup

from pipelines.site.blocks import Chart

WIDE, NARROW = 840, 350
INK, SOFT, RULE = "var(--ink)", "var(--soft)", "var(--rule)"
COLOURS = ("var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)", "var(--c5)", "var(--c6)", "var(--c7)")

THEME = {
    "background": None,
    "font": "Arial",
    "view": {"stroke": None},
    "axis": {
        "labelColor": SOFT, "labelFontSize": 12, "titleColor": SOFT, "titleFontSize": 12, "titleFontWeight": "normal",
        "gridColor": RULE, "domain": False, "ticks": False, "labelPadding": 6, "titlePadding": 8,
    },
    "axisX": {"grid": False, "domain": True, "domainColor": SOFT, "ticks": True, "tickColor": SOFT, "tickSize": 4},
    "axisY": {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -12, "titleX": 0},
    "header": {"labelColor": INK, "labelFontSize": 13, "labelFontWeight": "bold", "title": None, "labelAnchor": "start"},
    "legend": {
        "labelColor": INK, "labelFontSize": 12, "title": None, "orient": "top", "symbolStrokeWidth": 0,
        "symbolSize": 90, "padding": 0, "offset": 8, "columnPadding": 14,
    },
    "text": {"color": INK, "fontSize": 12},
    "point": {"filled": True, "opacity": 1},
    "line": {"strokeWidth": 2},
    "bar": {"color": COLOURS[0]},
}  # fmt: skip
_DEFAULTS = {
    "opacity": "1", "text-anchor": "start", "font-weight": "normal", "stroke-width": "1", "x2": "0", "y2": "0",
    "transform": "translate(0,0)",
}  # fmt: skip
"""What holds where nothing is said."""
_TEXT = "12px"
"""Most texts are of this size: the whole drawing says so, once."""
_MOVED = re.compile(r"translate\(([^,()]+),([^,()]+)\)")
_CIRCLE = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0")
_SVG = "{http://www.w3.org/2000/svg}"


def draw(make: Callable[[int], Any], alt: str, key: Sequence[tuple[str, str]] = ()) -> Chart:
    """`make` builds an Altair chart for a width in pixels. `key` is a legend drawn in HTML: (class, text) pairs."""
    return Chart(svg(make(WIDE), alt, "wide"), svg(make(NARROW), alt, "narrow"), alt, key)


def svg(chart: Any, alt: str, size: str) -> Markup:
    spec = chart.to_dict(validate=False) | {"config": THEME}
    return Markup(_plain(_drawn(json.dumps(spec, default=str)), alt, size))


@lru_cache(maxsize=32)
def _drawn(spec: str) -> str:
    """Vega's drawing. The overview shows drawings of other pages again."""
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def _plain(text: str, alt: str, size: str) -> str:
    """The SVG without what a browser does not need: Vega's roles and classes, hidden and empty marks, long decimals.
    A round mark becomes a circle, and a mark's description its `<title>`, which browsers show as a tooltip."""
    root = etree.fromstring(text.encode())
    for element in list(root.iter()):
        tag = str(element.tag).removeprefix(_SVG)
        hidden = element.get("display") == "none" or element.get("opacity") == "0"
        empty = tag == "path" and element.get("fill") is None and element.get("stroke") is None
        parent = element.getparent()
        if parent is not None and (hidden or (empty and not _inherits(element))):
            parent.remove(element)
            continue
        described = element.get("aria-label") if element.get("role") == "graphics-symbol" else None
        if (
            described
            and tag in ("path", "rect", "text", "line")
            and element.get("aria-roledescription") != "axis"
        ):
            title = etree.SubElement(element, f"{_SVG}title")
            title.text = described
        if round_mark := _CIRCLE.fullmatch(element.get("d", "")):
            element.tag = f"{_SVG}circle"
            del element.attrib["d"]
            element.set("r", f"{float(round_mark[1]):.1f}")
        for name in list(element.attrib):
            if name.startswith("aria-") or name in (
                "role",
                "class",
                "pointer-events",
                "font-family",
                "version",
            ):
                del element.attrib[name]
        for name in ("d", "transform", "viewBox", "x", "y", "x2", "y2", "width", "height"):
            if name in element.attrib:
                short = re.sub(
                    r"-?\d+\.\d+", lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), element.get(name, "")
                )
                element.set(name, _fewer_points(short) if name == "d" else short)
        _leave_out(element)
    _drop_empty_groups(root)
    root.set("font-size", _TEXT)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.set("class", f"chart {size}")
    root.set("role", "img")
    root.set("aria-label", alt)
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def _leave_out(element: Any) -> None:
    """Drops what the element would have anyway, and puts a circle where it was moved to."""
    for name, value in (*_DEFAULTS.items(), ("font-size", _TEXT)):
        if element.get(name) == value:
            del element.attrib[name]
    if element.get("stroke") is None and not _inherits(element):
        element.attrib.pop("stroke-width", None)
    if element.tag == f"{_SVG}circle" and (to := _MOVED.fullmatch(element.get("transform", ""))):
        del element.attrib["transform"]
        element.set("cx", to[1])
        element.set("cy", to[2])


def _fewer_points(path: str) -> str:
    """A path of straight lines without the points that change nothing: those inside a level stretch."""
    if not re.fullmatch(r"M[\d.,L-]+Z?", path):
        return path
    points: list[tuple[str, str]] = []
    for point in path[1:].rstrip("Z").split("L"):
        x, y = point.split(",")
        if (
            len(points) > 1
            and points[-1][1] == points[-2][1] == y
            and _between(points[-2][0], points[-1][0], x)
        ):
            points.pop()
        points.append((x, y))
    return "M" + "L".join(map(",".join, points)) + ("Z" if path.endswith("Z") else "")


def _between(start: str, at: str, end: str) -> bool:
    return float(start) <= float(at) <= float(end) or float(start) >= float(at) >= float(end)


def _inherits(element: Any) -> bool:
    return any(
        parent.get("fill") not in (None, "none") or parent.get("stroke") is not None
        for parent in element.iterancestors()
    )


def _drop_empty_groups(root: Any) -> None:
    for group in reversed(list(root.iter(f"{_SVG}g"))):
        parent = group.getparent()
        if parent is None:
            continue
        if len(group) == 0:
            parent.remove(group)
        elif not group.attrib:
            index = parent.index(group)
            for child in reversed(list(group)):
                parent.insert(index, child)
            parent.remove(group)
