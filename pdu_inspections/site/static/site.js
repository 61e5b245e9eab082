/* What pages can do beyond being read: search, pick a place, sort and filter tables. Without it every page still works. */
(() => {
  "use strict";
  const root = document.body.dataset.root;
  const plain = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const MOST_FOUND = 12;

  // ---- search: the index is a script of the same folder, loaded when somebody begins to search
  const form = document.querySelector("form.search");
  const input = form.querySelector("input");
  const found = form.querySelector(".found");
  let index = null;
  form.hidden = false;

  function load() {
    if (index !== null) return;
    index = [];
    const script = document.createElement("script");
    script.src = root + "search-index.js";
    script.onload = () => {
      index = window.searchIndex.map(([kind, words, address]) => ({ kind, words, address, key: plain(words) }));
      show();
    };
    document.head.append(script);
  }

  function matches(query) {
    const parts = plain(query).split(/\s+/).filter(Boolean);
    if (!parts.length) return [];
    const rank = { place: 0, inspection: 1, question: 2, page: 3, comparison: 4, contradiction: 5, figure: 6 };
    const score = entry => (rank[entry.kind] ?? 9) - (entry.key.startsWith(parts[0]) ? 0.5 : 0);
    return index.filter(entry => parts.every(part => entry.key.includes(part)))
      .sort((a, b) => score(a) - score(b) || a.words.length - b.words.length);
  }

  function show() {
    const results = matches(input.value);
    found.hidden = !input.value.trim();
    found.replaceChildren(...results.slice(0, MOST_FOUND).map(entry => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const kind = document.createElement("span");
      link.href = root + entry.address;
      link.textContent = entry.words;
      kind.textContent = entry.kind;
      item.append(kind, " ", link);
      return item;
    }));
    const rest = document.createElement("li");
    rest.textContent = results.length ? (results.length > MOST_FOUND ? `${results.length - MOST_FOUND} more: add a word` : "")
      : index && index.length ? "Nothing found" : "";
    if (rest.textContent) found.append(rest);
  }

  input.addEventListener("focus", load);
  input.addEventListener("input", () => { load(); show(); });
  form.addEventListener("submit", event => {
    event.preventDefault();
    const first = found.querySelector("a");
    if (first) location.href = first.href;
  });
  form.addEventListener("keydown", event => {
    const links = [...found.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { input.value = ""; show(); input.focus(); }
    if (event.key === "ArrowDown" && links[at + 1]) { links[at + 1].focus(); event.preventDefault(); }
    if (event.key === "ArrowUp" && at >= 0) { (links[at - 1] || input).focus(); event.preventDefault(); }
  });

  // ---- on a phone each row becomes a card that names its columns
  for (const table of document.querySelectorAll(".scroll table")) {
    if (!table.tHead) continue;
    const labels = [...table.tHead.rows[0].cells].map(cell => cell.textContent.trim());
    for (const row of table.querySelectorAll("tbody tr:not(.group)")) {
      // A first cell that spans several rows is missing in the later ones, so columns are counted from the end.
      const missing = labels.length - row.cells.length;
      [...row.cells].forEach((cell, column) => {
        if (column + missing || labels.length > 6) cell.dataset.label = labels[column + missing];
      });
    }
    table.classList.add("stacked");
  }

  // ---- tables: a button in each head sorts, a field above filters
  const number = text => /^[−-]?[\d,.]+/.test(text) ? parseFloat(text.replace(/,/g, "").replace("−", "-")) : NaN;

  function key(row, column) {
    const cell = row.cells[column];
    const text = cell ? cell.dataset.sort ?? cell.textContent.trim() : "";
    return /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : number(text);
  }

  function sort(table, column, button) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const down = button.dataset.direction === "ascending";
    const numeric = rows.some(row => !Number.isNaN(key(row, column)));
    rows.sort((a, b) => {
      const text = row => (row.cells[column]?.textContent ?? "").trim();
      const order = numeric
        ? (Number.isNaN(key(a, column)) ? 1 : Number.isNaN(key(b, column)) ? -1 : (key(a, column) - key(b, column)) * (down ? -1 : 1))
        : text(a).localeCompare(text(b), "en") * (down ? -1 : 1);
      return order;
    });
    body.append(...rows);
    for (const other of table.querySelectorAll("th button")) {
      delete other.dataset.direction;
      other.closest("th").removeAttribute("aria-sort");
    }
    button.dataset.direction = down ? "descending" : "ascending";
    button.closest("th").setAttribute("aria-sort", button.dataset.direction);
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    if (!table.tHead || table.tBodies.length !== 1 || table.tBodies[0].rows.length < 3) continue;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, column, button));
      head.append(button);
    });
  }

  let fields = 0;
  for (const table of document.querySelectorAll("table.filterable")) {
    if (table.rows.length < 10) continue;
    const line = document.createElement("p");
    const label = document.createElement("label");
    const field = document.createElement("input");
    field.type = "text";
    field.autocomplete = "off";
    field.id = `filter-${++fields}`;
    label.htmlFor = field.id;
    label.textContent = "Show rows with ";
    line.className = "filter";
    line.append(label, field);
    table.closest(".scroll").before(line);
    field.addEventListener("input", () => {
      const wanted = plain(field.value);
      for (const row of table.tBodies[0].rows) row.hidden = !plain(row.textContent).includes(wanted);
    });
  }

  // ---- a chart as a picture, painted when somebody asks for it: title, panels, note
  async function painted(figure) {
    const pen = document.createElement("canvas").getContext("2d");
    const family = "'Liberation Sans', Arial, Helvetica, sans-serif";
    const panels = [...figure.querySelectorAll(".panel")];
    const across = Math.min(2, panels.length);
    const width = across * 336 + 16;
    const texts = [];
    const parts = [];
    let top = 10;
    const write = (text, x, room, font, step, color = "#1b1f24") => {
      pen.font = `${font} ${family}`;
      let line = "";
      for (const word of [...text.trim().split(/\s+/), null]) {
        const longer = `${line} ${word}`.trim();
        if (word !== null && pen.measureText(longer).width <= room) { line = longer; continue; }
        top += step;
        texts.push({ text: line, x, y: top, font: pen.font, color });
        line = word;
      }
    };
    write(figure.querySelector("figcaption").textContent, 16, width - 32, "600 16px", 20);
    for (let first = 0; first < panels.length; first += across) {
      const begin = top;
      const bottoms = panels.slice(first, first + across).map((panel, index) => {
        const chart = panel.querySelector("svg").cloneNode(true);
        const left = 16 + index * 336;
        top = begin + 12;
        if (panel.querySelector(".panel-title")) write(panel.querySelector(".panel-title").textContent, left, 320, "600 13px", 16);
        chart.setAttribute("font-family", family);
        parts.push({ chart, left, top: top + 8 });
        return top + 8 + Number(chart.getAttribute("height"));
      });
      top = Math.max(...bottoms);
    }
    top += 8;
    const source = "Source: inspection reports of HM Inspectorate of Probation (OGL v3.0); probation inspections warehouse";
    for (const note of [figure.dataset.note, source]) if (note) write(note, 16, width - 32, "10px", 13, "#5a6470");
    const scale = 2;
    Object.assign(pen.canvas, { width: width * scale, height: (top + 16) * scale });
    pen.scale(scale, scale);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, top + 16);
    for (const { text, x, y, font, color } of texts) {
      Object.assign(pen, { font, fillStyle: color });
      pen.fillText(text, x, y);
    }
    for (const part of parts) {
      const image = new Image();
      image.src = "data:image/svg+xml," + encodeURIComponent(new XMLSerializer().serializeToString(part.chart));
      await image.decode();
      pen.drawImage(image, part.left, part.top);
    }
    return pen.canvas.toDataURL("image/png");
  }

  for (const figure of document.querySelectorAll("figure.drawn")) {
    const link = document.createElement("a");
    link.href = "#";
    link.textContent = "PNG";
    link.setAttribute("aria-label", `PNG of ${figure.querySelector("figcaption").textContent}`);
    link.addEventListener("click", async event => {
      event.preventDefault();
      const save = document.createElement("a");
      save.href = await painted(figure);
      save.download = `${figure.dataset.name}.png`;
      save.click();
    });
    figure.querySelector(".csv").append(", ", link);
  }

  // ---- the picker of places
  const picker = document.querySelector("form.picker");
  if (picker) {
    const [region, rating, name] = ["pick-region", "pick-rating", "pick-name"].map(id => document.getElementById(id));
    picker.hidden = false;
    picker.addEventListener("submit", event => event.preventDefault());
    picker.addEventListener("input", () => {
      for (const row of document.querySelectorAll("table.picked tbody tr")) {
        row.hidden = !((!region.value || row.dataset.region === region.value)
          && (!rating.value || row.dataset.rating === rating.value)
          && plain(row.cells[0].textContent).includes(plain(name.value)));
      }
    });
  }
})();
