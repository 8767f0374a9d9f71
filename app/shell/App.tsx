import {useEffect, useState} from "react";
import type {Request} from "../../engine/index.ts";
import type {Engine} from "../engine.ts";
import {languages} from "../i18n/strings.ts";
import type {LessonIn} from "../notebook.ts";
import {useSession} from "../session.ts";
import {isPrintable, printPlace, readPlace, type Place} from "../url.ts";
import {sameRequest} from "./draft.ts";
import {Header} from "./Header.tsx";
import {KeyList} from "./KeyList.tsx";
import {Lab} from "./Lab.tsx";
import {Notebook} from "./Notebook.tsx";
import type {Player} from "./player.ts";
import {readPreference, writePreference} from "./preferences.ts";
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
  const [draft, setDraft] = useState<Request>(() => readPlace(location.hash).request);
  const [keysOn, setKeysOn] = useState(() => readPreference("keys") !== "off");
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [helpOpen, setHelpOpen] = useState(false);
  const {request, loop} = useStore(player);
  const {cursor} = useSession(player.session);
  const place = usePlace((next) => {
    if (next.page.name === "lab") open(next, player, setDraft);
  });
  const labPlace: Place = {page: {name: "lab"}, request: request ?? draft, cursor: request ? cursor : -1};
  const labHref = isPrintable(labPlace.request) ? printPlace(labPlace) : "#/lab";
  useWritePlace(place.page.name === "lab" && loop !== "restore" && loop !== "start" ? labHref : null);

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
      {place.page.name === "lab" ? (
        <Lab
          engine={engine}
          player={player}
          draft={draft}
          onDraft={change}
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

/** Brings the lab to where a link points: at most as far as the trace goes already, otherwise by running it. */
function open({request, cursor}: Place, player: Player, setDraft: (draft: Request) => void): void {
  const running = player.get().request;
  if (running && sameRequest(running, request) && cursor < player.session.get().length)
    return cursor >= 0 ? player.seek(cursor) : undefined;
  setDraft(request);
  if (cursor >= 0) void player.restore(request, cursor);
}
