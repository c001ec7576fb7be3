"""The capacity report's numbers, from results.h5."""
import math

import numpy

import estimates
from curves import title, with_dimension
from models import check_bands
from reading import table
from tally import number


def check_loads(tally, curves, folder, rows):
    """Means with their intervals; open signs where a number overflowed."""
    group, seen = "load.csv: means, intervals, signs", set()
    for row in rows:
        if row["kind"] == "mean of replicates":
            what = f"{title(row)} K = {row['pattern_count']}"
            cell = {**curves.names(row), "pattern_count": row["pattern_count"]}
            values = curves.metric[curves.cube.at(cell)]
            values = values[~numpy.isnan(values)]
            mean, low, high = estimates.bounded_interval(values, curves.independent(row))
            tally.near(group, what, row[curves.name], mean)
            overflowed = bool(curves.overflowed[curves.cube.at(cell)])
            tally.same(group, what + " note", row["note"],
                       f"{len(values)} scenes" + ("; some number overflowed" if overflowed else ""))
            seen.add(what)
            tally.near(group, what + " low", row["low"], low)
            tally.near(group, what + " high", row["high"], high)
            tally.same(group, what + " sign", row.get("sign") or "filled", "open" if overflowed else "filled")
    done = int((~numpy.isnan(curves.metric)).any(axis=-1).sum())
    tally.same(group, f"{folder}: points with a band", len(seen), done)


def check_collapse(tally, curves, loads, rows):
    """load.csv with K by the K_c of the theory that fits best."""
    group = "collapse.csv: loads by theory"
    drawn = ("mean of replicates", "critical K with its interval")
    loads = [row for row in loads if row["kind"] in drawn]
    rows = [row for row in rows if row["kind"] in drawn]
    tally.same(group, "rows", len(rows), len(loads))
    for load, row in zip(loads, rows):
        tally.near(group, f"{title(load)} K = {load['pattern_count']}", row["relative_load"],
                   number(load["pattern_count"]) / curves.best(load))
        for column in (*curves.names(load), curves.name, "low", "high", "note"):
            tally.same(group, f"{title(load)} {column}", row[column], load[column])


def jackknife_error(counts, values, root):
    """Standard error of the root in ln K, leaving out a replicate at a time; values: [K, replicate]."""
    left_out = numpy.array([root(numpy.log(counts), numpy.delete(values, i, axis=1).mean(axis=1))
                            for i in range(values.shape[1])])
    n = len(left_out)
    return math.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum())


def check_crossings(tally, curves, rows):
    """K_c by a fit of our own: near the estimate, inside the interval, and that as wide as a jackknife
    over replicates says (the reported one spends three quarters of the error and rounds outwards)."""
    for row in map(with_dimension, rows):
        what = title(row)
        counts, means = curves.means(row)
        if not row["K_c"]:
            below = (means < curves.threshold).all() != curves.rising
            tally.same("critical counts: state of curves without K_c", what, row["state"],
                       "below the range" if below else "above the range")
            continue
        root, _ = curves.crossing(numpy.log(counts), means)
        _, slope = curves.crossing(numpy.log(counts), means, reach=2.0)
        tally.near("K_c of an own fit, to 4 %", what, row["K_c"], math.exp(root), 0.04)
        tally.within("K_c of an own fit, inside the interval", what, math.exp(root),
                     number(row["lower"]), number(row["upper"]))
        tally.near("slope of an own fit, to 50 %", what, row["slope"], slope, 0.5)
        values = curves.curve(row)
        tally.same("critical counts: scenes", what, row["scenes"], str(int((~numpy.isnan(values)).sum())))
        tally.same("critical counts: largest K", what, row["largest K"], f"{counts.max():.0f}")
        tally.same("critical counts: failed", what, row["failed"], "0")
        large, here = curves.theory(row)
        tally.near("critical counts: theory", what, row["theory, large N"], large)
        tally.near("critical counts: theory", what, row["theory, this N"], here)
        tally.near("critical counts: theory", what, row["K_c by theory"], number(row["K_c"]) / curves.best(row))
        if not numpy.isnan(values).any():
            error = jackknife_error(counts, values, lambda x, y: curves.crossing(x, y)[0])
            own = 2 * estimates.t_quantile(values.shape[1] - 1) * error
            reported = math.log(number(row["upper"]) / number(row["lower"]))
            tally.within("width of K_c's interval, by own jackknife", what, reported / own, 0.8, 3.5)


def law(points, z):
    """points: rows of a table of critical counts of one law. b, its interval, a, scatter, residuals, b of the
    values of the theory compared with. Standard errors are the intervals' half widths in ln K by the normal z."""
    if len(points) < 2:
        return {key: math.nan for key in ("b", "a", "low", "high", "scatter")} | {
            "residuals": [math.nan], "best": math.nan}
    x = [math.log(number(row["dimension"])) for row in points]
    y = [math.log(number(row["K_c"])) for row in points]
    weight = [(2 * z / math.log(number(row["upper"]) / number(row["lower"]))) ** 2 for row in points]
    b, ln_a, residuals, variance = estimates.line(x, y, weight)
    found = {"b": b, "a": math.exp(ln_a), "low": math.nan, "high": math.nan, "scatter": math.nan,
             "residuals": residuals}
    freedom = len(points) - 2
    if freedom > 0:
        found["scatter"] = float((weight * residuals ** 2).sum()) / freedom
        half = estimates.t_quantile(freedom) * math.sqrt(found["scatter"] * variance)
        found.update(low=b - half, high=b + half)
    best = [math.log(number(row["K_c"]) / number(row["K_c by theory"])) for row in points]
    found["best"] = estimates.line(x, best, weight)[0]
    return found


