import type {Shown} from "./sayLens.tsx";

type Props = {
  /** Columns in view, from 0. */
  readonly shown: Shown;
  readonly count: number;
  /** Position of column 0. */
  readonly first: number;
  readonly onFrom: (from: number | null) => void;
  readonly label: string;
  readonly text: (from: number, to: number) => string;
};

/** Which positions are in view, where not all of them have room. */
export function WindowChoice({shown, count, first, onFrom, label, text}: Props) {
  const size = shown.to - shown.from;
  const move = (from: number) => onFrom(from + size >= count ? null : Math.max(0, from));
  const name = (from: number, to: number) => `${label} ${text(first + from, first + to - 1)}`;
  const before = Math.max(0, shown.from - size);
  const after = Math.min(count - size, shown.from + size);
  return (
    <span className="seg" role="group" aria-label={label}>
      <button
        type="button"
        disabled={shown.from === 0}
        aria-label={name(before, before + size)}
        onClick={() => move(before)}
      >
        ←
      </button>
      <span className="window">{text(first + shown.from, first + shown.to - 1)}</span>
      <button
        type="button"
        disabled={shown.to === count}
        aria-label={name(after, after + size)}
        onClick={() => move(after)}
      >
        →
      </button>
    </span>
  );
}
