"""The stability report's models, maps and distributions, from results.h5."""
import re

import h5py
import numpy

import estimates
import theory
from reading import band_name
from tally import number, sample

MODEL = ("formulation", "similarity", "precision")
MEANS = {"recall error": "recall_error", "exact recall": "exact_recall", "metastable states": "metastable_count",
         "spurious count": "spurious_count", "capacity failure": "capacity_failure",
         "numerical failure": "numerical_failure", "iterations": "iterations"}
# name of a failure: its metric, and whether it must befall every decision (else one is enough)
FAILURES = {"every decision NaN": ("num_nan", True), "some overflow": ("overflow_fraction", False),
            "every term zero": ("all_zero_fraction", True), "beta zero": ("beta_underflow_fraction", True)}


def model_title(row):
    return " ".join(row[name] for name in MODEL)


def come(cube, failure):
    """[cell] the failure has come in every replicate."""
    metric, every = FAILURES[failure]
    values = cube.metric(metric)
    return ((values == 1) if every else (values > 0)).all(axis=-1)


def first_vertex(cube, failure, at):
    """Least vertex at which it has come in a cell of the block; NaN if at none."""
    cells = come(cube, failure)[at]
    kept = [axis for axis, index in zip(cube.axes, at) if isinstance(index, slice)]
    vertex = kept.index("interaction_vertex")
    comes = cells.any(axis=tuple(i for i in range(cells.ndim) if i != vertex))
    found = [n for n, here in zip(cube.values["interaction_vertex"], comes) if here]
    return min(found) if found else float("nan")


def check_models(tally, cube, rows):
    group = "models: means, intervals, shares of cells"
    for row in rows:
        at = cube.at(row, MODEL)
        what = model_title(row)
        tally.same(group, what + " cells", row["cells done"], str(int(cube.done[at].any(axis=-1).sum())))
        tally.same(group, what + " failed", (row["cells failed"], row["cells not applicable"]), ("0", "0"))
        for column, metric in MEANS.items():
            values = cube.metric(metric)[at]
            by_replicate = values.reshape(-1, values.shape[-1]).mean(axis=0)
            mean, low, high = estimates.interval(by_replicate)
            tally.near(group, f"{what} {column}", row[column], mean)
            if column + ", 95 % low" in row:
                tally.near(group, f"{what} {column} low", row[column + ", 95 % low"], low)
                tally.near(group, f"{what} {column} high", row[column + ", 95 % high"], high)
        flags = numpy.bitwise_or.reduce(cube.flags[at], axis=-1)
        for column in row:
            if column.startswith("cells with "):
                share = (flags & cube.masks[column.removeprefix("cells with ")] != 0).mean()
                tally.near(group, f"{what} {column}", row[column], share)
        if row["failure"] in FAILURES:
            tally.near("models: first failing n", what, row["first failing n, measured"],
                       first_vertex(cube, row["failure"], at))
        elif row["failure"] == "none":
            for failure in FAILURES:
                tally.near("models: first failing n", f"{what} {failure}", "", first_vertex(cube, failure, at))
        else:
            tally.same("models: first failing n without a theory", what, row["first failing n, measured"], "")


def check_intervals(tally, cube, independent, counts):
    """NAME_mean, NAME_ci_low and NAME_ci_high of results.h5. `counts`: the largest value of a number of
    probes."""
    group = "results.h5: means and intervals over replicates"
    limits = {"recall_error": (0, 1), "exact_recall": (0, 1), "overlap": (-1, 1), "all_recalled": (0, 1),
              "numerical_failure": (0, 1), **{name: (0, most) for name, most in counts.items()}}
    for name, (low, high) in limits.items():
        values = cube.metric(name)
        for at in sample(numpy.ndindex(values.shape[:-1]), 200):
            expected = estimates.bounded_interval(values[at], 1 if name == "all_recalled" else independent,
                                                  low, high)
            for end, value in zip(("mean", "ci_low", "ci_high"), expected):
                tally.near(group, f"{name}_{end} {at}", cube.file[f"{name}_{end}"][at], value, 1e-9, 1e-9)


def check_times(tally, cube, path, probes, rows):
    """Seconds of a point by its cues, mean over the cells done; compared in microseconds."""
    with h5py.File(path, "r") as timing:
        seconds = numpy.where(cube.done, timing["elapsed_s"][...], numpy.nan)
    for row in rows:
        tally.near("models: time per retrieval", model_title(row),
                   1e6 * float(row["time per retrieval (s)"]),
                   1e6 * numpy.nanmean(seconds[cube.at(row, MODEL)]) / probes)


