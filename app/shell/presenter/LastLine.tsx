import {useWidth} from "../../draw/useWidth.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {View} from "../../notebook.ts";
import {Sentence} from "../Sentence.tsx";

type Props = {readonly view: View; readonly zoom: number; readonly strings: Strings};

/** The sentence's last line; what stands before it is folded. */
export function LastLine({view, zoom, strings}: Props) {
  const [ref, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={ref}>
      <div style={{zoom}}>
        <Sentence
          view={view}
          prompt={view.request.prompt}
          width={Math.floor(width / zoom)}
          lines={1}
          strings={strings.shell.sentence}
        />
      </div>
    </div>
  );
}
