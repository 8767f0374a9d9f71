import type {Strings} from "../i18n/strings.ts";
import {KeptFiles} from "../panels/load/KeptFiles.tsx";
import {useKept} from "./kept.ts";

type Props = {
  /** Paths of the files that the model in use consists of. */
  readonly loaded?: readonly string[];
  readonly strings: Strings["load"];
};

/** What this browser keeps, wherever it is shown. */
export function KeptBox({loaded, strings}: Props) {
  const [kept, erase] = useKept();
  return <KeptFiles kept={kept} onErase={erase} strings={strings.kept} {...(loaded && {loaded})} />;
}
