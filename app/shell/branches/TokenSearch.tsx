import {useId, useMemo, useState} from "react";
import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {rank} from "../../draw/ranking.ts";
import {useRoving} from "../../draw/useRoving.ts";
import type {Strings} from "../../i18n/strings.ts";
import {FoundToken} from "./FoundToken.tsx";
import {searchTokens} from "./searchTokens.ts";

export type TokenSearchProps = {
  readonly label: string;
  readonly vocabulary: Vocabulary;
  /** float32 (vocab_size), before any warper: ranks are those of the logits. */
  readonly logits: Float32Array;
  /** float32 (vocab_size), what the token is drawn from. */
  readonly probabilities: Float32Array;
  /** Puts a token in place of the one picked here. */
  readonly onForce: (id: TokenId) => void;
  /** What the field holds at first. */
  readonly query?: string;
  readonly strings: Pick<Strings, "branches">;
};

/** Any token of the vocabulary, by text or id, to be put in place of the one picked. */
export function TokenSearch(props: TokenSearchProps) {
  const {label, vocabulary, logits, probabilities, onForce, strings} = props;
  const words = strings.branches.search;
  const [query, setQuery] = useState(props.query ?? "");
  const hint = useId();
  const order = useMemo(() => rank(logits).order, [logits]);
  const ranks = useMemo(() => ranksOf(order), [order]);
  const {ids, more} = useMemo(() => searchTokens(query, vocabulary, order), [query, vocabulary, order]);
  const roving = useRoving(ids.length);
  const first = roving.item(0);
  return (
    <search className="tokensearch">
      <label>
        <span>{label}</span>
        <input
          type="search"
          value={query}
          placeholder={words.placeholder}
          aria-describedby={hint}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown" || event.key === "Enter") focusFirst(event.currentTarget);
          }}
        />
      </label>
      <p className="hint" id={hint} role="status">
        {sayFound(query, ids.length + more, vocabulary.length, words)}
      </p>
      {ids.length > 0 && (
        <>
          <div className="found head" aria-hidden="true">
            {[words.head.token, words.head.id, words.head.rank, words.head.p, words.head.logit].map(
              (name) => (
                <span key={name}>{name}</span>
              )
            )}
          </div>
          <ol aria-label={words.results} {...roving.list}>
            {ids.map((id, index) => (
              <FoundToken
                key={id}
                id={id}
                rank={ranks[id]!}
                p={probabilities[id]!}
                logit={logits[id]!}
                {...{vocabulary, onForce}}
                item={index === 0 ? first : roving.item(index)}
                strings={words}
              />
            ))}
          </ol>
        </>
      )}
      {more > 0 && <p className="hint">{words.more(more)}</p>}
    </search>
  );
}

function sayFound(query: string, found: number, size: number, words: Strings["branches"]["search"]): string {
  if (query === "") return words.hint(size);
  return found === 0 ? words.none(query) : words.found(found);
}

/** Rank of each id, from 1. */
function ranksOf(order: Uint32Array): Uint32Array {
  const ranks = new Uint32Array(order.length);
  order.forEach((id, at) => (ranks[id] = at + 1));
  return ranks;
}

const focusFirst = (input: HTMLElement): void =>
  input.closest("search")?.querySelector<HTMLElement>("ol button")?.focus();
