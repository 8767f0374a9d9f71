import {useState} from "react";
import type {Vocabulary} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Aligned, AlignedRow} from "./alignRuns.ts";
import {CompareCell, type OnSeek} from "./CompareCell.tsx";
import {Side} from "./CompareTexts.tsx";
import {useGridRoving} from "./useGridRoving.ts";

type Words = Strings["branches"]["compare"];

type Props = {
  readonly aligned: Aligned;
  readonly vocabulary: Vocabulary;
  /** Whether each run has come to its end. */
  readonly ended: {readonly a: boolean; readonly b: boolean};
  readonly onSeek: OnSeek;
  readonly strings: Words;
};

/** Rows shown until more are asked for. */
const ROWS = 30;

/** A row a position, a token of each run in it: a button that leads to where it was put there. */
export function CompareRows({aligned, vocabulary, ended, onSeek, strings}: Props) {
  const [all, setAll] = useState(false);
  const rows = all ? aligned.rows : aligned.rows.slice(0, ROWS);
  const roving = useGridRoving(rows.map(({a, b}) => [a !== null, b !== null]));
  const hidden = aligned.rows.length - rows.length;
  const noted = {a: hasNotes(aligned, "a"), b: hasNotes(aligned, "b")};
  return (
    <div className="rows">
      <table className={noted.a || noted.b ? "aligned" : "aligned plain"} aria-label={strings.rows}>
        <thead>
          <tr>
            <th scope="col">{strings.position}</th>
            {(["a", "b"] as const).map((side) => (
              <th key={side} scope="col">
                <Side side={side} strings={strings} />
                <span className="cols">
                  {strings.token}, {strings.p}, {noted[side] ? strings.coinHead : strings.noCoin}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...roving.list}>
          {rows.map((row, index) => (
            <tr key={row.position} className={rowClass(row, aligned)}>
              <th scope="row">{formatCount(row.position)}</th>
              {(["a", "b"] as const).map((side, column) => (
                <td key={side}>
                  <CompareCell
                    {...{row, side, vocabulary, onSeek, strings}}
                    noted={noted[side]}
                    empty={
                      rows[index - 1]?.[side] === null
                        ? ""
                        : ended[side]
                          ? strings.none.ended
                          : strings.none.yet
                    }
                    item={roving.item(index, column)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 && (
        <button type="button" className="link more" onClick={() => setAll(true)}>
          {strings.more(hidden)}
        </button>
      )}
    </div>
  );
}

/** Unless there are tokens, of which none fell to a coin or was put there. */
function hasNotes({rows}: Aligned, side: "a" | "b"): boolean {
  const picked = rows.flatMap((row) => row[side]?.picked ?? []);
  return picked.length === 0 || picked.some(({coin, forced}) => forced || coin !== null);
}

const rowClass = ({same, position, a, b}: AlignedRow, {first}: Aligned): string =>
  [same ? "same" : "", position === first ? "first" : "", a?.tokenId === b?.tokenId ? "equal" : ""]
    .join(" ")
    .trim();
