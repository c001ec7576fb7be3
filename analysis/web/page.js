// What a page holds, its buttons, and its start. The other scripts stand before it in one function.

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
