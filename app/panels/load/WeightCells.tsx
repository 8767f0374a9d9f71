import {formatCount, formatShape} from "../../draw/format.ts";
import {textWidth} from "../../draw/fitText.ts";
import type {RovingItem} from "../../draw/useRoving.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {WeightInfo} from "../../../engine/index.ts";
import type {WeightCell, WeightsLayout} from "./layoutWeights.ts";
import {partOf} from "./weightNames.ts";

type Part = {readonly layout: WeightsLayout; readonly strings: Strings["load"]["weights"]};

/** The names of the groups: above columns, left of rows, inside tiles. */
export function GroupNames({layout, strings}: Part) {
  const {kind, groups, left} = layout;
  return groups.map((group, i) => {
    const {layer, x, y, width, height} = group;
    const long = strings.group(layer, group.kind);
    const nameWidth = textWidth(long, 12, "strong");
    const isLong = nameWidth <= width - 6;
    const count = formatCount(group.count);
    const hasCount =
      kind === "rows" ? height >= 38 : kind === "columns" && nameWidth + textWidth(count, 12) <= width - 16;
    const place =
      kind === "columns"
        ? {left: x, top: 0, width, height: y}
        : kind === "rows"
          ? {left: 0, top: y, width: left, height}
          : {left: x, top: y, width, height};
    return (
      <span key={i} className={`group ${kind}`} style={place} aria-hidden="true">
        {kind === "rows" || isLong ? long : strings.groupShort(layer, group.kind)}
        {hasCount && <small>{count}</small>}
      </span>
    );
  });
}

type CellProps = Pick<Part, "strings"> & {
  readonly cell: WeightCell;
  readonly tiles: boolean;
  /** Alone in its group, whose heading says its name and count. */
  readonly alone: boolean;
  readonly item: RovingItem;
  readonly label: string;
  readonly on: WeightButton;
};

/** What a weight's button does. */
export type WeightButton = {
  readonly read: (weight: WeightInfo | null) => void;
  readonly open: ((name: string) => void) | null;
  /** The weight that is open, by its name. */
  readonly opened: string | null;
};

/** A weight as a button as large as its share: its name, count and shape as far as there is room. */
export function WeightCellButton({cell, tiles, alone, item, label, strings, on}: CellProps) {
  const {weight, x, y, width, height} = cell;
  const name = strings.label(weight.kind, partOf(weight.name));
  const shape = formatShape(weight.shape);
  const count = formatCount(weight.count);
  const room = (text: string, size: number, line: number) =>
    textWidth(text, size, size < 12 ? "mono" : "strong") <= width - 8 && height >= 18 * line;
  const hasName = !tiles && !alone && room(name, 12, 1);
  const hasCount = hasName && room(count, 11, 2.2);
  const hasShape = !tiles && (alone ? room(shape, 11, 1) : hasName && room(shape, 11, hasCount ? 3 : 2.2));
  return (
    <button
      {...item}
      type="button"
      className="weight"
      style={{left: x, top: y, width, height}}
      {...handlers(weight, item, on)}
    >
      <span className="sr">{label}</span>
      {hasName && <b aria-hidden="true">{name}</b>}
      {hasShape && (
        <span className="mono" aria-hidden="true">
          {shape}
        </span>
      )}
      {hasCount && <span aria-hidden="true">{count}</span>}
    </button>
  );
}

type SmallProps = Omit<CellProps, "cell" | "tiles" | "alone"> & {readonly weight: WeightInfo};

export function SmallWeightButton({weight, item, label, strings, on}: SmallProps) {
  return (
    <button {...item} type="button" className="weight" {...handlers(weight, item, on)}>
      <span className="sr">{label}</span>
      <span aria-hidden="true">
        {strings.smallLabel(weight.layer, strings.label(weight.kind, partOf(weight.name)))}
      </span>
    </button>
  );
}

const handlers = (weight: WeightInfo, item: RovingItem, {read, open, opened}: WeightButton) => ({
  "aria-disabled": open === null || undefined,
  "aria-expanded": open ? weight.name === opened : undefined,
  onFocus: () => {
    item.onFocus();
    read(weight);
  },
  onBlur: () => read(null),
  onPointerEnter: () => read(weight),
  onPointerLeave: () => read(null),
  onClick: () => open?.(weight.name)
});
