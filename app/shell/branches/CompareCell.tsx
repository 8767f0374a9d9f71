import {tokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatCoin, formatPercent} from "../../draw/format.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {RovingItem} from "../../draw/useRoving.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {AlignedRow} from "./alignRuns.ts";
import type {Picked, RunToken} from "./readRun.ts";

type Words = Strings["branches"]["compare"];

/** Goes to the event that put a token there. */
export type OnSeek = (side: "a" | "b", cursor: number) => void;

type Props = {
  readonly vocabulary: Vocabulary;
  readonly onSeek: OnSeek;
  readonly strings: Words;
  readonly row: AlignedRow;
  readonly side: "a" | "b";
  /** Whether it is said that a token fell to no coin; else the column's head says it of all. */
  readonly noted: boolean;
  /** What stands where the run has no token. */
  readonly empty: string;
  readonly item: RovingItem;
};

/** A token of one run, with its probability and coin; a button. */
export function CompareCell({row, side, noted, vocabulary, onSeek, strings, empty, item}: Props) {
  const token = row[side];
  if (!token) return <span className="ended">{empty}</span>;
  const {cursor, picked} = token;
  const id = tokenId(token.tokenId);
  return (
    <button type="button" className={`seek ${kindOf(token)}`} onClick={() => onSeek(side, cursor)} {...item}>
      <span className="sr">{strings.cell(strings[side], row.position)} </span>
      <span className="tok">
        <Token token={tokenText(vocabulary, id)} />
      </span>
      <span className="sr">, </span>
      {picked ? <Numbers {...{picked, noted, strings}} /> : <span className="note">{strings.prompt}</span>}
    </button>
  );
}

const kindOf = ({picked}: RunToken): string =>
  !picked ? "prompt" : picked.forced ? "drawn forced" : "drawn";

const coinText = ({coin, forced}: Picked, strings: Words): string =>
  forced ? strings.forced : coin === null ? strings.noCoin : strings.coin(formatCoin(coin));

const percentText = ({p}: Picked, strings: Words): string =>
  p === null ? strings.notThere : formatPercent(p);

type NumbersProps = Pick<Props, "noted" | "strings"> & {readonly picked: Picked};

function Numbers({picked, noted, strings}: NumbersProps) {
  return (
    <>
      <span className="bar" aria-hidden="true">
        <i style={{width: `${100 * (picked.p ?? 0)}%`}} />
      </span>
      <span className="sr">{strings.p} </span>
      <span className="p">{percentText(picked, strings)}</span>
      {noted && (
        <>
          <span className="sr">, </span>
          <span className="note">{coinText(picked, strings)}</span>
        </>
      )}
    </>
  );
}
