import {strategies, strategy, strategyNames} from "../../engine/index.ts";
import type {Request, Strategy, StrategyParameter} from "../../engine/index.ts";
import {Segmented} from "../draw/Segmented.tsx";
import type {Strings} from "../i18n/strings.ts";
import {FieldNote, NumberField} from "./NumberField.tsx";

type Props = {
  readonly draft: Request;
  readonly onDraft: (draft: Request) => void;
  readonly refused: (field: string) => string | null;
  readonly strings: Strings["settings"];
};

/** Which strategy, and what it takes: a field for each of its parameters, from its own ranges. */
export function StrategyFields({draft, onDraft, refused, strings}: Props) {
  const {name, params = {}} = draft.strategy;
  const {parameters}: Strategy = strategies[name];
  const words = strings.strategyParameters[name] ?? {};
  return (
    <>
      <div className="field">
        <Segmented
          label={strings.strategy}
          options={strategyNames.map((other) => ({value: other, text: strings.strategies[other]}))}
          value={name}
          onChange={(other) => onDraft({...draft, strategy: strategy(other)})}
        />
        <FieldNote problem={refused("strategy")} hint={strings.strategyHints[name]} />
      </div>
      {Object.entries(parameters).map(([key, parameter]) => (
        <ParameterField
          key={key}
          parameter={parameter}
          label={words[key]?.label ?? key}
          hint={words[key]?.hint}
          value={params[key] ?? parameter.default}
          onChange={(value) => onDraft({...draft, strategy: {name, params: {...params, [key]: value}}})}
          strings={strings}
        />
      ))}
    </>
  );
}

type FieldProps = {
  readonly parameter: StrategyParameter;
  readonly label: string;
  readonly hint: string | undefined;
  readonly value: number | string;
  readonly onChange: (value: number | string) => void;
  readonly strings: Strings["settings"];
};

function ParameterField({parameter, label, hint, value, onChange, strings}: FieldProps) {
  if (parameter.kind === "number")
    return (
      <NumberField
        label={label}
        range={parameter}
        value={Number(value)}
        onChange={onChange}
        strings={strings}
        {...(hint !== undefined && {hint})}
      />
    );
  return (
    <div className="field">
      <Segmented
        label={label}
        options={parameter.options.map((option) => ({value: option, text: option}))}
        value={String(value)}
        onChange={onChange}
      />
      <FieldNote problem={null} hint={hint} />
    </div>
  );
}
