import {position, type Beam, type EventOf} from "../engine/index.ts";
import {count, list, nullable, number, oneOf, record, type Fields} from "./check.ts";
import {readEnd, readId, readReason} from "./readParts.ts";

const MANY = 10_000;

const beam = (o: Fields): Beam => ({
  tokenIds: o.take("tokenIds", list(readId, MANY)),
  parent: o.take("parent", count),
  score: o.take("score", number),
  logProbability: o.take("logProbability", number)
});

const hypothesis = record((o) => ({
  ...beam(o),
  stop: o.take(
    "stop",
    record((stop) => readEnd(stop))
  ),
  normalized: o.take("normalized", number),
  logProbabilities: o.take("logProbabilities", list(number, MANY))
}));

const candidate = record((o) => ({
  beam: o.take("beam", count),
  tokenId: o.take("tokenId", readId),
  score: o.take("score", number),
  total: o.take("total", number),
  ends: o.take("ends", nullable(readReason)),
  fate: o.take("fate", oneOf("running", "finished", "narrow", "low", "worse"))
}));

/** A step of beam search. */
export const readExpand = (o: Fields): Omit<EventOf<"expand">, "stage" | "measured"> => ({
  position: position(o.take("position", count)),
  beams: o.take("beams", list(record(beam), MANY)),
  candidates: o.take("candidates", list(candidate, MANY)),
  running: o.take("running", list(record(beam), MANY)),
  finished: o.take("finished", list(hypothesis, MANY)),
  outlook: o.take(
    "outlook",
    nullable(
      record((seen) => ({
        length: seen.take("length", count),
        best: seen.take("best", number),
        worst: seen.take("worst", nullable(number))
      }))
    )
  ),
  copied: o.take("copied", count),
  done: o.take("done", nullable(oneOf("full", "hopeless", "exhausted")))
});
