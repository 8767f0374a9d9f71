import type {BackendName, TensorInfo} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {GAP, layoutCrossing} from "./layoutCrossing.ts";
import {TensorValues} from "./TensorValues.tsx";

type Props = {
  readonly tensors: readonly TensorInfo[];
  readonly backend: BackendName;
  readonly width: number;
  readonly strings: Strings["transfer"];
};

/** From here on the numbers of each tensor stand below its boxes. */
const WIDE = 640;

/** Every number of the small tensors that moved, and the bytes it is made of. */
export function TensorBytes({tensors, backend, width, strings}: Props) {
  const shown = tensors.filter(({data}) => data && data.length > 0);
  if (shown.length === 0) return null;
  const {places, box, rows} = layoutCrossing(width, tensors);
  const isBelow = width >= WIDE && rows.length === 1;
  const style = {
    gridTemplateColumns: `repeat(${tensors.length}, ${box.width}px)`,
    columnGap: GAP,
    paddingLeft: places[0]!.x
  };
  return (
    <section className="tensorbytes" aria-label={strings.bytesTitle}>
      <h3>
        {strings.bytesTitle}{" "}
        <span className="sub">{strings.bytesSub(backend, [...new Set(shown.map(({type}) => type))])}</span>
      </h3>
      <div {...(isBelow && {className: "below", style})}>
        {tensors.map((tensor) => (
          <TensorValues
            key={tensor.name}
            {...{tensor, tensors, isBelow, strings}}
            width={isBelow ? box.width : width}
          />
        ))}
      </div>
    </section>
  );
}
