"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("cells");
  const specs = read("specs");
  const charts = read("charts");

  const flagText = (mask) =>
    data.flag_names.filter((_, bit) => mask & (1 << bit)).join(", ") || "none";
  const number = (x) => (x === null ? "–" : String(Number(x.toPrecision(3))));

  // One object per cell from the columns; `place` counts through the axes with the last one fastest.
  function decoded(useTexts) {
    const { place, state, done, flags } = data.columns;
    const values = data.axes.map((axis) => (axis.numeric || !useTexts ? axis.values : axis.texts));
    let at = 0;
    return place.map((step, row) => {
      at += step;
      const cell = {};
      let rest = at;
      for (let a = data.axes.length - 1; a >= 0; --a) {
        const size = values[a].length;
        cell[data.axes[a].name] = values[a][rest % size];
        rest = Math.floor(rest / size);
      }
      cell.state = data.states[state[row]];
      cell.done = done[row];
      for (const measure of data.measures) {
        cell[measure.name] = measure.mean[row];
        if (measure.low.length) {
          cell[measure.name + "_low"] = measure.low[row];
          cell[measure.name + "_high"] = measure.high[row];
        }
      }
      cell.flags = flagText(flags[row]);
      if (useTexts) {
        cell.overflow = (flags[row] & data.overflow_mask) !== 0;
        for (const overlay of data.overlays) cell[overlay.name] = overlay.values[row];
        cell.interval = number(cell.recall_error_low ?? null) + " … " + number(cell.recall_error_high ?? null);
      }
      return cell;
    });
  }

  // A specification in its place, its data put into what it compiles to: Vega-Lite would copy and
  // hash them. A figure may bring data of its own instead.
  async function embedded(id, spec, data, options) {
    const chart = document.getElementById(id + "-chart");
    try {
      const { view } = await vegaEmbed(chart, spec, {
        ast: true, // no eval: the page's CSP forbids it
        renderer: "canvas",
        actions: { export: true, source: false, compiled: false, editor: false },
        downloadFileName: id,
        patch: (compiled) => {
          for (const source of compiled.data) if (data[source.name]) source.values = data[source.name]();
          return options.also ? options.also(compiled) : compiled;
        },
        bind: options.bind,
      });
      return view;
    } catch (error) {
      chart.textContent = "This figure could not be drawn: " + error.message;
      chart.classList.add("failed-chart");
      throw error;
    }
  }
  const draw = ({ id, spec }) =>
    embedded(id, spec, { cells: () => decoded(true) }, { bind: document.getElementById(id + "-controls") });

  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  const quoted = (x) => (/[",\r\n]/.test(String(x)) ? '"' + String(x).replaceAll('"', '""') + '"' : String(x ?? ""));
  const csv = (rows) => rows.map((row) => row.map(quoted).join(",") + "\n").join("");

  for (const button of document.querySelectorAll("[data-save-table]"))
    button.addEventListener("click", () => {
      const table = document.getElementById(button.dataset.saveTable);
      save(button.dataset.saveTable + ".csv", "text/csv",
        csv([...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent))));
    });
  for (const button of document.querySelectorAll("[data-save-cells]"))
    button.addEventListener("click", () => {
      const cells = decoded(false);
      const names = Object.keys(cells[0] ?? {});
      save("cells.csv", "text/csv", csv([names, ...cells.map((cell) => names.map((name) => cell[name]))]));
    });
  for (const button of document.querySelectorAll("[data-save-figure]"))
    button.addEventListener("click", () => {
      const id = button.dataset.saveFigure;
      const { data: own, usermeta } = specs.find((figure) => figure.id === id).spec;
      const names = usermeta.columns;
      save(id + ".csv", "text/csv", csv([names, ...own.values.map((row) => names.map((name) => row[name]))]));
    });
  for (const button of document.querySelectorAll("[data-save-chart]"))
    button.addEventListener("click", () =>
      save(button.dataset.saveChart + ".csv", "text/csv", chartCsv(charts.find(({ id }) => id === button.dataset.saveChart))));
  for (const button of document.querySelectorAll("[data-save-text]"))
    button.addEventListener("click", () =>
      save(button.dataset.fileName, "text/plain", document.getElementById(button.dataset.saveText).textContent));

  for (const button of document.querySelectorAll("thead button"))
    button.addEventListener("click", () => {
      const heading = button.closest("th");
      const body = button.closest("table").tBodies[0];
      const descending = heading.getAttribute("aria-sort") === "ascending";
      for (const other of heading.parentNode.cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const order = (row) => Number(row.cells[heading.cellIndex].dataset.order);
      const last = (x) => (Number.isNaN(x) ? Infinity : descending ? -x : x);
      body.append(...[...body.rows].sort((a, b) => last(order(a)) - last(order(b)) || 0));
    });

  // ---- Charts (analysis/figures/chart_vega.hpp): numbers once, and as many drawings as there are choices.

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

  function chartCsv(chart) {
    const names = [...chart.facets.map((facet) => facet.name), "kind", chart.x.name, chart.y.name,
      "low", "high", chart.tile_colors.name, "state", "overflow", "note"];
    const rows = entries(chart).map((row) => [
      ...chart.facets.map((facet, f) => facet.values[row.facets[f]] ?? ""),
      row.kind, onAxis(chart.x, row.x, exactText), onAxis(chart.y, row.y, exactText),
      exactText(row.low), exactText(row.high), exactText(row.value), row.state ?? "",
      row.is === "tile" ? Number(row.hatched) : "", row.note]);
    for (const rule of chart.rules)
      rows.push([...chart.facets.map(() => ""), rule.text, rule.vertical ? exactText(rule.at) : "",
        rule.vertical ? "" : exactText(rule.at), "", "", "", "", "", ""]);
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
    const { title, values, numeric } = chart.facets[choice.panel];
    spec.facet = { field: "panel", type: "nominal", sort: values, title: null,
      header: { labelExpr: (numeric ? JSON.stringify(title + " = ") + " + " : "") + "datum.value", labelLimit: unit.width } };
    if (panels <= 3) spec.facet = { column: spec.facet };
    else spec.columns = columns;
    return Object.assign(spec, { spec: unit, spacing: 36 });
  }

  // A choice that the reader has, in the form that Vega gives its own.
  function control(place, name, options, chosen, change) {
    const label = document.createElement("label");
    const title = document.createElement("span");
    title.className = "vega-bind-name";
    title.textContent = name;
    const select = document.createElement("select");
    select.name = name;
    for (const [value, text] of options) select.add(new Option(text, value, false, value === String(chosen)));
    select.addEventListener("change", () => change(select.value));
    label.append(title, select);
    const box = document.createElement("div");
    box.className = "vega-bind";
    box.append(label);
    place.append(box);
  }

  async function drawChart(chart) {
    chart.all = entries(chart);
    const isMap = chart.tiles.value.length > 0;
    const choice = {
      panel: chart.panel,
      color: isMap || chart.color === chart.panel ? null : chart.color,
      x: chart.x.scales[0],
      y: chart.y.scales[0],
      picked: chart.facets.map((facet) => facet.initial),
    };
    const place = document.getElementById(chart.id + "-controls");
    const figure = document.getElementById(chart.id + "-chart");
    // The wheel scrolls the page until the reader has clicked into the chart.
    figure.addEventListener("wheel", (event) => {
      if (!figure.contains(document.activeElement)) event.stopImmediatePropagation();
    }, true);
    figure.addEventListener("pointerdown", () => figure.focus({ preventScroll: true }));

    const shown = { id: chart.id, csv: () => chartCsv(chart) };
    const update = async () => {
      shown.view?.finalize();
      const rows = rowsShown(chart, choice);
      const spec = chartSpec(chart, choice, rows);
      const unit = spec.spec ?? spec;
      const rules = rulesPlaced(chart, unit, rows);
      const view = await embedded(chart.id, spec, { rows: () => rows, rules: () => rules }, { also: (compiled) => withSteps(unit, withKinds(chart, choice, compiled)) });
      // Marks know the number of their row; what is told of it is made when it is looked at.
      const tell = view.tooltip();
      shown.tip = (row) => tipOf(chart, rows[row]);
      await view.tooltip((handler, event, item, row) =>
        tell(handler, event, item, typeof row === "number" ? shown.tip(row) : row)).runAsync(); // it begins a new drawing
      shown.view = view;
    };
    const changed = () => {
      const turned = place.contains(document.activeElement) ? document.activeElement.name : null;
      controls();
      [...place.querySelectorAll("select")].find((select) => select.name === turned)?.focus();
      shown.ready = Promise.resolve(shown.ready).then(update); // one after another
    };
    function controls() {
      place.replaceChildren();
      const names = [["none", "none"], ...chart.facets.map((facet, f) => [String(f), facet.title])];
      const facetControl = (name, key, other) =>
        control(place, name, names, choice[key] ?? "none", (value) => {
          const before = choice[key];
          choice[key] = value === "none" ? null : Number(value);
          // The other one takes what this one leaves.
          if (choice[key] !== null && choice[key] === choice[other])
            choice[other] = before ?? (other === "color" ? chart.facets.findIndex((_, f) => f !== choice[key]) : null);
          if (choice[other] === -1) choice[other] = null;
          changed();
        });
      if (chart.facets.length) {
        facetControl("panels", "panel", "color");
        if (!isMap) facetControl("colours", "color", "panel");
      }
      chart.facets.forEach((facet, f) => {
        if (f !== choice.panel && f !== choice.color)
          control(place, facet.title, facet.values.map((text, i) => [String(i), text]), choice.picked[f],
            (value) => { choice.picked[f] = Number(value); changed(); });
      });
      for (const axis of ["x", "y"])
        if (chart[axis].scales.length > 1)
          control(place, axis + " axis", chart[axis].scales.map((scale) => [scale, scale === "log" ? "logarithmic" : "linear"]),
            choice[axis], (value) => { choice[axis] = value; changed(); });
    }
    controls();
    await update();
    return shown;
  }

  // "ready" or "failed": tests and printing scripts wait for it.
  const report = document.documentElement;
  report.dataset.figures = "drawing";
  Promise.all([Promise.all(specs.map(draw)), Promise.all(charts.map(drawChart))]).then(
    ([views, shown]) => {
      window.basinViews = views;
      window.basinCharts = shown;
      report.dataset.figures = "ready";
    },
    (error) => {
      report.dataset.figures = "failed";
      console.error(error);
    });
})();
