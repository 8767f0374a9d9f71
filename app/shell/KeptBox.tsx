import type {Strings} from "../i18n/strings.ts";
import {KeptFiles} from "../panels/load/KeptFiles.tsx";
import {useKept} from "./kept.ts";

/** What this browser keeps, wherever it is shown. */
export function KeptBox({strings}: {readonly strings: Strings["load"]}) {
  const [kept, erase] = useKept();
  return <KeptFiles kept={kept} onErase={erase} strings={strings.kept} />;
}
