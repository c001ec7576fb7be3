// A chart as a Vega-Lite specification, by what the reader chose.

// Ends of an axis: those given, else of what is shown, from 0 where that is near.
function endsOf(axis, scale, numbers, zeroIsNear) {
  if (axis.categories.length) return [-0.5, axis.categories.length - 0.5];
  let low = Infinity, high = -Infinity;
  for (const x of numbers)
    if (x !== null && Number.isFinite(x) && (scale !== "log" || x > 0)) {
      low = Math.min(low, x);
      high = Math.max(high, x);
    }
  if (low > high) [low, high] = scale === "log" ? [1, 10] : [0, 1];
  if (scale !== "log" && low > 0 && low < high * zeroIsNear) low = 0;
  if (axis.low !== null && (scale !== "log" || axis.low > 0)) low = axis.low;
  if (axis.high !== null) high = axis.high;
  if (low === high) [low, high] = scale === "log" ? [low / 2, high * 2] : [low - 1, high + 1];
  return [low, high];
}

const namesKinds = (chart) => chart.kinds.length > (chart.tiles.value.length ? 0 : 1);
const kindColor = (chart, i) => (chart.kind_scale.domain.length === 1 && chart.tiles.value.length ? "#d55e00" : chart.kind_scale.range?.[i] ?? "#1f2933");

// Without a facet for it, colours tell kinds.
function seriesColor(chart, facet, isMap) {
  if (!facet && chart.kinds.length === 1) return { value: kindColor(chart, 0) };
  const strokes = chart.series.some(([, is]) => is !== "points");
  const legend = facet && {
    title: facet.title, columns: Math.ceil(facet.values.length / 16), labelLimit: 240, symbolOpacity: 1,
    symbolType: strokes ? "stroke" : "circle", symbolStrokeWidth: 3, symbolSize: strokes ? 300 : 90,
  };
  return { field: "color", type: "nominal", scale: facet ? facet.scale : chart.kind_scale, legend };
}

// Vega-Lite drops the steps of ticks where axes stand beside panels.
function withSteps(unit, compiled) {
  const step = (mark) => {
    for (const axis of mark.axes ?? [])
      if (unit.encoding[axis.scale]?.axis.tickMinStep) axis.tickMinStep = unit.encoding[axis.scale].axis.tickMinStep;
    (mark.marks ?? []).forEach(step);
  };
  step(compiled);
  return compiled;
}

// Kinds by mark and dash, which Vega-Lite has no legend for; grey if colours tell something else.
function withKinds(chart, choice, compiled) {
  if (!namesKinds(chart)) return compiled;
  const of = (property) => ({ signal: JSON.stringify(Object.fromEntries(chart.kinds.map((kind, i) => [kind.name, property(kind, i)]))) + "[datum.value]" });
  const color = (_, i) => (choice.color === null ? kindColor(chart, i) : "#52606d");
  const isPoint = (kind) => kind.mark === "points";
  const names = chart.kinds.map((kind) => kind.name);
  (compiled.scales ??= []).push({ name: "kinds", type: "ordinal", domain: names, range: names });
  const shapes = { points: "M-0.5,0A0.5,0.5,0,1,1,0.5,0A0.5,0.5,0,1,1,-0.5,0", wide: "M-1,-0.5H1V0.5H-1Z", line: "M-1.2,0H1.2" };
  const shape = (kind) => (isPoint(kind) ? shapes.points : kind.wide ? shapes.wide : shapes.line);
  const filled = (kind) => isPoint(kind) || kind.wide;
  (compiled.legends ??= []).push({
    shape: "kinds",
    orient: chart.tiles.value.length ? "bottom" : "right",
    symbolSize: 300,
    symbolStrokeWidth: 2.5,
    labelLimit: 300,
    encode: { symbols: { update: {
      shape: of(shape),
      fill: of((kind, i) => (filled(kind) ? color(kind, i) : "transparent")),
      stroke: of((kind, i) => (filled(kind) ? "transparent" : color(kind, i))),
      strokeDash: of((kind) => kind.dash),
      opacity: of((kind) => (kind.wide ? 0.35 : 1)),
    } } },
  });
  return compiled;
}

// Rules with the place of their texts: at the end where fewer rows are near, away from other rules.
function rulesPlaced(chart, { encoding, width }, rows) {
  const part = ({ scale: { type, domain } }, x) => {
    const [low, high, at] = [...domain, x].map((number) => (type === "log" ? Math.log(number) : number));
    return (at - low) / (high - low);
  };
  return [false, true].flatMap((vertical) => {
    const rules = chart.rules.filter((rule) => rule.vertical === vertical).sort((a, b) => a.at - b.at);
    return rules.map((rule, i) => {
      if (vertical) {
        const right = part(encoding.x, rule.at) > 0.75;
        return { ...rule, across: 6, align: right ? "right" : "left", baseline: "top", dx: right ? -6 : 6, dy: 0 };
      }
      const at = part(encoding.y, rule.at);
      const near = (test) => rows.filter((row) => Math.abs(part(encoding.y, row.y) - at) < 0.08 && test(part(encoding.x, row.x))).length;
      const right = near((x) => x > 0.65) <= near((x) => x < 0.35);
      const below = i === 0 && rules.length > 1;
      return { ...rule, across: right ? width - 6 : 6, align: right ? "right" : "left", baseline: below ? "top" : "bottom", dx: 0, dy: below ? 4 : -4 };
    });
  });
}

