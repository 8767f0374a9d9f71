import {tokenId, type TokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatNumber, formatPercent} from "../../draw/format.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {RovingItem} from "../../draw/useRoving.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Row} from "./layoutRows.ts";

type Props = {
  readonly row: Row;
  readonly note: string | undefined;
  readonly taken: boolean;
  readonly lit: boolean;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["logits"];
  readonly onFocus: (rank: number | null) => void;
  readonly onPick: ((id: TokenId) => void) | undefined;
  readonly item: RovingItem;
};

/** One token: its text, bar, p and logit. A button where it can be taken. */
export function TokenRow({row, note, taken, lit, vocabulary, strings, onFocus, onPick, item}: Props) {
  const id = tokenId(row.id);
  const className = ["toprow", taken && "taken", lit && "lit", note && "noted"].filter(Boolean).join(" ");
  const events = {
    tabIndex: item.tabIndex,
    ref: item.ref,
    className,
    onFocus: () => {
      item.onFocus();
      onFocus(row.rank);
    },
    onBlur: () => onFocus(null),
    onPointerEnter: () => onFocus(row.rank),
    onPointerLeave: () => onFocus(null)
  };
  const cells = (
    <>
      <span className="name" title={tokenPlain(vocabulary, id)}>
        <Token token={tokenText(vocabulary, id)} />
      </span>
      <span className="bar">
        <i style={{width: row.bar}} />
        {note && <small>{note}</small>}
      </span>
      <span>{formatPercent(row.p)}</span>
      <span className="logit">{formatNumber(row.logit)}</span>
    </>
  );
  if (!onPick) return <li {...events}>{cells}</li>;
  const label = strings.row({
    token: tokenPlain(vocabulary, id),
    rank: formatCount(row.rank + 1),
    p: formatPercent(row.p),
    logit: formatNumber(row.logit)
  });
  return (
    <li>
      <button type="button" {...events} onClick={() => onPick(id)}>
        <span className="sr">{strings.take(label)}</span>
        {cells}
      </button>
    </li>
  );
}
