"""A whole capacity curve: `basin run`, from its start to the file, and PyTorch."""
import dataclasses
import json
import shutil
import subprocess
import time

import peers
import work

CONFIG = """\
[sweep]
name = "peers"
seed = 1
[patterns]
source = "random_bipolar"
dimension = {dimension}
pattern_count = {patterns}
[cue]
corruption = "flip"
cue_level = 0.1
probe_count = {probes}
[model]
formulation = "normalized"
interaction = "polynomial"
interaction_vertex = {vertices}
beta = {beta}
precision = "float32"
[recall]
update = "async_sequential"
max_sweeps = {max_sweeps}
"""


@dataclasses.dataclass(frozen=True)
class Curve:
    patterns: int
    vertices: tuple
    probes: int = 256


def write_config(curve, path):
    path.write_text(CONFIG.format(
        dimension=work.DIMENSION, patterns=curve.patterns, probes=curve.probes,
        vertices=list(curve.vertices), beta=work.DIMENSION * work.SCALE, max_sweeps=work.MAX_SWEEPS))


def seconds_of_run(basin, config, store):
    """Wall time of `basin run` on an empty store, from its start to results.h5."""
    shutil.rmtree(store, ignore_errors=True)
    start = time.perf_counter()
    subprocess.run([basin, "run", config, "--store", store, "--threads", "1"],
                   check=True, capture_output=True)
    return time.perf_counter() - start


def seconds_of_torch(place, curve):
    """Wall time of all probes at all vertices, from that of a few; PyTorch's start is not counted."""
    peer = peers.TORCH_PER_NEURON
    seconds = sum(work.run_library(place, peer, work.Case("async_sequential", curve.patterns, vertex),
                                   time.perf_counter)[0] for vertex in curve.vertices)
    return seconds * curve.probes / peer.probes[curve.patterns]


def measure(place, basin, curve, repetitions):
    """Seconds of each repetition, by who, and the session that Basin wrote."""
    config, store = place.folder / "curve.toml", place.folder / "store"
    write_config(curve, config)
    seconds = {"basin_recall": [], "torch_per_neuron": []}
    for _ in range(repetitions):
        seconds["basin_recall"].append(seconds_of_run(basin, config, store))
        seconds["torch_per_neuron"].append(seconds_of_torch(place, curve))
    session = json.loads((store / "sessions.jsonl").read_text().splitlines()[-1])
    return seconds, session
