"""Working regions of beta, and how they move with the vertex, from results.h5."""
import math

import numpy

import estimates
from models import FAILURES, MODEL, model_title

RECALLED = 0.01  # largest recall error of a beta that works
STEPS = 2e-9     # the report rounds decades to 1e-9


def working(cube, at):
    """[line, beta, replicate] of a model at one vertex: the error is small and units are decided."""
    works = cube.metric("recall_error") <= RECALLED
    for metric, every in FAILURES.values():
        if every:
            works &= cube.metric(metric) != 1
    works = works[at]
    kept = [axis for axis, index in zip(cube.axes, at) if isinstance(index, slice)]
    return numpy.moveaxis(works, kept.index("beta"), -2 if works.ndim > 2 else 0).reshape(
        -1, len(cube.values["beta"]), works.shape[-1])


class Region:
    """Of all lines at one vertex; arrays by replicate. A beta stands for all up to the midpoints to its
    neighbours, the first and the last for none beyond themselves."""

    def __init__(self, cube, place):
        works = working(cube, cube.at(place))
        grid = numpy.log10(cube.values["beta"])
        middle = (grid[1:] + grid[:-1]) / 2
        low, high = numpy.r_[grid[0], middle], numpy.r_[middle, grid[-1]]
        width = (high - low)[None, :, None]
        self.lines = works.shape[0]
        areas = (works * width).sum(axis=1)                      # [line, replicate]
        with numpy.errstate(invalid="ignore", divide="ignore"):
            centres = (works * width * ((low + high) / 2)[None, :, None]).sum(axis=1) / areas
        some = works.any(axis=1)
        lows = numpy.where(some, low[works.argmax(axis=1)], math.nan)
        highs = numpy.where(some, high[len(grid) - 1 - works[:, ::-1].argmax(axis=1)], math.nan)
        self.at_low, self.at_high = works[:, 0].any(), works[:, -1].any()
        self.area = areas.mean(axis=0)
        self.centre, self.low, self.high = (self._mean(x, some) for x in (centres, lows, highs))
        self.holes = not numpy.allclose(areas[some], (highs - lows)[some])

    @staticmethod
    def _mean(values, some):
        """Over the lines with a region."""
        count = some.sum(axis=0)
        total = numpy.where(some, values, 0).sum(axis=0)
        return numpy.where(count > 0, total / numpy.maximum(count, 1), math.nan)


def defined_interval(values):
    values = values[~numpy.isnan(values)]
    return estimates.interval(values) if len(values) else (math.nan,) * 3


def check_interval(tally, group, what, row, column, values):
    for text, expected in zip((column, column + ", 95 % low", column + ", 95 % high"),
                              defined_interval(values)):
        tally.near(group, f"{what} {text}", row[text], expected, STEPS, 1.0)


def check_regions(tally, cube, rows):
    """Returns the regions by model and vertex."""
    group = "working regions: area, centre, edges"
    regions = {}
    for row in rows:
        place = {**{name: row[name] for name in MODEL}, "interaction_vertex": row["interaction vertex n"]}
        region = regions[model_title(row), int(place["interaction_vertex"])] = Region(cube, place)
        what = f"{model_title(row)} n = {place['interaction_vertex']}"
        check_interval(tally, group, what, row, "working region (decades of β)", region.area)
        check_interval(tally, group, what, row, "centre (log10 β)", region.centre)
        tally.near(group, what + " low", row["lower edge (log10 β)"], defined_interval(region.low)[0], STEPS, 1.0)
        tally.near(group, what + " high", row["upper edge (log10 β)"], defined_interval(region.high)[0],
                   STEPS, 1.0)
        end = {(0, 0): "none", (1, 0): "lower", (0, 1): "upper", (1, 1): "both"}
        tally.same(group, what + " end", row["end of the grid reached"],
                   end[int(region.at_low), int(region.at_high)])
        tally.same(group, what + " lines", row["lines"], str(region.lines))
        tally.same(group, what + " replicates", row["replicates"], str(len(region.area)))
    return regions


def check_model_regions(tally, cube, rows):
    """The same over all vertices: lines of a model are those of every vertex."""
    group = "models: working regions"
    for row in rows:
        region = Region(cube, {name: row[name] for name in MODEL})
        check_interval(tally, group, model_title(row), row, "working region (decades of β)", region.area)
        check_interval(tally, group, model_title(row), row, "centre of the region (log10 β)", region.centre)


def check_drawn_regions(tally, regions, rows):
    group = "working-region.csv: centre, edges, signs"
    drawn = [row for row in rows if row["kind"] == "working region"]
    tally.same(group, "points", len(drawn), sum(not numpy.isnan(r.centre).all() for r in regions.values()))
    for row in drawn:
        region = regions[model_title(row), int(row["interaction_vertex"])]
        what = f"{model_title(row)} n = {row['interaction_vertex']}"
        for column, values in (("log10_beta", region.centre), ("low", region.low), ("high", region.high)):
            tally.near(group, f"{what} {column}", row[column], defined_interval(values)[0], STEPS, 1.0)
        tally.same(group, what + " sign", row["sign"], "open" if region.at_low or region.at_high else "filled")


def check_drifts(tally, cube, regions, rows):
    """Slopes over n in every replicate; an edge counts where it is at no end of the grid, centre and
    width where neither is."""
    group = "region drifts"
    titles = {"shift (decades of β per unit of n)": ("centre", True, True),
              "change of width (share per unit of n)": ("area", True, True),
              "shift of the lower edge (decades per unit of n)": ("low", True, False),
              "shift of the upper edge (decades per unit of n)": ("high", False, True)}
    for row in rows:
        of_model = {n: r for (name, n), r in regions.items()
                    if name == model_title(row) and not numpy.isnan(r.centre).all()}
        slopes_of = {}
        for column, (what, low_counts, high_counts) in titles.items():
            counted = {n: r for n, r in of_model.items()
                       if not (r.at_low and low_counts) and not (r.at_high and high_counts)}
            slopes = numpy.full(len(cube.values["replicate"]), math.nan)
            for replicate in range(len(slopes)):
                points = [(n, getattr(r, what)[replicate]) for n, r in counted.items()
                          if not math.isnan(r.centre[replicate])]
                if len(points) >= 2:
                    x, y = numpy.array(points, float).T
                    slopes[replicate] = estimates.line(x, numpy.log(y) if what == "area" else y)[0]
            slopes_of[what] = slopes
            expected = defined_interval(slopes)
            if what == "area":  # the slope of the logarithm becomes a share after the interval is taken
                expected = [math.expm1(x) for x in expected]
            for end, value in zip(("", ", 95 % low", ", 95 % high"), expected):
                tally.near(group, model_title(row) + " " + column + end, row[column + end], value, STEPS, 1.0)
        tally.same(group, model_title(row) + " vertices", row["vertices with a region"], str(len(of_model)))
        tally.same(group, model_title(row) + " replicates", row["replicates"],
                   str(int((~numpy.isnan(slopes_of["centre"])).sum())))
        silent = [n for n in cube.values["interaction_vertex"] if n > max(of_model, default=math.inf)]
        tally.near(group, model_title(row) + " no β works from", row["no β works from n"],
                   min(silent, default=math.nan))
        tally.same(group, model_title(row) + " at an end", row["at an end of the grid"],
                   str(sum(bool(r.at_low or r.at_high) for r in of_model.values())))
