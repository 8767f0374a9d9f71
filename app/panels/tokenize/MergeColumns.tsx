import type {Range, TokenizeEvent, Vocabulary} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {spanOf, type Columns} from "./layoutColumns.ts";
import {appliedIn} from "./layoutMerges.ts";
import {MergeColumnView} from "./MergeColumnView.tsx";
import type {PlacedToken} from "./tokensOf.ts";

type Props = {
  readonly event: TokenizeEvent;
  readonly tokens: readonly (readonly PlacedToken[])[];
  readonly offsets: readonly number[];
  readonly step: number;
  /** The pre-token of the merge at the cursor; -1: none is. */
  readonly at: number;
  readonly columns: Columns;
  /** The pre-tokens drawn. */
  readonly page: Range;
  readonly label: string;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["tokenize"];
};

/** A column a pre-token. */
export function MergeColumns(props: Props) {
  const {event, tokens, offsets, step, at, columns, page, label, vocabulary, strings} = props;
  return (
    <div
      className="columns"
      role="img"
      aria-label={label}
      style={{gridTemplateColumns: `repeat(${columns.count}, minmax(0, 1fr))`}}
    >
      {event.preTokens.slice(page.from, page.to).map((preToken, i) => {
        const index = page.from + i;
        return (
          <div
            key={index}
            style={{gridColumn: `span ${spanOf(preToken, tokens[index]!.length, columns, strings)}`}}
          >
            <MergeColumnView
              {...{preToken, vocabulary, strings}}
              text={event.text}
              tokens={tokens[index]!}
              applied={appliedIn(offsets, index, step)}
              current={index === at}
            />
          </div>
        );
      })}
    </div>
  );
}
