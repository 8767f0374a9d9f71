import type {Page} from "playwright-core";

/** Everything that the random reader looks at after each action. */
export type Screen = {
  readonly page: "lab" | "notebook";
  readonly at: number;
  readonly of: number;
  /** "stage 3 of 17, draw: ..." as the timeline is read out. */
  readonly spoken: string;
  /** "Now: stage 3 of 17, ..." of the transport bar. */
  readonly now: string;
  readonly backDisabled: boolean;
  readonly jumps: readonly {readonly text: string; readonly pressed: boolean; readonly disabled: boolean}[];
  readonly step: {readonly title: string; readonly busy: boolean};
  /** Ids of the tokens in view, the newest last; of a long sentence the older ones are folded away. */
  readonly ids: readonly number[];
  /** A failure, or an error that ended the run. */
  readonly failure: string | null;
  readonly hasDialog: boolean;
  /** What has the focus; null where nothing has. */
  readonly focus: string | null;
  readonly hash: string;
  readonly overflows: boolean;
};

/** Waits until what was asked for is drawn, then reads the page. */
export const readScreen = (page: Page): Promise<Screen> =>
  page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const one = <E extends Element = HTMLElement>(selector: string) => document.querySelector<E>(selector);
    const text = (element: Element | null) => (element?.textContent ?? "").trim();
    const timeline = one(".timeline[role=slider]");
    const step = one(".transport .move.go");
    const focused = document.activeElement;
    const described = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className} ${element.getAttribute("aria-label") ?? text(element).slice(0, 40)}`;
    return {
      page: location.hash.startsWith("#/notebook") ? "notebook" : "lab",
      at: Number(timeline?.getAttribute("aria-valuenow")),
      of: Number(timeline?.getAttribute("aria-valuemax")),
      spoken: timeline?.getAttribute("aria-valuetext") ?? "",
      now: text(one(".transport .nowsay small")),
      backDisabled: one<HTMLButtonElement>(".transport .move.back")?.disabled ?? true,
      jumps: [...document.querySelectorAll<HTMLButtonElement>(".transport .jump .btn:not(.onward)")].map(
        (button) => ({
          text: text(button),
          pressed: button.hasAttribute("data-going"),
          disabled: button.disabled
        })
      ),
      step: {
        title: text(step?.querySelector("b") ?? null),
        busy: step?.getAttribute("aria-disabled") === "true"
      },
      ids: [...document.querySelectorAll(".sentence .t small.id")].map((id) =>
        Number(text(id).replaceAll(",", ""))
      ),
      failure: text(one(".failure, .stopfailed")) || null,
      hasDialog: one("dialog[open]") !== null,
      focus: focused && focused !== document.body ? described(focused) : null,
      hash: location.hash,
      overflows: document.documentElement.scrollWidth > innerWidth
    } as const;
  });

/** What is wrong with a screen at any moment, whatever was done; empty where nothing is. */
export function faultsIn(screen: Screen): readonly string[] {
  const {page, of, spoken, failure, overflows} = screen;
  const faults = [
    overflows && "the page is wider than the window",
    page === "lab" && failure !== null && `"${failure.slice(0, 300)}"`,
    page === "lab" && spoken === "" && of > 1 && `a run of ${of} stages is there, and not shown`,
    ...(page === "lab" && spoken !== "" ? faultsOfSteps(screen) : [])
  ];
  return faults.filter((fault) => fault !== false);
}

/** The transport bar: its words are about the cursor, and a button can be pressed where pressing it does something. */
function faultsOfSteps({
  at,
  of,
  now,
  spoken,
  backDisabled,
  jumps,
  step
}: Screen): readonly (string | false)[] {
  const isPulling = jumps.some(({pressed, text}) => pressed && !text.startsWith("Pause"));
  const isStarting = step.title === "Starting again";
  const ended = step.title === "The end";
  const isBusy = ended || isStarting || step.title.startsWith("Running");
  return [
    !(at >= 1 && at <= of) && `the cursor is at ${at} of ${of}`,
    !spoken.startsWith(`stage ${at} of ${of}, `) && `"${spoken}" is said of stage ${at} of ${of}`,
    !isPulling && !/^\d/.test(now) && !now.startsWith(`Now: stage ${at}`) && `"${now}" stands at stage ${at}`,
    backDisabled !== (at === 1) && `back is ${backDisabled ? "off" : "on"} at stage ${at}`,
    ended && at !== of && `the end is at stage ${at} of ${of}`,
    !isStarting &&
      jumps.some(({disabled, pressed}) => disabled !== (ended && !pressed)) &&
      `the jumps are ${jumps.map(({disabled}) => (disabled ? "off" : "on")).join(", ")}; the step says "${step.title}"`,
    step.busy !== isBusy && `"${step.title}" can${step.busy ? "not" : ""} be pressed`
  ];
}

/** Nothing goes on by itself, and nothing is waited for. */
export const isAtRest = ({jumps, step, spoken}: Screen): boolean =>
  spoken !== "" && jumps.every(({pressed}) => !pressed) && !/^(Running|Starting)/.test(step.title);
