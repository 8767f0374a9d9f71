import {useMemo, useState, type ReactNode} from "react";
import type {DecoderConfig, PassEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import type {Asked} from "../../draw/asked.ts";
import {cellsPerPixel} from "../../draw/binHeatmap.ts";
import {formatNumber} from "../../draw/format.ts";
import {isInGrid, type GridCell} from "../../draw/gridCells.ts";
import {GridProbe} from "../../draw/GridProbe.tsx";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Said, spoken} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import {Waiting} from "../../draw/Waiting.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {CacheControls} from "./CacheControls.tsx";
import {CacheFigure} from "./CacheFigure.tsx";
import {cacheTable} from "./cacheTable.tsx";
import {blocksOf, domainsOf, type KeysAndValues} from "./cacheValues.ts";
import {layoutCache} from "./layoutCache.ts";
import {cellAsNodes, cellAsText, sayCache, sayCell, sayOff} from "./sayCache.tsx";

export type Unread = {readonly tokenId: TokenId; readonly ended: boolean};

type Props = {
  readonly event: PassEvent;
  /** `hook_rot_k` and `hook_v` of the chosen layer, of every position up to the pass's last. */
  readonly kv: Asked<KeysAndValues>;
  readonly config: DecoderConfig;
  readonly cacheOn: boolean;
  /** The first positions of the cache that a branch shares with its parent; 0 for none. */
  readonly sharedPositions: number;
  /** The token after the pass's last one, which no pass has read; null where there is none. */
  readonly unread?: Unread | null;
  /** From 0. */
  readonly layer: number;
  readonly onLayer: (layer: number) => void;
  /** Positions that the frames have room for; more where more are held. */
  readonly slots: number;
  /** At least up to the pass's last position. */
  readonly tokenIds: readonly TokenId[];
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "cache">;
};

/** Narrower than this the controls and the badge have no room in one row. */
const ONE_ROW = 620;

/** K and V as the cache holds them: what was there, what this pass wrote, what still has room. */
export function CachePanel(props: Props) {
  const {event, kv, config, cacheOn, sharedPositions, layer, onLayer, vocabulary, now = false, width} = props;
  const {unread = null} = props;
  const text = props.strings.cache;
  const [chosen, setChosen] = useState<GridCell | null>(null);
  const {from, to} = event.positions;
  const slots = Math.max(to, props.slots);
  const names = useMemo(
    () => ({tokenIds: props.tokenIds.slice(0, to), vocabulary}),
    [props.tokenIds, to, vocabulary]
  );
  const layout = useMemo(() => layoutCache(width, config, to, slots), [width, config, to, slots]);
  const blocks = useMemo(() => (cacheOn ? blocksOf(kv, config, to) : null), [kv, config, to, cacheOn]);
  const domains = useMemo(() => domainsOf(blocks ?? []), [blocks]);
  const table = useMemo(() => cacheTable(blocks, to, names, text), [blocks, to, names, text]);
  const cursor = blocks && chosen && isInGrid(layout, chosen) ? chosen : null;
  const start = {block: 0, row: 0, column: to - 1};
  const bold = (piece: string) => <b>{piece}</b>;
  const said = cacheOn
    ? sayCache(event, config, sharedPositions, text, bold)
    : sayOff(event, config, text, bold);
  const binned = cellsPerPixel(to, to * layout.cell.width);
  const next = cacheOn && unread && <Token token={tokenText(vocabulary, unread.tokenId)} />;
  const [k, v] = domains;
  const notes = blocks
    ? [text.scale(formatNumber(k), formatNumber(v)), ...(binned > 1 ? [text.binned(binned)] : [])]
    : [];
  const nKv = config.nKvHeads;
  const isRefused = cacheOn && kv.status === "refused";
  const waiting = <Waiting asked={kv} loading={text.loading(layer + 1)} refused={text.refused} />;
  return (
    <PanelFrame
      id="cache"
      title={text.title}
      sub={text.sub(layer + 1, config.nLayers)}
      provenance="model"
      how={text.how(layer + 1)}
      strings={props.strings.panel}
      now={now}
      controls={
        !isRefused && (
          <CacheControls
            {...{config, layer, onLayer}}
            domains={blocks && domains}
            below={width < ONE_ROW}
            strings={text}
          />
        )
      }
      say={
        <Said
          rest={[...said, ...(next ? text.unread<ReactNode>(next, to, unread!.ended) : []), ...notes]}
          read={cursor && blocks && sayCell(cursor, blocks, to, text, cellAsNodes(names))}
        />
      }
      table={table}
      refused={isRefused && waiting}
    >
      <div className="figure cache" style={{width, height: layout.height}}>
        <CacheFigure
          {...{layout, config, blocks, domains, cursor}}
          written={cacheOn && from > 0 ? {from, to} : null}
          shared={cacheOn ? sharedPositions : 0}
          label={cacheOn ? text.figure(layer + 1, nKv, to, slots) : text.off(layer + 1, nKv)}
          strings={text}
        />
        {blocks ? (
          <GridProbe
            place={layout}
            width={width}
            height={layout.height}
            cell={cursor}
            start={start}
            onCell={setChosen}
            label={text.read}
            valueText={spoken(sayCell(cursor ?? start, blocks, to, text, cellAsText(names)))}
          />
        ) : cacheOn ? (
          waiting
        ) : (
          <p className="waiting">{text.recomputed(to)}</p>
        )}
      </div>
    </PanelFrame>
  );
}
