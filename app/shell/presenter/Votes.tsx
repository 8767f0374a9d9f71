import type {CSSProperties, ReactNode} from "react";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Vocabulary} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {Sentence} from "../../draw/Sentence.tsx";
import type {Choice} from "./choices.ts";

type Props = {
  readonly choices: readonly Choice[];
  /** The one that came true; null while that is hidden. */
  readonly right: number | null;
  /** In one line each, where a panel needs the room. */
  readonly brief: boolean;
  /** Beside them, where there is room; null: nothing. */
  readonly note: string | null;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["present"];
};

/** What can be voted for, with letters for a show of hands. */
export function Votes({choices, right, brief, note, vocabulary, strings}: Props) {
  const list = (
    <ol
      className={`votes${brief ? " brief" : ""}${right === null ? "" : " told"}`}
      aria-label={strings.vote}
      style={{"--choices": choices.length, "--across": across(choices.length)} as CSSProperties}
    >
      {choices.map((choice, i) => {
        const hit = i === right;
        const {
          label,
          below,
          note: beside,
          rest
        } = drawn(choice, {told: right !== null, hit}, vocabulary, strings);
        return (
          <li key={i} className={`vote${hit ? " hit" : ""}${rest ? " rest" : ""}`}>
            <i>
              {strings.letters[i]}
              {hit && (
                <span aria-hidden="true" className="right">
                  {" "}
                  {strings.right}
                </span>
              )}
              {hit && <span className="sr">, {strings.isRight}</span>}
              {beside && <span> {beside}</span>}
            </i>
            <b>{label}</b>
            {below !== null && <span className="below">{below}</span>}
          </li>
        );
      })}
    </ol>
  );
  if (note === null) return list;
  return (
    <div className="withnote">
      {list}
      <p>{note}</p>
    </div>
  );
}

/** Choices in a row where they have the whole room: one row of up to three, else two. */
const across = (choices: number): number => (choices <= 3 ? choices : Math.ceil(choices / 2));

/** In place of what is not told yet: nothing moves when it is. */
const ROOM = "\u00A0";

type Drawn = {
  readonly label: ReactNode;
  readonly below: string | null;
  /** Beside the letter. */
  readonly note?: string;
  readonly rest?: boolean;
};

function drawn(
  choice: Choice,
  {told, hit}: {readonly told: boolean; readonly hit: boolean},
  vocabulary: Vocabulary,
  {choice: words}: Props["strings"]
): Drawn {
  switch (choice.kind) {
    case "token":
      return {
        label: <Token token={tokenText(vocabulary, choice.tokenId)} />,
        below: told || choice.shown ? words.p(choice.p) : ROOM
      };
    case "others":
      return {
        ...(choice.hit === null
          ? {label: words.others(choice.count)}
          : {
              label: <Token token={tokenText(vocabulary, choice.hit)} />,
              note: words.oneOf(choice.count)
            }),
        below: words.p(choice.p),
        rest: true
      };
    case "count":
      return {
        label: words.count(choice.from, choice.to),
        below: choice.note && words.note[choice.note]
      };
    case "share":
      return {label: words.share(choice.from, choice.to), below: null};
    case "answer":
      return {label: choice.yes ? words.yes : words.no, below: null};
    case "word":
      return {label: words.word[choice.word][0], below: words.word[choice.word][1]};
    case "first":
      return {
        label:
          choice.stays || hit ? (
            <Sentence
              pieces={(choice.stays ? words.stays : words.now)<ReactNode>(
                <Token key="t" token={tokenText(vocabulary, choice.tokenId)} />
              )}
            />
          ) : (
            words.another
          ),
        below: null
      };
  }
}