def check_laws(tally, rows, laws):
    z = estimates.normal_tail_quantile(0.025)
    rows = [with_dimension(row) for row in rows]
    for reported in laws:
        group, what = "power laws", title(reported)
        points = [row for row in rows if title({**row, "dimension": ""}).strip() == what and row["K_c"]]
        own = law(points, z)
        for column, key in (("exponent b", "b"), ("b from", "low"), ("b to", "high"), ("factor a", "a"),
                            ("scatter", "scatter")):
            tally.near(group, f"{what} {column}", reported[column], own[key], 1e-7)
        tally.near(group, f"{what} b of theory", reported["b of theory"], 2)
        tally.near(group, f"{what} b of theory here", reported["b of theory here"], own["best"], 1e-7)
        tally.near(group, f"{what} largest residual", reported["largest residual"],
                   max(abs(math.expm1(r)) for r in own["residuals"]), 1e-7)
        tally.same(group, f"{what} N used", reported["N used"], str(len(points)))
        tally.same(group, f"{what} N left out", reported["N left out"],
                   str(len({row["dimension"] for row in rows}) - len(points)))


def check_drawn_counts(tally, curves, folder, rows, loads):
    """The same K_c in the table, over the dimension, and as bars in the loads."""
    group = "critical counts drawn as in the table"
    by_title = {title(row): row for row in map(with_dimension, rows)}
    for point in table(folder / "critical-over-dimension.csv"):
        if point["kind"] == "measured" and not by_title[title(point)]["K_c"]:
            row = by_title[title(point)]
            tally.same(group, title(point), (point["critical_pattern_count"], point["sign"]),
                       (row["upper"], "down") if row["upper"] else (row["lower"], "up"))
        elif point["kind"] == "measured":
            row = by_title[title(point)]
            for drawn, column in (("critical_pattern_count", "K_c"), ("low", "lower"), ("high", "upper")):
                tally.same(group, title(point), point[drawn], row[column])
        elif point["kind"].startswith("theory"):
            large, here = curves.theory(point)
            tally.near(group, title(point) + point["kind"], point["critical_pattern_count"],
                       here if "this N" in point["kind"] else large)
    for end, column in (("lower end", "lower"), ("upper end", "upper")):
        for point in loads:
            if point["note"] == end:
                tally.same(group, title(point) + end, point["pattern_count"], by_title[title(point)][column])


def check_named_theory(tally, curves, folder):
    """The caption names the theory that check_collapse and check_laws find to be compared with."""
    named = "this N" if curves.unit_error is not None else "large N"
    text = (folder / "collapse.txt").read_text(encoding="utf-8")
    tally.same("texts name the theory that was used", "collapse.txt", "this N" if "this N" in text else "large N", named)


def check_tiles(tally, curves, rows):
    group = "phase-map.csv: tiles"
    check_bands(tally, group, curves.cube, rows)
    for row in rows:
        if row["kind"] == "tile" and row["state"] == "done":
            cell = {**curves.names(row), "pattern_count": row["pattern_count"]}
            at = curves.cube.at(cell)
            what = f"{title(row)} K = {row['pattern_count']}"
            tally.near(group, what, row[curves.name], numpy.nanmean(curves.metric[at]))
            tally.same(group, what + " overflow", row["overflow"], str(int(curves.overflowed[at])))


def check_search_table(tally, rows, reported):
    """capacity.csv of `basin capacity` says what the report's table says."""
    group = "capacity.csv as the report's table"
    columns = (("critical_pattern_count", "K_c"), ("lower", "lower"), ("upper", "upper"), ("slope", "slope"),
               ("scenes", "scenes"), ("failed", "failed"), ("theory", "theory, this N"),
               ("theory_asymptotic", "theory, large N"))
    by_title = {title(with_dimension(row)): row for row in reported}
    tally.same(group, "rows", len(rows), len(reported))
    for row in rows:
        other = by_title[title(row).replace("_", " ")]
        for here, there in columns:
            tally.near(group, f"{title(row)} {here}", row[here], number(other[there]), 0.0)


def check_capacity(tally, curves, folder):
    """Everything of one report whose static files are in `folder`."""
    loads, counts = table(folder / "load.csv"), table(folder / "tables/critical-counts.csv")
    check_loads(tally, curves, folder.name, loads)
    check_collapse(tally, curves, loads, table(folder / "collapse.csv"))
    check_crossings(tally, curves, counts)
    check_laws(tally, counts, table(folder / "tables/capacity-laws.csv"))
    check_drawn_counts(tally, curves, folder, counts, loads)
    check_named_theory(tally, curves, folder)
    check_tiles(tally, curves, table(folder / "phase-map.csv"))
