import {labelled, staysUpright} from "../../draw/columnLabels.ts";
import {formatCount} from "../../draw/format.ts";
import {TokenSpan} from "../../draw/Token.tsx";
import {fitText, textWidth} from "../../draw/fitText.ts";
import type {TokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {LABEL_LETTERS, NAME_BASE, NAME_GAP, type AttentionLayout} from "./layoutAttention.ts";
import type {Cell, Shape} from "./pattern.ts";

type Props = {
  readonly layout: AttentionLayout;
  readonly shape: Shape;
  readonly tokens: readonly TokenText[];
  readonly cursor: Cell | null;
  /** Queries that go on to the logits. */
  readonly rows: readonly number[];
  readonly strings: Strings["attention"];
};

/** Heads, and the tokens along the edges; the last query and the cell in focus stand out. */
export function AttentionLabels(props: Props) {
  const {layout, strings} = props;
  const {kind, blocks} = layout;
  return (
    <>
      {blocks.map(({head, x, y}, i) => (
        <g key={head}>
          {kind === "maps" ? (
            <text className="s" {...(layout.slope === 0 ? {x: 0, y: y - 6} : {x, y: y - layout.top + 12})}>
              {strings.head(head + 1)}
            </text>
          ) : (
            <text className="headname" x="0" y={y + layout.cell.height / 2 + 4}>
              {strings.head(head + 1)}
            </text>
          )}
          {(kind === "maps" || i === 0) && <Columns {...props} x={x} y={y} head={head} />}
          {kind === "maps" && layout.labels > 0 && x === layout.labels && <Rows {...props} y={y} />}
        </g>
      ))}
      {kind === "rows" && (
        <text className="quiet" x="0" y={blocks[0]!.y - 6}>
          {strings.position}
        </text>
      )}
    </>
  );
}

type Block = {readonly head: number; readonly x: number; readonly y: number};

function Columns({layout, shape, tokens, cursor, head, x, y, strings}: Props & Block) {
  const {cell, slope, every, places, kind} = layout;
  const centre = (key: number) => x + (key + 0.5) * cell.width;
  const base = y - (places > 0 ? NAME_BASE.placed : NAME_BASE.plain);
  const names = labelled(shape.keys, every).map((key) => {
    const on = cursor?.key === key && (kind === "rows" || cursor.head === head);
    const last = key === shape.keys - 1 && kind === "rows";
    const token = tokens[key];
    const isSloping = slope > 0 && !(token && staysUpright(token, every * cell.width));
    const place = isSloping
      ? {transform: `translate(${centre(key) + 3} ${base}) rotate(${-slope})`}
      : {x: centre(key) - 1, y: base, textAnchor: "middle" as const};
    return (
      <text key={key} className={`m${on ? " on" : ""}${last ? " query" : ""}`} {...place}>
        <Name token={token} width={slope > 0 ? LABEL_LETTERS * 6.8 : cell.width - 2} />
      </text>
    );
  });
  const positions = places > 0 ? labelled(shape.keys, places) : [];
  return (
    <>
      {names}
      {positions.map((key) => (
        <text
          key={key}
          className="place"
          x={centre(key) - 1}
          y={y - 6}
          textAnchor="middle"
          aria-label={strings.at(key)}
        >
          {formatCount(key)}
        </text>
      ))}
    </>
  );
}

function Rows({layout, shape, tokens, cursor, rows, y}: Props & {y: number}) {
  const {cell, every, labels} = layout;
  return labelled(shape.queries, every).map((query) => {
    return (
      <text
        key={query}
        className={`m${cursor?.query === query ? " on" : ""}${rows.includes(query) ? " outlinedname" : ""}`}
        x={labels - NAME_GAP}
        y={y + (query + 0.5) * cell.height + 3.5}
        textAnchor="end"
      >
        <Name token={tokens[shape.first + query]} width={labels - NAME_GAP} />
      </text>
    );
  });
}

function Name({token, width}: {readonly token: TokenText | undefined; readonly width: number}) {
  if (!token) return null;
  const spaces = token.spaces.slice(0, 2);
  const text = fitText(token.text, width - textWidth(spaces, 11, "mono"), 11, "mono");
  return <TokenSpan token={{...token, spaces, text}} />;
}
