// A chart in the page, and the controls by which the reader chooses what it draws.

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
