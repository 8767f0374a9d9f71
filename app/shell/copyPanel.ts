/** A panel's table twin as tab-separated text, to be pasted into a spreadsheet. */
export type CopiedPanel = {readonly title: string; readonly rows: number; readonly text: string};

/** The panel that holds the focus; else the one of the stage at the cursor, else the first; null where it has no table. */
export function panelInView(page: Document = document): HTMLElement | null {
  const panels = [page.activeElement?.closest(".panel"), page.querySelector("main .nowbox .panel")];
  const found = [...panels, ...page.querySelectorAll("main .panel")].find((panel) =>
    panel?.querySelector("table")
  );
  return (found as HTMLElement | undefined) ?? null;
}

/** What the table of a panel says. */
export function readPanel(panel: HTMLElement): CopiedPanel {
  const rows = [...panel.querySelectorAll("table tr")].map((row) =>
    [...row.querySelectorAll("th, td")].map((cell) => cell.textContent ?? "")
  );
  const title = panel.querySelector("h2")?.lastChild?.textContent ?? "";
  return {title, rows: Math.max(0, rows.length - 1), text: toTsv(rows)};
}

/** Tabs and line ends inside a cell become spaces: they would begin another one. */
export const toTsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => cell.replace(/[\t\r\n]+/g, " ").trim()).join("\t")).join("\n");
