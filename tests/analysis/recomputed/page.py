"""The numbers that a page draws from beside those of the CSV files and of results.h5."""
import json
import re

import numpy

from reading import page_charts, table
from tally import number, sample


def value_of(x):
    return {"inf": float("inf"), "-inf": float("-inf"), None: float("nan")}.get(x, x)


def rows_of(chart):
    """Tiles, points and rules of a chart's JSON as rows of its CSV: facets, kind, x, y, low, high, value."""
    x_name, y_name = chart["x"]["name"], chart["y"]["name"]
    facets = [(facet["name"], facet["values"]) for facet in chart["facets"]]
    tiles, points = chart["tiles"], chart["points"]
    for i, value in enumerate(tiles["value"]):
        of_tile = tiles["facets"][i * len(facets):(i + 1) * len(facets)]
        yield {**{name: values[f] for (name, values), f in zip(facets, of_tile)}, "kind": "tile",
               x_name: tiles["x"][i], y_name: tiles["y"][i], chart["tile_colors"]["name"]: value_of(value)}
    at = 0
    for kind, _, _, count, *of_series in chart["series"]:
        for i in range(at, at + count):
            yield {**{name: values[f] for (name, values), f in zip(facets, of_series)},
                   "kind": chart["kinds"][kind]["name"], x_name: chart["xs"][points["x"][i]],
                   y_name: value_of(points["y"][i]), "low": value_of(points.get("low", {i: None})[i]),
                   "high": value_of(points.get("high", {i: None})[i])}
        at += count
    for rule in chart["rules"]:
        yield {"kind": rule["text"], (x_name if rule["vertical"] else y_name): rule["at"]}


def plain(text):
    return text.replace(",", ";")


def check_chart(tally, chart, rows):
    """In columns of categories the page has their position."""
    group = "charts of the page as their CSV"
    drawn = list(rows_of(chart))
    tally.same(group, f"{chart['id']} rows", len(drawn), len(rows))
    for page_row, row in sample(list(zip(drawn, rows)), 80):
        for name, found in page_row.items():
            what = f"{chart['id']} {name}"
            if isinstance(found, str):
                tally.same(group, what, plain(found), plain(row[name]))
            else:
                position = row.get(name + "_position")
                tally.near(group, what, found, number(row.get(name, "") if not position else position), 0.0)


def check_cells(tally, cube, path):
    """The cells behind the maps: means, with the few digits that a page needs."""
    group = "cells of the page as results.h5, to 5e-4"
    text = re.search(r'<script type="application/json" id="cells">(.*?)</script>',
                     path.read_text(encoding="utf-8"), re.S)
    cells = json.loads(text.group(1))
    places = numpy.cumsum(cells["columns"]["place"])
    shape = [len(axis["values"]) for axis in cells["axes"]]
    assert [axis["name"] for axis in cells["axes"]] == cube.axes[:-1], cells["axes"]
    for measure in cells["measures"]:
        if measure["name"] not in cube.file:
            continue
        mean = cube.metric(measure["name"]).mean(axis=-1)
        for row in sample(range(len(places)), 40):
            at = tuple(numpy.unravel_index(places[row], shape))
            tally.near(group, f"{measure['name']} {at}", value_of(measure["mean"][row]), mean[at], 5e-4, 1e-3)


def check_page(tally, path, folder):
    charts = page_charts(path)
    for name, chart in charts.items():
        check_chart(tally, chart, table(folder / f"{name}.csv"))
