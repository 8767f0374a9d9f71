import type {ReactNode} from "react";
import type {DetokenizeEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {hexByte} from "../../draw/characters.ts";
import {formatCount} from "../../draw/format.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Sentence} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {TokenChip} from "../../draw/TokenChip.tsx";
import {textShown, tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {Completion} from "./Completion.tsx";
import {shownBytes, type ShownByte} from "./shownBytes.ts";

type Props = {
  readonly event: DetokenizeEvent;
  readonly tokenId: TokenId;
  /** The completion so far, with what became visible now. */
  readonly text: string;
  /** What stands before it. */
  readonly prompt?: string;
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "detokenize">;
};

/** Id to bytes to text; bytes of a character that is not whole yet are held back. */
export function DetokenizePanel(props: Props) {
  const {event, tokenId, text, prompt = "", vocabulary, now = false, width, strings} = props;
  const words = strings.detokenize;
  const entry = vocabulary[tokenId];
  const bytes = shownBytes(event, entry?.bytes ?? []);
  const special = entry?.special === true && event.text === "";
  const told = <T,>(draw: (text: string) => T, token: T) => ({
    token,
    id: tokenId,
    bytes: entry?.bytes.length ?? 0,
    text: event.text === "" ? null : draw(event.text),
    held: event.heldBack.length,
    special,
    replaced: event.text.includes("\uFFFD")
  });
  const plain = (part: string) => textShown(part).spaces + textShown(part).text;
  const shown = words.said<ReactNode>(
    told(
      (part) => (
        <b>
          <Token token={textShown(part)} />
        </b>
      ),
      <Token token={tokenText(vocabulary, tokenId)} />
    )
  );
  const rows = bytes.map(({byte, before, shown}) => [
    hexByte(byte),
    before ? words.heldBefore : words.own,
    special ? words.specialState : shown ? words.shownState : words.heldState
  ]);
  return (
    <PanelFrame
      id="detokenize"
      title={words.title}
      sub={words.sub}
      provenance="model"
      how={words.how}
      strings={strings.panel}
      now={now}
      say={<Sentence pieces={shown} />}
      table={{head: words.table, rows}}
    >
      <div
        className="flow detokenize"
        role="img"
        style={{maxWidth: width}}
        aria-label={words.said<string>(told(plain, tokenPlain(vocabulary, tokenId))).join("")}
      >
        <TokenChip
          kind="drawn"
          token={tokenText(vocabulary, tokenId)}
          below={words.id(formatCount(tokenId))}
        />
        <span className="then">
          <span className="arrow">→</span>
          <Bytes bytes={bytes} special={special} strings={words} />
        </span>
        <span className="then">
          <span className="arrow">→</span>
          {event.text === "" ? (
            <span className="note nothing">{special ? words.nothingSpecial : words.nothingYet}</span>
          ) : (
            <TokenChip kind="new" token={textShown(event.text)} below={words.visible} />
          )}
        </span>
      </div>
      <Completion prompt={prompt} text={text} fresh={event.text} strings={words} />
    </PanelFrame>
  );
}

type BytesProps = {
  readonly bytes: readonly ShownByte[];
  readonly special: boolean;
  readonly strings: Strings["detokenize"];
};

/** A cell a byte in hexadecimal; dashed where it still waits. */
function Bytes({bytes, special, strings}: BytesProps) {
  const before = bytes.filter((byte) => byte.before).length;
  return (
    <span className="bytecells">
      <span className="cells">
        {bytes.map(({byte, shown}, i) => (
          <i key={i} className={special ? "byte" : shown ? "byte shown" : "byte held"}>
            {hexByte(byte)}
          </i>
        ))}
      </span>
      <small>
        {strings.bytesBelow(before, bytes.length - before, bytes.filter(({shown}) => !shown).length, special)}
      </small>
    </span>
  );
}
