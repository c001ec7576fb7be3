"""What theory expects: of K_c, the Gaussian picture of one unit (Krotov & Hopfield 2016, section 2); of
the arithmetic of the original formulation, the vertex from which powers leave the number format."""
import math

from estimates import normal_tail_quantile


def large_dimension(dimension, vertex, rectified):
    """Without errors: N^(n-1) / (2 (2n-3)!! ln N); twice that of foreign terms of which every second one
    is 0."""
    odd = math.prod(range(1, 2 * vertex - 2, 2))
    return (2 if rectified else 1) * dimension ** (vertex - 1) / (2 * odd * math.log(dimension))


def large_dimension_with_errors(dimension, vertex, rectified, unit_error):
    """At which a unit errs with this probability: N^(n-1) / (z^2 (2n-3)!!), likewise."""
    odd = math.prod(range(1, 2 * vertex - 2, 2))
    return (2 if rectified else 1) * dimension ** (vertex - 1) / (odd * normal_tail_quantile(unit_error) ** 2)


def this_dimension(dimension, vertex, rectified, unit_error):
    """K at which a unit of a memory errs with probability unit_error: the gap of the memory's own term
    against K - 1 terms of noise, whose exact variance is that over S = 2 Bin(N-1, 1/2) - (N-1)."""
    def energy(x):
        return max(x, 0) ** vertex if rectified else x ** vertex
    others = dimension - 1
    gap = energy(dimension) - energy(dimension - 2)
    variance = sum(math.comb(others, k) / 2 ** others
                   * (energy(2 * k - others + 1) - energy(2 * k - others - 1)) ** 2
                   for k in range(dimension))
    return 1 + gap ** 2 / (variance * normal_tail_quantile(unit_error) ** 2)


LARGEST = {"float32": (2 - 2 ** -23) * 2.0 ** 127, "float64": (2 - 2 ** -52) * 2.0 ** 1023}


def every_decision_nan(dimension, flipped, precision):
    """Least n at which F is infinite with the unit on and off, of a cue with so many units flipped: the
    smaller argument is N - 2 flipped - 2."""
    return math.floor(math.log(LARGEST[precision]) / math.log(dimension - 2 * flipped - 2)) + 1


def some_overflow(dimension, betas, precision):
    """Least n at which N^n, of a probe at its memory, or beta times it is infinite, for any beta."""
    return math.floor((math.log(LARGEST[precision]) - math.log(max(1, *betas))) / math.log(dimension)) + 1
