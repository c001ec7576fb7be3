"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("cells");
  const specs = read("specs");

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

  async function draw(figure) {
    const chart = document.getElementById(figure.id + "-chart");
    try {
      const { view } = await vegaEmbed(chart, figure.spec, {
        ast: true, // no eval: the page's CSP forbids it
        renderer: "canvas",
        bind: document.getElementById(figure.id + "-controls"),
        actions: { export: true, source: false, compiled: false, editor: false },
        downloadFileName: figure.id,
        // The data go into the compiled specification: Vega-Lite would copy and hash them.
        patch: (compiled) => {
          const cells = compiled.data.find((source) => source.name === "cells");
          if (cells) cells.values = decoded(true); // else the figure brings data of its own
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

  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  const quoted = (x) => (/[",\n]/.test(String(x)) ? '"' + String(x).replaceAll('"', '""') + '"' : String(x ?? ""));
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

  // "ready" or "failed": tests and printing scripts wait for it.
  const report = document.documentElement;
  report.dataset.figures = "drawing";
  Promise.all(specs.map(draw)).then(
    (views) => {
      window.basinViews = views;
      report.dataset.figures = "ready";
    },
    (error) => {
      report.dataset.figures = "failed";
      console.error(error);
    });
})();
