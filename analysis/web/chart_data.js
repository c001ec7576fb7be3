// The numbers of a chart (analysis/figures/chart_vega.hpp): once, for as many drawings as there are choices.

const signs = ["filled", "open", "arrow_up", "arrow_down"];
const real = (x) => (x === "inf" ? Infinity : x === "-inf" ? -Infinity : x);

// Tiles and points as they are in the CSV, with facet values as indices.
function entries(chart) {
  const tiles = chart.tiles.value.map((value, i) => ({
    is: "tile",
    facets: chart.facets.map((_, f) => chart.tiles.facets[i * chart.facets.length + f]),
    kind: "tile",
    x: chart.tiles.x[i],
    y: chart.tiles.y[i],
    value: real(value),
    state: chart.states[chart.tiles.state?.[i] ?? 0],
    hatched: chart.tiles.hatched?.[i] === 1,
    note: chart.tiles.notes[chart.tiles.note?.[i] ?? 0],
  }));
  const points = [];
  chart.series.forEach(([kind, is, wide, count, ...facets], series) => {
    for (let end = points.length + count; points.length < end; ) {
      const i = points.length;
      points.push({
        is, facets, series, count,
        wide: wide === 1,
        order: i,
        kind: chart.kinds[kind].name,
        x: real(chart.xs[chart.points.x[i]]),
        y: real(chart.points.y[i]),
        low: real(chart.points.low?.[i] ?? null),
        high: real(chart.points.high?.[i] ?? null),
        sign: signs[chart.points.sign?.[i] ?? 0],
        note: chart.notes[chart.points.note?.[i] ?? 0],
      });
    }
  });
  return [...tiles, ...points];
}

// Numbers as the program writes them into CSV files (analysis/charts/chart_table.cpp).
function exactText(x) {
  if (x === null || x === undefined) return "";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  const [digits, exponent] = x.toExponential().split("e");
  if (exponent >= -4 && exponent < 16) return Object.is(x, -0) ? "-0" : String(x);
  return digits + "e" + exponent[0] + exponent.slice(1).padStart(2, "0");
}
const onAxis = (axis, x, text) => axis.categories[x] ?? text(x);
const signNames = { filled: "filled", open: "open", arrow_up: "up", arrow_down: "down" };
// An axis of categories has two columns: which one, and where among them.
const placed = (axis, x) =>
  axis.categories.length ? [axis.categories[x] ?? "", exactText(x)] : [exactText(x), ""];

function chartCsv(chart) {
  const names = [...chart.facets.map((facet) => facet.name), "kind", chart.x.name, chart.x.name + "_position",
    chart.y.name, chart.y.name + "_position", "low", "high", chart.tile_colors.name, "state", "overflow", "sign", "note"];
  const all = entries(chart);
  const someSign = all.some((row) => row.is !== "tile" && row.sign !== "filled");
  const rows = all.map((row) => [
    ...chart.facets.map((facet, f) => facet.values[row.facets[f]] ?? ""),
    row.kind, ...placed(chart.x, row.x), ...placed(chart.y, row.y),
    exactText(row.low), exactText(row.high), exactText(row.value), row.state ?? "",
    row.is === "tile" ? Number(row.hatched) : "", row.is !== "tile" && someSign ? signNames[row.sign] : "", row.note]);
  for (const rule of chart.rules)
{
    // Along an axis of categories a rule's place is a position among them.
    const at = (axis, here) => (here ? placed(axis, rule.at).map((text, i) => (axis.categories.length && i === 0 ? "" : text)) : ["", ""]);
    rows.push([...chart.facets.map(() => ""), rule.text, ...at(chart.x, rule.vertical), ...at(chart.y, !rule.vertical),
      "", "", "", "", "", "", ""]);
  }
  const used = names.map((_, column) => rows.some((row) => row[column] !== ""));
  return csv([names, ...rows].map((row) => row.filter((_, column) => used[column])));
}

// What is told of a row under the pointer.
function tipOf(chart, { entry: row }) {
  const short = (x) => (x === null ? "–" : Number.isFinite(x) ? String(Number(x.toPrecision(4))) : x > 0 ? "∞" : "−∞");
  const tip = {};
  chart.facets.forEach((facet, f) => { tip[facet.title] = facet.values[row.facets[f]] ?? "all"; });
  if (row.is !== "tile" && row.kind) tip.kind = row.kind;
  tip[chart.x.title] = onAxis(chart.x, row.x, short);
  tip[chart.y.title] = onAxis(chart.y, row.y, short);
  if (row.is === "tile") {
    if (row.state === "done") tip[chart.tile_colors.title] = short(row.value);
    else tip.state = row.state.replace("_", " ");
    if (row.hatched) tip.overflow = "yes";
  }
  if (row.low !== null && row.low !== undefined) tip.interval = short(row.low) + " … " + short(row.high);
  if (row.sign?.startsWith("arrow")) tip.reading = row.sign === "arrow_up" ? "at least this" : "at most this";
  if (row.note) tip.note = row.note;
  return tip;
}

// The rows that a choice shows: all values of the facets that make panels and colours, one of each other.
function rowsShown(chart, choice) {
  const text = (facet, entry) => (facet === null ? "" : chart.facets[facet].values[entry.facets[facet]] ?? "");
  const drawable = (axis, scale, x) => (scale === "log" && x <= 0) || x === null ? null : x;
  const { low, high } = chart.tile_colors;
  return chart.all
    .filter(({ facets }) => chart.facets.every((_, f) =>
      f === choice.panel || f === choice.color || facets[f] === undefined || facets[f] === choice.picked[f]))
    .map((entry, row) => {
      const own = { row, panel: text(choice.panel, entry), color: choice.color === null ? entry.kind : text(choice.color, entry) };
      if (entry.is === "tile") {
        Object.assign(own, { x0: entry.x - 0.5, x1: entry.x + 0.5, y0: entry.y - 0.5, y1: entry.y + 0.5 });
        const part = (entry.value - low) / (high - low);
        own.bright = chart.tile_colors.diverging ? Math.abs(part - 0.5) < 0.3 : part > 0.55;
      } else {
        own.x = drawable(chart.x, choice.x, entry.x);
        own.y = drawable(chart.y, choice.y, entry.y);
        own.shown = entry.is === "points" || entry.sign !== "filled" || (entry.low !== null && entry.count <= 40);
      }
      return { ...entry, ...own, entry };
    });
}
