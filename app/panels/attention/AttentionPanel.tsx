import {useMemo, useState} from "react";
import type {DecoderConfig, PassEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Sentence} from "../../draw/Sentence.tsx";
import {useEcho} from "../../draw/tokenEcho.ts";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {Waiting} from "../../draw/Waiting.tsx";
import {AttentionControls} from "./AttentionControls.tsx";
import {AttentionCellsRead} from "./AttentionCellsRead.tsx";
import {attentionTable} from "./attentionTable.tsx";
import {layoutMaps, layoutRows} from "./layoutAttention.ts";
import {besideHeight, splitWidth, WithPrefill, type PrefillTap} from "./PrefillMap.tsx";
import {isRow, patternOf, shapeOf, type Cell} from "./pattern.ts";
import {sayCell, sayFigure} from "./sayAttention.tsx";
import type {TapState} from "./tapState.ts";

type Props = {
  readonly event: PassEvent;
  /** `hook_pattern` of the chosen layer. */
  readonly tap: TapState;
  /** In a decode pass, what the prompt's pass looked like in the same layer: drawn small beside the rows, or folded below them. */
  readonly prefillTap?: PrefillTap;
  readonly config: DecoderConfig;
  /** From 0. */
  readonly layer: number;
  readonly onLayer: (layer: number) => void;
  readonly head: number | "all";
  readonly onHead: (head: number | "all") => void;
  /** At least up to the pass's last position. */
  readonly tokenIds: readonly TokenId[];
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  /** The room there is, in px: maps of many positions are made to fit it. */
  readonly height?: number;
  readonly strings: Pick<Strings, "panel" | "attention">;
};

/** What each position reads: a map a head for many positions, a row a head for one. */
export function AttentionPanel(props: Props) {
  const {event, tap, config, layer, onLayer, head, onHead, vocabulary, now = false, height, strings} = props;
  const text = strings.attention;
  const [chosen, setChosen] = useState<Cell | null>(null);
  const shape = useMemo(() => shapeOf(event, config), [event, config]);
  const row = isRow(event);
  const prefill = row ? props.prefillTap : undefined;
  const before = prefill?.event;
  const split = useMemo(() => splitWidth(props.width), [props.width]);
  const width = prefill ? split.rows : props.width;
  const [lastHead, setLastHead] = useState(head === "all" ? 0 : head);
  // A row a head leaves nothing to choose.
  const shown = row ? "all" : head;
  const heads = useMemo(() => headsOf(shown, shape.heads), [shown, shape.heads]);
  const tokenIds = useMemo(() => props.tokenIds.slice(0, shape.keys), [props.tokenIds, shape.keys]);
  const tokens = useMemo(() => tokenIds.map((id) => tokenText(vocabulary, id)), [tokenIds, vocabulary]);
  const layout = useMemo(() => {
    const names = tokens.map(({spaces, text}) => spaces + text);
    const perKvHead = config.nHeads / config.nKvHeads;
    const room = height === undefined ? Infinity : height - HEADER;
    if (!row) return layoutMaps(width, shape, heads, names, room);
    const beside = before ? besideHeight(before, split, config, names) : 0;
    return layoutRows(width, shape, heads, perKvHead, names, room, beside);
  }, [row, width, height, shape, heads, tokens, config, before, split]);
  const pattern = patternOf(tap, shape, layer);
  const cursor = pattern && chosen && fits(chosen) ? chosen : null;
  useEcho(cursor ? (tokenIds[cursor.key] ?? null) : null);
  const names = {tokenIds, vocabulary};
  const table = useMemo(
    () =>
      pattern
        ? attentionTable(pattern, shape, heads, {tokenIds, vocabulary}, text)
        : {head: [text.waiting], rows: []},
    [pattern, shape, heads, tokenIds, vocabulary, text]
  );

  function onCell(cell: Cell | null): void {
    setChosen(cell);
    if (cell) setLastHead(cell.head);
  }

  function fits({head, query, key}: Cell): boolean {
    return heads.includes(head) && query < shape.queries && key < shape.keys;
  }

  const said =
    cursor && pattern
      ? sayCell(cursor, shape, pattern, names, text)
      : sayFigure(event, shape, config, names, text);
  const label = row
    ? text.rowFigure(shape.keys - 1, shape.keys, heads.length, layer + 1)
    : text.mapFigure(shape.queries, shape.keys, heads.length, layer + 1);
  const binned = layout.dense && layout.cell.width < 1 ? Math.ceil(1 / layout.cell.width) : 1;
  const figure = (
    <AttentionCellsRead
      {...{layout, shape, heads, pattern, tokens, cursor, label, onCell, names, tap, layer}}
      rows={event.rows}
      strings={text}
    />
  );
  const caption = (
    <>
      <Sentence pieces={said} />
      {layout.dense && ` ${text.dense}`}
      {binned > 1 && ` ${text.binned(binned)}`}
    </>
  );
  const isRefused = tap.status === "refused";
  return (
    <PanelFrame
      id="attention"
      title={text.title}
      provenance="model"
      how={text.how(layer + 1)}
      strings={strings.panel}
      now={now}
      sub={row ? text.subRow(shape.keys - 1) : text.subMaps(shape.queries, shape.keys, layer + 1)}
      controls={
        !isRefused && <AttentionControls {...{config, layer, onLayer, head, onHead, row}} strings={text} />
      }
      say={(!prefill || split.beside) && caption}
      table={table}
      refused={isRefused && <Waiting asked={tap} loading={text.loading(layer + 1)} refused={text.refused} />}
    >
      {prefill ? (
        <WithPrefill
          {...{prefill, split, config, layer, tokens}}
          head={lastHead}
          say={caption}
          strings={text}
        >
          {figure}
        </WithPrefill>
      ) : (
        figure
      )}
    </PanelFrame>
  );
}

/** The panel's title and its controls. */
const HEADER = 34;

const headsOf = (head: number | "all", count: number): readonly number[] =>
  head === "all" || head >= count ? Array.from({length: count}, (_, i) => i) : [head];
