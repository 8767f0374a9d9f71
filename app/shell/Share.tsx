import {useState} from "react";
import {Malformed} from "../check.ts";
import type {Strings} from "../i18n/strings.ts";
import type {View} from "../notebook.ts";
import {MOST_BYTES, parseSession, printSession} from "../traceFile.ts";
import {ShareBar} from "./branches/ShareBar.tsx";
import {panelInView, readPanel} from "./copyPanel.ts";
import type {Player} from "./player.ts";

type Props = {
  readonly player: Player;
  readonly view: View | null;
  /** The address of what is in view, from "#" on. */
  readonly link: string;
  /** Called once a file's session is in view. */
  readonly onShown: () => void;
  readonly strings: Strings;
};

/** The link, a panel's numbers, the session as a file. */
export function Share({player, view, link, onShown, strings}: Props) {
  const [status, setStatus] = useState<string | null>(null);
  const words = strings.shell.share;
  const copy = (text: string, done: string) =>
    write(text).then(
      () => setStatus(done),
      () => setStatus(words.refused)
    );
  const copyData = () => {
    const panel = panelInView();
    if (!panel) return setStatus(words.noPanel);
    const {title, rows, text} = readPanel(panel);
    void copy(text, words.data(title, rows));
  };
  const exportAll = (vocabulary: View["vocabulary"]) => {
    const {nodes, active, cursor} = player.session.get();
    save(printSession(nodes, active, cursor, vocabulary), FILE_NAME);
    setStatus(words.exported(FILE_NAME));
  };
  const importFile = async (file: File) => {
    try {
      if (file.size > MOST_BYTES) throw new Malformed(words.tooLarge(file.size, MOST_BYTES));
      const {nodes, active, cursor, vocabulary} = parseSession(await file.text());
      player.graft(nodes, active, cursor, vocabulary);
      onShown();
      const stages = nodes.reduce((sum, {trace, shared}) => sum + trace.length - shared, 0);
      setStatus(words.imported(stages, nodes.length - 1));
    } catch (error) {
      setStatus(words.malformed(error instanceof Error ? error.message : String(error)));
    }
  };
  return (
    <ShareBar
      onCopyLink={() => void copy(`${location.href.replace(/#.*$/, "")}${link}`, words.link)}
      onCopyData={view ? copyData : null}
      onExport={view && player.session.get().length > 0 ? () => exportAll(view.vocabulary) : null}
      onImport={(file) => void importFile(file)}
      status={status}
      strings={strings}
    />
  );
}

const FILE_NAME = "one-token-at-a-time.json";

/** Rejects where there is no clipboard, as on a page that is not served securely. */
const write = async (text: string): Promise<void> => navigator.clipboard.writeText(text);

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], {type: "application/json"}));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
