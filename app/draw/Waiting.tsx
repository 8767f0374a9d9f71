import type {Asked} from "./asked.ts";

type Props = {
  readonly asked: Asked<unknown>;
  readonly loading: string;
  readonly refused: (message: string) => string;
};

/** Over an empty figure: that its values are on their way, or why there are none. */
export function Waiting({asked, loading, refused}: Props) {
  return (
    <p className="waiting" role="status">
      {asked.status === "refused" ? refused(asked.message) : loading}
    </p>
  );
}
