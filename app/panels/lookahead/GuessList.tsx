import type {LookaheadEvent, Ngram, Vocabulary} from "../../../engine/index.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";

type Props = {
  readonly event: LookaheadEvent;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["lookahead"];
};

/**
 * The guesses that were tested: how far each is what the decoder says, and what it says there. The text goes on with
 * the decoder's own tokens, so that what it says after the first of them is the next one, in every guess.
 */
export function GuessList({event, vocabulary, strings}: Props) {
  const {guesses, chosen, emitted} = event;
  return (
    <section className="guesses">
      <h3>{strings.guesses(guesses.length)}</h3>
      <ol>
        {guesses.map(({tokenIds, agreed}, i) => (
          <li key={i} className={i === chosen ? "chosen" : ""}>
            {tokenIds.map((id, place) => (
              <span key={place} className={place < agreed ? "yes" : place === agreed ? "no" : "after"}>
                <Token token={tokenText(vocabulary, id)} />
                <b>{place < agreed ? "✓" : place === agreed ? "✕" : ""}</b>
              </span>
            ))}
            <em>
              {strings.guess(agreed, i === chosen)} <Token token={tokenText(vocabulary, emitted[agreed]!)} />
            </em>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** N-grams of the pool shown, where there is room. */
const SHOWN = 12;

const isNew = ({harvested}: LookaheadEvent, ngram: Ngram): boolean =>
  harvested.some(({key, tokenIds}) => key === ngram.key && tokenIds.join() === ngram.tokenIds.join());

/** Whether it was among the guesses of this pass, all of which begin with the text's last token. */
const isTested = ({guesses, window}: LookaheadEvent, {key, tokenIds}: Ngram): boolean =>
  key === window[0]?.[0] && guesses.some((guess) => guess.tokenIds.join() === tokenIds.join());

/** The newest n-grams of the pool. */
export function Pool({event, vocabulary, strings, shown = SHOWN}: Props & {readonly shown?: number}) {
  const {pool} = event;
  return (
    <section className="guesses pool">
      <h3>{strings.pool(pool.length)}</h3>
      <ol>
        {pool.slice(0, shown).map((ngram, i) => (
          <li key={i} className={isTested(event, ngram) ? "tested" : ""}>
            <span className="key">
              <Token token={tokenText(vocabulary, ngram.key)} />
            </span>
            →
            {ngram.tokenIds.map((id, place) => (
              <span key={place}>
                <Token token={tokenText(vocabulary, id)} />
              </span>
            ))}
            {isNew(event, ngram) && <em>{strings.isNew}</em>}
            {isTested(event, ngram) && <em>{strings.isTested}</em>}
          </li>
        ))}
      </ol>
      {pool.length > shown && <p className="more">{strings.olderOnes(pool.length - shown)}</p>}
    </section>
  );
}
