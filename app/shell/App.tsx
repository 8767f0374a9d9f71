import {useEffect, useState} from "react";
import {frameAt, type Request} from "../../engine/index.ts";
import type {Engine} from "../engine.ts";
import {languages} from "../i18n/strings.ts";
import type {LessonIn} from "../notebook.ts";
import {useSession} from "../session.ts";
import type {Looks} from "../looks.ts";
import {readPlace} from "../url.ts";
import {Header} from "./Header.tsx";
import {KeyList} from "./KeyList.tsx";
import {Lab} from "./Lab.tsx";
import {Notebook} from "./Notebook.tsx";
import {draftOfPlace, linkOf, openPlace} from "./place.ts";
import type {Player} from "./player.ts";
import {readPreference, writePreference} from "./preferences.ts";
import {applyTheme, useTheme} from "./theme.ts";
import {usePlace, useWritePlace} from "./usePlace.ts";
import {useStore} from "./useView.ts";

type Props = {
  readonly engine: Engine;
  /** The lab's. */
  readonly player: Player;
  readonly lessons: readonly LessonIn[];
  readonly language: string;
};

/** The page: its header, and the lab or a lesson, by the address. */
export function App({engine, player, lessons, language}: Props) {
  const strings = languages[language] ?? languages["en"]!;
  const [draft, setDraft] = useState<Request>(() => draftOfPlace(readPlace(location.hash)));
  const [looks, setLooks] = useState<Looks>(() => readPlace(location.hash).looks);
  const [keysOn, setKeysOn] = useState(() => readPreference("keys") !== "off");
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [helpOpen, setHelpOpen] = useState(false);
  const [theme] = useTheme();
  const {request, loop} = useStore(player);
  const {trace, cursor} = useSession(player.session); // the link follows the cursor
  const place = usePlace((next) => {
    if (next.theme !== "system") applyTheme(next.theme);
    if (next.page.name !== "lab") return;
    setLooks(next.looks);
    if (openPlace(next, player) !== "here") setDraft(draftOfPlace(next));
  });
  const isLab = place.page.name === "lab";
  const labHref = linkOf(player, {draft, looks, language, theme});
  useWritePlace(isLab && loop !== "restore" && loop !== "start" ? labHref : null);

  const {model, backend} = draft;
  const isFresh = request === null;
  useEffect(() => {
    if (isFresh) engine.load({model, backend}).catch(() => undefined); // the engine's state says what is wrong
  }, [engine, isFresh, model, backend]);

  const change = (next: Request) => {
    if (player.get().failure?.kind === "request") player.clearFailure();
    setDraft(next);
  };
  return (
    <>
      <button type="button" className="skip" onClick={() => document.querySelector("main")?.focus()}>
        {strings.shell.skip}
      </button>
      <Header
        page={place.page}
        labHref={labHref}
        engine={engine}
        computes={isLab && cursor >= 0 ? frameAt(trace, cursor).backend : null}
        backend={backend}
        onBackend={(chosen) => change({...draft, backend: chosen})}
        onKeys={() => setHelpOpen(true)}
        strings={strings}
      />
      {place.problem !== null && place.problem !== dismissed && (
        <div className="wrap linkproblem" role="alert">
          <p>{strings.errors.link(place.problem)}</p>
          <button type="button" className="btn" onClick={() => setDismissed(place.problem)}>
            {strings.errors.dismiss}
          </button>
        </div>
      )}
      {isLab ? (
        <Lab
          engine={engine}
          player={player}
          draft={draft}
          onDraft={change}
          looks={looks}
          onLooks={(some) => setLooks((before) => ({...before, ...some}))}
          link={labHref}
          keysOn={keysOn}
          onHelp={() => setHelpOpen(true)}
          strings={strings}
        />
      ) : (
        <Notebook
          engine={engine}
          lessons={lessons.map((lesson) => lesson(language))}
          lesson={place.page.lesson}
          keysOn={keysOn}
          onHelp={() => setHelpOpen(true)}
          strings={strings}
        />
      )}
      <KeyList
        open={helpOpen}
        onClose={() => setHelpOpen(false)}
        single={keysOn}
        onSingle={(on) => {
          writePreference("keys", on ? null : "off");
          setKeysOn(on);
        }}
        strings={strings.shell.keys}
      />
    </>
  );
}
