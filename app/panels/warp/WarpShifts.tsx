import {tokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatNumber} from "../../draw/format.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {isMoved, type CardData} from "./cardsOf.ts";
import {NAMED} from "./shiftsOf.ts";

type Props = {
  readonly data: CardData;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["warp"];
};

/** The logits that a warper moved, those first that count most, and how many more; the mark that some of them have in the plot. */
export function WarpShifts({data, vocabulary, strings}: Props) {
  const {shifts, state, card} = data;
  if (!shifts || state !== "done") return null;
  const {count, named} = shifts;
  const more = count - named.length;
  const isMarked = card.bars.slice(0, NAMED).some((bar) => isMoved(data, bar));
  return (
    <div className="shifts">
      <p>{strings.shifted(count, isMarked)}</p>
      <ul>
        {named.map(({id, from, to}) => (
          <li key={id}>
            <Token token={tokenText(vocabulary, tokenId(id))} />
            <span>
              {strings.shift(formatNumber(from), formatNumber(to), signed(rounded(to) - rounded(from)))}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p>{strings.moreShifted(more)}</p>}
    </div>
  );
}

/** As it is written, so that the difference is that of the numbers beside it. */
const rounded = (logit: number): number => Number(logit.toFixed(2));

const signed = (by: number): string => (by > 0 ? `+${formatNumber(by)}` : formatNumber(by));
