"""Recall of a continuous associative memory: similarity, separation, projection, again and again
until nothing moves; and the energies that must not rise meanwhile. An oracle to compare Basin with.

memories    [K, N] float64
states      [Q, N] float64, all independent of each other
similarity  (memories, states) -> scores [Q, K], see similarities.py
separation  scores -> weights [Q, K], see separations.py; its parameter bound by the caller
"""
import dataclasses

import numpy


@dataclasses.dataclass(frozen=True)
class Recalled:
    states: numpy.ndarray  # [Q, N]
    weights: numpy.ndarray  # [Q, K] at these states, not at those before the last step
    steps: numpy.ndarray  # [Q] updates made
    converged: numpy.ndarray  # [Q] bool


def weights_at(memories, states, similarity, separation):
    return separation(similarity(memories, states))


def step(memories, states, similarity, separation):
    """One update: x <- sum_k w_k x_k (Ramsauer et al. 2020, eq. 3; Millidge et al. 2022)."""
    return weights_at(memories, states, similarity, separation) @ memories


def recall_steps(memories, states, similarity, separation, count):
    """A fixed number of updates, as most published code has it; none counts as converged."""
    for _ in range(count):
        states = step(memories, states, similarity, separation)
    return Recalled(states, weights_at(memories, states, similarity, separation),
                    numpy.full(len(states), count), numpy.zeros(len(states), bool))


def recall(memories, states, similarity, separation, tolerance=1e-10, max_steps=10000):
    """Updates each state until |x' - x| <= tolerance (1 + |x|), x' being kept, or max_steps."""
    states = states + 0.0
    steps = numpy.zeros(len(states), int)
    moving = numpy.ones(len(states), bool)
    for _ in range(max_steps):
        rows = numpy.flatnonzero(moving)
        if not len(rows):
            break
        before = states[rows]
        after = step(memories, before, similarity, separation)
        moved = numpy.linalg.norm(after - before, axis=1)
        states[rows] = after
        steps[rows] += 1
        # A NaN compares as still moving.
        moving[rows] = ~(moved <= tolerance * (1 + numpy.linalg.norm(before, axis=1)))
    return Recalled(states, weights_at(memories, states, similarity, separation), steps, ~moving)


def log_sum_exp(exponents):
    """ln sum exp of each row."""
    largest = exponents.max(axis=1, keepdims=True)
    return largest[:, 0] + numpy.log(numpy.exp(exponents - largest).sum(axis=1))


def softmax_energy(memories, states, beta):
    """Of softmax(beta dot), Ramsauer et al. 2020 eq. 2, in [0, 2 M^2] for states in the memories'
    hull, M the largest |x_k|:
    -1/beta ln sum exp(beta x_k . z) + |z|^2 / 2 + 1/beta ln K + M^2 / 2."""
    longest = (memories ** 2).sum(axis=1).max()
    return (-log_sum_exp(beta * (states @ memories.T)) / beta + (states ** 2).sum(axis=1) / 2
            + numpy.log(len(memories)) / beta + longest / 2)


def mixture_energy(memories, states, beta):
    """Of softmax(-beta |z - x_k|^2): -1/beta ln of the mean of exp(-beta |z - x_k|^2), the density
    of a mixture of K equal Gaussians but for its constant; >= 0. Recall is mean shift on it. For
    memories of equal length it is twice softmax_energy at 2 beta."""
    distances = numpy.array([((memories - state) ** 2).sum(axis=1) for state in states])
    return (numpy.log(len(memories)) - log_sum_exp(-beta * distances)) / beta
