import {createRoot} from "react-dom/client";
import {eraseKept, listKept} from "../engine/runtime/keptList.ts";
import {onReturn} from "./awake.ts";
import {LightToken} from "./draw/tokenEcho.ts";
import {createEngine} from "./engine.ts";
import {lessonsOf} from "./lessonsOf.ts";
import type {LessonIn, Titles} from "./notebook.ts";
import {App} from "./shell/App.tsx";
import {Boundary} from "./shell/Boundary.tsx";
import {watchKept} from "./shell/kept.ts";
import {createPlayer, PACE_MS} from "./shell/player.ts";
import {applyTheme} from "./shell/theme.ts";
import {createRecording} from "./recording.ts";
import {lightToken} from "./shell/tokenLight.ts";
import {languages} from "./i18n/strings.ts";
import {readPlace} from "./url.ts";

/** Composition root of the app in a browser: the engine in its worker, the lab's player, the lessons, the page. */

const place = readPlace(location.hash);
const {language} = place;
const lessons = lessonsOf(
  import.meta.glob<{titles: Titles}>("../lessons/*/title.ts", {eager: true}),
  import.meta.glob<{lesson: LessonIn}>("../lessons/*/lesson.tsx"),
  language
);

applyTheme(place.theme === "system" ? undefined : place.theme);
const engine = createEngine(place.request);
onReturn({document, window, now: () => Date.now()}, () => void engine.check());
watchKept(engine, {list: listKept, erase: eraseKept});
const recording = createRecording(async () => {
  const answer = await fetch("recorded/trace.json");
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
});
const player = createPlayer(engine, PACE_MS, recording);
createRoot(document.getElementById("root")!).render(
  <Boundary strings={languages[language]!.errors.screen}>
    <LightToken value={lightToken}>
      <App engine={engine} player={player} lessons={lessons} language={language} />
    </LightToken>
  </Boundary>
);
