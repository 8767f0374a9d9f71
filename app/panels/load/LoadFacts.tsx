import type {BackendInfo, LoadEvent, SelfCheck} from "../../../engine/index.ts";
import {formatCount, formatDevice} from "../../draw/format.ts";
import type {Strings} from "../../i18n/strings.ts";
import {weightBytes} from "../../draw/weightBytes.ts";

type Props = {
  readonly event: LoadEvent;
  readonly computes: BackendInfo | null;
  readonly strings: Strings["load"];
};

/** What was loaded, onto what, and whether it computes what it should. */
export function LoadFacts({event, computes, strings}: Props) {
  const {model, parameters, config, backend, tensors, selfCheck, measured} = event;
  const {facts} = strings;
  const trained = strings.trained(model);
  return (
    <dl className="facts">
      <dt>{facts.model}</dt>
      <dd>{strings.modelName(model)}</dd>
      {trained && (
        <>
          <dt>{facts.trained}</dt>
          <dd>{trained}</dd>
        </>
      )}
      <dt>{facts.parameters}</dt>
      <dd>{formatCount(parameters)}</dd>
      <dt>{facts.decoder}</dt>
      <dd>{strings.decoder(config)}</dd>
      <dt>{facts.backend}</dt>
      <dd>
        <b>{strings.backends[backend.name]}</b> {backend.why}
      </dd>
      <dt>{facts.device}</dt>
      <dd>{formatDevice(backend.device)}</dd>
      {computes && !isSame(computes, backend) && (
        <>
          <dt>{facts.since}</dt>
          <dd>
            <b>{strings.backends[computes.name]}</b> {computes.why}{" "}
            {strings.onDevice(formatDevice(computes.device))}
          </dd>
        </>
      )}
      <dt>{facts.selfCheck}</dt>
      <dd>
        <Check check={selfCheck} strings={strings} />
      </dd>
      {tensors.length > 0 && (
        <>
          <dt>{facts.upload}</dt>
          <dd>{strings.upload(backend.name, tensors.length, weightBytes(event))}</dd>
        </>
      )}
      <dt>{facts.time}</dt>
      <dd>{measured ? strings.time(measured.ms) : strings.noTimes}</dd>
    </dl>
  );
}

const isSame = (a: BackendInfo, b: BackendInfo): boolean =>
  a.name === b.name && a.device === b.device && a.why === b.why;

function Check({check, strings}: {readonly check: SelfCheck | null; readonly strings: Strings["load"]}) {
  if (!check) return strings.notChecked;
  return (
    <>
      <b className="verdict">{check.passed ? strings.passed : strings.failed}</b>{" "}
      {strings.difference(check.maxDifference, check.tolerance)}
      {!check.passed && ` ${strings.doubt}`}
    </>
  );
}
