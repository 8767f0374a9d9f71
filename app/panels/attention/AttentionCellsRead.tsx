import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import type {TokenText} from "../../draw/tokenText.ts";
import {Waiting} from "../../draw/Waiting.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {AttentionFigure} from "./AttentionFigure.tsx";
import {CellProbe} from "./CellProbe.tsx";
import type {AttentionLayout} from "./layoutAttention.ts";
import {isMasked, type Cell, type Shape} from "./pattern.ts";
import {cellText} from "./sayAttention.tsx";
import type {TapState} from "./tapState.ts";

type Props = {
  readonly layout: AttentionLayout;
  readonly shape: Shape;
  readonly heads: readonly number[];
  readonly pattern: Float32Array | null;
  readonly tokens: readonly TokenText[];
  readonly cursor: Cell | null;
  /** Queries that go on to the logits. */
  readonly rows: readonly number[];
  readonly onCell: (cell: Cell | null) => void;
  readonly label: string;
  readonly names: {readonly tokenIds: readonly TokenId[]; readonly vocabulary: Vocabulary};
  readonly tap: TapState;
  readonly layer: number;
  readonly strings: Strings["attention"];
};

/** The figure and the layer on which its cells are read; while there are no values, why. */
export function AttentionCellsRead(props: Props) {
  const {layout, shape, heads, pattern, cursor, onCell, names, tap, layer, strings} = props;
  const cell = cursor ?? {head: heads[0]!, query: shape.queries - 1, key: shape.keys - 1};
  const isHidden = isMasked(shape, cell.query, cell.key);
  return (
    <div className="figure attention" style={{width: layout.width, height: layout.height}}>
      <AttentionFigure {...props} />
      {pattern ? (
        <CellProbe
          {...{layout, shape, heads, onCell}}
          cell={cursor}
          label={strings.read}
          valueText={isHidden ? strings.maskedCell : cellText(cell, shape, pattern, names, strings)}
        />
      ) : (
        <Waiting asked={tap} loading={strings.loading(layer + 1)} refused={strings.refused} />
      )}
    </div>
  );
}
