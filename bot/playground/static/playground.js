// Keeps the page as the server has it: messages are replaced one by one, forms inside phones do not leave the page.
"use strict";

const STATES = { ready: "The bot is ready", starting: "The bot is starting", ended: "The bot has ended" };
const DRAFTS = "drafts";
const WRITTEN = '.compose input[name="text"]';

const phones = () => document.querySelectorAll(".phone");
// The end of the chat, or the beginning of its last message where that is longer than the screen.
function toEnd(screen) {
  const last = screen.querySelector("ol").lastElementChild;
  const tall = last && last.offsetHeight > screen.clientHeight;
  screen.scrollTop = tall ? last.offsetTop - 8 : screen.scrollHeight;
}
// Whether some of the last message is in sight: then the screen follows what comes.
function atEnd(screen) {
  const last = screen.querySelector("ol").lastElementChild;
  return !last || last.getBoundingClientRect().top < screen.getBoundingClientRect().bottom;
}

function fill(line, item) {
  const opened = [...line.querySelectorAll("details")].map((each) => each.open);
  const held = line.contains(document.activeElement);
  line.innerHTML = item.html; // escaped and sanitised by the server
  line.dataset.state = item.state;
  line.querySelectorAll("details").forEach((each, index) => { each.open = opened[index] || false; });
  if (held) (line.querySelector("button, a, select") || line.closest(".screen")).focus({ preventScroll: true });
}

function showPhone(phone, shown) {
  const screen = phone.querySelector(".screen");
  const list = screen.querySelector("ol");
  const stay = atEnd(screen);
  const known = new Map([...list.children].map((line) => [line.dataset.key, line]));
  let changed = false;
  shown.items.forEach((item, index) => {
    let line = known.get(item.key);
    known.delete(item.key);
    if (!line) {
      line = document.createElement("li");
      line.dataset.key = item.key;
    }
    if (line.dataset.state !== item.state) {
      fill(line, item);
      changed = true;
    }
    if (list.children[index] !== line) list.insertBefore(line, list.children[index] || null);
  });
  known.forEach((line) => {
    if (line.contains(document.activeElement)) screen.focus({ preventScroll: true });
    line.remove();
  });
  screen.querySelector(".typing").hidden = !shown.typing;
  replace(phone.querySelector(".offers"), shown.offers);
  const notice = phone.querySelector(".notice");
  if (notice.textContent !== shown.notice) notice.textContent = shown.notice;
  if (changed && stay) toEnd(screen);
}

// Puts HTML of the server's in, where it is not there yet.
function replace(place, html) {
  if (place.dataset.html === html) return;
  const held = place.contains(document.activeElement);
  place.dataset.html = html;
  place.innerHTML = html; // escaped by the server
  if (held) (place.querySelector("button") || place.closest(".phone, .fold").querySelector("input, summary")).focus({ preventScroll: true });
}

// The page anew, with what was half written, and the keyboard where it was.
function reload() {
  const active = document.activeElement;
  const held = active.closest(".phone");
  const texts = [...document.querySelectorAll(WRITTEN)].map((input) => [input.closest(".phone").id, input.value]);
  const chosen = active.closest(".actors, .themes");
  const inside = active.matches(WRITTEN) ? ".compose input" : chosen ? `.${chosen.className} [aria-pressed="true"]` : ".screen";
  const place = held ? `#${CSS.escape(held.id)} ${inside}` : active.closest(".fold") && ".fold summary";
  const fold = document.querySelector(".fold");
  sessionStorage.setItem(DRAFTS, JSON.stringify({ texts, place, open: fold !== null && fold.open }));
  window.location.replace(window.location.pathname);
}

function restore() {
  const { texts, place, open } = JSON.parse(sessionStorage.getItem(DRAFTS) || '{"texts": []}');
  sessionStorage.removeItem(DRAFTS);
  texts.forEach(([id, text]) => {
    const input = document.querySelector(`#${CSS.escape(id)} .compose input[name="text"]`);
    if (input) input.value = text;
  });
  const fold = document.querySelector(".fold");
  if (fold && open) fold.open = true;
  const held = place && document.querySelector(place);
  if (held) held.focus({ preventScroll: true });
}

function show(live) {
  const state = document.getElementById("state");
  if (live.state !== state.dataset.state) {
    if (live.state === "ended" || state.dataset.state === "ended") return reload();
    state.dataset.state = live.state;
    state.textContent = STATES[live.state];
  }
  if (live.shape !== document.body.dataset.shape) return reload();
  const calls = document.getElementById("calls");
  if (calls) replace(calls, live.calls);
  phones().forEach((phone) => { if (live.phones[phone.id]) showPhone(phone, live.phones[phone.id]); });
}

async function send(form, button) {
  const data = new FormData(form, button);
  const fields = form.enctype.startsWith("multipart") ? data : new URLSearchParams(data);
  const compose = form.matches(".compose") ? form.elements.text : null;
  if (compose) compose.value = "";
  const menu = form.closest(".menu");
  if (menu) menu.open = false;
  if (form.elements.file) form.reset();
  const told = document.getElementById("problem");
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
    told.textContent = (await answer.json()).problem;
  } catch {
    told.textContent = "The playground has ended. Start it again in the terminal.";
  }
  if (compose && told.textContent) compose.value = fields.get("text");
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest(".phone, .fold")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

restore();
document.querySelectorAll(".screen").forEach(toEnd);
document.addEventListener("load", (event) => { // a picture makes its message longer once it is there
  const screen = event.target.matches("img") && event.target.closest(".screen");
  if (screen && atEnd(screen)) toEnd(screen);
}, true);
const events = new EventSource("/events");
events.addEventListener("message", (event) => show(JSON.parse(event.data)));
window.addEventListener("pagehide", () => events.close());
