type Props = {
  /** A number as it is shown, and what it is in words. */
  readonly facts: readonly (readonly [number: string, words: string])[];
};

/** The numbers that matter, large, each with its words below. */
export function BigFacts({facts}: Props) {
  return (
    <dl className="bigfacts">
      {facts.map(([number, words]) => (
        <div key={words}>
          <dt>{number}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
