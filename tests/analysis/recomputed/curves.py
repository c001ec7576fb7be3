"""Curves over the pattern count, what is asked of them, and what theory says of them."""
import numpy

import estimates
import theory

PARAMETERS = ("dimension", "interaction", "precision")


class Curves:
    """The store's curves over the pattern count, by the parameters that vary, and what is asked of them.

    unit_error: of theory, the probability that a unit of a memory errs; None: one of the N units does, as
    in a recall without errors."""

    def __init__(self, cube, metric, threshold, rising, probes, unit_error=None, vertex=3):
        self.cube, self.vertex, self.probes = cube, vertex, probes
        self.name, self.threshold, self.rising, self.unit_error = metric, threshold, rising, unit_error
        self.metric = cube.metric(metric)
        self.overflowed = cube.overflowed()
        self.counts = numpy.array(cube.values["pattern_count"], float)

    def names(self, row):
        return {name: row[name] for name in PARAMETERS if name in self.cube.axes}

    def independent(self, row):
        """Probes of a scene that differ: of random starts all, else one a memory."""
        return self.probes if self.unit_error is None else min(self.probes, int(row["pattern_count"]))

    def curve(self, row):
        """[pattern_count, replicate]"""
        return self.metric[self.cube.at(self.names(row))]

    def means(self, row):
        """K and mean, where there is a scene."""
        values = self.curve(row)
        some = ~numpy.isnan(values).all(axis=1)
        return self.counts[some], numpy.nanmean(values[some], axis=1)

    def theory(self, row):
        """K_c to leading order in N, and with the moments of this N."""
        dimension = int(row["dimension"])
        rectified = row["interaction"].startswith("rect")
        large = (theory.large_dimension(dimension, self.vertex, rectified) if self.unit_error is None
                 else theory.large_dimension_with_errors(dimension, self.vertex, rectified, self.unit_error))
        return large, theory.this_dimension(dimension, self.vertex, rectified, self.unit_error or 1 / dimension)

    def best(self, row):
        """The one that fits the question: large N of random starts, else this N."""
        return self.theory(row)[0 if self.unit_error is None else 1]

    def crossing(self, x, means, reach=1.0):
        return estimates.logistic_crossing(x, means, self.threshold, self.rising, reach)


def with_dimension(row):
    return {**row, "dimension": row.get("dimension", row.get("dimension N"))}


def title(row):
    return " ".join(str(row[name]) for name in PARAMETERS if name in row)
