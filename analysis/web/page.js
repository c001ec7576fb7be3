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
  async function embedded(id, spec, data, bind) {
    const chart = document.getElementById(id + "-chart");
    try {
      const { view } = await vegaEmbed(chart, spec, {
        ast: true, // no eval: the page's CSP forbids it
        renderer: "canvas",
        bind,
        actions: { export: true, source: false, compiled: false, editor: false },
        downloadFileName: id,
        patch: (compiled) => {
          for (const source of compiled.data) if (data[source.name]) source.values = data[source.name]();
          return compiled;
        },
      });
      return view;
    } catch (error) {
      chart.textContent = "This figure could not be drawn: " + error.message;
      chart.classList.add("failed-chart");
      throw error;
    }
  }
  const draw = ({ id, spec }) =>
    embedded(id, spec, { cells: () => decoded(true) }, document.getElementById(id + "-controls"));

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

  // ---- Charts (analysis/chart_vega.hpp): numbers once, and as many drawings as there are choices.

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
          is, facets, series,
          wide: wide === 1,
          kind: chart.kinds[kind],
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

  // Numbers as the program writes them into CSV files (analysis/chart_table.cpp).
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

  // What is told of a row under the pointer; made only then.
  class Row {
    constructor(chart, entry, fields) {
      Object.assign(this, entry, fields);
      Object.defineProperty(this, "chart", { value: chart });
    }
    get tip() {
      const { chart } = this;
      const short = (x) => (x === null ? "–" : String(Number(x.toPrecision(4))));
      const tip = {};
      chart.facets.forEach((facet, f) => { tip[facet.title] = facet.values[this.facets[f]] ?? "all"; });
      if (this.is !== "tile" && this.kind) tip.kind = this.kind;
      tip[chart.x.title] = onAxis(chart.x, this.x, short);
      tip[chart.y.title] = onAxis(chart.y, this.y, short);
      if (this.is === "tile") {
        if (this.state === "done") tip[chart.tile_colors.title] = short(this.value);
        else tip.state = this.state.replace("_", " ");
        if (this.hatched) tip.overflow = "yes";
      }
      if (this.low !== null && this.low !== undefined) tip.interval = short(this.low) + " … " + short(this.high);
      if (this.sign?.startsWith("arrow")) tip.reading = this.sign === "arrow_up" ? "at least this" : "at most this";
      if (this.note) tip.note = this.note;
      return tip;
    }
  }

  // The rows that a choice shows: all values of the facets that make panels and colours, one of each other.
  function rowsShown(chart, choice) {
    const text = (facet, entry) => (facet === null ? "" : chart.facets[facet].values[entry.facets[facet]] ?? "");
    const drawable = (axis, scale, x) => (scale === "log" && x <= 0) || x === null ? null : x;
    const { low, high } = chart.tile_colors;
    return chart.all
      .filter(({ facets }) => chart.facets.every((_, f) =>
        f === choice.panel || f === choice.color || facets[f] === undefined || facets[f] === choice.picked[f]))
      .map((entry) => {
        const own = { panel: text(choice.panel, entry), color: choice.color === null ? entry.kind : text(choice.color, entry) };
        if (entry.is === "tile") {
          Object.assign(own, { x0: entry.x - 0.5, x1: entry.x + 0.5, y0: entry.y - 0.5, y1: entry.y + 0.5 });
          const part = (entry.value - low) / (high - low);
          own.bright = chart.tile_colors.diverging ? Math.abs(part - 0.5) < 0.3 : part > 0.55;
        } else {
          own.x = drawable(chart.x, choice.x, entry.x);
          own.y = drawable(chart.y, choice.y, entry.y);
          own.shown = entry.is === "points" || entry.low !== null || entry.sign !== "filled";
        }
        return new Row(chart, entry, own);
      });
  }

  // Ends of an axis: those given, else of what is shown, from 0 where that is near.
  function endsOf(axis, scale, numbers) {
    if (axis.categories.length) return [-0.5, axis.categories.length - 0.5];
    let low = Infinity, high = -Infinity;
    for (const x of numbers)
      if (x !== null && Number.isFinite(x) && (scale !== "log" || x > 0)) {
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
    if (low > high) [low, high] = scale === "log" ? [1, 10] : [0, 1];
    if (scale !== "log" && low > 0 && low < high / 2) low = 0;
    if (axis.low !== null && (scale !== "log" || axis.low > 0)) low = axis.low;
    if (axis.high !== null) high = axis.high;
    if (low === high) [low, high] = scale === "log" ? [low / 2, high * 2] : [low - 1, high + 1];
    return [low, high];
  }

  function chartSpec(chart, choice, rows) {
    const unit = structuredClone(chart.unit);
    const panels = choice.panel === null ? 1 : chart.facets[choice.panel].values.length;
    const columns = panels <= 3 ? panels : panels === 4 ? 2 : 3;
    const isMap = chart.tiles.value.length > 0;
    for (const [name, extra] of [["x", chart.along_x ? ["low", "high"] : []], ["y", chart.along_x ? [] : ["low", "high"]]]) {
      const ruled = chart.rules.filter((rule) => rule.vertical === (name === "x")).map((rule) => rule.at);
      const domain = endsOf(chart[name], choice[name], [...rows.flatMap((row) => [row[name], ...extra.map((f) => row[f] ?? null)]), ...ruled]);
      unit.encoding[name].scale = { type: choice[name], domain, nice: false, ...(choice[name] === "log" ? {} : { zero: false }), padding: chart[name].categories.length ? 0 : 10,
        reverse: name === "y" && !isMap && chart.y.categories.length > 0 };
    }
    const size = { 1: [820, 420], 2: [400, 340], 3: [262, 260] }[columns];
    [unit.width, unit.height] = size;
    // Whole pixels a category: fractions leave pale seams between tiles.
    const stepped = (axis, room, least, most) =>
      axis.categories.length * Math.floor(Math.min(Math.max(room / axis.categories.length, least), most));
    if (isMap) {
      unit.width = stepped(chart.x, [680, 400, 262][columns - 1], 10, 72);
      unit.height = stepped(chart.y, 300, 14, 44);
    } else if (chart.y.categories.length) unit.height = stepped(chart.y, size[1], 24, 40);

    const series = unit.layer.find((layer) => layer.name === "series");
    if (series) {
      const scale = choice.color === null ? chart.kind_scale : chart.facets[choice.color].scale;
      const many = scale.domain.length;
      const strokes = chart.series.some(([, is]) => is !== "points");
      series.encoding.color = many === 1 ? { value: isMap ? "#d55e00" : "#0072b2" } : {
        field: "color", type: "nominal", scale,
        legend: choice.color === null ? null : {
          title: chart.facets[choice.color].title, columns: Math.ceil(many / 16),
          symbolType: strokes ? "stroke" : "circle", symbolOpacity: 1, symbolStrokeWidth: 3, symbolSize: strokes ? 300 : 90,
        },
      };
      // The kinds' legend is grey, unless colours tell kinds.
      const { legend } = series.encoding.strokeDash;
      if (legend) {
        const colors = Object.fromEntries(chart.kind_scale.domain.map((kind, i) => [kind, chart.kind_scale.range?.[i]]));
        const color = choice.color === null ? { signal: JSON.stringify(colors) + "[datum.value] || '#1f2933'" } : { value: "#52606d" };
        const { update } = legend.encoding.symbols;
        update.stroke = color;
        update.fill = { signal: update.shape.signal + " === 'circle' ? " + (color.signal ?? "'#52606d'") + " : 'transparent'" };
      }
    }
    const apart = chart.facets.flatMap((facet, f) => f === choice.panel || f === choice.color ? [] : [facet.title + " = " + facet.values[choice.picked[f]]]);
    const spec = { $schema: "https://vega.github.io/schema/vega-lite/v5.json", config: chart.config, data: { name: "rows" },
      title: { text: chart.title, subtitle: apart.join("   ·   ") } };
    if (choice.panel === null) return Object.assign(spec, unit);
    const { title, values, numeric } = chart.facets[choice.panel];
    spec.facet = { field: "panel", type: "nominal", sort: values, title: null,
      header: { labelExpr: (numeric ? JSON.stringify(title + " = ") + " + " : "") + "datum.value", labelLimit: size[0] } };
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
      const rules = chart.rules.toSorted((a, b) => a.at - b.at).map((rule, i, all) => ({ ...rule, second: i === 0 && all.length > 1 }));
      shown.view = await embedded(chart.id, chartSpec(chart, choice, rows), { rows: () => rows, rules: () => rules });
    };
    const changed = () => {
      controls();
      shown.ready = update();
    };
    function controls() {
      place.replaceChildren();
      const names = [["none", "none"], ...chart.facets.map((facet, f) => [String(f), facet.title])];
      const facetControl = (name, key, other) =>
        control(place, name, names, choice[key] ?? "none", (value) => {
          const before = choice[key];
          choice[key] = value === "none" ? null : Number(value);
          if (choice[key] !== null && choice[key] === choice[other]) choice[other] = before;
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
