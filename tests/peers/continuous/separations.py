"""From scores to weights: every separation of the continuous associative memories, as its
definition reads. An oracle to compare Basin with.

    separation(scores, parameter) -> weights     scores, weights [Q, K] float64, a row a query

Rows of softmax, sparsemax, entmax and max sum to 1; those of power and identity do not: `shared`
divides them by their sums, as the published code of Universal Hopfield Networks does with all.
"""
import numpy


def softmax(scores, beta=1.0):
    """exp(beta s) / sum exp(beta s), with the largest exponent moved to 0: never overflows."""
    exponents = beta * scores
    powers = numpy.exp(exponents - exponents.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_naive(scores, beta=1.0):
    """The same, as written: inf / inf = NaN where exp overflows, 0 / 0 where all underflow."""
    with numpy.errstate(over="ignore", divide="ignore", invalid="ignore"):
        powers = numpy.exp(beta * scores)
        return powers / powers.sum(axis=1, keepdims=True)


def sparsemax(scores, beta=1.0):
    """The point of the simplex nearest to beta s (Martins & Astudillo 2016, algorithm 1): sort,
    take the largest k with 1 + k z_(k) > sum of the k largest, cut at their common threshold."""
    z = beta * scores
    falling = -numpy.sort(-z, axis=1)
    sums = falling.cumsum(axis=1)
    counts = numpy.arange(1, z.shape[1] + 1)
    support = (1 + counts * falling > sums).sum(axis=1)[:, None]
    threshold = (numpy.take_along_axis(sums, support - 1, axis=1) - 1) / support
    return numpy.maximum(z - threshold, 0)


def entmax15(scores, beta=1.0):
    """1.5-entmax of beta s (Peters, Niculae & Martins 2019, algorithm 2): p = [z - t]_+^2 with
    z = beta s / 2 and t such that p sums to 1. Over the k largest z, of mean M and sum of squared
    deviations S, that is t = M - sqrt((1 - S) / k); k is the largest with t <= z_(k)."""
    z = beta * scores / 2
    z = z - z.max(axis=1, keepdims=True)  # p does not change, squares stay small
    falling = -numpy.sort(-z, axis=1)
    counts = numpy.arange(1, z.shape[1] + 1)
    mean = falling.cumsum(axis=1) / counts
    deviations = (falling ** 2).cumsum(axis=1) - counts * mean ** 2
    thresholds = mean - numpy.sqrt(numpy.maximum((1 - deviations) / counts, 0))
    support = (thresholds <= falling).sum(axis=1)[:, None]
    threshold = numpy.take_along_axis(thresholds, support - 1, axis=1)
    return numpy.maximum(z - threshold, 0) ** 2


def maximum(scores, _=None):
    """All weight to the largest score; to the first of equal ones, or to the first NaN."""
    weights = numpy.zeros_like(scores)
    weights[numpy.arange(len(scores)), scores.argmax(axis=1)] = 1
    return weights


def power(scores, exponent=2):
    """s^n"""
    with numpy.errstate(over="ignore", invalid="ignore"):
        return scores ** exponent


def identity(scores, _=None):
    """s"""
    return scores


def shared(weights):
    """Weights divided by their sum, of whatever sign; all NaN where the sum is inf."""
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return weights / weights.sum(axis=1, keepdims=True)


SEPARATIONS = {"softmax": softmax, "softmax_naive": softmax_naive, "power": power, "max": maximum,
               "sparsemax": sparsemax, "entmax15": entmax15, "identity": identity}
