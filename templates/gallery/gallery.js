// The gallery's pages: the theme that the reader has chosen, search, keys. Without it they can be read all the same.
(function () {
  "use strict";
  var html = document.documentElement, system = matchMedia("(prefers-color-scheme: dark)");

  // ---- Theme: the reader's system's, or the one that was chosen here --------------------------------------------
  function kept(value) {
    try {
      if (value !== undefined) localStorage.setItem("theme", value);
      return localStorage.getItem("theme");
    } catch (error) { return value || null; }  // a browser may refuse, of files above all
  }
  var chosen = kept();
  function dark() { return chosen ? chosen === "dark" : system.matches; }
  function match(source) {
    var media = !chosen ? "(prefers-color-scheme: dark)" : chosen === "dark" ? "all" : "not all";
    if (source.media !== media) source.media = media;
  }
  function show() {
    if (chosen) html.dataset.theme = chosen;
    document.querySelectorAll("source[data-for]").forEach(match);
    var button = document.getElementById("theme");
    document.querySelectorAll("video").forEach(function (film) { if (film.dress) film.dress(); });
    if (!button) return;
    button.dataset.dark = button.dataset.dark || button.textContent;
    button.textContent = dark() ? button.dataset.light : button.dataset.dark;
  }
  html.classList.add("scripted");  // at once, so that nothing moves: what needs a script has its place
  show();
  // Pictures are told before they are asked for, so that only those of the theme are loaded.
  var watcher = new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      change.addedNodes.forEach(function (node) {
        if (node.nodeName === "SOURCE") match(node);
        else if (node.querySelectorAll) node.querySelectorAll("source[data-for]").forEach(match);
      });
    });
  });
  if (chosen) watcher.observe(document, {childList: true, subtree: true});
  addEventListener("beforeprint", function () {
    document.querySelectorAll("source[data-for]").forEach(function (source) { source.media = "not all"; });
    document.querySelectorAll("img[loading]").forEach(function (image) { image.loading = "eager"; });
  });
  addEventListener("afterprint", show);

  // ---- Search ----------------------------------------------------------------------------------------------------
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/ß/g, "ss").replace(/[‘’]/g, "'");
  }
  function search(form) {
    var input = document.getElementById("query"), hits = document.getElementById("hits");
    var texts = FIGURES.map(function (figure) { return plain(figure[1]); });
    var cards = FIGURES.map(function (figure) { return document.getElementById(figure[0]); });
    var sections = document.querySelectorAll("main section"), total = hits.textContent;

    function excerpt(card, text, words) {  // the words around the first that the title does not show
      var line = card.querySelector(".hit"), seen = plain(card.querySelector(".name").textContent);
      var word = words.find(function (each) { return seen.indexOf(each) < 0; });
      line.hidden = !word;
      if (!word) return;
      var at = plain(text).length === text.length ? plain(text).indexOf(word) : -1;
      if (at < 0) { line.hidden = true; return; }
      var from = text.lastIndexOf(" ", Math.max(0, at - 30)) + 1, to = text.indexOf(" ", at + word.length + 40);
      var mark = document.createElement("mark");
      mark.textContent = text.slice(at, at + word.length);
      line.replaceChildren((from ? "… " : "") + text.slice(from, at), mark,
        text.slice(at + word.length, to < 0 ? undefined : to) + (to < 0 ? "" : " …"));
    }
    function find() {
      var words = plain(input.value).split(/\s+/).filter(Boolean), count = 0;
      texts.forEach(function (text, k) {
        var found = words.every(function (word) { return text.indexOf(word) >= 0; });
        cards[k].hidden = !found;
        count += found;
        if (found) excerpt(cards[k], FIGURES[k][1], words);
      });
      sections.forEach(function (section) { section.hidden = !section.querySelector(".figures > li:not([hidden])"); });
      hits.textContent = !words.length ? total : !count ? hits.dataset.none :
        count === 1 ? hits.dataset.one : hits.dataset.many.replace("#", count);
      try { history.replaceState(null, "", words.length ? "#?" + encodeURIComponent(input.value) : location.pathname + location.search); }
      catch (error) { /* some browsers refuse, of files */ }
    }
    function links() {
      return Array.prototype.slice.call(document.querySelectorAll(".figures > li:not([hidden]) > a"));
    }
    function beside(from, down) {  // the nearest link in the next row, up or down
      var a = from.getBoundingClientRect(), best = null, least = Infinity;
      links().forEach(function (link) {
        var b = link.getBoundingClientRect(), far = (b.top - a.top) * down;
        var cost = far * 10 + Math.abs(b.left - a.left);
        if (far > 5 && cost < least) { least = cost; best = link; }
      });
      return best;
    }
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var first = links()[0];
      if (first && input.value.trim()) location.href = first.href;
    });
    input.addEventListener("input", find);
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      var here = document.activeElement, all = links(), at = all.indexOf(here), to = null;
      if (event.key === "/" && here !== input) { event.preventDefault(); input.focus(); input.select(); return; }
      if (event.key === "Escape") {
        if (here === input && !input.value) input.blur();
        input.value = ""; find();
        if (at >= 0) { input.focus(); }
        return;
      }
      if (here === input && event.key === "ArrowDown") to = all[0];
      else if (at >= 0) {
        if (event.key === "ArrowRight") to = all[at + 1];
        else if (event.key === "ArrowLeft") to = all[at - 1];
        else if (event.key === "ArrowDown") to = beside(here, 1);
        else if (event.key === "ArrowUp") to = beside(here, -1) || input;
      }
      if (to) { event.preventDefault(); to.focus(); to.scrollIntoView({block: "nearest"}); }
    });
    if (location.hash.slice(0, 2) === "#?") { input.value = decodeURIComponent(location.hash.slice(2)); find(); }
  }

  // ---- Films: seen, they play by themselves, but not for readers who ask for less motion; above the still, which stays
  // until they have begun. A reader's pause is for good. -----------------------------------------------------------
  function films(all) {
    var calm = matchMedia("(prefers-reduced-motion: reduce)");
    all.forEach(function (film) {
      var inView = false, ours = false, paused = false;
      function decide() {
        if (inView && !calm.matches && !paused) {
          film.play().catch(function () { /* the reader's browser plays nothing by itself */ });
        } else if (!film.paused && (!inView || calm.matches)) { ours = true; film.pause(); }
      }
      film.addEventListener("pause", function () { paused = !ours; ours = false; });
      film.addEventListener("play", function () { paused = ours = false; });
      new IntersectionObserver(function (entries) {
        inView = entries[entries.length - 1].intersectionRatio >= .5;
        decide();
      }, {threshold: [0, .5]}).observe(film);
      calm.addEventListener("change", decide);
      film.dress = function () {  // the theme's film, from where the other was
        var sources = film.querySelectorAll("source"), source = sources[dark() ? 0 : sources.length - 1].src;
        if (film.src === source) return;
        var at = film.currentTime, played = !film.paused;
        film.src = source;
        if (at) film.currentTime = at;
        if (played) film.play().catch(function () {});
      };
      film.dress();
    });
  }

  // ---- A figure's page: arrows turn the leaves, Escape leads back ------------------------------------------------
  function leaves(event) {
    var ways = {ArrowLeft: "a[rel=prev]", ArrowRight: "a[rel=next]", Escape: "a[rel=up]"};
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !ways[event.key]) return;
    if (/^(PRE|INPUT|VIDEO)$/.test(document.activeElement.nodeName)) return;
    var link = document.querySelector(ways[event.key]);
    if (link) location.href = link.href;
  }

  document.addEventListener("DOMContentLoaded", function () {
    watcher.disconnect();
    show();
    system.addEventListener("change", show);
    var button = document.getElementById("theme"), form = document.getElementById("search");
    if (button) button.addEventListener("click", function () { chosen = dark() ? "light" : "dark"; kept(chosen); show(); });
    films(document.querySelectorAll("video"));
    if (form && window.FIGURES) search(form); else document.addEventListener("keydown", leaves);
  });
})();