function chartSpec(chart, choice, rows) {
  const unit = structuredClone(chart.unit);
  const isMap = chart.tiles.value.length > 0;
  const panels = choice.panel === null ? 1 : chart.facets[choice.panel].values.length;
  const columns = panels <= 3 ? panels : panels === 4 ? 2 : 3;
  const colors = choice.color === null ? null : chart.facets[choice.color];

  // What is left beside axis and legend is for the panels.
  const labels = [...(colors ? [...colors.values, colors.title] : []), ...(namesKinds(chart) && !isMap ? chart.kinds.map(({ name }) => name) : [])];
  const legend = labels.length ? 90 + 8 * Math.min(30, Math.max(...labels.map((text) => text.length))) * Math.ceil((colors?.values.length ?? 1) / 16) : 0;
  const names = 8 * Math.min(32, Math.max(5, ...chart.y.categories.map((text) => text.length)));
  const room = (1040 - names - legend - (isMap ? 110 : 0) - 36 * (columns - 1)) / columns;
  unit.width = Math.floor(Math.min(Math.max(room, 190), 820));
  unit.height = [420, 340, 260][columns - 1];
  // Whole pixels a category: fractions leave pale seams between tiles.
  const stepped = (axis, size, least, most) =>
    axis.categories.length * Math.floor(Math.min(Math.max(size / axis.categories.length, least), most));
  if (isMap) {
    unit.width = stepped(chart.x, Math.min(room, 640), 10, 72);
    unit.height = stepped(chart.y, 300, 14, 44);
    const bar = unit.layer[0].encoding.fill.legend;
    bar.gradientLength = Math.min(bar.gradientLength, unit.height);
    if (bar.gradientLength < 150) bar.tickCount = 3;
  } else if (chart.y.categories.length) unit.height = stepped(chart.y, unit.height, 24, 40);

  for (const name of ["x", "y"]) {
    const axis = chart[name];
    const across = chart.along_x === (name === "x") ? ["low", "high"] : [];
    const ruled = chart.rules.filter((rule) => rule.vertical === (name === "x")).map((rule) => rule.at);
    const numbers = rows.flatMap((row) => [row[name], ...across.map((end) => row[end] ?? null)]).concat(ruled);
    const domain = endsOf(axis, choice[name], numbers, name === "x" ? 0.1 : 0.5);
    // Intervals without an end, or with one that a logarithm has no place for, end out of sight.
    const [low, high] = domain;
    const far = choice[name] === "log" ? [low / 1e6, high * 1e6] : [low - 9 * (high - low), high + 9 * (high - low)];
    for (const row of rows)
      for (const end of across) if (typeof row[end] === "number") row[end] = Math.min(Math.max(row[end], far[0]), far[1]);
    unit.encoding[name].axis.tickMinStep = choice[name] !== "log" && numbers.every((x) => x === null || Number.isInteger(x)) ? 1 : undefined;
    const isList = name === "y" && !isMap && axis.categories.length > 0; // read from the top
    if (isList && chart.rules.some((rule) => rule.vertical)) domain[0] -= 0.5;
    unit.encoding[name].scale = { type: choice[name], domain, nice: false, padding: axis.categories.length ? 0 : 16,
      reverse: isList, ...(choice[name] === "log" ? {} : { zero: false }) };
  }
  const series = unit.layer.find((layer) => layer.name === "series");
  if (series) series.encoding.color = seriesColor(chart, colors, isMap);
  const apart = chart.facets.flatMap((facet, f) => f === choice.panel || f === choice.color ? [] : [facet.title + " = " + facet.values[choice.picked[f]]]);
  const spec = { $schema: "https://vega.github.io/schema/vega-lite/v5.json", config: chart.config, data: { name: "rows" },
    title: { text: chart.title, subtitle: apart.join("   ·   ") } };
  if (choice.panel === null) return Object.assign(spec, unit);
  const { title: whole, values, numeric } = chart.facets[choice.panel];
  const title = columns === 3 ? whole.replace(/^.* (?=\S$)/, "") : whole; // "interaction vertex n": narrow panels have room for "n"
  spec.facet = { field: "panel", type: "nominal", sort: values, title: null,
    header: { labelExpr: (numeric ? JSON.stringify(title + " = ") + " + " : "") + "datum.value", labelLimit: unit.width } };
  if (panels <= 3) spec.facet = { column: spec.facet };
  else spec.columns = columns;
  return Object.assign(spec, { spec: unit, spacing: 36 });
}
