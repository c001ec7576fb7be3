"""Two values of one parameter against each other: tables, maps and disagreements, from results.h5."""
import itertools
import math
import re

import numpy

import estimates
from models import check_bands
from reading import table

RATE = 0.05  # false discovery rate
METRICS = {"recall error": ("recall_error", -1), "exact recall": ("exact_recall", 1)}  # which sign is better


class Duel:
    """Value b of an axis less value a in every cell of the other axes, replicate by replicate."""

    def __init__(self, cube, axis, a, b, metric):
        name, self.better = METRICS[metric]
        values, place = cube.metric(name), cube.axes.index(axis)
        self.first = values.take(cube.index(axis, a), axis=place)
        self.second = values.take(cube.index(axis, b), axis=place)
        self.difference = self.second - self.first                       # [cell axes..., replicate]
        cells = self.difference.reshape(-1, self.difference.shape[-1])
        self.common = len(cells)
        self.overall = estimates.paired(cells.mean(axis=0))
        self.tests = [estimates.paired(cell) for cell in cells]
        self.adjusted = estimates.benjamini_hochberg([test[4] for test in self.tests])
        signs = numpy.sign([test[0] for test in self.tests]) * self.better
        verdicts = numpy.where(self.adjusted <= RATE, signs, 0)
        shape = self.difference.shape[:-1]
        self.verdict = verdicts.reshape(shape)
        self.wins, self.losses = int((verdicts > 0).sum()), int((verdicts < 0).sum())
        self.ties = self.common - self.wins - self.losses
        self.without_spread = int(sum(v != 0 and math.isinf(test[3])
                                      for v, test in zip(verdicts, self.tests)))

    def cell(self, at):
        flat = numpy.ravel_multi_index(at, self.difference.shape[:-1])
        return self.tests[flat], self.adjusted[flat]


def all_duels(cube, axes=("formulation", "similarity", "precision")):
    return {(axis, a, b, metric): Duel(cube, axis, a, b, metric)
            for axis in axes for a, b in itertools.combinations(cube.values[axis], 2) for metric in METRICS}


def check_table(tally, duels, rows):
    group = "comparisons: difference, interval, d_z, p, wins"
    tally.same(group, "rows", len(rows), len(duels))
    adjusted = {}
    for metric in METRICS:
        keys = [key for key in duels if key[3] == metric]
        adjusted.update(zip(keys, estimates.benjamini_hochberg([duels[key].overall[4] for key in keys])))
    for row in rows:
        key = (row["parameter"], row["a"], row["b"], row["metric"])
        duel, what = duels[key], " ".join(key)
        for column, expected in zip(("difference", "low", "high", "effect size"), duel.overall):
            tally.near(group, f"{what} {column}", row[column], expected)
        tally.near(group, what + " adjusted p", row["adjusted p"], adjusted[key])
        for column in ("wins", "ties", "losses", "without_spread"):
            tally.same(group, f"{what} {column}", row[column.replace("_", " ")], str(getattr(duel, column)))
        tally.same(group, what + " common", (row["common cells"], row["replicates"]),
                   (str(duel.common), str(duel.difference.shape[-1])))


def check_wins(tally, duels, axis, metric, rows):
    group = "win matrices"
    for row in rows:
        for other, text in row.items():
            if other == axis or other == row[axis]:
                continue
            swapped = (axis, other, row[axis], metric) in duels
            duel = duels[(axis, other, row[axis], metric) if swapped else (axis, row[axis], other, metric)]
            better, worse = (duel.wins, duel.losses) if swapped else (duel.losses, duel.wins)
            tally.same(group, f"{metric} {row[axis]} {other}", text, f"{better} / {duel.ties} / {worse}")


def check_forest(tally, duels, rows):
    group = "comparisons.csv: points and notes"
    for row in rows:
        if row["kind"] != "difference":
            continue
        axis, a, b = re.match(r"(.*): (.*) → (.*)", row["comparison"]).groups()
        duel = duels[axis, a, b, row["metric"]]
        for column, expected in zip(("difference", "low", "high"), duel.overall):
            tally.near(group, f"{row['comparison']} {column}", row[column], expected)
        told = [int(n) for n in re.findall(r"(\d+) common|better in (\d+)|told apart in (\d+)|worse in (\d+)",
                                           row["note"]) for n in n if n]
        tally.same(group, row["comparison"] + " note", told, [duel.common, duel.wins, duel.ties, duel.losses])


def check_difference_map(tally, cube, duels, axis, rows):
    """Tiles of recall error, the second less the first; the verdict as a note; overflow of either."""
    group = "difference maps: tiles, verdicts, overflow"
    a, b = cube.values[axis]
    duel = duels[axis, a, b, "recall error"]
    either = cube.overflowed().any(axis=cube.axes.index(axis))
    others = [name for name in cube.axes[:-1] if name != axis]
    tally.same(group, f"{axis} tiles", len(rows), duel.common)
    check_bands(tally, group, cube, rows)
    verdicts = {1: "better", 0: "not told apart", -1: "worse"}
    for row in rows:
        at = tuple(cube.index(name, row[name]) for name in others)
        what = f"{axis} " + " ".join(row[name] for name in others)
        tally.near(group, what, row["recall_error_difference"], duel.difference[at].mean())
        tally.same(group, what + " verdict", verdicts[int(duel.verdict[at])] in row["note"], True)
        tally.same(group, what + " overflow", row["overflow"], str(int(either[at])))


def check_disagreements(tally, cube, duels, rows):
    """The place of a row is read from its command, which computes both cells again."""
    group = "disagreements: means, difference, effect size, p"
    for row in rows:
        place = dict(re.findall(r"--set '?(\w+)=([^' ]+)", row["command"]))
        axis = next(name for name, text in place.items() if text.startswith("["))
        a, b = place[axis].strip("[]").split(",")
        duel = duels[axis, a, b, row["metric"]]
        others = [name for name in cube.axes[:-1] if name != axis]
        at = tuple(cube.index(name, place[name]) for name in others)
        (mean, low, high, effect, _), adjusted = duel.cell(at)
        what = f"{axis} {place}"
        tally.near(group, what, row["mean a"], duel.first[at].mean())
        tally.near(group, what, row["mean b"], duel.second[at].mean())
        for column, expected in (("difference", mean), ("low", low), ("high", high), ("adjusted p", adjusted)):
            tally.near(group, f"{what} {column}", row[column], expected)
        tally.near(group, what + " effect size", row["effect size"], effect)
        for name, title in (("cue_level", "cue level"), ("interaction_vertex", "interaction vertex n"),
                            ("beta", "β")):
            tally.near("disagreements: the parameters in their columns", f"{what} {title}", row[title],
                       float(place[name]), 1e-3)


def check_comparisons(tally, cube, folder):
    duels = all_duels(cube)
    check_table(tally, duels, table(folder / "tables/comparisons.csv"))
    check_forest(tally, duels, table(folder / "comparisons.csv"))
    check_disagreements(tally, cube, duels, table(folder / "tables/disagreements.csv"))
    for axis in ("formulation", "similarity", "precision"):
        check_difference_map(tally, cube, duels, axis, table(folder / f"difference-by-{axis}.csv"))
        for metric, (name, _) in METRICS.items():
            check_wins(tally, duels, axis, metric, table(folder / f"tables/wins-{axis}-{name}.csv"))
