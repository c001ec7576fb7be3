"""What compare.py found, as text."""

TITLES = {
    "basin_recall": "Basin",
    "basin_states": "Basin, states alone",
    "basin_uncertified": "Basin, uncertified",
    "torch_per_neuron": "PyTorch, per neuron",
    "torch_rank_one": "PyTorch, rank one",
    "torch_two_matmuls": "PyTorch, two matmuls",
    "torch_clamped_tiling": "PyTorch, clamped tiling",
    "numpy_per_neuron": "NumPy, per neuron",
    "numpy_rank_one": "NumPy, rank one",
    "naive": "naive C++",
    "oracle": "oracle",
}

BASINS = {"basin_recall", "basin_uncertified"}

HEADINGS = {
    "async_sequential": "Asynchronous recall until a sweep without a flip, at most 10 sweeps",
    "one_shot": "One synchronous step",
}


def with_ratios(records):
    """Adds to every timed record how many times Basin's median its own is."""
    median = {record["peer"]: record["median"] for record in records if "median" in record}
    for record in records:
        if "median" in record:
            for basin in BASINS & median.keys():
                record["times_" + basin] = record["median"] / median[basin]
    return records


def differing(result, peer):
    """(case, record) wherever some of the peer's final states are not Basin's."""
    return [(case, record) for case in result["cases"] for record in case["peers"]
            if record["peer"] == peer and record["probes_differing_from_basin"] > 0]


def number(value, whole_from=100):
    """About as many digits as repetitions share."""
    return f"{value:,.0f}" if value >= whole_from else f"{value:.1f}"


def aligned(rows):
    """Rows of cells as lines: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["   ".join(cell.ljust(width) if column == 0 else cell.rjust(width)
                       for column, (cell, width) in enumerate(zip(row, widths))).rstrip()
            for row in rows]


def ratios(record):
    if record["peer"].startswith("basin"):
        return ""
    return "  ".join(f"{number(record['times_' + basin], whole_from=10)}x".rjust(6)
                     for basin in sorted(BASINS) if "times_" + basin in record)


def case_tables(result, update):
    """One table for each pattern count: who, probes measured, and for each vertex the time and how
    many times Basin's that is."""
    for patterns in sorted({case["pattern_count"] for case in result["cases"]}):
        cases = [case for case in result["cases"]
                 if (case["update"], case["pattern_count"]) == (update, patterns)]
        rows = [[f"K = {patterns}", "probes"]]
        for case in cases:
            rows[0] += [f"n = {case['interaction_vertex']}", ""]
        for index, record in enumerate(cases[0]["peers"]):
            if "median" not in record:
                continue
            row = [TITLES[record["peer"]], str(record["probes"])]
            for case in cases:
                row += [number(case["peers"][index]["median"]), ratios(case["peers"][index])]
            rows.append(row)
        yield from aligned(rows)
        yield ""


def curve_table(curve):
    vertices = ", ".join(map(str, curve["interaction_vertex"]))
    rows = [[f"K = {curve['pattern_count']}, n = {vertices}, {curve['probe_count']} probes each",
             "s", ""]]
    for record in curve["peers"]:
        title = TITLES[record["peer"]].replace("Basin", "basin run")
        if record["peer"].startswith("torch"):
            title += f": {curve['torch_probes_measured']} probes, scaled to {curve['probe_count']}"
        rows.append([title, number(record["median"]), ratios(record)])
    return aligned(rows)


def states_lines(result):
    """Whose final states are not Basin's, and that the oracle's are, or not."""
    names = list(dict.fromkeys(r["peer"] for case in result["cases"] for r in case["peers"]
                               if "probes_differing_from_basin" in r))
    for name in names:
        compared = sum(record["probes"] for case in result["cases"] for record in case["peers"]
                       if record["peer"] == name)
        where = [f"{record['probes_differing_from_basin']} of {record['probes']} at "
                 f"{case['update']}, K = {case['pattern_count']}, n = {case['interaction_vertex']}"
                 for case, record in differing(result, name)]
        if name != "basin_states":
            yield f"{TITLES[name]:24} {compared} probes, differing: {'; '.join(where) or 'none'}"


def introduction(result):
    yield f"N = {result['dimension']}, random patterns, 10 % of each cue flipped, F(x) = x^n, float32"
    yield (f"one core of {result['cpu']}, Basin on its {result['basin']['kernel_path']} path, "
           f"PyTorch {result['torch']}, NumPy {result['numpy']}, {result['blas']}")
    if "openblas" not in result["blas"]:
        yield "N.B. that BLAS slows PyTorch and NumPy many times: install libopenblas0-pthread"
    yield f"medians of {result['repetitions']} interleaved repetitions"
    yield ("behind a time, how many times Basin's it is: of `basin run`, metrics and every query repeated in "
           "exact arithmetic included, then of final states alone where every state is looked at (uncertified)")
    yield ""


def page(result):
    lines = list(introduction(result))
    for update, heading in HEADINGS.items():
        lines += [f"{heading}: CPU microseconds per probe", *case_tables(result, update)]
    lines += ["Capacity curve: wall seconds, start and file of `basin run` included",
              *curve_table(result["capacity_curve"]), ""]
    lines += ["Final states against Basin's", *states_lines(result), ""]
    return "\n".join(lines)
