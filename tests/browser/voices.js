// Voices for a browser that has none: says nothing, and keeps what it was asked to say. Only the very edge is
// replaced; everything of ours runs as it does on a phone.
(() => {
  const voices = (window.wantedVoices ?? ["en-GB", "cy-GB"]).map((lang) => ({ lang, name: lang, localService: true }));
  const asked = { said: [], cancelled: 0, current: null };
  window.asked = asked;
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  Object.defineProperty(window, "speechSynthesis", {
    value: {
      getVoices: () => voices,
      addEventListener() {},
      speak(said) {
        asked.current = said;
        asked.said.push({ text: said.text, lang: said.lang, rate: said.rate, voice: said.voice.name });
      },
      cancel() {
        const ended = asked.current;
        asked.current = null;
        asked.cancelled += 1;
        // As browsers do: the one that was cut off tells of it, but late.
        if (ended) setTimeout(() => ended.onerror?.({ error: "interrupted" }), 0);
      },
    },
  });
  // A sentence has been read to its end.
  window.readOn = () => {
    const ended = asked.current;
    asked.current = null;
    ended.onend({});
  };
})();
