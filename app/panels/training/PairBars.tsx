import type {BpePair} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import {Token} from "../../draw/Token.tsx";
import {bytesText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {topPairs, type Learned} from "./learn.ts";

const ROWS = 10;

type Props = {
  readonly pairs: readonly BpePair[];
  readonly bytes: Learned["bytes"];
  readonly strings: Strings["training"];
};

/** The most frequent pairs as bars, the one that is merged next first; the others in one line. */
export function PairBars({pairs, bytes, strings}: Props) {
  const {top, others} = topPairs(pairs, ROWS);
  const most = top[0]?.count ?? 1;
  return (
    <div className="pairs">
      <h3>{strings.pairs}</h3>
      <p className="note">{pairs.length > 0 ? strings.pairsNow(pairs.length) : strings.noPairs}</p>
      {top.length > 0 && (
        <ol aria-label={strings.pairsList(top.length)}>
          {top.map(({left, right, count}, i) => (
            <li key={`${left} ${right}`} className={i === 0 ? "upnext" : ""}>
              <span className="neighbours">
                <span className="sign">
                  <Token token={bytesText(bytes[left]!)} />
                </span>
                <span className="sign">
                  <Token token={bytesText(bytes[right]!)} />
                </span>
              </span>
              <span className="bar">
                <i style={{width: `${(100 * count) / most}%`}} />
              </span>
              <span className="n">{formatCount(count)}</span>
              <span className="note">{i === 0 ? strings.upNext : ""}</span>
            </li>
          ))}
        </ol>
      )}
      {others && <p className="note">{strings.otherPairs(others.count, others.times)}</p>}
    </div>
  );
}
