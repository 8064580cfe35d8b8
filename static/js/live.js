// Keeps an open page up to date. The server says by an event stream that something was recorded; the page then fetches itself and
// takes over what has changed. It never moves what somebody is reading or typing: then it only offers to. It can be paused, and
// without it nothing is missing but this.
const line = document.getElementById("live");
if (line) keepFresh(line);

function keepFresh(bar) {
  const main = document.getElementById("content");
  const [state, status, reload, pause, show] = ["state", "status", "reload", "pause", "show"].map((id) => document.getElementById("live-" + id));
  const pausedKey = "tenggat.paused";
  const leastGap = 1000; // between two fetches, in milliseconds, however fast reports come
  const lookAnyway = 600000; // days end without an entry
  const lostAfter = 10000; // a server that restarts is not worth a word
  const quietFor = 30000; // between two announcements of an unchanged figure

  let source = null;
  let version = Number(bar.dataset.version); // of what is shown
  let heard = version;
  let etag = "";
  let offered = null; // a newer page that waits for the reader
  let over = false; // nothing more will come
  let timer = 0;
  let loading = false;
  let loadedAt = 0;
  let lostTimer = 0;
  let lost = false;
  let failures = 0;
  let announcedAt = 0;

  const word = (name, values = {}) => bar.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  const stored = () => { try { return localStorage.getItem(pausedKey) === "yes"; } catch { return false; } };
  const store = (yes) => { try { localStorage.setItem(pausedKey, yes ? "yes" : "no"); } catch { /* then it lasts as long as the page */ } };
  let paused = stored();

  // --- The stream -----------------------------------------------------------

  function connect() {
    if (source || over || paused || document.hidden) return;
    const address = new URL(bar.dataset.stream, location.href);
    address.searchParams.set("after", version);
    source = new EventSource(address);
    source.onopen = found;
    source.onmessage = (event) => { found(); hear(JSON.parse(event.data).version); };
    source.addEventListener("end", (event) => {
      if (JSON.parse(event.data).reason !== "credential") return; // the server stops: the browser comes back by itself
      disconnect();
      soon(); // the page itself knows whether it was the session or the program
      setTimeout(connect, 5000); // or neither
    });
    source.onerror = () => {
      missing();
      if (source && source.readyState === EventSource.CLOSED) { // refused, and the browser has given up
        disconnect();
        failures++;
        soon(); // a session that ended is refused, and so is who comes to a full house: the page knows which
        setTimeout(connect, Math.min(60000, 2000 * 2 ** failures) * (0.5 + Math.random()));
      }
    };
  }

  function disconnect() {
    if (source) source.close();
    source = null;
  }

  function found() {
    clearTimeout(lostTimer);
    lostTimer = failures = 0;
    if (lost) said("");
    lost = false;
    label();
  }

  function missing() {
    if (lostTimer || lost || over) return;
    lostTimer = setTimeout(() => {
      lost = true;
      lostTimer = 0;
      said(word("lost", bar.dataset));
      label();
    }, lostAfter);
  }

  function hear(newest) {
    heard = newest;
    if (heard !== version) soon();
  }

  // --- The page -------------------------------------------------------------

  function soon(wait = 0) {
    if (timer || over) return;
    timer = setTimeout(() => { timer = 0; load(); }, Math.max(wait, loadedAt + leastGap - Date.now(), 0));
  }

  async function load() {
    if (over) return;
    if (loading) return soon(200); // what is under way may have been asked before the news
    loading = true;
    loadedAt = Date.now();
    try {
      const headers = { "Tenggat-Refresh": "1" };
      if (etag) headers["If-None-Match"] = etag;
      const answer = await fetch(location.href, { headers, cache: "no-store", redirect: "manual" });
      if (answer.type === "opaqueredirect") end("signedOut");
      else if (answer.status === 404 || answer.status === 403) end("gone");
      else if (answer.status === 200) take(answer.headers.get("ETag"), new DOMParser().parseFromString(await answer.text(), "text/html"));
      else if (answer.status !== 304) soon(5000);
    } catch {
      missing();
      soon(5000);
    } finally {
      loading = false;
    }
  }

  function take(tag, page) {
    if (!page.getElementById("live")) return end("gone");
    offered = { tag, page };
    if (document.hidden || !reading()) return apply();
    said(news(page.getElementById("live").dataset));
    bar.classList.add("offer");
    show.hidden = false;
  }

  // reading: the reader is somewhere, and would be torn away.
  function reading() {
    const at = document.activeElement;
    const fields = [...document.querySelectorAll("input, select, textarea")];
    return window.scrollY > 160 || !window.getSelection().isCollapsed || document.querySelector("dialog[open]") !== null ||
      (at && at.matches("input, select, textarea, [contenteditable]")) || fields.some(changed);
  }

  function changed(field) {
    if (field.type === "hidden") return false;
    if (field.matches("select")) {
      const first = Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
      return field.selectedIndex !== first;
    }
    return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  }

  function apply() {
    const { tag, page } = offered;
    const fresh = page.getElementById("live");
    const words = news(fresh.dataset);
    const turned = fresh.dataset.verdict !== bar.dataset.verdict;
    const differs = turned || fresh.dataset.figure !== bar.dataset.figure;
    const newer = fresh.dataset.version !== bar.dataset.version;
    takeOver(page);
    for (const key of ["version", "figure", "verdict", "at"]) bar.dataset[key] = fresh.dataset[key];
    etag = tag;
    version = Number(fresh.dataset.version);
    offered = null;
    bar.classList.remove("offer");
    show.hidden = true;
    if (newer && (differs || Date.now() - announcedAt > quietFor)) {
      announcedAt = Date.now();
      said(words, turned);
    }
    if (heard > version) soon(1000); // what pages are read from is a little behind
  }

  function said(words, turned = false) {
    status.textContent = words;
    bar.classList.toggle("turned", turned);
  }

  function news(next) {
    const values = { from: bar.dataset.figure, to: next.figure, at: next.at };
    if (!next.figure || !values.from) return word("newHere", values);
    if (next.verdict !== bar.dataset.verdict) {
      values.from += " · " + bar.dataset.verdict;
      values.to += " · " + next.verdict;
    }
    return word(values.from === values.to ? "same" : "new", values);
  }

  function takeOver(page) {
    const focused = document.activeElement;
    const scrolls = [...document.querySelectorAll(".scroll")].map((box) => box.scrollLeft);
    const open = [...document.querySelectorAll("details")].map((box) => box.open);
    [...page.querySelectorAll("details")].forEach((box, i) => { if (open[i] !== undefined) box.open = open[i]; });
    for (const part of ["#banners", "#live-recorded", "#content", ".colophon .said"]) {
      merge(document.querySelector(part), page.querySelector(part));
    }
    document.title = page.title;
    [...document.querySelectorAll(".scroll")].forEach((box, i) => { box.scrollLeft = scrolls[i] || 0; });
    if (focused && focused !== document.body && !focused.isConnected) refocus(focused);
    document.dispatchEvent(new CustomEvent("tenggat:fresh"));
  }

  // merge leaves every element that has not changed where it is.
  function merge(old, next) {
    if (old.isEqualNode(next)) return;
    if (sameShape(old, next)) [...old.children].forEach((child, i) => merge(child, next.children[i]));
    else old.replaceWith(document.importNode(next, true));
  }

  function sameShape(a, b) {
    return a.nodeName === b.nodeName && a.children.length > 0 && a.children.length === b.children.length && !speaks(a) && !speaks(b) &&
      a.cloneNode(false).isEqualNode(b.cloneNode(false));
  }

  const speaks = (node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim() !== "");

  function refocus(gone) {
    const same = gone.id ? document.getElementById(gone.id)
      : [...main.querySelectorAll(gone.nodeName)].find((each) => each.textContent === gone.textContent || (gone.href && each.href === gone.href));
    (same || main).focus({ preventScroll: true });
  }

  function end(why) {
    over = true;
    clearTimeout(lostTimer);
    disconnect();
    said(word(why));
    bar.classList.remove("offer");
    bar.classList.add("over");
    show.hidden = true;
    label();
  }

  // --- What the reader sees and presses ---------------------------------------

  function label() {
    const live = !over && !paused && !lost;
    state.textContent = live ? word("on") : paused && !over ? word("paused") : "";
    reload.hidden = live;
    pause.hidden = over;
    pause.textContent = word(paused ? "resume" : "pause");
  }

  function setPaused(yes) {
    paused = yes;
    if (paused) disconnect();
    else connect();
    if (!offered) said("");
    label();
  }

  pause.addEventListener("click", () => { store(!paused); setPaused(!paused); });
  show.addEventListener("click", () => {
    if (offered) apply();
    main.focus({ preventScroll: true }); // the button is gone
  });
  addEventListener("storage", (event) => { if (event.key === pausedKey) setPaused(stored()); });
  addEventListener("online", connect);
  addEventListener("offline", missing);
  document.addEventListener("visibilitychange", () => { // browsers allow few connections: a page nobody sees needs none
    if (document.hidden) disconnect();
    else connect();
  });
  setInterval(() => { if (!paused && !document.hidden) load(); }, lookAnyway);

  label();
  connect();
}
