// The cells of a sweep (analysis/page/page_data.hpp) and the figures over them.

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

const draw = ({ id, spec }) =>
  embedded(id, spec, { cells: () => decoded(true) }, { bind: document.getElementById(id + "-controls") });
