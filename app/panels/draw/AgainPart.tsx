import {useMemo} from "react";
import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {Sentence, spoken} from "../../draw/Sentence.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {AgainFigure} from "./AgainFigure.tsx";
import {againRows, TIMES, withinError} from "./drawAgain.ts";
import {asNodes, asText} from "./sayDraw.tsx";

type Props = {
  readonly probabilities: Float32Array;
  readonly counts: Uint32Array;
  readonly greedy: TokenId;
  readonly picked: TokenId | null;
  readonly width: number;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["draw"];
};

/** The step drawn a thousand times, beside what is to be expected. */
export function AgainPart({probabilities, counts, greedy, picked, width, vocabulary, strings}: Props) {
  const rows = useMemo(() => againRows(probabilities, counts, TIMES), [probabilities, counts]);
  const parts = {
    times: TIMES,
    within: withinError(rows),
    of: rows.length,
    error: Math.max(...rows.map(({error}) => error))
  };
  const said = strings.again.say;
  return (
    <div className="againpart">
      <AgainFigure
        {...{rows, greedy, picked, width, vocabulary, strings}}
        label={spoken(
          said<string>({
            ...parts,
            token: asText(vocabulary).token(greedy, false),
            count: String(counts[greedy])
          })
        )}
      />
      <p className="say">
        <Sentence
          pieces={said({
            ...parts,
            token: asNodes(vocabulary).token(greedy, greedy === picked),
            count: <b>{counts[greedy]}</b>
          })}
        />
      </p>
    </div>
  );
}
