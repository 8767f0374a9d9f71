import {warpers, type Parameter, type ParameterValue, type WarperSpec} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {NumberField} from "../NumberField.tsx";
import {ChoiceField} from "./ChoiceField.tsx";
import {ListField} from "./ListField.tsx";

type Props = {
  readonly spec: WarperSpec;
  readonly onChange: (spec: WarperSpec) => void;
  readonly strings: Strings["settings"];
};

/** A field for each parameter that has a say; details behind a switch. */
export function ParameterFields({spec, onChange, strings}: Props) {
  const shown = Object.entries(warpers[spec.name].parameters).filter(([, parameter]) =>
    hasSay(parameter, spec)
  );
  const minor = shown.filter(([, parameter]) => parameter.minor);
  const field = ([key, parameter]: (typeof shown)[number]) => (
    <ParameterField
      key={key}
      {...{spec, parameter, strings}}
      name={key}
      onValue={(value) => onChange({...spec, params: {...spec.params, [key]: value}})}
    />
  );
  return (
    <div className="parameters">
      {shown.filter(([, parameter]) => !parameter.minor).map(field)}
      {minor.length > 0 && (
        <details>
          <summary>{strings.chain.more}</summary>
          {minor.map(field)}
        </details>
      )}
    </div>
  );
}

const hasSay = ({onlyIf}: Parameter, {params}: WarperSpec): boolean =>
  !onlyIf || params[onlyIf.parameter] === onlyIf.is;

type FieldProps = {
  readonly spec: WarperSpec;
  readonly name: string;
  readonly parameter: Parameter;
  /** Called with valid values only. */
  readonly onValue: (value: ParameterValue) => void;
  readonly strings: Strings["settings"];
};

function ParameterField({spec, name, parameter, onValue, strings}: FieldProps) {
  const words = strings.chain;
  const value = spec.params[name]!;
  const label = words.parameter(spec.name, name);
  if (parameter.kind === "number")
    return (
      <NumberField
        label={label}
        range={parameter}
        value={value as number}
        onChange={onValue}
        strings={strings}
      />
    );
  if (parameter.kind === "choice")
    return (
      <ChoiceField
        label={label}
        options={parameter.options.map((option) => ({value: option, text: words.choice(name, option)}))}
        value={value as string}
        onChange={onValue}
      />
    );
  return (
    <ListField {...{label, parameter, value, strings}} subject={words.name(spec.name)} onChange={onValue} />
  );
}
