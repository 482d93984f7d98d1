// Curves, bars and tables, drawn in the reader's font; nothing is fetched from anywhere.
"use strict";
const drawing = (function () {
  const SVG = "http://www.w3.org/2000/svg";

  function element(name, attributes, parent, text) {
    const made = document.createElementNS(SVG, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    if (text !== undefined) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  }

  function html(name, parent, text) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  }

  function numbers(language, digits) {
    const form = new Intl.NumberFormat(language, { maximumFractionDigits: digits, minimumFractionDigits: digits });
    return (value) => (value === null || value === undefined ? "–" : form.format(value).replace("-", "−"));
  }

  function ticks(low, high, count) {
    const span = high - low || 1, raw = span / count, size = Math.pow(10, Math.floor(Math.log10(raw)));
    const step = [1, 2, 5, 10].map((k) => k * size).find((k) => k >= raw);
    const found = [];
    for (let k = Math.ceil(low / step); k * step <= high + 1e-9; k++) found.push(k * step);
    return found;
  }

  // Width of a drawing: that of its box, so that letters keep their size on a telephone.
  const widthOf = (box) => Math.max(300, Math.min(620, box.clientWidth || 620));

  // Lines with bands over months. lines: [{name, colour, dash, median, low, high}]
  function curves(box, lines, months, words, language) {
    box.replaceChildren();
    const width = widthOf(box), height = 300, left = 62, right = 12, top = 14, bottom = 42;
    const all = lines.flatMap((line) => [...line.low, ...line.high, ...line.median]).filter((v) => v !== null);
    let low = Math.min(0, ...all), high = Math.max(0, ...all);
    if (low === high) high = low + 1;
    const first = months[0], last = months[months.length - 1];
    const x = (m) => left + ((m - first) / Math.max(last - first, 1)) * (width - left - right);
    const y = (v) => height - bottom - ((v - low) / (high - low)) * (height - top - bottom);
    const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words.alternative }, box);
    const form = numbers(language, 0);
    for (const value of ticks(low, high, 5)) {
      element("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), stroke: value === 0 ? "#333" : "#ddd" }, svg);
      element("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end", "font-size": 12 }, svg, form(value));
    }
    const apart = width < 480 ? 24 : 12;
    for (let m = Math.ceil(first / apart) * apart; m <= last; m += apart)
      element("text", { x: x(m), y: height - bottom + 16, "text-anchor": "middle", "font-size": 12 }, svg, form(m));
    element("text", { x: left, y: height - 8, "font-size": 12 }, svg, words.axis);
    const path = (values) => values.map((v, k) => `${k ? "L" : "M"}${x(months[k]).toFixed(1)},${y(v).toFixed(1)}`).join("");
    for (const line of lines) {
      const edge = line.low.map((v, k) => `L${x(months[k]).toFixed(1)},${y(v).toFixed(1)}`).reverse().join("");
      element("path", { d: path(line.high) + edge + "Z", fill: line.colour, "fill-opacity": 0.15, stroke: "none" }, svg);
    }
    for (const line of lines)
      element("path", { d: path(line.median), fill: "none", stroke: line.colour, "stroke-width": 2.4, "stroke-dasharray": line.dash || "none" }, svg);
    const legend = html("ul", box);
    legend.className = "legend";
    for (const line of lines) {
      const item = html("li", legend), mark = html("i", item);
      mark.style.borderColor = line.colour;
      if (line.dash) mark.style.borderTopStyle = "dashed";
      item.append(line.name);
    }
  }

  // One bar a row with its interval. rows: [{name, value, low, high}]; scale: [low, high] to keep
  function bars(box, rows, words, language, digits, scale) {
    box.replaceChildren();
    if (!rows.length) { html("p", box, words.nothing).className = "note"; return; }
    const width = widthOf(box), narrow = width < 480;  // then names stand above their bars
    const left = narrow ? 8 : Math.min(340, 14 + 7 * Math.max(...rows.map((r) => r.name.length)));
    const row = narrow ? 46 : 30, right = 80, top = 6, height = top + rows.length * row + 6;
    const all = rows.flatMap((r) => [r.value, r.low, r.high]).filter((v) => v !== null && v !== undefined);
    const [low, high] = scale || [Math.min(0, ...all), Math.max(0, ...all, Math.min(0, ...all) + 1e-9)];
    const x = (v) => left + ((v - low) / (high - low)) * (width - left - right);
    const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words.alternative }, box);
    const form = numbers(language, digits);
    element("line", { x1: x(0), x2: x(0), y1: 0, y2: height, stroke: "#333" }, svg);
    rows.forEach((r, k) => {
      const middle = top + k * row + (narrow ? 31 : row / 2);
      const place = narrow ? { x: 8, y: middle - 14, "text-anchor": "start" } : { x: left - 8, y: middle + 4, "text-anchor": "end" };
      element("text", { ...place, "font-size": 13 }, svg, r.name);
      element("rect", { x: Math.min(x(0), x(r.value)), width: Math.abs(x(r.value) - x(0)), y: middle - 8, height: 16, fill: "#0072b2", "fill-opacity": 0.75 }, svg);
      if (r.low !== null && r.low !== undefined)
        element("line", { x1: x(r.low), x2: x(r.high), y1: middle, y2: middle, stroke: "#1a1a1a", "stroke-width": 1.6 }, svg);
      element("text", { x: width - right + 8, y: middle + 4, "font-size": 13 }, svg, form(r.value));
    });
  }

  function tableOf(box, caption, heads, rows) {
    box.replaceChildren();
    const table = html("table", box);
    html("caption", table, caption);
    const head = html("tr", html("thead", table));
    heads.forEach((text) => { html("th", head, text).scope = "col"; });
    const body = html("tbody", table);
    for (const cells of rows) {
      const row = html("tr", body);
      cells.forEach((text, k) => { const cell = html(k ? "td" : "th", row, text); if (!k) cell.scope = "row"; });
    }
  }

  return { html, numbers, curves, bars, tableOf };
})();
