"""Statistics in their textbook form, of NumPy alone."""
import functools
import math

import numpy

_NODES, _WEIGHTS = numpy.polynomial.legendre.leggauss(80)


def _integral(f, low, high):
    half = (high - low) / 2
    return half * float(numpy.sum(_WEIGHTS * f(low + half * (_NODES + 1))))


def t_two_sided(t, freedom):
    """P(|T| > t): with T = sqrt(freedom) tan(a) the density is cos(a)^(freedom - 1), normalized."""
    def density(a):
        return numpy.cos(a) ** (freedom - 1)
    angle = math.atan(abs(t) / math.sqrt(freedom))
    return _integral(density, angle, math.pi / 2) / _integral(density, 0, math.pi / 2)


def bisect(f, low, high):
    """Root of a falling f."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) > 0 else (low, middle)
    return (low + high) / 2


@functools.lru_cache(maxsize=None)
def t_quantile(freedom, confidence=0.95):
    return bisect(lambda t: t_two_sided(t, freedom) - (1 - confidence), 0, 1000)


def normal_tail_quantile(p):
    """z with P(Z > z) = p."""
    return bisect(lambda z: 0.5 * math.erfc(z / math.sqrt(2)) - p, -40, 40)


def interval(values):
    """Mean and t interval."""
    values = numpy.asarray(values, float)
    mean = values.mean()
    if len(values) < 2:
        return mean, math.nan, math.nan
    half = t_quantile(len(values) - 1) * values.std(ddof=1) / math.sqrt(len(values))
    return mean, mean - half, mean + half


def bounded_interval(values, observations, low=0.0, high=1.0):
    """Mean and interval of a metric between two limits: t, and at the limit the share of observations that
    may be missing among len(values) * observations: u with (1 - u)^count = 0.025."""
    mean, first, last = interval(values)
    if math.isnan(first):
        return mean, first, last
    unseen = 1 - 0.025 ** (1 / (len(values) * observations))
    down, up = math.hypot(mean - first, unseen * (mean - low)), math.hypot(last - mean, unseen * (high - mean))
    return mean, max(low, mean - down), min(high, mean + up)


def paired(differences):
    """Mean, low, high, d_z and p of no difference. Equal differences are certain: p = 0, or 1 at 0."""
    mean, low, high = interval(differences)
    spread = numpy.std(differences, ddof=1)
    if numpy.ptp(differences) < 1e-15:
        return mean, mean, mean, 0.0 if mean == 0 else math.copysign(math.inf, mean), float(mean == 0)
    n = len(differences)
    return mean, low, high, mean / spread, t_two_sided(mean / spread * math.sqrt(n), n - 1)


def benjamini_hochberg(p):
    """q_(i) = min over j >= i of p_(j) m / j."""
    p = numpy.asarray(p, float)
    order = numpy.argsort(p)
    scaled = p[order] * len(p) / numpy.arange(1, len(p) + 1)
    adjusted = numpy.empty(len(p))
    adjusted[order] = numpy.minimum(1, numpy.minimum.accumulate(scaled[::-1])[::-1])
    return adjusted


def line(x, y, weight=None):
    """Weighted least squares: slope, intercept, residuals and the slope's variance for unit scatter."""
    x, y = numpy.asarray(x, float), numpy.asarray(y, float)
    w = numpy.ones(len(x)) if weight is None else numpy.asarray(weight, float)
    centre = (w * x).sum() / w.sum()
    squares = (w * (x - centre) ** 2).sum()
    slope = (w * (x - centre) * y).sum() / squares
    intercept = (w * (y - slope * x)).sum() / w.sum()
    return slope, intercept, y - intercept - slope * x, 1 / squares


def logistic_crossing(x, mean, threshold, rising=False, reach=1.0):
    """Root and slope in x of a logistic curve through the means, of those whose logit is within
    `reach` of the threshold's (and the two around it): maximum quasi-likelihood by Newton steps."""
    x, y = numpy.asarray(x, float), numpy.asarray(mean, float)
    logit = numpy.log(numpy.clip(y, 1e-6, 1 - 1e-6) / (1 - numpy.clip(y, 1e-6, 1 - 1e-6)))
    at = math.log(threshold / (1 - threshold))
    passes = y >= threshold if not rising else y <= threshold
    first = int(numpy.argmin(passes)) # the first that does not
    near = numpy.abs(logit - at) <= reach
    near[max(first - 1, 0):first + 1] = True
    x, y = x[near], y[near]
    a, b = 0.0, 4.0 if rising else -4.0
    centre = x.mean()
    for _ in range(100):
        m = 1 / (1 + numpy.exp(-(a + b * (x - centre))))
        design = numpy.stack([numpy.ones(len(x)), x - centre])
        a, b = (a, b) + numpy.linalg.solve((design * (m * (1 - m))) @ design.T, design @ (y - m))
    return centre + (at - a) / b, b
