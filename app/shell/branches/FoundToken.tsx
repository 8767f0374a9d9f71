import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatNumber, formatPercent} from "../../draw/format.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {RovingItem} from "../../draw/useRoving.ts";
import type {Strings} from "../../i18n/strings.ts";

type Props = {
  readonly id: TokenId;
  /** By logit, from 1. */
  readonly rank: number;
  readonly p: number;
  readonly logit: number;
  readonly vocabulary: Vocabulary;
  readonly onForce: (id: TokenId) => void;
  readonly item: RovingItem;
  readonly strings: Strings["branches"]["search"];
};

/** A token found, with its numbers: one button that puts it there. */
export function FoundToken({id, rank, p, logit, vocabulary, onForce, item, strings}: Props) {
  const removed = p === 0;
  const notes = [removed && strings.removed, vocabulary[id]?.special && strings.special].filter(
    (note): note is string => typeof note === "string"
  );
  const numbers = {
    id: formatCount(id),
    rank: formatCount(rank),
    p: formatPercent(p),
    logit: formatNumber(logit)
  };
  const label = strings.row({
    ...numbers,
    token: tokenPlain(vocabulary, id),
    of: formatCount(vocabulary.length),
    note: notes.join(", ")
  });
  return (
    <li>
      <button
        type="button"
        className={removed ? "found removed" : "found"}
        aria-label={label}
        onClick={() => onForce(id)}
        {...item}
      >
        <span className="name">
          <b>
            <Token token={tokenText(vocabulary, id)} />
          </b>
          <small>{notes.join(", ")}</small>
        </span>
        <span>{numbers.id}</span>
        <span>{numbers.rank}</span>
        <span>{numbers.p}</span>
        <span>{numbers.logit}</span>
      </button>
    </li>
  );
}
