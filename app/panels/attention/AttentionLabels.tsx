import {formatCount} from "../../draw/format.ts";
import {TokenSpan} from "../../draw/Token.tsx";
import {fitText} from "../../draw/fitText.ts";
import type {TokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {LABEL_LETTERS, type AttentionLayout} from "./layoutAttention.ts";
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
      {kind === "rows" && layout.slope === 0 && (
        <text className="quiet" x="0" y={blocks[0]!.y - 6}>
          {strings.position}
        </text>
      )}
    </>
  );
}

/** Positions that get a label: every nth, and always the last, from which its neighbours keep away. */
export function labelled(count: number, every: number): readonly number[] {
  const last = count - 1;
  const positions = Array.from({length: Math.ceil(count / every)}, (_, i) => i * every);
  return [...positions.filter((p) => p === last || last - p >= every), ...(last % every ? [last] : [])];
}

function Columns({
  layout,
  shape,
  tokens,
  cursor,
  head,
  x,
  y,
  strings
}: Props & {head: number; x: number; y: number}) {
  const {cell, slope, every, kind} = layout;
  return labelled(shape.keys, every).map((key) => {
    const centre = x + (key + 0.5) * cell.width;
    const on = cursor?.key === key && (kind === "rows" || cursor.head === head);
    const last = key === shape.keys - 1 && kind === "rows";
    const className = `m${on ? " on" : ""}${last ? " query" : ""}`;
    if (slope > 0)
      return (
        <text
          key={key}
          className={className}
          transform={`translate(${centre + 3} ${y - 6}) rotate(${-slope})`}
        >
          <Name token={tokens[key]} width={LABEL_LETTERS * 6.8} />
        </text>
      );
    return (
      <g key={key}>
        <text className={className} x={centre - 1} y={y - 18} textAnchor="middle">
          <Name token={tokens[key]} width={cell.width - 2} />
        </text>
        <text className="place" x={centre - 1} y={y - 6} textAnchor="middle" aria-label={strings.at(key)}>
          {formatCount(key)}
        </text>
      </g>
    );
  });
}

function Rows({layout, shape, tokens, cursor, rows, y}: Props & {y: number}) {
  const {cell, every, labels} = layout;
  return labelled(shape.queries, every).map((query) => {
    return (
      <text
        key={query}
        className={`m${cursor?.query === query ? " on" : ""}${rows.includes(query) ? " outlinedname" : ""}`}
        x={labels - 8}
        y={y + (query + 0.5) * cell.height + 3.5}
        textAnchor="end"
      >
        <Name token={tokens[shape.first + query]} width={labels - 8} />
      </text>
    );
  });
}

function Name({token, width}: {readonly token: TokenText | undefined; readonly width: number}) {
  if (!token) return null;
  const spaces = token.spaces.slice(0, 2);
  return (
    <TokenSpan
      token={{...token, spaces, text: fitText(token.text, width - spaces.length * 6.8, 11, "mono")}}
    />
  );
}
