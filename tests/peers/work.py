"""The work that is compared, and how one network's share of it is timed."""
import dataclasses
import pathlib
import subprocess
import time

import numpy
import torch

import peers

DIMENSION = 100
MAX_SWEEPS = 10
SCALE = 1 / 32  # of the overlaps; all three as in main.cpp


@dataclasses.dataclass(frozen=True)
class Case:
    """An update rule, a scene of so many memories, and a vertex."""
    update: str
    patterns: int
    vertex: int


@dataclasses.dataclass(frozen=True)
class Workplace:
    """A program basin_peers, and a folder for scenes and states."""
    program: pathlib.Path
    folder: pathlib.Path


def scene_of(place, patterns):
    """memories [units, patterns] times SCALE and cues [probes, units], float32."""
    folder = place.folder / f"scene_{patterns}"
    if not folder.exists():
        folder.mkdir()
        words = (place.program, "scene", patterns, peers.ALL[patterns], folder)
        subprocess.run([str(word) for word in words], check=True)
    memories = numpy.load(folder / "memories.npy").astype(numpy.float32)
    cues = numpy.load(folder / "cues.npy").astype(numpy.float32)
    return numpy.ascontiguousarray(memories.T) * numpy.float32(SCALE), cues


def seconds_of(one_pass, clock):
    """Mean time of a pass, and what the last one gave. Passes are repeated until the clock has
    something to measure, as in main.cpp."""
    start = clock()
    taken, passes = 0.0, 0
    while taken < 0.1:
        result = one_pass()
        passes += 1
        taken = clock() - start
    return taken / passes, result


def run_library(place, peer, case, clock=time.process_time):
    """Seconds for peer.probes of the case, and their final states."""
    memories, cues = scene_of(place, case.patterns)
    cues = cues[:peer.probes[case.patterns]]
    if peer.library is torch:
        memories, cues = torch.from_numpy(memories), torch.from_numpy(cues)
    batch = peer.batch[case.patterns] if peer.batch else len(cues)
    limit = () if case.update == "one_shot" else (MAX_SWEEPS,)

    def one_pass():
        return [peer.network(peer.library, cues[first:first + batch], memories, case.vertex, *limit)
                for first in range(0, len(cues), batch)]

    seconds, parts = seconds_of(one_pass, clock)
    return seconds, numpy.concatenate([numpy.asarray(part) for part in parts]).astype(numpy.int8)


def run_program(place, peer, case):
    """CPU seconds for peer.probes of the case, and their final states; None where it keeps them."""
    states = place.folder / "states.npy"
    states.unlink(missing_ok=True)
    words = (place.program, peer.name, case.update, case.patterns, peer.probes[case.patterns],
             case.vertex, states)
    done = subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True)
    return float(done.stdout), numpy.load(states) if states.exists() else None


def run(place, peer, case):
    return (run_program if isinstance(peer, peers.Program) else run_library)(place, peer, case)
