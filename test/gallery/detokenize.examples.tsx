import {example} from "gallery";
import {DetokenizePanel} from "../../app/panels/detokenize/DetokenizePanel.tsx";
import {en} from "../../app/i18n/en/index.ts";
import {tokenId, type DetokenizeEvent, type Vocabulary, type VocabularyEntry} from "../../engine/index.ts";
import {bytesOf, tokenize, vocabulary} from "./littleGirl.ts";

const fox = bytesOf(" 🦊");
const entries: VocabularyEntry[] = [...vocabulary];
entries[301] = {bytes: fox.slice(0, 3), text: null, special: false};
entries[302] = {bytes: fox.slice(3), text: null, special: false};
entries[303] = {bytes: bytesOf("\n\n"), text: "\n\n", special: false};
const LONG = " dragonfly-collecting-grandmothers-of-old";
entries[304] = {bytes: bytesOf(LONG), text: LONG, special: false};

const draw = (
  width: number,
  id: number,
  text: string,
  event: Omit<DetokenizeEvent, "stage">,
  prompt = tokenize.text
) => (
  <DetokenizePanel
    {...{text, prompt, width}}
    event={{stage: "detokenize", ...event}}
    tokenId={tokenId(id)}
    vocabulary={entries as Vocabulary}
    now
    strings={en}
  />
);

example("detokenize", (width) => draw(width, 525, " girl named L", {text: " L", heldBack: []}));
example("detokenize-held-back", (width) =>
  draw(width, 301, " girl named ", {text: " ", heldBack: fox.slice(1, 3)})
);
example("detokenize-completed", (width) => draw(width, 302, " girl named 🦊", {text: "🦊", heldBack: []}));
example("detokenize-special-token", (width) => draw(width, 0, " girl named L.", {text: "", heldBack: []}));
example("detokenize-nothing-yet", (width) => draw(width, 302, "", {text: "", heldBack: fox.slice(3)}));
example("detokenize-newlines", (width) => draw(width, 303, "One day.\n\n", {text: "\n\n", heldBack: []}, ""));
example("detokenize-cut-off", (width) => draw(width, 301, " girl �", {text: " �", heldBack: []}));
example("detokenize-40-characters", (width) =>
  draw(width, 304, `${"The end of the day. ".repeat(60)}${LONG}`, {text: LONG, heldBack: []})
);
