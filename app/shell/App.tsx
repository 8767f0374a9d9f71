import {useEffect, useMemo, useRef, useState} from "react";
import {frameAt, type Request} from "../../engine/index.ts";
import type {Engine} from "../engine.ts";
import {languages, type Strings} from "../i18n/strings.ts";
import type {LessonEntry} from "../notebook.ts";
import {useSession} from "../session.ts";
import type {Looks} from "../looks.ts";
import {printTabState, readTabState} from "../tabState.ts";
import {readPlace, type Page, type Place} from "../url.ts";
import {focusMain} from "./focus.ts";
import {Header} from "./Header.tsx";
import {KeyList, type KeyHelp} from "./KeyList.tsx";
import {keepFocus} from "./keptFocus.ts";
import {Lab} from "./Lab.tsx";
import {SkipLinks} from "./SkipLinks.tsx";
import {draftOfPlace, linkOf, openPlace} from "./place.ts";
import type {Player} from "./player.ts";
import {lazily} from "./lazily.tsx";
import {readPreference, writePreference} from "./preferences.ts";
import {applyTheme, useTheme} from "./theme.ts";
import {useTokenLight} from "./tokenLight.ts";
import {usePlace, useWritePlace} from "./usePlace.ts";
import {useFirstLoad} from "./useFirstLoad.ts";
import {useLoaded, useRecording, useStore} from "./useView.ts";

const Notebook = lazily(() => import("./Notebook.tsx").then((module) => module.Notebook));
const Presenter = lazily(() => import("./presenter/Presenter.tsx").then((module) => module.Presenter));

type Props = {
  readonly engine: Engine;
  /** The lab's. */
  readonly player: Player;
  readonly lessons: readonly LessonEntry[];
  readonly language: string;
};

/** The page: its header, and the lab or a lesson, by the address. */
export function App({engine, player, lessons, language}: Props) {
  const strings = languages[language] ?? languages["en"]!;
  const [draft, setDraft] = useState<Request>(() => draftIn(readPlace(location.hash)));
  const [looks, setLooks] = useState<Looks>(() => readPlace(location.hash).looks);
  const [keysOn, setKeysOn] = useState(() => readPreference("keys") !== "off");
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [helpOpen, setHelpOpen] = useState(false);
  const [askedAt, setAskedAt] = useState<number | null>(() => askedIn(readPlace(location.hash)));
  useTokenLight();
  const [theme] = useTheme();
  const {request, loop} = useStore(player);
  const {trace, cursor, nodes} = useSession(player.session); // the link follows the cursor
  const place = usePlace((next) => {
    if (next.theme !== "system") applyTheme(next.theme);
    if (next.page.name === "notebook") return;
    setLooks(next.looks);
    setAskedAt(askedIn(next));
    const outline = readTabState(history.state, next.request)?.outline;
    if (openPlace(next, player, outline) !== "here") setDraft(draftIn(next));
  });
  const around = {draft, looks, language, theme};
  const hrefs = {
    lab: linkOf(player, {name: "lab"}, around),
    present: linkOf(player, {name: "present", asking: askedAt === Math.max(0, cursor)}, around)
  };
  const labHref = hrefs.lab;
  const isSettled = place.page.name !== "notebook" && loop !== "restore" && loop !== "start";
  const tabState = useMemo(() => printTabState(draft, nodes), [draft, nodes]);
  useWritePlace(isSettled ? hrefs[place.page.name as "lab" | "present"] : null, tabState);
  const isLab = place.page.name === "lab";

  const recording = useRecording(player, draft, useLoaded(engine));
  const mayBeRecorded = place.page.name !== "notebook" && place.branches.length === 0;
  const {backend} = draft;
  useFirstLoad(engine, {
    model: request?.model ?? draft.model,
    backend,
    isDue: request === null || recording !== null,
    before: mayBeRecorded && player.recording.isOf(draft) ? player.recording.want : null
  });

  useEffect(() => keepFocus(document), []);
  useTitle(strings.shell.titled(nameOf(place.page, lessons, strings)));

  const change = (next: Request) => {
    if (player.get().failure?.kind === "request") player.clearFailure();
    setDraft(next);
  };
  const keyList = (list: KeyHelp) => (
    <KeyList
      open={helpOpen}
      onClose={() => setHelpOpen(false)}
      single={keysOn}
      onSingle={(on) => {
        writePreference("keys", on ? null : "off");
        setKeysOn(on);
      }}
      list={list}
      strings={strings.shell.keys}
    />
  );
  const onLooks = (some: Partial<Looks>) => setLooks((before) => ({...before, ...some}));
  const onHelp = () => setHelpOpen(true);
  if (place.page.name === "present")
    return (
      <>
        <Presenter
          {...{engine, player, draft, looks, onLooks, keysOn, helpOpen, onHelp, strings}}
          asking={{askedAt, onAskedAt: setAskedAt}}
          onLeave={() => location.assign(labHref)}
        />
        {keyList(strings.present.keys)}
      </>
    );
  return (
    <>
      <SkipLinks lab={isLab} strings={strings.shell.skip} />
      <Header
        page={place.page}
        hrefs={hrefs}
        engine={engine}
        computes={isLab && cursor >= 0 ? frameAt(trace, cursor).backend : null}
        backend={backend}
        recording={isLab ? recording : null}
        onBackend={(chosen) => change({...draft, backend: chosen})}
        onKeys={onHelp}
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
          onLooks={onLooks}
          link={labHref}
          keysOn={keysOn}
          onHelp={onHelp}
          onPresent={() => location.assign(hrefs.present)}
          strings={strings}
        />
      ) : (
        <Notebook
          engine={engine}
          lessons={lessons}
          lesson={place.page.lesson}
          keysOn={keysOn}
          onHelp={onHelp}
          strings={strings}
        />
      )}
      {keyList(strings.shell.keys.list)}
    </>
  );
}

/** Puts the title on the page; where the reader went to another page, the focus is on its text. */
function useTitle(title: string): void {
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = title;
    if (!isFirst.current) focusMain();
    isFirst.current = false;
  }, [title]);
}

const nameOf = (page: Page, lessons: readonly LessonEntry[], {shell}: Strings): string =>
  (page.name === "notebook" && lessons.find(({id}) => id === (page.lesson ?? id))?.title) ||
  shell.pages[page.name];

/** What the fields show at first: what stood in them when this tab was left, or what the address says. */
const draftIn = (place: Place): Request =>
  readTabState(history.state, place.request)?.draft ?? draftOfPlace(place);

/** The cursor at which a link asks what comes next. */
const askedIn = ({page, cursor}: Place): number | null =>
  page.name === "present" && page.asking ? Math.max(0, cursor) : null;
