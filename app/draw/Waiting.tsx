type Props = {
  readonly asked:
    {readonly status: "loading" | "ready"} | {readonly status: "refused"; readonly message: string};
  readonly loading: string;
  readonly refused: (message: string) => string;
};

/** Over an empty figure: that its values are on their way. Or, in place of one, why there are none. */
export function Waiting({asked, loading, refused}: Props) {
  return (
    <p className={`waiting${asked.status === "refused" ? " refused" : ""}`} role="status">
      {asked.status === "refused" ? refused(asked.message.replace(/[^.…]$/, "$&.")) : loading}
    </p>
  );
}
