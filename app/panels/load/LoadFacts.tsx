import type {LoadEvent, SelfCheck} from "../../../engine/index.ts";
import {formatCount, formatMs} from "../../draw/format.ts";
import type {Strings} from "../../i18n/strings.ts";

type Props = {readonly event: LoadEvent; readonly strings: Strings["load"]};

/** What was loaded, onto what, and whether it computes what it should. */
export function LoadFacts({event, strings}: Props) {
  const {model, parameters, config, backend, selfCheck, measured} = event;
  const {facts} = strings;
  return (
    <dl className="facts">
      <dt>{facts.model}</dt>
      <dd>{strings.modelName(model)}</dd>
      <dt>{facts.parameters}</dt>
      <dd>{formatCount(parameters)}</dd>
      <dt>{facts.decoder}</dt>
      <dd>{strings.decoder(config)}</dd>
      <dt>{facts.backend}</dt>
      <dd>
        <b>{strings.backends[backend.name]}</b> {backend.why}
      </dd>
      <dt>{facts.device}</dt>
      <dd>{backend.device}</dd>
      <dt>{facts.selfCheck}</dt>
      <dd>
        <Check check={selfCheck} strings={strings} />
      </dd>
      <dt>{facts.time}</dt>
      <dd>{measured ? formatMs(measured.ms) : strings.noTimes}</dd>
    </dl>
  );
}

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
