import type {ContrastCandidate, TokenId, Vocabulary} from "../../../engine/index.ts";
import {fitText} from "../../draw/fitText.ts";
import {formatNumber} from "../../draw/format.ts";
import {tokenPlain} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {layoutSimilarities, ROW, type SimilarityRow} from "./layoutSimilarities.ts";

type Props = {
  readonly candidate: ContrastCandidate;
  /** The tokens of the earlier positions. */
  readonly tokenIds: readonly TokenId[];
  /** The least and the largest similarity that bars are drawn for. */
  readonly domain: readonly [low: number, high: number];
  readonly label: string;
  readonly vocabulary: Vocabulary;
  readonly width: number;
  readonly strings: Strings["contrast"];
};

/** A candidate's similarity to earlier positions, bars both ways; the largest is what counts against it. */
export function SimilarityRows(props: Props) {
  const {candidate, tokenIds, domain, label, vocabulary, width, strings} = props;
  const {rows, height, left, names, values, zero, others} = layoutSimilarities(candidate, domain, width);
  const name = ({at}: SimilarityRow) =>
    tokenIds[at] === undefined ? "" : tokenPlain(vocabulary, tokenIds[at]);
  return (
    <>
      <svg className="similarity" width={width} height={height} role="img" aria-label={label}>
        {rows.map((row) => (
          <g
            key={row.at}
            className={row.at === candidate.mostSimilar ? "most" : ""}
            transform={`translate(${row.x} ${row.y})`}
          >
            <text className="q" x={left} y="14" textAnchor="end">
              {row.at}
            </text>
            <text className="m" x={names} y="14" textAnchor="end">
              {fitText(name(row), names - left - 6, 12, "mono")}
            </text>
            <rect
              className={row.value < 0 ? "below" : ""}
              x={row.bar.x}
              y="4"
              width={row.bar.width}
              height={ROW - 8}
              rx="2"
            />
            <line x1={zero} x2={zero} y1="0" y2={ROW} />
            <text x={values} y="14" textAnchor="end">
              {formatNumber(row.value)}
            </text>
          </g>
        ))}
      </svg>
      {others && <p className="say">{strings.otherPositions(others.count, others.least, others.most)}</p>}
    </>
  );
}
