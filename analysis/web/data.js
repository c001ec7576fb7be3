// What the page holds, read once.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const data = read("cells");
const specs = read("specs");
const charts = read("charts");
