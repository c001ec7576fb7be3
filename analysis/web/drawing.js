// What all drawings and downloads of a page share.

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

function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
// A text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers.
const plainCell = (x) => (/^[=+\-@\t\r]/.test(x) && Number.isNaN(Number(x)) ? "'" + x : x);
const quoted = (x) => {
  const text = plainCell(String(x ?? ""));
  return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
};
const csv = (rows) => rows.map((row) => row.map(quoted).join(",") + "\n").join("");
