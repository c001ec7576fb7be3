"""compare.py BASIN_PEERS BASIN OUT.json [--quick]: the same recall work by Basin and by what people
use today, in one run on one core: a table of times and ratios, and all of it as JSON.

Times are medians of three repetitions, in each of which everybody has a turn. Final states are
compared too; only a difference between Basin and its oracle is a failure (exit code 1), for others
add in float32 and decide near ties by their rounding. Exit code 77: no PyTorch or NumPy here.
"""
import argparse
import json
import os
import pathlib
import platform
import statistics
import sys
import tempfile

# Read by OpenBLAS and OpenMP when they are loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
try:
    import numpy
    import torch
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(77)

import curve
import peers
import tables
import work

REPETITIONS = 3


def pin():
    """Keeps this process and its children on one core; says which, or None where that is refused."""
    core = max(os.sched_getaffinity(0))
    try:
        os.sched_setaffinity(0, {core})
    except OSError:
        return None
    return core


def loaded_blas():
    """The file of the BLAS that PyTorch and NumPy use."""
    maps = pathlib.Path("/proc/self/maps").read_text().split()
    return next((word for word in maps if "/libblas" in word), "unknown BLAS")


def measure_case(place, case):
    """What everybody took for the case, and whose final states are not Basin's."""
    taking_part = peers.BY_UPDATE[case.update]
    seconds = {peer.name: [] for peer in taking_part}
    states = {}
    for _ in range(REPETITIONS):
        for peer in taking_part:
            taken, states[peer.name] = work.run(place, peer, case)
            seconds[peer.name].append(taken)
    states["oracle"] = work.run(place, peers.ORACLE, case)[1]
    basin = states["basin_states"]
    records = []
    for peer in taking_part + [peers.ORACLE]:
        probes = peer.probes[case.patterns]
        record = {"peer": peer.name, "probes": probes}
        if peer.name in seconds:
            record["microseconds_per_probe"] = [1e6 * s / probes for s in seconds[peer.name]]
            record["median"] = statistics.median(record["microseconds_per_probe"])
        if states[peer.name] is not None:
            differing = (states[peer.name] != basin[:probes]).any(axis=1)
            record["probes_differing_from_basin"] = int(differing.sum())
        records.append(record)
    return {"update": case.update, "pattern_count": case.patterns,
            "interaction_vertex": case.vertex, "peers": tables.with_ratios(records)}


def measure_curve(place, basin, plan):
    seconds, session = curve.measure(place, basin, plan, REPETITIONS)
    records = [{"peer": name, "seconds": taken, "median": statistics.median(taken)}
               for name, taken in seconds.items()]
    return {"pattern_count": plan.patterns, "interaction_vertex": plan.vertices,
            "probe_count": plan.probes,
            "torch_probes_measured": peers.TORCH_PER_NEURON.probes[plan.patterns],
            "peers": tables.with_ratios(records)}, session


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("basin_peers")
    parser.add_argument("basin")
    parser.add_argument("out")
    parser.add_argument("--quick", action="store_true", help="K = 1000 and n = 10 alone")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    core = pin()

    pattern_counts, vertices = ((1000,), (10,)) if options.quick else ((1000, 10000), (3, 10, 30))
    plan = curve.Curve(1000, (10,), 64) if options.quick else curve.Curve(10000, (2, 3, 5, 10, 20, 30))
    with tempfile.TemporaryDirectory() as folder:
        place = work.Workplace(pathlib.Path(options.basin_peers), pathlib.Path(folder))
        cases = [measure_case(place, work.Case(update, patterns, vertex))
                 for update in peers.BY_UPDATE for patterns in pattern_counts for vertex in vertices]
        whole_curve, session = measure_curve(place, options.basin, plan)

    result = {"dimension": work.DIMENSION, "cue_level": 0.1, "max_sweeps": work.MAX_SWEEPS,
              "repetitions": REPETITIONS, "pinned_to_core": core, "cpu": session["cpu"],
              "basin": {key: session[key] for key in ("revision", "kernel_path")},
              "torch": torch.__version__, "numpy": numpy.__version__, "blas": loaded_blas(),
              "python": platform.python_version(), "cases": cases, "capacity_curve": whole_curve}
    pathlib.Path(options.out).write_text(json.dumps(result, indent=1) + "\n")
    print(tables.page(result))
    print("json     ", options.out)
    return 1 if tables.differing(result, "oracle") else 0


if __name__ == "__main__":
    sys.exit(main())
