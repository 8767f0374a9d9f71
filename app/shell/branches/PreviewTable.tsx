import type {ReactNode} from "react";
import type {Vocabulary} from "../../../engine/index.ts";
import {formatBits, formatCoin, formatCount, formatPercent} from "../../draw/format.ts";
import {Sentence} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {TokenChip} from "../../draw/TokenChip.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Chance, StepSum} from "./previewOf.ts";

type Words = Strings["branches"]["preview"];

type Props = {
  readonly before: StepSum;
  readonly after: StepSum;
  readonly chances: readonly Chance[];
  readonly vocabulary: Vocabulary;
  readonly strings: Words;
};

/** Run and preview of one step, a row a number; what differs in bold. */
export function PreviewTable({before, after, chances, vocabulary, strings}: Props) {
  const {rows} = strings;
  const chip = ({tokenId}: StepSum, kind: "drawn" | "slot") => (
    <TokenChip kind={kind} token={tokenText(vocabulary, tokenId)} />
  );
  const coin = (step: StepSum) => (step.coin === null ? strings.noCoin : formatCoin(step.coin));
  return (
    <table aria-label={strings.table}>
      <thead>
        <tr>
          <td />
          <th scope="col">{strings.run}</th>
          <th scope="col">{strings.preview}</th>
        </tr>
      </thead>
      <tbody>
        <Row name={rows.token} cells={[chip(before, "drawn"), chip(after, "slot")]} />
        {chances.map(({tokenId, cells}) => (
          <Row
            key={tokenId}
            name={<Sentence pieces={rows.p<ReactNode>(<Token token={tokenText(vocabulary, tokenId)} />)} />}
            cells={cells.map(formatPercent)}
          />
        ))}
        <Row name={rows.coin} cells={[before, after].map(coin)} />
        <Row name={rows.kept} cells={[before, after].map(({kept}) => formatCount(kept))} />
        <Row name={rows.entropy} cells={[before, after].map(({entropy}) => formatBits(entropy))} />
      </tbody>
    </table>
  );
}

function Row({name, cells}: {readonly name: ReactNode; readonly cells: readonly ReactNode[]}) {
  const [before, after] = cells;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{before}</td>
      <td>{before === after ? after : <b>{after}</b>}</td>
    </tr>
  );
}
