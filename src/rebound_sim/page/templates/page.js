// Draws the parts that answer to a choice: a zone, a point of a sweep, a language.
// Without script the tables stand.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { html, numbers, curves, bars, tableOf } = drawing;

  function showZone(article, words) {
    const language = article.lang, code = article.querySelector(".zone-choice").value;
    const strategy = article.querySelector(".strategy-choice").value;
    const zone = data.zones.find((z) => z.code === code), out = (name) => article.querySelector(`.zone-${name}`);
    const whole = numbers(language, 0), tenth = numbers(language, 1);
    const effect = zone.effects[strategy];
    out("text").textContent = words.zone_text
      .replace("{zone}", zone.name).replace("{lost}", whole(zone.jobs_lost))
      .replace("{value}", whole(effect.median)).replace("{low}", whole(effect.low)).replace("{high}", whole(effect.high))
      .replace("{paid}", tenth(effect.paid));
    const lines = [
      { name: words.none, colour: "#d55e00", dash: "7 4", ...zone.curves.none },
      { name: words.strategies[strategy], colour: "#0072b2", ...zone.curves[strategy] },
    ];
    curves(out("curves"), lines, data.months, { axis: words.months, alternative: words.curves_alternative }, language);
    const dates = data.dates.filter((d) => d <= data.months[data.months.length - 1] + 1);
    const at = (line, d) => { const k = data.months.indexOf(d - 1); return `${whole(line.median[k])} [${whole(line.low[k])} ; ${whole(line.high[k])}]`; };
    tableOf(out("table"), words.curves_caption, [words.path, ...dates.map((d) => words.month + " " + d)],
      lines.map((line) => [line.name, ...dates.map((d) => at(line, d))]));
    for (const part of ["hires", "projects", "euros"]) {
      const rows = (zone[part][strategy] || []).map((r) => ({ ...r, name: words.rows[r.key] || r.key }));
      const digits = part === "euros" ? 2 : 0;
      bars(out(part), rows, { nothing: words.nothing, alternative: words[part + "_alternative"] }, language, digits);
      const form = numbers(language, digits);
      tableOf(out(part + "-table"), words[part], [words.what, words.mean, words.interval],
        rows.map((r) => [r.name, form(r.value), r.low === null ? "–" : `${form(r.low)} – ${form(r.high)}`]));
    }
  }

  // Where the sliders stand among the levels: two neighbours and a weight for each factor.
  function neighbours(factor, value) {
    const levels = factor.levels, last = levels.length - 1;
    let upper = levels.findIndex((level) => level >= value);
    if (upper < 0) upper = last;
    if (upper === 0 || levels[upper] === value) return [[upper, 1]];
    const share = (value - levels[upper - 1]) / (levels[upper] - levels[upper - 1]);
    return [[upper - 1, 1 - share], [upper, share]];
  }

  // Points of a full grid around the choice, with the weight of each (multilinear).
  function onGrid(sweep, chosen) {
    let corners = [{ places: [], weight: 1 }];
    sweep.factors.forEach((factor, k) => {
      const sides = factor.numeric ? neighbours(factor, chosen[k]) : [[chosen[k], 1]];
      corners = corners.flatMap((corner) =>
        sides.map(([place, weight]) => ({ places: [...corner.places, place], weight: corner.weight * weight })));
    });
    return corners.map((corner) => ({
      point: sweep.numbers.findIndex((_, p) => sweep.factors.every((factor, k) => factor.places[p] === corner.places[k])),
      weight: corner.weight,
    }));
  }

  // The simulated point nearest to the choice, each factor counted in its own range.
  function nearest(sweep, chosen) {
    const distance = (p) => sweep.factors.reduce((sum, factor, k) => {
      if (!factor.numeric) return sum + (factor.places[p] === chosen[k] ? 0 : 1);
      const levels = factor.levels, range = levels[levels.length - 1] - levels[0] || 1;
      return sum + ((levels[factor.places[p]] - chosen[k]) / range) ** 2;
    }, 0);
    const all = sweep.numbers.map((_, p) => [distance(p), p]);
    const [gap, point] = all.reduce((a, b) => (b[0] < a[0] ? b : a));
    return { point, exact: gap < 1e-12 };
  }

  function showPoint(article, words, chosen) {
    const sweep = data.sweep, language = article.lang, whole = numbers(language, 0);
    const levelsOf = (p) => sweep.factors.map((factor) => `${words.factors[factor.key]} ${words.levels[factor.key][factor.places[p]]}`).join(", ");
    let used, where;
    if (sweep.crossed) {
      used = onGrid(sweep, chosen);
      where = used.length === 1
        ? words.simulated.replace("{point}", sweep.numbers[used[0].point])
        : words.interpolated.replace("{count}", used.length).replace("{points}", used.map((u) => sweep.numbers[u.point]).join(", "));
    } else {
      const found = nearest(sweep, chosen);
      used = [{ point: found.point, weight: 1 }];
      where = (found.exact ? words.simulated : words.nearest)
        .replace("{point}", sweep.numbers[found.point]).replace("{levels}", levelsOf(found.point));
    }
    article.querySelector(".sweep-where").textContent = where;
    const told = (name, s) => used.reduce((sum, u) => sum + u.weight * sweep[name][u.point][s], 0);
    const rows = sweep.order.map((key) => {
      const s = sweep.strategies.indexOf(key);
      return { name: words.strategies[key], value: told("median", s), low: told("low", s), high: told("high", s) };
    });
    bars(article.querySelector(".sweep-bars"), rows, { nothing: words.nothing, alternative: words.sweep_alternative }, language, 0, sweep.scale);
    tableOf(article.querySelector(".sweep-table"), words.sweep_bars, [words.strategy, words.median, words.range],
      rows.map((r) => [r.name, whole(r.value), `${whole(r.low)} – ${whole(r.high)}`]));
  }

  function makeSliders(article, words) {
    const sweep = data.sweep;
    const chosen = sweep.factors.map((factor) => (factor.numeric ? factor.levels[0] : 0));
    const every = [...sweep.low.flat(), ...sweep.high.flat()];
    sweep.scale = [Math.min(0, ...every), Math.max(0, ...every)];  // one for all choices
    const update = () => showPoint(article, words, chosen);
    article.querySelectorAll(".factor").forEach((box, k) => {
      const factor = sweep.factors[k];
      if (!factor.numeric) {
        const select = html("select", box);
        words.levels[factor.key].forEach((text, place) => { html("option", select, text).value = place; });
        select.addEventListener("change", () => { chosen[k] = Number(select.value); update(); });
        return;
      }
      const range = html("input", box), shown = html("output", box);
      const low = factor.levels[0], high = factor.levels[factor.levels.length - 1];
      const whole = factor.levels.every(Number.isInteger);
      const form = new Intl.NumberFormat(article.lang, { maximumSignificantDigits: 3 });
      Object.assign(range, { type: "range", min: low, max: high, step: whole && high - low <= 200 ? 1 : (high - low) / 100, value: low });
      const list = html("datalist", box);
      list.id = `levels-${k}-${article.lang}`;
      factor.levels.forEach((level) => { html("option", list).value = level; });
      range.setAttribute("list", list.id);
      const move = () => {
        // A step of the slider may fall a hair beside a level.
        const value = Number(range.value), close = factor.levels.find((level) => Math.abs(level - value) < (high - low) / 250);
        chosen[k] = close === undefined ? value : close;
        shown.textContent = form.format(chosen[k] / factor.divisor);
        range.setAttribute("aria-valuetext", shown.textContent);
      };
      range.addEventListener("input", () => { move(); update(); });
      move();
    });
    article.querySelector(".sweep-panel").hidden = false;
    update();
    return update;
  }

  const redrawn = [];  // what a new width of the window draws again
  const articles = [...document.querySelectorAll("article[lang]")];
  function speak(language) {
    for (const article of articles) article.hidden = article.lang !== language;
    document.documentElement.lang = language;
    document.title = data.titles[language];
    for (const button of document.querySelectorAll("button[data-language]"))
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    for (const part of document.querySelectorAll("nav[lang], .skip[lang], #files [lang]")) part.hidden = part.lang !== language;
  }

  for (const button of document.querySelectorAll("button[data-language]")) {
    button.hidden = false;
    button.addEventListener("click", () => speak(button.dataset.language));
  }
  for (const article of articles) {
    const words = data.words[article.lang];
    const zone = article.querySelector(".zone-choice");
    if (zone) {
      const strategy = article.querySelector(".strategy-choice");
      for (const choice of [zone, strategy]) choice.addEventListener("change", () => showZone(article, words));
      article.querySelectorAll(".map a[data-zone]").forEach((link) => link.addEventListener("click", () => {
        zone.value = link.dataset.zone;
        showZone(article, words);
      }));
      article.querySelector(".zone-panel").hidden = false;
      article.querySelector(".without-script").hidden = true;
      showZone(article, words);
      redrawn.push(() => showZone(article, words));
    }
    if (data.sweep) redrawn.push(makeSliders(article, words));
  }
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => redrawn.forEach((draw) => draw()), 150);
  });
  speak(document.documentElement.lang);
})();
