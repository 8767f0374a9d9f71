import {createContext, memo, useContext, type ReactNode} from "react";
import type {Strings} from "../i18n/strings.ts";

/** Where a figure's numbers come from. */
export type Provenance = "model" | "derived" | "schematic";

type Props = {
  readonly id: string;
  readonly title: string;
  /** What the axes are, in words. */
  readonly sub: ReactNode;
  /** Null where it shows no number. */
  readonly provenance: Provenance | null;
  /** How it was computed, read on focus of the badge. */
  readonly how: string;
  readonly strings: Strings["panel"];
  readonly now?: boolean;
  readonly controls?: ReactNode;
  /** One sentence with the numbers. */
  readonly say?: ReactNode;
  /** The same numbers as an accessible table. */
  readonly table?: TableTwinProps;
  /** Why there is no figure: stands in its place; what would be said of one is left out. */
  readonly refused?: ReactNode;
  readonly children: ReactNode;
};

/** Set around panels that stand on the page a second time: put before their ids, so that these stay unique. */
export const PanelScope = createContext("");

/** Title, what the axes are, controls, badge; the figure; its sentence; its table. The same frame for every panel. */
export function PanelFrame({
  id,
  title,
  sub,
  provenance,
  how,
  strings,
  now,
  controls,
  say,
  table,
  refused,
  children
}: Props) {
  const scoped = `${useContext(PanelScope)}${id}`;
  return (
    <section className="panel" aria-labelledby={`${scoped}-title`} data-panel={scoped}>
      <header>
        <h2 id={`${scoped}-title`}>
          {now && <span className="now">{strings.now}</span>}
          {title}
        </h2>
        {!refused && <span className="sub">{sub}</span>}
        <span className="right">
          {controls}
          {!refused && provenance && <Badge provenance={provenance} how={how} strings={strings} />}
        </span>
      </header>
      {refused || children}
      {!refused && say && <p className="say">{say}</p>}
      {!refused && table && <TableTwin {...table} summary={strings.table} />}
    </section>
  );
}

type BadgeProps = {readonly provenance: Provenance; readonly how: string; readonly strings: Strings["panel"]};

/** ● from the model, ◐ derived, ◌ schematic. */
export function Badge({provenance, how, strings}: BadgeProps) {
  return (
    <span className="badge" tabIndex={0} role="note" aria-label={`${strings.provenance[provenance]}: ${how}`}>
      <svg width="12" height="12" aria-hidden="true">
        <circle
          className={provenance === "model" ? "f" : "n"}
          cx="6"
          cy="6"
          r="4.5"
          {...(provenance === "schematic" && {strokeDasharray: "2 1.6"})}
        />
        {provenance === "derived" && <path className="f" d="M6 1.5a4.5 4.5 0 0 0 0 9z" />}
      </svg>
      {strings.provenance[provenance]}
      <span className="how" aria-hidden="true">
        {how}
      </span>
    </span>
  );
}

export type TableTwinProps = {
  readonly head: readonly ReactNode[];
  /** The first cell of a row is its header. */
  readonly rows: readonly (readonly ReactNode[])[];
  readonly summary?: string;
};

/** The figure's numbers as a table that opens in place. Not drawn again while `head` and `rows` stay the same. */
export const TableTwin = memo(function TableTwin({head, rows, summary}: TableTwinProps) {
  return (
    <details className="twin">
      <summary>{summary}</summary>
      <div className="scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {head.map((cell, i) => (
                <th key={i} scope="col" className={i ? "n" : ""}>
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, r) => (
              <tr key={r}>
                {row.map((cell, i) =>
                  i === 0 ? (
                    <th key={i} scope="row" className="mono">
                      {cell}
                    </th>
                  ) : (
                    <td key={i} className="n">
                      {cell}
                    </td>
                  )
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
});
