import {useMemo, useState, type ReactNode} from "react";
import type {LoadEvent, WeightInfo} from "../../../engine/index.ts";
import {formatBytes, formatCount, formatShape} from "../../draw/format.ts";
import {TableTwin} from "../../draw/PanelFrame.tsx";
import {Said, Sentence, spoken} from "../../draw/Sentence.tsx";
import {useRoving} from "../../draw/useRoving.ts";
import type {Pieces} from "../../i18n/pieces.ts";
import type {Strings} from "../../i18n/strings.ts";
import {groupsOf, layoutWeights, sum} from "./layoutWeights.ts";
import {GroupNames, SmallWeightButton, WeightCellButton} from "./WeightCells.tsx";
import {partOf, sumParts} from "./weightNames.ts";

type Props = {
  readonly event: LoadEvent;
  readonly width: number;
  /** The room there is, in px, where the page does not scroll. */
  readonly height?: number | undefined;
  /** Opens a weight's values. */
  readonly onMatrix: ((name: string) => void) | undefined;
  /** The one whose values are open, by its name. */
  readonly opened: string | null;
  readonly strings: Strings["load"]["weights"];
};

/** Its title, in px. */
const ABOVE = 34;

/** All parameters as a treemap; each cell is read on hover and focus, and opens its values. */
export function WeightMap({event, width, height, onMatrix, opened, strings}: Props) {
  const {tensors, parameters, config} = event;
  const [read, setRead] = useState<WeightInfo | null>(null);
  const room = height === undefined ? Infinity : height - ABOVE;
  const layout = useMemo(() => layoutWeights(width, tensors, room), [width, tensors, room]);
  const {cells, small} = layout;
  const {list, item} = useRoving(cells.length + small.length);
  const total = sum(tensors);
  const groups = useMemo(() => groupsOf(tensors), [tensors]);
  const table = useMemo(() => tableOf(tensors, strings), [tensors, strings]);
  const on = {read: setRead, open: onMatrix ?? null, opened};
  const say = <T,>(weight: WeightInfo, draw: (text: string, isName: boolean) => T): Pieces<T> =>
    strings.cell<T>({
      layer: weight.layer,
      label: strings.label(weight.kind, partOf(weight.name)),
      name: draw(weight.name, true),
      shape: formatShape(weight.shape),
      numbers: draw(strings.numbers(weight.count), false),
      bytes: weight.bytes,
      share: weight.count / total,
      opens: onMatrix !== undefined
    });
  const label = (weight: WeightInfo) => spoken(say(weight, (text) => text));
  const isAlone = ({layer, kind}: WeightInfo) =>
    layer === null && groups.some((group) => group.length === 1 && group[0]!.kind === kind);
  const isTied = tensors.some(({kind}) => kind === "embedding") && !tensors.some(({kind}) => kind === "head");
  const counted = strings.sum<ReactNode>(sumParts(groups), total, (text) => <b>{text}</b>);
  const rest = [...counted, strings.covers(total, parameters), ...(isTied ? [strings.tied] : [])];
  return (
    <section className="weights" aria-label={strings.title}>
      <h3>
        {strings.title}{" "}
        <span className="sub">{height === undefined ? strings.sub : <Sentence pieces={counted} />}</span>
      </h3>
      <div role="group" aria-label={strings.figure(tensors.length, total, config.nLayers)} {...list}>
        <div className="map" style={{width, height: layout.height}}>
          {cells.map((cell, i) => (
            <WeightCellButton
              key={cell.weight.name}
              {...{cell, strings, on}}
              tiles={layout.kind === "tiles"}
              alone={isAlone(cell.weight)}
              item={item(i)}
              label={label(cell.weight)}
            />
          ))}
          <GroupNames {...{layout, strings}} />
        </div>
        {small.length > 0 && (
          <p className="small">
            {strings.small(small.length, sum(small))}
            {small.map((weight, i) => (
              <SmallWeightButton
                key={weight.name}
                {...{weight, strings, on}}
                item={item(cells.length + i)}
                label={label(weight)}
              />
            ))}
          </p>
        )}
      </div>
      {height === undefined && <Meanings tensors={tensors} strings={strings} />}
      <p className="say">
        <Said rest={rest} read={read && say<ReactNode>(read, drawn)} />
      </p>
      <TableTwin {...table} summary={strings.tableName} />
    </section>
  );
}

/** What each part is for, by its name in the cells. */
function Meanings({tensors, strings}: {tensors: readonly WeightInfo[]; strings: Props["strings"]}) {
  const labels = [...new Set(tensors.map(({kind, name}) => strings.label(kind, partOf(name))))];
  return (
    <dl className="meanings">
      {labels.map((label) => {
        const meaning = strings.meaning(label);
        return (
          meaning && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{meaning}</dd>
            </div>
          )
        );
      })}
    </dl>
  );
}

const drawn = (text: string, isName: boolean): ReactNode =>
  isName ? <span className="mono name">{text}</span> : <b>{text}</b>;

function tableOf(tensors: readonly WeightInfo[], strings: Strings["load"]["weights"]) {
  const rows = tensors.map(({name, layer, kind, shape, count, bytes}) => [
    name,
    layer === null ? "" : formatCount(layer + 1),
    strings.label(kind, partOf(name)),
    formatShape(shape),
    formatCount(count),
    formatCount(bytes)
  ]);
  const bytes = tensors.reduce((all, weight) => all + weight.bytes, 0);
  return {
    head: strings.table,
    rows: [...rows, [strings.total, "", "", "", formatCount(sum(tensors)), formatBytes(bytes)]]
  };
}
