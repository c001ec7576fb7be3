"""Who takes part in which work, and on how many probes."""
import dataclasses
from types import ModuleType
from typing import Callable

import numpy
import torch

import networks


@dataclasses.dataclass(frozen=True)
class Program:
    """A network of basin_peers."""
    name: str
    probes: dict  # of one measurement, by pattern count


@dataclasses.dataclass(frozen=True)
class Library:
    """A network of networks.py."""
    name: str
    library: ModuleType
    network: Callable
    probes: dict
    batch: dict | None = None  # by pattern count; None: all at once


ALL = {1000: 64, 10000: 64}
# Batches are those in which PyTorch is fastest: temporaries of more probes leave the cache.
IN_CACHE = {1000: 64, 10000: 16}

BASIN = [Program("basin_recall", ALL), Program("basin_states", ALL),
         Program("basin_uncertified", ALL)]
ORACLE = Program("oracle", {1000: 4, 10000: 1})
TORCH_PER_NEURON = Library("torch_per_neuron", torch, networks.per_neuron, IN_CACHE)

BY_UPDATE = {
    "async_sequential": BASIN + [
        TORCH_PER_NEURON,
        Library("torch_rank_one", torch, networks.rank_one, IN_CACHE),
        Library("numpy_per_neuron", numpy, networks.per_neuron, {1000: 32, 10000: 8}),
        Library("numpy_rank_one", numpy, networks.rank_one, {1000: 32, 10000: 8}),
        Program("naive", {1000: 2, 10000: 2}),
    ],
    "one_shot": BASIN + [
        Library("torch_two_matmuls", torch, networks.two_matmuls, ALL, {1000: 32, 10000: 32}),
        Library("torch_clamped_tiling", torch, networks.clamped_tiling, {1000: 16, 10000: 8},
                {1000: 2, 10000: 1}),
    ],
}
