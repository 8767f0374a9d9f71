import {position, type EventOf, type Stage} from "../engine/index.ts";
import {count, flag, list, nullable, number, oneOf, record, type Fields} from "./check.ts";
import {floats, readId, readRange} from "./readParts.ts";

const MANY = 10_000;

type Of<S extends Stage> = Omit<EventOf<S>, "stage" | "measured">;

const readPosition = (o: Fields, name: string) => position(o.take(name, count));

/** A step of contrastive search. */
export const readContrast = (o: Fields): Of<"contrast"> => ({
  position: readPosition(o, "position"),
  alpha: o.take("alpha", number),
  candidates: o.take(
    "candidates",
    list(
      record((candidate) => ({
        tokenId: candidate.take("tokenId", readId),
        probability: candidate.take("probability", number),
        degeneration: candidate.take("degeneration", number),
        mostSimilar: readPosition(candidate, "mostSimilar"),
        similarities: candidate.take("similarities", floats),
        score: candidate.take("score", number)
      })),
      MANY
    )
  ),
  chosen: o.take("chosen", count)
});

const proposed = (o: Fields) => ({
  tokenId: o.take("tokenId", readId),
  q: o.take("q", number),
  coin: o.take("coin", nullable(number))
});

/** A draft of speculative sampling. */
export const readPropose = (o: Fields): Of<"propose"> => ({
  position: readPosition(o, "position"),
  drafter: o.take("drafter", oneOf("model", "prompt-lookup")),
  tokens: o.take("tokens", list(record(proposed), MANY)),
  found: o.take("found", nullable(readRange))
});

const rollBack = nullable(record((o) => ({before: o.take("before", count), after: o.take("after", count)})));

/** What became of a draft. */
export const readVerify = (o: Fields): Of<"verify"> => ({
  position: readPosition(o, "position"),
  tokens: o.take(
    "tokens",
    list(
      record((token) => ({
        ...proposed(token),
        p: token.take("p", nullable(number)),
        ratio: token.take("ratio", nullable(number)),
        acceptCoin: token.take("acceptCoin", nullable(number)),
        accepted: token.take("accepted", nullable(flag)),
        overlap: token.take("overlap", nullable(number))
      })),
      MANY
    )
  ),
  accepted: o.take("accepted", count),
  extra: o.take(
    "extra",
    record((extra) => ({
      tokenId: extra.take("tokenId", readId),
      from: extra.take("from", oneOf("residual", "target")),
      probability: extra.take("probability", number),
      coin: extra.take("coin", nullable(number))
    }))
  ),
  residual: o.take("residual", nullable(floats)),
  rollBack: o.take(
    "rollBack",
    record((both) => ({target: both.take("target", rollBack), draft: both.take("draft", rollBack)}))
  )
});

const ids = list(readId, MANY);
const ngram = record((o) => ({key: o.take("key", readId), tokenIds: o.take("tokenIds", ids)}));

/** A pass of lookahead decoding. */
export const readLookahead = (o: Fields): Of<"lookahead"> => ({
  position: readPosition(o, "position"),
  window: o.take("window", list(ids, MANY)),
  fresh: o.take("fresh", ids),
  guesses: o.take(
    "guesses",
    list(
      record((guess) => ({tokenIds: guess.take("tokenIds", ids), agreed: guess.take("agreed", count)})),
      MANY
    )
  ),
  chosen: o.take("chosen", nullable(count)),
  emitted: o.take("emitted", ids),
  logProbabilities: o.take("logProbabilities", list(number, MANY)),
  fed: o.take(
    "fed",
    record((fed) => ({
      committed: fed.take("committed", count),
      guesses: fed.take("guesses", count),
      window: fed.take("window", count)
    }))
  ),
  kept: o.take("kept", count),
  harvested: o.take("harvested", list(ngram, MANY)),
  pool: o.take("pool", list(ngram, MANY))
});

const against = record((o): EventOf<"oppose">["against"] => {
  if (o.take("kind", oneOf("draft", "layer")) === "draft")
    return {kind: "draft", divergence: o.take("divergence", number)};
  const layer = record((layer) => ({
    layer: layer.take("layer", nullable(count)),
    divergence: layer.take("divergence", number)
  }));
  return {kind: "layer", layers: o.take("layers", list(layer, MANY)), chosen: o.take("chosen", count)};
});

/** A step of contrastive decoding or of DoLa. */
export const readOppose = (o: Fields): Of<"oppose"> => ({
  position: readPosition(o, "position"),
  against: o.take("against", against),
  alpha: o.take("alpha", number),
  plausible: o.take("plausible", count),
  scores: o.take("scores", floats),
  tokens: o.take(
    "tokens",
    list(
      record((token) => ({
        tokenId: token.take("tokenId", readId),
        own: token.take("own", number),
        other: token.take("other", number),
        score: token.take("score", nullable(number)),
        probability: token.take("probability", number)
      })),
      MANY
    )
  ),
  chosen: o.take("chosen", readId),
  coin: o.take("coin", nullable(number))
});
