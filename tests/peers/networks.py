"""Dense associative memory as people write it in PyTorch or NumPy: the same lines for both.

library   torch or numpy
states    [probes, units] of +1 and -1, float32
memories  [units, patterns] of +scale and -scale, float32: their product with a state is its overlap
          times the scale. A power of two, so that nothing is rounded before the power is taken.
vertex    n of F(x) = x^n

Powers and differences are taken in place: that is faster in both. Ties keep the unit. All return
the final states.
"""


def decided(library, field, units):
    return library.where(field == 0, units, library.sign(field))


def per_neuron(library, states, memories, vertex, max_sweeps):
    """Asynchronous: unit i clamped to +1 and to -1, two matmuls, F, subtract, sum, sign, on the
    whole batch of probes, until a sweep moves none of them."""
    states = states + 0
    for _ in range(max_sweeps):
        before = states + 0
        for i in range(states.shape[1]):
            unit = states[:, i] + 0
            states[:, i] = 1
            on = states @ memories
            on **= vertex
            states[:, i] = -1
            off = states @ memories
            off **= vertex
            on -= off
            states[:, i] = decided(library, on.sum(1), unit)
        if (states == before).all():
            break
    return states


def rank_one(library, states, memories, vertex, max_sweeps):
    """Asynchronous: overlaps are kept, and a flip adds a rank-one term to them."""
    states = states + 0
    overlaps = states @ memories
    for _ in range(max_sweeps):
        moved = False
        for i in range(states.shape[1]):
            unit = states[:, i] + 0
            off = overlaps - unit[:, None] * memories[i]
            on = off + memories[i]
            off -= memories[i]
            on **= vertex
            off **= vertex
            on -= off
            states[:, i] = decided(library, on.sum(1), unit)
            step = states[:, i] - unit
            if (step != 0).any():
                overlaps += step[:, None] * memories[i]
                moved = True
        if not moved:
            break
    return states


def clamped_tiling(library, states, memories, vertex):
    """One synchronous step: every state tiled once for each unit, with that unit clamped to +1 and
    to -1, as public code has it."""
    probes, units = states.shape
    diagonal = range(units)
    on = states[:, None, :] * library.ones_like(states[:1, :, None])
    off = on + 0
    on[:, diagonal, diagonal] = 1
    off[:, diagonal, diagonal] = -1
    on = on.reshape(probes * units, units) @ memories
    off = off.reshape(probes * units, units) @ memories
    on **= vertex
    off **= vertex
    on -= off
    return decided(library, on.sum(1).reshape(probes, units), states)


def two_matmuls(library, states, memories, vertex):
    """One synchronous step from the overlaps alone. If unit i agrees with memory m, the energies on
    and off are F(h_m) and F(h_m - 2), else F(h_m) and F(h_m + 2); so the field of all units is
    state * sum_m even_m + sum_m odd_m memory_m with the two halves of these differences."""
    scale = abs(float(memories[0, 0]))
    overlaps = states @ memories
    above = overlaps + 2 * scale
    below = overlaps - 2 * scale
    overlaps **= vertex
    above **= vertex
    below **= vertex
    odd = above - below
    overlaps *= 2
    overlaps -= above
    overlaps -= below
    even = overlaps.sum(1)
    return decided(library, scale * even[:, None] * states + odd @ memories.T, states)
