import type {DecoderConfig} from "../../../engine/index.ts";
import {Choose} from "../../draw/Choose.tsx";
import type {Strings} from "../../i18n/strings.ts";

type Props = {
  readonly config: DecoderConfig;
  readonly layer: number;
  readonly onLayer: (layer: number) => void;
  readonly head: number | "all";
  readonly onHead: (head: number | "all") => void;
  /** The figure is a row a head: nothing to choose among heads. */
  readonly row: boolean;
  readonly strings: Strings["attention"];
};

/** Which layer, and all heads or one of them. Numbered from 1. */
export function AttentionControls({config, layer, onLayer, head, onHead, row, strings}: Props) {
  const numbers = (n: number) => Array.from({length: n}, (_, i) => ({value: i, text: String(i + 1)}));
  return (
    <>
      <Choose label={strings.layer} options={numbers(config.nLayers)} value={layer} onChange={onLayer} />
      {!row && (
        <Choose<number | "all">
          label={strings.headLabel}
          options={[{value: "all", text: strings.all}, ...numbers(config.nHeads)]}
          value={head}
          onChange={onHead}
        />
      )}
    </>
  );
}
