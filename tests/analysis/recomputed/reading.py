"""results.h5 as labelled arrays, and what `basin report` writes as rows."""
import csv
import json
import re
import subprocess

import h5py
import numpy

DONE = 1  # of `status`, as its flag_meanings say


def band_name(value):
    """How the bands of a map are named: numbers with three digits."""
    return str(value) if isinstance(value, int) else f"{value:.3g}"


class Cube:
    """A metric is an array over `axes`, the last one being the replicate; NaN where it is not done."""

    def __init__(self, path):
        self.file = h5py.File(path, "r")
        status = self.file["status"]
        self.axes = [dimension.keys()[0] for dimension in status.dims]
        assert self.axes[-1] == "replicate", self.axes
        self.values = {name: self._axis(name) for name in self.axes}
        meanings = status.attrs["flag_meanings"].decode().split()
        self.done = status[...] == list(status.attrs["flag_values"])[meanings.index("done")]
        assert meanings.index("done") == DONE, meanings
        flags = self.file["overflow_flags"]
        self.flags = flags[...]
        self.masks = dict(zip(flags.attrs["flag_meanings"].decode().split(),
                              (int(mask) for mask in flags.attrs["flag_masks"])))

    def _axis(self, name):
        data = self.file[name]
        return list(data.asstr()[...]) if data.dtype.kind == "O" else [x.item() for x in data[...]]

    def metric(self, name):
        return numpy.where(self.done, self.file[name][...], numpy.nan)

    def index(self, name, text):
        """Of an axis's value, from the text of a report: words stand with spaces there."""
        for i, value in enumerate(self.values[name]):
            if isinstance(value, str):
                if text in (value, value.replace("_", " ")):
                    return i
            elif float(text) == value or text == band_name(value):
                return i
        raise KeyError(f"{name} = {text!r}: not one of {self.values[name]}")

    def at(self, row, names=None):
        """Index expression of a row's cell, or block of cells: all of an axis that it does not name."""
        return tuple(self.index(axis, row[axis]) if axis in (names or row) else slice(None)
                     for axis in self.axes[:-1])

    def overflowed(self):
        """[cell] some number overflowed in some replicate."""
        mask = sum(bit for name, bit in self.masks.items()
                   if name.endswith("overflow") or name == "nan_inf_minus_inf")
        return (numpy.where(self.done, self.flags, 0) & mask).any(axis=-1)


def table(path):
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def page_charts(path):
    """The charts of a page by name, as the JSON that its scripts draw from."""
    with open(path, encoding="utf-8") as page:
        found = re.search(r'<script type="application/json" id="charts">(.*?)</script>', page.read(), re.S)
    return {chart["id"]: chart for chart in json.loads(found.group(1))}


def run(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"basin {arguments}: exit code {done.returncode}\n{done.stderr}"
    return done.stdout
