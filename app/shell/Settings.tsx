import {isSampling, limits, type BackendInfo, type Request} from "../../engine/index.ts";
import {Segmented} from "../draw/Segmented.tsx";
import type {Strings} from "../i18n/strings.ts";
import {ChainEditor} from "./chain/ChainEditor.tsx";
import {FieldNote, NumberField} from "./NumberField.tsx";
import {StopStrings} from "./StopStrings.tsx";
import {StrategyFields} from "./StrategyFields.tsx";
import "../styles/settings.css";

type Props = {
  readonly draft: Request;
  readonly onDraft: (draft: Request) => void;
  /** A sentence of the engine about one field, by the request's key. */
  readonly refused: (field: string) => string | null;
  /** What runs now, and why. */
  readonly backend: BackendInfo | null;
  readonly strings: Strings["settings"];
};

/** Everything about the next run but its prompt. What has no say under the strategy chosen is not shown. */
export function Settings(props: Props) {
  const {draft, onDraft, refused, strings} = props;
  const sampling = isSampling(draft.strategy);
  return (
    <div className="settingsgrid">
      <fieldset className="pick">
        <legend>{strings.groups.pick}</legend>
        <StrategyFields {...props} />
        {sampling && (
          <NumberField
            label={strings.seed}
            range={limits.seed}
            value={draft.seed}
            onChange={(seed) => onDraft({...draft, seed})}
            refused={refused("seed")}
            strings={strings}
          />
        )}
      </fieldset>
      <LengthFields {...props} />
      <MachineFields {...props} />
      <ChainEditor draft={draft} onDraft={onDraft} refused={refused("warpers")} strings={strings} />
    </div>
  );
}

function LengthFields({draft, onDraft, refused, strings}: Props) {
  return (
    <fieldset>
      <legend>{strings.groups.length}</legend>
      <NumberField
        label={strings.maxNewTokens}
        range={limits.maxNewTokens}
        value={draft.maxNewTokens}
        onChange={(maxNewTokens) => onDraft({...draft, maxNewTokens})}
        refused={refused("maxNewTokens")}
        strings={strings}
      />
      <StopStrings
        values={draft.stopStrings}
        onChange={(stopStrings) => onDraft({...draft, stopStrings})}
        refused={refused("stopStrings")}
        strings={strings}
      />
    </fieldset>
  );
}

function MachineFields({draft, onDraft, refused, backend, strings}: Props) {
  const {cacheOptions, backends} = strings;
  return (
    <fieldset>
      <legend>{strings.groups.machine}</legend>
      <div className="field">
        <Segmented
          label={strings.cache}
          options={[
            {value: "on", text: cacheOptions.on},
            {value: "off", text: cacheOptions.off}
          ]}
          value={draft.cache ? "on" : "off"}
          onChange={(value) => onDraft({...draft, cache: value === "on"})}
        />
        <p className="hint">{strings.cacheHint}</p>
      </div>
      <BackendField
        draft={draft}
        onDraft={onDraft}
        refused={refused}
        backend={backend}
        backends={backends}
        strings={strings}
      />
    </fieldset>
  );
}

type BackendProps = Props & {readonly backends: Strings["settings"]["backends"]};

/** Which backend, and what runs now and why. */
function BackendField({draft, onDraft, refused, backend, backends, strings}: BackendProps) {
  return (
    <div className="field">
      <Segmented
        label={strings.backend}
        options={(["auto", "webgpu", "wasm"] as const).map((value) => ({value, text: backends[value]}))}
        value={draft.backend}
        onChange={(chosen) => onDraft({...draft, backend: chosen})}
      />
      {backend && <p className="hint">{backend.why}</p>}
      <FieldNote problem={refused("backend")} />
    </div>
  );
}
