"""Numbers measured on several random draws: their generators, their mean and standard error.

A draw is the same on every machine with the same NumPy; another NumPy may draw other normals.
"""
import numpy

DRAWS = 8
SEED = 20240607


def generator(*coordinates):
    """The generator of one draw, by the integers that say which it is."""
    return numpy.random.default_rng([SEED, *coordinates])


def unit_vectors(count, dimension, draw):
    """[count, dimension] rows uniform on the sphere"""
    rows = generator(count, dimension, draw).standard_normal((count, dimension))
    return rows / numpy.linalg.norm(rows, axis=1, keepdims=True)


def mean_and_error(draws):
    """{name: (mean, standard error)} of dictionaries with the same names; error 0 of one draw."""
    summary = {}
    for name in draws[0]:
        values = numpy.array([draw[name] for draw in draws], float)
        error = values.std(ddof=1) / len(values) ** 0.5 if len(values) > 1 else 0.0
        summary[name] = (float(values.mean()), float(error))
    return summary


def cell(mean_and_error_of_one):
    """14 characters of a table"""
    mean, error = mean_and_error_of_one
    return f"{mean:7.2f}+-{error:<5.2f}"
