import type {DecoderConfig} from "../../../engine/index.ts";
import {Choose} from "../../draw/Choose.tsx";
import {SignedKey} from "../../draw/SignedKey.tsx";
import type {Strings} from "../../i18n/strings.ts";

type Props = {
  readonly config: DecoderConfig;
  readonly layer: number;
  readonly onLayer: (layer: number) => void;
  /** null: no value is drawn. */
  readonly domains: readonly [k: number, v: number] | null;
  /** Below the title, which keeps the badge beside it. */
  readonly below: boolean;
  readonly strings: Strings["cache"];
};

/** Which layer, and what the colours mean. */
export function CacheControls({config, layer, onLayer, domains, below, strings}: Props) {
  const layers = Array.from({length: config.nLayers}, (_, i) => ({value: i, text: String(i + 1)}));
  return (
    <span className={below ? "cachecontrols below" : "cachecontrols"}>
      {domains && <SignedKey name={strings.k} colour="key" domain={domains[0]} />}
      {domains && <SignedKey name={strings.v} colour="value" domain={domains[1]} />}
      <Choose label={strings.layer} options={layers} value={layer} onChange={onLayer} />
    </span>
  );
}
