"""What was compared, how far off it was, and what disagrees."""
import math
import random

SAMPLE_SEED = 20261


def sample(things, most):
    """At most `most` of them, the same ones on every run."""
    things = list(things)
    return things if len(things) <= most else random.Random(SAMPLE_SEED).sample(things, most)


def number(text):
    """A field of a CSV as a number; NaN where there is none."""
    if text in ("", "–", "none", None):
        return float("nan")
    return float(text.replace("−", "-").replace("∞", "inf"))


class Tally:
    """Comparisons by group. A deviation is relative; of numbers below `floor` it is that of floor."""

    def __init__(self):
        self.groups = {}          # name -> [count, largest deviation]
        self.disagreements = []   # (group, what, found, expected)

    def _count(self, group, deviation):
        entry = self.groups.setdefault(group, [0, 0.0])
        entry[0] += 1
        entry[1] = max(entry[1], deviation)

    def _disagree(self, group, what, found, expected):
        self.disagreements.append((group, what, found, expected))

    def near(self, group, what, found, expected, tolerance=1e-9, floor=1e-6):
        """found: text of a CSV or a number."""
        found = number(found) if isinstance(found, str) or found is None else float(found)
        expected = float(expected)
        if math.isnan(found) or math.isnan(expected) or math.isinf(found) or math.isinf(expected):
            same = (math.isnan(found) and math.isnan(expected)) or found == expected
            self._count(group, 0.0)
            if not same:
                self._disagree(group, what, found, expected)
            return
        deviation = abs(found - expected) / max(floor, abs(expected))
        self._count(group, deviation)
        if not deviation <= tolerance:
            self._disagree(group, what, found, expected)

    def same(self, group, what, found, expected):
        self._count(group, 0.0)
        if found != expected:
            self._disagree(group, what, found, expected)

    def within(self, group, what, value, low, high):
        self._count(group, 0.0)
        if not low <= value <= high:
            self._disagree(group, what, value, f"{low} to {high}")

    def total(self):
        return sum(count for count, _ in self.groups.values())

    def report(self):
        """Prints a line per group; returns whether everything agrees."""
        for group, (count, deviation) in self.groups.items():
            print(f"{group:48s} {count:5d} compared, largest deviation {deviation:.2g}")
        for group, what, found, expected in self.disagreements[:40]:
            print(f"DISAGREES  {group}: {what}: the report has {found}, recomputed {expected}")
        print(f"{self.total()} compared, {len(self.disagreements)} disagree")
        return not self.disagreements
