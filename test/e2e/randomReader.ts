import type {Page} from "playwright-core";
import {coin} from "../../engine/index.ts";
import type {Screen} from "./screenState.ts";

/** A reader who does anything at all, the same again for the same seed. */
export class RandomReader {
  #tossed = 0;
  constructor(
    readonly page: Page,
    private readonly seed: number
  ) {}

  /** In [0, 1). */
  toss(): number {
    return coin(this.seed, ++this.#tossed, 0);
  }

  below(n: number): number {
    return Math.floor(this.toss() * n);
  }

  pick<T>(some: readonly T[]): T {
    return some[this.below(some.length)]!;
  }

  /** Keys as a reader presses them who is in no field. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.page.evaluate(() => {
      const inField = document.activeElement?.closest(
        "input, textarea, [role=radiogroup], [data-keys], .scroll"
      );
      if (inField) document.querySelector<HTMLElement>("main")?.focus();
    });
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Puts the focus on one of the controls that can be used, and presses a key there. False where there is none. */
  async use(selector: string, key = "Enter"): Promise<boolean> {
    if (!(await this.focus(selector))) return false;
    await this.page.keyboard.press(key);
    return true;
  }

  focus(selector: string): Promise<boolean> {
    return this.page.evaluate(
      ([selector, at]) => {
        const usable = [...document.querySelectorAll<HTMLButtonElement>(selector)].filter(
          (element) => !element.disabled && element.checkVisibility()
        );
        const chosen = usable[Math.floor(at * usable.length)];
        chosen?.focus({preventScroll: true});
        return chosen !== undefined && document.activeElement === chosen;
      },
      [selector, this.toss()] as const
    );
  }

  /** Empties the field and types, as by paste. */
  async write(selector: string, text: string): Promise<boolean> {
    if (!(await this.focus(selector))) return false;
    await this.page.keyboard.press("Control+A");
    if (text === "") await this.page.keyboard.press("Delete");
    else await this.page.keyboard.insertText(text);
    return true;
  }

  /** Points at a place of an element, as shares of its size. */
  async point(selector: string, x: number, y: number): Promise<boolean> {
    const box = await this.page.evaluate((selector) => {
      const {left, top, width, height} = document.querySelector(selector)?.getBoundingClientRect() ?? {};
      return {left: left ?? 0, top: top ?? 0, width: width ?? 0, height: height ?? 0};
    }, selector);
    if (box.width === 0) return false;
    await this.page.mouse.click(box.left + x * box.width, box.top + y * box.height);
    return true;
  }

  async go(hash: string): Promise<void> {
    await this.page.evaluate((hash) => void (location.hash = hash), hash);
  }
}

/** One thing to do, and how often against the others. What answers false could not be done where the reader was. */
export type Action = {
  readonly weight: number;
  /** The page is another one afterwards, and nothing has the focus. */
  readonly reloads?: boolean;
  readonly act: (reader: RandomReader, screen: Screen) => Promise<boolean | void>;
};

const PROMPTS = [
  "Once upon a time",
  "The king",
  "A dog 🐕‍🦺 and a café",
  "שלום, \u202e the end",
  "\n\n  \t",
  "",
  "a".repeat(300),
  "One day, a girl named Lucy went to the park. ".repeat(8),
  "word ".repeat(700),
  "<img src=x onerror=alert(1)>"
];
const SEARCHES = [" the", "a", "", "zzzz", "7", "<"];
const SETTINGS = ".settingsgrid";

/** To a setting, behind its button where that is not open. */
async function settings(reader: RandomReader): Promise<void> {
  const open = await reader.page.evaluate(
    () => document.querySelector(".settingsbutton")?.getAttribute("aria-expanded") === "true"
  );
  if (!open) await reader.use(".settingsbutton");
  await reader.page.locator(SETTINGS).waitFor({timeout: 10_000});
}

const inSettings = (selector: string, key?: string) => async (reader: RandomReader) => {
  await settings(reader);
  return reader.use(`${SETTINGS} ${selector}`, key);
};

const times = <T>(n: number, thing: T): readonly T[] => Array.from({length: n}, () => thing);

export const actions: Readonly<Record<string, Action>> = {
  step: {weight: 14, act: (reader) => reader.press("ArrowRight")},
  back: {weight: 8, act: (reader) => reader.press("ArrowLeft")},
  "to the next token": {weight: 8, act: (reader) => reader.press("t")},
  "to the end": {weight: 4, act: (reader) => reader.press("End")},
  "run or pause": {weight: 6, act: (reader) => reader.press(" ")},
  "to the start": {weight: 2, act: (reader) => reader.press("Home")},
  "a pass back or on": {weight: 4, act: (reader) => reader.press(reader.pick(["PageUp", "PageDown"]))},
  "a click on the timeline": {weight: 6, act: (reader) => reader.point(".timeline svg", reader.toss(), 0.3)},
  "a click on the map": {weight: 4, act: (reader) => reader.use(".machine button")},
  "twenty quick steps forward and back": {
    weight: 3,
    act: (reader) => reader.press(...times(10, "ArrowRight"), ...times(10, "ArrowLeft"))
  },
  "forward and back, back and forward": {
    weight: 3,
    act: (reader) => reader.press(...times(20, "").map(() => reader.pick(["ArrowRight", "ArrowLeft", "t"])))
  },
  "stop as soon as it began": {weight: 4, act: (reader) => reader.press(reader.pick(["End", "t"]), " ")},
  "a button of the transport bar": {weight: 4, act: (reader) => reader.use(".transport button")},
  "another prompt": {
    weight: 5,
    act: (reader) => reader.write("[data-field=prompt]", reader.pick(PROMPTS))
  },
  "start, from the prompt's field": {
    weight: 3,
    act: (reader) => reader.use("[data-field=prompt]", "Control+Enter")
  },
  "begin again, run on, or put back": {
    weight: 10,
    act: (reader) => reader.use(".setup .btn:not(.settingsbutton)")
  },
  "the settings' button": {weight: 1, act: (reader) => reader.use(".settingsbutton")},
  "a storm on a slider": {
    weight: 5,
    act: async (reader) => {
      await settings(reader);
      if (!(await reader.focus(`${SETTINGS} [role=spinbutton]`))) return false;
      const keys = times(15, "").map(() => reader.pick(["ArrowUp", "ArrowUp", "ArrowDown"]));
      for (const key of keys) await reader.page.keyboard.press(key);
      return true;
    }
  },
  "a number typed": {
    weight: 3,
    act: async (reader) => {
      await settings(reader);
      return reader.write(
        `${SETTINGS} [role=spinbutton]`,
        reader.pick(["1", "0.5", "7", "-3", "x", "", "1e9"])
      );
    }
  },
  "few new tokens": {
    weight: 6,
    act: async (reader) => {
      await settings(reader);
      return reader.write(
        `${SETTINGS} [role=spinbutton][aria-valuenow][inputmode=numeric]`,
        reader.pick(["2", "5", "9"])
      );
    }
  },
  "a warper or another switch": {weight: 4, act: inSettings("[type=checkbox]", " ")},
  "a strategy, the cache or the backend": {weight: 5, act: inSettings(".seg button")},
  "a stop string": {
    weight: 2,
    act: async (reader) => {
      await settings(reader);
      if (!(await reader.write(`${SETTINGS} form input`, reader.pick(["the", ".", " a", "\\n"]))))
        return false;
      await reader.page.keyboard.press("Enter");
      return true;
    }
  },
  "a stop string less": {weight: 1, act: inSettings(".stops button")},
  "a token by force": {weight: 6, act: (reader) => reader.use("[data-panel=logits] li button")},
  "a token searched and put there": {
    weight: 3,
    act: async (reader) => {
      if (!(await reader.write(".tokensearch input", reader.pick(SEARCHES)))) return false;
      return reader.use(".tokensearch ol button");
    }
  },
  undo: {weight: 4, act: (reader) => reader.press("Control+z")},
  redo: {weight: 3, act: (reader) => reader.press("Control+Shift+Z")},
  "a branch's button": {weight: 5, act: (reader) => reader.use("[data-panel=branches] li button")},
  "part of a pass opened or closed": {weight: 4, act: (reader) => reader.use(".lookinside button")},
  "a table opened or closed": {weight: 2, act: (reader) => reader.use("details.twin summary")},
  "any button of a panel": {weight: 5, act: (reader) => reader.use(".nowbox button, .lanes .panel button")},
  "to a panel": {weight: 1, act: (reader) => reader.press(String(1 + reader.below(9)))},
  "another theme": {weight: 1, act: (reader) => reader.use("header .top > button:last-child")},
  "the backend, in the header": {
    weight: 2,
    act: async (reader) => {
      if (!(await reader.use("details.why summary"))) return false;
      const chosen = await reader.use("details.why .seg button");
      await reader.page.keyboard.press("Escape");
      return chosen;
    }
  },
  "a link copied, a panel's data, a file saved": {
    weight: 2,
    act: (reader) => reader.use(".sharebar button:not(:last-of-type)")
  },
  "a file that is none": {
    weight: 1,
    act: (reader) =>
      reader.page
        .locator("input[type=file]")
        .setInputFiles({name: "x.json", mimeType: "application/json", buffer: Buffer.from('{"format": 1}')})
  },
  help: {
    weight: 2,
    act: async (reader) => {
      await reader.press("?");
      await reader.page.locator("dialog[open]").waitFor({timeout: 5_000});
      await reader.page.keyboard.press(reader.pick(["Escape", "Enter"]));
      await reader.page.keyboard.press("Escape");
    }
  },
  "the notebook, and back": {
    weight: 1,
    act: async (reader) => {
      await reader.use("header nav a:first-of-type");
      await reader.page.locator("main:not(.lab)").waitFor({timeout: 10_000});
      await reader.use("header nav a:nth-of-type(2)");
      await reader.page.locator("main.lab").waitFor({timeout: 10_000});
    }
  },
  "the presenter, a step there, and back": {
    weight: 1,
    act: async (reader) => {
      await reader.use("header nav a:last-of-type");
      await reader.page.locator(".present").waitFor({timeout: 10_000});
      await reader.press(reader.pick(["ArrowRight", "ArrowLeft", "t"]), "p");
      await reader.page.locator("main.lab").waitFor({timeout: 10_000});
    }
  },
  "an earlier address": {
    weight: 2,
    act: (reader, {hash}) =>
      hash.includes("at=")
        ? reader.go(hash.replace(/at=\d+/, `at=${reader.below(12)}`))
        : Promise.resolve(false)
  },
  "reload, and run while the model loads": {
    weight: 1,
    reloads: true,
    act: async (reader) => {
      await reader.page.reload();
      await reader.page.locator(".transport").waitFor({timeout: 30_000});
      await reader.press(reader.pick([" ", "End", "ArrowRight", "t"]));
    }
  }
};

const NAMES = Object.keys(actions);
const TOTAL = Object.values(actions).reduce((sum, {weight}) => sum + weight, 0);

/** What the reader does next. */
export function nextAction(reader: RandomReader): string {
  let left = reader.toss() * TOTAL;
  for (const name of NAMES) if ((left -= actions[name]!.weight) < 0) return name;
  return NAMES.at(-1)!;
}
