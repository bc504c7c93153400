// Reads a page aloud with the browser's own voice, sentence by sentence, and marks the sentence it is at. Nothing is
// shown where there is no voice; nothing is ever read unasked, so that it never talks over a screen reader.
import { sentencesIn } from "./listen-text.js";

const panel = document.querySelector("[data-listen]");
const synth = globalThis.speechSynthesis;
const main = document.querySelector("main");
const MARK = "palms-listen";
// What a question is made of; each part gets a "Listen" of its own.
const PARTS = "legend, .govuk-label:not(.govuk-visually-hidden), .palms-order__text";

let sentences = [];
let at = 0;
let turn = 0; // a voice that was cancelled may still tell of its end: only the latest one is listened to
let reading = false;
let by = null; // the button that began
let marked = null;

if (panel && synth) {
  synth.addEventListener?.("voiceschanged", offer);
  offer();
}

function offer() {
  if (!panel.hidden || !synth.getVoices().length) return;
  panel.hidden = false;
  const all = sentencesIn(main);
  const missing = [...new Set(all.map(({ lang }) => lang))].filter((lang) => !voiceFor(lang));
  say(missing.map((lang) => panel.dataset[`no${lang === "cy" ? "Welsh" : "English"}`]).join(" "));
  button("toggle").hidden = !all.some(({ lang }) => voiceFor(lang));
  button("toggle").addEventListener("click", toggle);
  button("stop").addEventListener("click", stop);
  button("previous").addEventListener("click", () => move(-1));
  button("next").addEventListener("click", () => move(1));
  document.querySelectorAll(".palms-question").forEach((form) => form.querySelectorAll(PARTS).forEach(offerPart));
  document.addEventListener("keydown", (event) => event.key === "Escape" && by && stop());
  addEventListener("pagehide", stop);
}

// A button behind a part, not inside: there it would become part of the name of the question or the answer.
function offerPart(part) {
  if (!sentencesIn(part).some(({ lang }) => voiceFor(lang))) return;
  const own = document.createElement("button");
  own.type = "button";
  own.className = "palms-listen__part";
  own.dataset.listenPart = "";
  const about = part.textContent.trim() || part.querySelector("img")?.alt || "";
  const name = document.createElement("span");
  name.className = "govuk-visually-hidden";
  name.append(": ", about);
  name.lang = part.querySelector("[lang]")?.lang || document.documentElement.lang;
  own.append(panel.dataset.part, name);
  own.addEventListener("click", () => {
    if (by === own) return stop();
    const field = part.matches("label") && document.getElementById(part.htmlFor);
    start([...sentencesIn(part), ...(field?.matches("select") ? sentencesIn(field) : [])], own);
  });
  (part.closest(".govuk-label-wrapper") ?? part).after(own);
}

function toggle() {
  if (reading) return pause();
  if (by) return speak();
  start(sentencesIn(main), button("toggle"));
}

function start(list, own) {
  stop();
  sentences = list.filter(({ lang }) => voiceFor(lang));
  if (!sentences.length) return;
  by = own;
  at = 0;
  button("stop").parentElement.hidden = false;
  panel.classList.add("palms-listen--on");
  if (own !== button("toggle")) own.firstChild.data = panel.dataset.stop;
  speak();
}

// Pausing ends the voice and going on begins the sentence again: on many phones a paused voice never comes back.
function pause() {
  hush();
  reading = false;
  button("toggle").textContent = panel.dataset.goOn;
}

function stop() {
  hush();
  const tools = button("stop").parentElement;
  if (tools.contains(document.activeElement)) button("toggle").focus();
  tools.hidden = true;
  panel.classList.remove("palms-listen--on");
  if (by && by !== button("toggle")) by.firstChild.data = panel.dataset.part;
  reading = false;
  by = null;
  mark(null);
  button("toggle").textContent = panel.dataset.play;
}

function move(step) {
  at = Math.max(0, Math.min(sentences.length - 1, at + step));
  if (reading) return speak();
  mark(sentences[at]);
}

function hush() {
  turn += 1;
  synth.cancel();
}

function speak() {
  hush();
  const mine = turn;
  const sentence = sentences[at];
  const voice = voiceFor(sentence.lang);
  const said = new SpeechSynthesisUtterance(sentence.text);
  said.voice = voice;
  said.lang = voice.lang;
  said.rate = Number(panel.dataset.rate);
  said.onend = said.onerror = () => {
    if (mine !== turn) return;
    at += 1;
    if (at < sentences.length) speak();
    else stop();
  };
  reading = true;
  button("toggle").textContent = panel.dataset.pause;
  mark(sentence);
  synth.speak(said);
}

function voiceFor(lang) {
  const able = synth.getVoices().filter((voice) => voice.lang.toLowerCase().startsWith(lang));
  const british = able.filter((voice) => /gb/i.test(voice.lang));
  const wanted = british.length ? british : able;
  return wanted.find((voice) => voice.localService) ?? wanted[0]; // one on the device needs no signal
}

// The sentence is marked in the text itself; where a browser cannot do that, the paragraph around it is.
function mark(sentence) {
  const followed = !marked || inSight(marked); // somebody who has scrolled away is not pulled back
  document.querySelector(`.${MARK}-now`)?.classList.remove(`${MARK}-now`);
  globalThis.CSS?.highlights?.delete(MARK);
  marked = sentence;
  if (!sentence) return;
  const place = sentence.element ?? sentence.range.startContainer.parentElement;
  if (sentence.range && globalThis.CSS?.highlights) CSS.highlights.set(MARK, new Highlight(sentence.range));
  else place.classList.add(`${MARK}-now`);
  if (followed && !inSight(sentence)) place.scrollIntoView({ block: "center" });
}

function inSight(sentence) {
  const box = (sentence.element ?? sentence.range).getBoundingClientRect();
  const top = getComputedStyle(panel).position === "sticky" ? panel.offsetHeight : 0;
  return box.top >= top && box.bottom <= innerHeight;
}

function say(what) {
  panel.querySelector("[role=status]").textContent = what;
}

function button(name) {
  return panel.querySelector(`[data-listen-do=${name}]`);
}
