"""xarray_open.py ENGINE FOLDER: the fixture's files as xarray shows them with one engine."""
import sys

engine, folder = sys.argv[1:]
try:
    import numpy
    import xarray
    __import__({"netcdf4": "netCDF4", "h5netcdf": "h5netcdf"}[engine])
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(77)


def check(what, found, expected):
    assert found == expected, f"{what}: {found!r}, expected {expected!r}"


with xarray.open_dataset(f"{folder}/cube/results.h5", engine=engine) as data:
    dimensions = ("formulation", "interaction_vertex", "beta", "replicate")
    check("dimensions", data["recall_error"].dims, dimensions)
    check("dimensions of a mean", data["recall_error_mean"].dims, dimensions[:-1])
    check("coordinates", set(dimensions) <= set(data.coords), True)
    check("labels", list(data["formulation"].values), ["original", "normalized"])
    check("label type", isinstance(data["formulation"].values[0], str), True)
    check("vertices", list(data["interaction_vertex"].values), [2, 20, 30])
    check("betas", list(data["beta"].values), [0.01, 1.0, 100.0])
    check("replicates", list(data["replicate"].values), [0, 1])
    check("codes", list(data["formulation_code"].values), [0, 1])
    check("code meanings", data["formulation_code"].attrs["flag_meanings"], "original normalized")

    # Cells count in C order and metric m of cell c is c + m / 64.
    first = 1 * 3 * 3 * 2 + 1 * 3 * 2
    curve = data["recall_error"].sel(formulation="normalized", interaction_vertex=20)
    check("values", list(curve.values.ravel()), [float(c) for c in range(first, first + 6)])
    point = data.sel(formulation="normalized", interaction_vertex=20, beta=1.0)
    check("second metric", float(point["exact_recall"][1]), first + 3 + 1 / 64)
    check("mean", float(point["recall_error_mean"]), first + 2.5)
    check("interval", float(point["recall_error_ci_low"]) < first < float(point["recall_error_ci_high"]), True)
    check("count", int(point["replicates_done"]), 2)

    status = data["status"]
    check("status type", status.dtype, numpy.dtype("uint8"))
    meanings = dict(zip(status.attrs["flag_meanings"].split(), status.attrs["flag_values"]))
    flat = status.values.ravel()
    check("never run", flat[0], meanings["not_run"])
    check("done", flat[1], meanings["done"])
    left_out = status.sel(formulation="original", interaction_vertex=30)
    check("left out", bool((left_out == meanings["not_planned"]).all()), True)
    check("no value left out", bool(data["recall_error"].sel(
        formulation="original", interaction_vertex=30).isnull().all()), True)
    check("no value before it is run", bool(numpy.isnan(data["recall_error"].values.ravel()[0])), True)

    flags = data["overflow_flags"]
    check("flag type", flags.dtype, numpy.dtype("uint16"))
    check("mask type", flags.attrs["flag_masks"].dtype, flags.dtype)
    masks = dict(zip(flags.attrs["flag_meanings"].split(), flags.attrs["flag_masks"]))
    check("flags", flags.values.ravel()[1], masks["pow_overflow"] | masks["all_zero"])
    check("no flags", flags.values.ravel()[2], 0)

    for name, variable in data.variables.items():
        check(f"units of {name}", "units" in variable.attrs, True)
        check(f"long_name of {name}", "long_name" in variable.attrs, True)
    check("ancillary variables", data["recall_error_mean"].attrs["ancillary_variables"],
          "recall_error_ci_low recall_error_ci_high replicates_done")
    check("conventions", data.attrs["Conventions"], "CF-1.10 Basin-1")

with xarray.open_dataset(f"{folder}/cube/results.h5", engine=engine, group="provenance") as facts:
    check("seed", str(facts["seed"].values), "3")
    check("config", 'name = "interop"' in str(facts["config_given"].values), True)

with xarray.open_dataset(f"{folder}/cube/timing.h5", engine=engine) as timing:
    check("timing", float(timing["elapsed_s"].values.ravel()[1]), 0.25)
    check("timing unit", timing["elapsed_s"].attrs["units"], "s")

with xarray.open_dataset(f"{folder}/point/results.h5", engine=engine) as point:
    check("dimensions of a point", point["recall_error"].dims, ("replicate",))
    check("mean of a point", float(point["recall_error_mean"]), 1.5)
    check("dimensions of its mean", point["recall_error_mean"].dims, ())

print("xarray", xarray.__version__, engine, "ok")
