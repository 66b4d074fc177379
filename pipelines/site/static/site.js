/* What the pages do beyond being read: theme, sorting, filters, search, copying, the status of a chip on a day.
   Everything read from data is set as text, never as markup. */
"use strict";
(() => {
  const root = document.body.dataset.root;
  const $ = (query, from = document) => from.querySelector(query);
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const make = (tag, text, attributes = {}) => {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };

  /* Data files are scripts, because a page opened from disk may not fetch. */
  const loading = {};
  const load = (file, name) => (loading[file] ??= new Promise((done, failed) => {
    const script = make("script", undefined, { src: `${root}assets/${file}` });
    script.onload = () => done(window[name]);
    script.onerror = () => failed(new Error(`${file} could not be read`));
    document.head.append(script);
  }));

  /* The search box and the theme switch do nothing without this script, so it makes them. */
  $("#tools").innerHTML = `<div class="search" role="search">
    <label class="sr" for="q">Search programmes, chips, sources, measures and filed services</label>
    <input id="q" type="search" placeholder="Search…" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="false"
      aria-controls="found" aria-autocomplete="list" aria-haspopup="listbox">
    <ul id="found" role="listbox" aria-label="Found" hidden></ul><p id="found-said" class="sr" role="status"></p></div>
    <button type="button" class="theme" id="theme" aria-label="Switch between light and dark"><svg viewBox="0 0 16 16" width="16"
      height="16" aria-hidden="true"><circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.5"/>
      <path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/></svg></button>`;

  /* theme */
  $("#theme").addEventListener("click", () => {
    const html = document.documentElement;
    const dark = html.dataset.theme ? html.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    html.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("chipwatch-theme", html.dataset.theme); } catch { /* private windows keep nothing */ }
  });

  /* sorting: columns of numbers by the number or date a cell begins with (¥1.2m, 30%, 24 Nov 2026), others as people
     order words; cells that say nothing come last either way */
  const sizes = { k: 1e3, m: 1e6, bn: 1e9 };
  const amount = (text) => {
    if (/^(\d{1,2} )?[A-Z][a-z]{2} \d{4}$/.test(text)) return Date.parse(text);
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return Date.parse(text);
    const found = /^([-+−]?)[¥$]?([\d,]*\.?\d+)(k|m|bn)?/.exec(text);
    return found ? (found[1] && found[1] !== "+" ? -1 : 1) * Number(found[2].replaceAll(",", "")) * (sizes[found[3]] ?? 1) : NaN;
  };
  const words = new Intl.Collator(["en", "zh"], { numeric: true, sensitivity: "base" });
  const sortBy = (header) => {
    const table = header.closest("table");
    const position = [...header.parentNode.children].indexOf(header);
    const up = header.getAttribute("aria-sort") !== "ascending";
    const numeric = header.classList.contains("num");
    for (const other of header.parentNode.children) other.setAttribute("aria-sort", "none");
    header.setAttribute("aria-sort", up ? "ascending" : "descending");
    const body = table.tBodies[0];
    const keyed = [...body.rows].map((row) => {
      const cell = row.cells[position];
      const text = [...cell.childNodes].filter((node) => node.nodeName !== "SMALL").map((node) => node.textContent).join("").trim();
      const value = numeric ? amount(text) : text;
      return { row, value, empty: numeric ? Number.isNaN(value) : text === "" || text === "–" };
    });
    keyed.sort((a, b) => {
      if (a.empty || b.empty) return a.empty - b.empty;
      const order = numeric ? a.value - b.value : words.compare(a.value, b.value);
      return up ? order : -order;
    });
    body.append(...keyed.map(({ row }) => row));
  };
  document.addEventListener("click", (event) => {
    const header = event.target.closest("table.sortable thead th");
    if (header && event.target.closest("button")) sortBy(header);
  });

  /* filters */
  const filterTable = (box) => {
    const table = document.getElementById(box.dataset.for);
    const wanted = all("select", box).map((select) => [Number(select.dataset.at), select.value]).filter(([, value]) => value);
    const find = plain($("[data-find]", box)?.value.trim() ?? "");
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      const values = (row.dataset.f ?? "").split("\x1f");
      row.plain ??= plain(row.textContent);
      const keep = wanted.every(([at, value]) => values[at] === value) && find.split(/\s+/).every((word) => row.plain.includes(word));
      row.hidden = !keep;
      shown += keep;
    }
    const count = $(".count", box);
    if (count) count.textContent = `${shown.toLocaleString("en")} ${count.dataset.noun}`;
    for (const tile of all(`.tile[data-table="${box.dataset.for}"]`))
      tile.setAttribute("aria-pressed", String(wanted.some(([at, value]) => at === 0 && value === tile.dataset.choice)));
  };
  for (const box of all(".filters[data-for]")) {
    box.addEventListener("input", () => filterTable(box));
    if (all("select", box).some((select) => select.value) || $("[data-find]", box)?.value) filterTable(box); // kept by the browser on reload
  }
  for (const tile of all(".tile[data-table]")) tile.addEventListener("click", () => {
    const box = $(`.filters[data-for="${tile.dataset.table}"]`);
    const select = $("select[data-at='0']", box);
    const same = select.value === tile.dataset.choice;
    select.value = same ? "" : tile.dataset.choice;
    filterTable(box);
    if (!same) box.scrollIntoView({ block: "start" });
  });

  /* boxes that scroll can be reached and are named; a query can be copied */
  for (const box of all(".scroll, .sql pre")) {
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", box.matches("pre") ? "SQL" : `Table: ${$("h2, summary", box.closest("section, details") ?? document)?.textContent ?? ""}`);
  }
  for (const box of all(".sql")) box.append(make("button", "Copy", { type: "button", class: "copy" }));
  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    const code = $("code", button.parentNode);
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code);
      document.execCommand("copy");
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });

  /* a link into a closed <details> opens it */
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target?.closest("details");
    if (details && !details.open) { details.open = true; target.scrollIntoView(); }
  };
  addEventListener("hashchange", open);
  open();

  /* filed services */
  const services = async () => {
    const data = await load("filings.js", "chipwatchFilings");
    data.plain ??= data.rows.map((row) => plain(`${row[0]} ${row[1]} ${row[2]}`));
    return data;
  };
  const filings = $("#filings");
  if (filings) {
    const box = $("#filings-filters");
    const find = $("input", box);
    const province = $("[data-list='provinces']", box);
    const kind = $("[data-list='kinds']", box);
    const count = $("output", box);
    const most = 200;
    const show = async () => {
      const data = await services();
      if (province.options.length === 1) {
        data.provinces.map(([name], at) => [name, at]).sort(([a], [b]) => words.compare(a, b)).forEach(([name, at]) => province.append(make("option", name, { value: at })));
        data.kinds.forEach((name, at) => kind.append(make("option", name, { value: at })));
      }
      const asked = plain(find.value.trim()).split(/\s+/);
      const hits = [];
      data.rows.forEach((row, at) => {
        if (province.value !== "" && row[4] !== Number(province.value)) return;
        if (kind.value !== "" && row[3] !== Number(kind.value)) return;
        if (asked.every((word) => data.plain[at].includes(word))) hits.push(row);
      });
      const body = filings.tBodies[0];
      body.replaceChildren(...hits.slice(0, most).map((row) => {
        const line = make("tr");
        const [english, chinese] = data.provinces[row[4]];
        const place = make("td", english);
        place.append(make("small", chinese, { lang: "zh-Hans" }));
        const pill = make("td");
        pill.append(make("b", data.kept[row[6]], { class: `kind-${data.kept[row[6]]}` }));
        line.append(make("td", row[0], { lang: "zh-Hans" }), make("td", row[1], { lang: "zh-Hans", class: "wide" }), make("td", data.kinds[row[3]]), place,
          make("td", row[5]), make("td", row[2]), pill);
        return line;
      }));
      count.textContent = `${hits.length.toLocaleString("en")} services${hits.length > most ? `, ${most} shown` : ""}`;
    };
    box.addEventListener("input", show);
    box.addEventListener("focusin", () => { if (province.options.length === 1) show(); });
    const named = () => {
      const match = /^#service=(.+)$/.exec(location.hash);
      if (match) { find.value = decodeURIComponent(match[1]); show(); $("#find").scrollIntoView(); }
    };
    addEventListener("hashchange", named);
    named();
  }

  /* search */
  const input = $("#q");
  const list = $("#found");
  const said = $("#found-said");
  let at = -1;
  let asked = 0;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); at = -1; };
  const pick = (step) => {
    const items = all("li[role='option']", list);
    if (!items.length) return;
    items[at]?.setAttribute("aria-selected", "false");
    at = (at + step + items.length + (at < 0 && step < 0 ? 1 : 0)) % items.length;
    items[at].setAttribute("aria-selected", "true");
    items[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[at].id);
  };
  const search = async () => {
    const turn = ++asked;
    const typed = plain(input.value.trim());
    if (!typed) return close();
    const [index, data] = await Promise.all([load("search.js", "chipwatchIndex"), services()]);
    if (turn !== asked) return;
    index.plain ??= index.map((entry) => [plain(entry[1]), plain(`${entry[1]} ${entry[2]}`)]);
    const parts = typed.split(/\s+/);
    const hits = [];
    index.forEach((entry, n) => {
      if (!parts.every((part) => index.plain[n][1].includes(part))) return;
      const name = index.plain[n][0];
      hits.push([name.startsWith(typed) ? 0 : parts.every((part) => name.includes(part)) ? 1 : 2, entry]);
    });
    hits.sort((a, b) => a[0] - b[0]);
    const filed = [];
    data.rows.forEach((row, n) => {
      if (parts.every((part) => data.plain[n].includes(part)))
        filed.push(["Service", row[0], `${row[1]} · ${row[2]}`, `approvals.html#service=${encodeURIComponent(row[2])}`]);
    });
    const shown = [...hits.map(([, entry]) => entry).slice(0, filed.length ? 14 : 24), ...filed.slice(0, 16)];
    list.replaceChildren(...shown.map(([kind, name, about, path], n) => {
      const item = make("li", undefined, { role: "option", id: `found-${n}`, "aria-selected": "false", "data-path": path });
      const text = make("span", name);
      text.append(make("small", about.length > 110 ? `${about.slice(0, 110)}…` : about));
      item.append(make("i", kind), text);
      return item;
    }));
    const total = hits.length + filed.length;
    if (total > shown.length || !total) list.append(make("li", total ? `${(total - shown.length).toLocaleString("en")} more: add a word` : "Nothing found", { class: "said", role: "presentation" }));
    said.textContent = total ? `${total} found` : "Nothing found";
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    at = -1;
  };
  {
    input.addEventListener("input", search);
    input.addEventListener("focus", () => { load("search.js", "chipwatchIndex"); services(); if (input.value) search(); });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (list.hidden) search(); else pick(event.key === "ArrowDown" ? 1 : -1); }
      else if (event.key === "Escape") { close(); }
      else if (event.key === "Enter") {
        const item = all("li[role='option']", list)[Math.max(at, 0)];
        if (item && !list.hidden) { event.preventDefault(); location.href = root + item.dataset.path; close(); }
      }
    });
    list.addEventListener("mousedown", (event) => {
      const item = event.target.closest("li[role='option']");
      if (item) { event.preventDefault(); location.href = root + item.dataset.path; close(); }
    });
    input.addEventListener("blur", () => setTimeout(close, 150));
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); input.focus(); }
    });
  }

  /* the status of a chip on a day: the strictest of the gates, as the macro chip_status_on has it */
  const gates = ["us_list", "us_letter", "us_guidance", "china"];
  const strictness = { controlled: 1, presumed: 2, unknown: 3, not_controlled: 4 };
  const statusOn = (spans, day) => {
    const held = spans.filter(([regime, from, to]) => gates.includes(regime) && from <= day && (!to || to > day));
    const best = Math.min(4, ...held.map((span) => strictness[span[3]]));
    const status = Object.keys(strictness).find((word) => strictness[word] === best);
    const binding = best === 4 ? [] : held.filter((span) => strictness[span[3]] === best).sort((a, b) => (a[0] < b[0] ? -1 : 1));
    return { status, rules: binding.map((span) => span[4]), paragraphs: binding.map((span) => span[5]).filter(Boolean) };
  };
  const sentence = ({ status, rules, paragraphs }) =>
    ({ controlled: "Controlled", presumed: "Presumed to be controlled", unknown: "Cannot be judged", not_controlled: "Not controlled" })[status] +
    (rules.length ? ` under ${rules.join(", ")}` : "") + (paragraphs.length ? ` (${paragraphs.join(", ")})` : "") + ".";
  window.chipwatchStatusOn = statusOn;

  const day = $("#day");
  if (day && $("#spans")) {
    const spans = [...$("#spans").tBodies[0].rows].map((row) => {
      const [regime, rule, from, to, , paragraph] = [...row.cells].map((cell) => cell.firstChild?.textContent ?? "");
      return [[regime.toLowerCase().replace(" ", "_"), from, to === "open" ? "" : to, row.className.slice(2), rule, paragraph], row];
    });
    const tell = () => {
      if (!day.value) return;
      $("#day-said").textContent = sentence(statusOn(spans.map(([span]) => span), day.value));
      for (const [span, row] of spans) row.classList.toggle("held", span[1] <= day.value && (!span[2] || span[2] > day.value));
    };
    const asked = /day=(\d{4}-\d\d-\d\d)/.exec(location.hash);
    if (asked) { day.value = asked[1]; $("#status").scrollIntoView(); }
    day.addEventListener("input", tell);
    tell();
  }
  const dayAll = $("#day-all");
  if (dayAll) dayAll.addEventListener("input", async () => {
    if (!dayAll.value) return;
    const chips = await load("status.js", "chipwatchStatus");
    const box = $('.filters[data-for="chips"]');
    for (const row of $("#chips").tBodies[0].rows) {
      const found = statusOn(chips[row.id] ?? [], dayAll.value);
      const label = { controlled: "Controlled", presumed: "Presumed", unknown: "Unknown", not_controlled: "Not controlled" }[found.status];
      row.cells[1].replaceChildren(make("b", label, { class: `status-${found.status}` }));
      row.cells[2].replaceChildren(found.rules.join(", ") || "–");
      if (found.paragraphs.length) row.cells[2].append(make("small", found.paragraphs.join(", ")));
      row.cells[3].textContent = "–";
      const values = row.dataset.f.split("\x1f");
      values[1] = label;
      row.dataset.f = values.join("\x1f");
      row.plain = undefined;
    }
    filterTable(box);
    const count = all("#chips tbody tr").filter((row) => row.cells[1].textContent === "Controlled").length;
    $("#day-all-said").textContent = `${count} of ${$("#chips").tBodies[0].rows.length} chips controlled on that day.`;
  });
})();
