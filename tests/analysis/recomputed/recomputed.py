"""recomputed.py BASIN: numbers of reports, computed again from results.h5 by other code.

Runs small sweeps, lets `basin report` write its CSV files and pages, and compares. What a number is comes
from the reports' own words, README.md and the headers; no code is shared with analysis/. Exit code 1 if
anything disagrees, 77 where h5py is missing.
"""
import sys
import tempfile
from pathlib import Path

try:
    import h5py  # noqa: F401
    import numpy  # noqa: F401
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(77)

import capacity
import comparisons
import models
import page
import regions
from curves import Curves
from reading import Cube, run, table
from tally import Tally

HERE = Path(__file__).parent
PROBES, MEMORIES, DIMENSION = 16, 14, 32  # of models.toml


def reported(basin, kind, store, name, *options):
    folder, html = store / name, store / f"{name}.html"
    run(basin, "report", kind, store, "--out", html, "--static", folder, *options)
    return folder, html


def check_capacity_sweeps(tally, basin, folder):
    def curves_of(config, verb):
        store = folder / config
        run(basin, verb, HERE / f"{config}.toml", "--store", store, "-q")
        return store, Cube(store / "results.h5")

    store, cube = curves_of("grid", "run")
    static, html = reported(basin, "capacity", store, "starts")
    capacity.check_capacity(tally, Curves(cube, "exact_recall", 0.5, False, 64), static)
    page.check_page(tally, html, static)

    store, cube = curves_of("errors", "run")
    static, html = reported(basin, "capacity", store, "errors", "--criterion", "recall_error <= 0.005")
    curves = Curves(cube, "recall_error", 0.005, True, 64, unit_error=0.005)
    capacity.check_capacity(tally, curves, static)

    store, cube = curves_of("search", "capacity")
    static, html = reported(basin, "capacity", store, "found")
    capacity.check_capacity(tally, Curves(cube, "exact_recall", 0.5, False, 24), static)
    capacity.check_search_table(tally, table(store / "capacity.csv"),
                                table(static / "tables/critical-counts.csv"))


def check_stability_sweep(tally, basin, folder):
    store = folder / "models"
    run(basin, "run", HERE / "models.toml", "--store", store, "-q")
    static, html = reported(basin, "stability", store, "models")
    cube, rows = Cube(store / "results.h5"), table(static / "tables/models.csv")
    models.check_models(tally, cube, rows)
    models.check_intervals(tally, cube, min(PROBES, MEMORIES), {"memory_count": PROBES, "spurious_count": PROBES})
    models.check_times(tally, cube, store / "timing.h5", PROBES, rows)
    models.check_frontiers(tally, cube, table(static / "tables/frontiers.csv"))
    models.check_predictions(tally, cube, DIMENSION, table(static / "tables/frontiers.csv"), rows)
    models.check_map(tally, cube, table(static / "recall-map.csv"), "exact_recall")
    models.check_map(tally, cube, table(static / "failure-map.csv"), "numerical_failure")
    models.check_distribution(tally, cube, table(static / "distribution-recall-error.csv"))
    found = regions.check_regions(tally, cube, table(static / "tables/working-regions.csv"))
    regions.check_model_regions(tally, cube, rows)
    regions.check_drawn_regions(tally, found, table(static / "working-region.csv"))
    regions.check_drifts(tally, cube, found, table(static / "tables/region-drifts.csv"))
    comparisons.check_comparisons(tally, cube, static)
    page.check_page(tally, html, static)
    page.check_cells(tally, cube, html)


def main():
    basin = str(Path(sys.argv[1]).resolve())
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        check_capacity_sweeps(tally, basin, Path(folder))
        check_stability_sweep(tally, basin, Path(folder))
    return 0 if tally.report() else 1


if __name__ == "__main__":
    sys.exit(main())
