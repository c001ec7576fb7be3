"""h5py_read.py FOLDER: the fixture's files as plain HDF5, with no netCDF layer above."""
import sys

try:
    import h5py
    import numpy
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(77)

folder = sys.argv[1]


def check(what, found, expected):
    assert found == expected, f"{what}: {found!r}, expected {expected!r}"


with h5py.File(f"{folder}/cube/results.h5", "r") as data:
    dimensions = ["formulation", "interaction_vertex", "beta", "replicate"]
    names = []
    data.id.links.iterate(lambda name: names.append(name.decode()), idx_type=h5py.h5.INDEX_CRT_ORDER)
    names = [name for name in names if isinstance(data[name], h5py.Dataset)]
    check("headline", [n for n in names if n not in dimensions][1:6],
          ["recall_error", "exact_recall", "metastable_count", "overflow_flags", "status"])
    for name in names:
        variable = data[name]
        if h5py.h5ds.is_scale(variable.id):
            continue
        labels = [axis.keys()[0] for axis in variable.dims]
        expected = ["formulation"] if name == "formulation_code" else dimensions[:variable.ndim]
        check(f"axes of {name}", labels, expected)
        check(f"filters of {name}", (variable.shuffle, variable.compression,
                                     variable.compression_opts, variable.fletcher32),
              (True, "gzip", 6, True))
        kind = h5py.h5t.py_create(variable.dtype).get_class()
        check(f"type of {name}", kind in (h5py.h5t.INTEGER, h5py.h5t.FLOAT), True)
        if variable.dtype.kind == "f":
            check(f"fill value of {name}", numpy.isnan(variable.fillvalue), True)
            check(f"_FillValue of {name}", variable.attrs["_FillValue"].shape, (1,))
        else:
            check(f"no _FillValue of {name}", "_FillValue" in variable.attrs, False)
            check(f"fill value of {name}", variable.fillvalue, 0)
    check("labels", list(data["formulation"].asstr()[...]), ["original", "normalized"])
    check("label encoding", h5py.check_string_dtype(data["formulation"].dtype).encoding, "utf-8")
    check("value", data["recall_error"][1, 1, 1, 1], 27.0)
    check("integer axis", data["interaction_vertex"].dtype, numpy.dtype("<i8"))
    check("replicate axis", data["replicate"].dtype, numpy.dtype("<u4"))
    check("provenance", data["provenance/sweep_name"].asstr()[()], "interop")
    check("superblock", data.id.get_create_plist().get_version()[0], 2)

print("h5py", h5py.__version__, "ok")
