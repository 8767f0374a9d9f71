import {Fragment} from "react";
import {tokenId, type ChainLink, type Vocabulary} from "../../../engine/index.ts";
import {formatBits, formatCoin, formatCount, formatNumber} from "../../draw/format.ts";
import {Sentence} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {CardData} from "./cardsOf.ts";

type Props = {
  readonly data: CardData;
  /** Whether any warper of the chain changes the order: then each card says what happened to it. */
  readonly order: boolean;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["warp"];
};

/** tokens, mass and entropy, in -> out. */
export function WarpFacts({data, order, vocabulary, strings}: Props) {
  const {before, after, state, entropyBefore, entropy, link} = data;
  const {facts} = strings;
  if (state === "skipped") return <p className="facts">{strings.notApplied}</p>;
  if (state === "waits") return <p className="facts">{strings.waits}</p>;
  const isOut = state === "done";
  const [alive, left] = [formatCount(before.alive), formatCount(after.alive)];
  const [bitsIn, bits] = [formatNumber(entropyBefore), formatBits(isOut ? entropy : entropyBefore)];
  return (
    <dl className="facts">
      <dt>{facts.tokens}</dt>
      <dd>{isOut ? strings.change(alive, left) : alive}</dd>
      {isOut && link && (
        <>
          <dt>{facts.mass}</dt>
          <dd>{strings.mass(link.massKept)}</dd>
        </>
      )}
      <dt>{facts.entropy}</dt>
      <dd>{isOut && bits !== formatBits(entropyBefore) ? strings.change(bitsIn, bits) : bits}</dd>
      {isOut && link && <WorkedWith link={link} strings={strings} />}
      {isOut && order && (
        <>
          <dt>{facts.order}</dt>
          <dd>
            <Order {...{data, vocabulary, strings}} />
          </dd>
        </>
      )}
    </dl>
  );
}

/** What the warper had besides the logits: mu, the temperature that it made, the coin that it tossed. */
function WorkedWith({
  link: {state, coin},
  strings
}: {
  readonly link: ChainLink;
  readonly strings: Strings["warp"];
}) {
  const {worked} = strings;
  const facts = Object.entries(state ?? {}).map(([key, value]) => worked.state(key, formatNumber(value)));
  if (coin !== undefined) facts.push(worked.coin(formatCoin(coin)));
  return facts.map(({name, value}) => (
    <Fragment key={name}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </Fragment>
  ));
}

function Order({data, vocabulary, strings}: Omit<Props, "order">) {
  const {moved, fell} = data.card;
  if (moved === 0) return strings.sameOrder;
  return (
    <>
      {strings.moved(moved)}
      {fell && (
        <Sentence
          pieces={strings.fell(
            <Token key="token" token={tokenText(vocabulary, tokenId(fell.id))} />,
            formatCount(fell.from + 1),
            formatCount(fell.to + 1)
          )}
        />
      )}
    </>
  );
}
