// Turns a part of a page into sentences for a voice: each with its words, its language and where it stands.
const BLOCKS = "address,article,aside,blockquote,dd,div,dt,figcaption,h1,h2,h3,h4,label,legend,li,p,section,td,th,ul,ol,dl";
// Not read: what is pressed, what is hidden, what only repeats the page. A word that explains itself is a button as
// well, but one that stands in a sentence.
const SKIPPED = [
  "[hidden]",
  "[popover]",
  "[data-listen]",
  "[data-listen-part]",
  ".govuk-button",
  ".govuk-visually-hidden",
  ".palms-actions",
  ".palms-saved",
  "details",
  "form:not(.palms-question)",
  "nav",
  "progress",
  "script",
  "select:not(.palms-match)",
  "textarea",
  "audio",
  "video",
].join(",");

// Every sentence inside an element. `{text, lang, range}`, or `{text, lang, element}` for a picture or a choice in a
// list, which have no text to mark.
export function sentencesIn(root) {
  const found = [];
  const seen = new Set();
  let run = null;

  const close = () => {
    if (run) found.push(...split(run));
    run = null;
  };
  const add = (node) => {
    const block = node.parentElement.closest(BLOCKS) ?? root;
    const lang = langOf(node.parentElement);
    if (run && (run.block !== block || run.lang !== lang)) close();
    run ??= { block, lang, text: "", nodes: [] };
    run.nodes.push([run.text.length, node]);
    run.text += node.data;
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return add(node);
    if (node.nodeType !== Node.ELEMENT_NODE || (node !== root && node.matches(SKIPPED)) || !shown(node)) return;
    if (node.matches("br")) return close();
    if (node.matches("img")) {
      close();
      if (node.alt) found.push({ text: node.alt, lang: langOf(node), element: node });
    } else if (node.matches("select")) {
      close();
      found.push(...choices(node, seen));
    } else {
      if (node.matches(BLOCKS)) close();
      node.childNodes.forEach(walk);
      if (node.matches(BLOCKS)) close();
    }
  };
  walk(root);
  close();
  return found;
}

// The choices of a list, once: in a matching question each line has the same ones.
function choices(select, seen) {
  const options = [...select.options].filter((option) => option.value);
  const same = options.map((option) => option.value).join();
  if (seen.has(same)) return [];
  seen.add(same);
  return options.map((option) => ({ text: option.text, lang: langOf(option), element: select }));
}

function split({ text, lang, nodes }) {
  return parts(text, lang)
    .filter(({ segment }) => /[\p{L}\p{N}]/u.test(segment))
    .map(({ segment, index }) => {
      const range = document.createRange();
      const start = index + segment.search(/\S/);
      range.setStart(...spot(nodes, start));
      range.setEnd(...spot(nodes, index + segment.trimEnd().length));
      return { text: segment.replace(/\s+/g, " ").trim(), lang, range };
    });
}

function parts(text, lang) {
  if (globalThis.Intl?.Segmenter) return [...new Intl.Segmenter(lang, { granularity: "sentence" }).segment(text)];
  return [...text.matchAll(/[^.!?]+[.!?]*\s*/g)].map((match) => ({ segment: match[0], index: match.index }));
}

function spot(nodes, at) {
  const [start, node] = nodes.findLast(([from]) => from <= at);
  return [node, Math.min(at - start, node.data.length)];
}

function langOf(element) {
  return element.closest("[lang]").lang.slice(0, 2);
}

function shown(element) {
  return element.checkVisibility?.() ?? true;
}