def check_frontiers(tally, cube, rows):
    """Lines of cells that differ in n alone, and the vertex at which each failure comes: the rows of a
    failure and model name as many of each as there are."""
    def of(row):
        return (row["failure"], row["formulation"], row["precision"], row["similarity"], row.get("cue level"))
    for row in rows:
        ends = re.split(" … |, ", re.sub(r" \(\d+\)$", "", row["β"]))  # of several
        tally.same("frontiers: β in its column", of(row),
                   set(ends) <= {name for beta in cube.values["beta"] for name in (str(beta), band_name(beta))},
                   True)
    for key in dict.fromkeys(map(of, rows)):
        same = [row for row in rows if of(row) == key]
        place = {"formulation": key[1], "precision": key[2], "similarity": key[3], "cue_level": key[4]}
        cells = come(cube, key[0])[cube.at({name: place[name] for name in place if name in cube.axes})]
        comes = cells.reshape(len(cube.values["interaction_vertex"]), -1)  # axes left: vertex, beta
        measured = [str(cube.values["interaction_vertex"][line.argmax()]) if line.any() else "none"
                    for line in comes.T]
        for vertex in set(measured) | {row["measured"] for row in same}:
            tally.same("frontiers: lines by the n measured", f"{key} n = {vertex}",
                       sum(int(row["frontiers"]) for row in same if row["measured"] == vertex),
                       measured.count(vertex))


def check_predictions(tally, cube, dimension, rows, models):
    """The closed forms of the original formulation; a row has the least one of its betas. A model has the
    least of its rows."""
    for model in models:
        if model["failure"] in FAILURES:
            of_model = [number(row["predicted"]) for row in rows if row["predicted"] != "none"
                        and row["failure"] == model["failure"] and model_title(row) == model_title(model)]
            tally.near("models: first failing n", model_title(model) + " predicted",
                       model["first failing n, predicted"], min(of_model, default=float("nan")))
    vertices = cube.values["interaction_vertex"]
    for row in rows:
        what = f"{row['failure']} {row['precision']} {row['cue level']}"
        tally.same("frontiers: columns that follow", what, (row["dimension N"], row["replicates"], row["agree"]),
                   (str(dimension), str(len(cube.values["replicate"])),
                    "yes" if row["predicted"] == row["measured"] else "no"))
        tally.same("frontiers: columns that follow", what + " cue level",
                   float(row["cue level"]) in cube.values["cue_level"], True)
        least = row["theory: n"].split(" … ")[0]  # of several betas the first and last
        above = [n for n in vertices if n >= number(least)]
        tally.near("frontiers: columns that follow", what + " predicted", row["predicted"],
                   min(above, default=float("nan")))
        if row["formulation"] != "original" or row["failure"] == "every term zero":
            continue
        expected = (theory.every_decision_nan(dimension, round(float(row["cue level"]) * dimension),
                                              row["precision"]) if row["failure"] == "every decision NaN"
                    else theory.some_overflow(dimension, cube.values["beta"], row["precision"]))
        tally.near("frontiers: closed forms", what, least, expected)


def check_bands(tally, group, cube, rows):
    """Numbers of a map's axes are written with three digits; beside them stands the place of the band."""
    tiles = [row for row in rows if row["kind"] == "tile"]
    for axis in (name for name in rows[0] if name + "_position" in rows[0]):
        drawn = {row[axis] for row in tiles}
        bands = [band_name(value) for value in cube.values[axis] if band_name(value) in drawn]
        for row in tiles:
            tally.same(group, f"band of {axis}", row[axis], bands[int(row[axis + "_position"])])


def check_map(tally, cube, rows, metric):
    """Tiles: the mean over the replicates; the overflow of any."""
    group = f"maps of {metric}"
    values, overflowed = cube.metric(metric), cube.overflowed()
    check_bands(tally, group, cube, rows)
    for row in rows:
        if row["kind"] != "tile":
            continue
        formulation, precision = row["formulation_and_precision"].split(" · ")
        at = cube.at({**row, "formulation": formulation, "precision": precision},
                     [axis for axis in cube.axes if axis != "replicate"])
        what = " ".join(row[axis] for axis in row if axis in cube.axes)
        tally.near(group, what, row[metric], values[at].mean())
        tally.same("maps of the arithmetic: overflow", what, row["overflow"], str(int(overflowed[at])))


def check_distribution(tally, cube, rows):
    """Steps of the empirical distribution of all points of a model and vertex."""
    group = "distribution of the recall error"
    curves = {}
    for row in rows:
        if row["kind"] == "distribution":
            curves.setdefault(tuple(row[name] for name in (*MODEL, "interaction_vertex")), []).append(row)
    for key, steps in curves.items():
        place = dict(zip((*MODEL, "interaction_vertex"), key))
        values = cube.metric("recall_error")[cube.at(place)].ravel()
        distinct = numpy.unique(values)
        if float(steps[0]["share"]) == 0:  # where the drawn curve begins: the least error of all curves
            tally.near(group, f"{key} begins", steps.pop(0)["recall_error"], cube.metric("recall_error").min())
        if len(steps) > 1 and float(steps[-2]["share"]) == 1:  # and where it ends: the largest
            points = steps[-1]["note"]
            tally.near(group, f"{key} ends", steps.pop()["recall_error"], cube.metric("recall_error").max())
            steps[-1]["note"] = points
        assert len(distinct) <= 400, "more steps than the report draws: choose a smaller sweep"
        tally.same(group, f"{key} steps", len(steps), len(distinct))
        for step, value in zip(steps, distinct):
            tally.near(group, f"{key} value", step["recall_error"], value)
            tally.near(group, f"{key} share at {value}", step["share"], (values <= value).mean())
        points = re.match(r"(\d+) points", steps[-1]["note"])
        tally.same(group, f"{key} points", points and int(points.group(1)), len(values))
