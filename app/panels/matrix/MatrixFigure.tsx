import {useMemo} from "react";
import {tokenId, type Vocabulary, type WeightInfo} from "../../../engine/index.ts";
import {fitText} from "../../draw/fitText.ts";
import {spoken} from "../../draw/Sentence.tsx";
import {TokenSpan} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {DETAIL_ROWS, detailFrom, layoutDetail, type MatrixLayout} from "./layoutMatrix.ts";
import {MatrixMap} from "./MatrixMap.tsx";
import {cellAsText, sayValue, type Place, type Read} from "./sayMatrix.tsx";

type Props = {
  readonly tensor: WeightInfo;
  readonly layout: MatrixLayout;
  readonly read: Read | null;
  readonly domain: number;
  readonly place: Place | null;
  /** The row that the detail shows, among its neighbours; null: there is no detail. */
  readonly row: number | null;
  readonly onPlace: (place: Place | null, isDetail: boolean) => void;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["matrix"];
};

/** The whole matrix, and where its rows are too thin to be told apart some of them, named. */
export function MatrixFigure(props: Props) {
  const {tensor, layout, read, domain, place, row, onPlace, vocabulary, strings} = props;
  const {rows, columns, width} = layout;
  const count = Math.min(DETAIL_ROWS, rows);
  const from = row === null ? 0 : detailFrom(row, rows);
  const detail = useMemo(() => layoutDetail(width, count, columns), [width, count, columns]);
  const values = useMemo(
    () => read?.data.subarray(from * columns, (from + count) * columns) ?? null,
    [read, from, count, columns]
  );
  const start = {row: row ?? 0, column: 0};
  const valueText = read ? spoken(sayValue(place ?? start, read, strings, cellAsText(vocabulary))) : "";
  const label = strings.figure(rows, columns, tensor.layer);
  const shared = {domain, place, start, valueText};
  return (
    <>
      <MatrixMap
        {...{layout, label, ...shared}}
        values={read?.data ?? null}
        from={0}
        onPlace={(at) => onPlace(at, false)}
        {...(row !== null && read && {framed: {from, to: from + count}})}
        read={strings.read}
      />
      {row !== null && values && (
        <>
          <p className="detail">{strings.detail(from, from + count - 1)}</p>
          <MatrixMap
            {...{values, from, ...shared}}
            layout={detail}
            onPlace={(at) => onPlace(at, true)}
            rowName={(at) =>
              read?.axis === "rows" ? (
                <TokenName id={at} vocabulary={vocabulary} room={detail.left - 14} />
              ) : (
                String(at)
              )
            }
            label={`${label} ${strings.detail(from, from + count - 1)}`}
            read={strings.detailRead}
          />
        </>
      )}
    </>
  );
}

type NameProps = {readonly id: number; readonly vocabulary: Vocabulary; readonly room: number};

function TokenName({id, vocabulary, room}: NameProps) {
  const token = tokenText(vocabulary, tokenId(id));
  const few = token.spaces.slice(0, 2);
  return (
    <TokenSpan
      token={{...token, spaces: few, text: fitText(token.text, room - few.length * 7, 11.5, "mono")}}
    />
  );
}
