import type {Request} from "../../engine/index.ts";
import type {Strings} from "../i18n/strings.ts";
import type {View} from "../notebook.ts";
import {Machine} from "../panels/machine/Machine.tsx";
import {nextOf} from "./nextStage.ts";
import type {Player} from "./player.ts";

type Props = {
  readonly view: View | null;
  readonly player: Player;
  readonly draft: Request;
  /** There is no model, and none on its way. */
  readonly failed: boolean;
  readonly width: number;
  readonly strings: Strings;
};

/** The map at the cursor. A box moves the cursor to the newest event of its stage. */
export function MachineMap({view, player, draft, failed, width, strings}: Props) {
  const request = view?.request ?? draft;
  const next = view && nextOf(view.trace, view.frame, request, view.config);
  const promptLength = view?.frame.promptLength ?? 0;
  const context = view?.config.maxPositions ?? Infinity;
  return (
    <Machine
      frame={view?.frame ?? null}
      next={next?.stage ?? null}
      request={request}
      vocabulary={view?.vocabulary ?? []}
      maxPositionsShown={Math.min(context, promptLength + request.maxNewTokens)}
      failed={failed}
      recorded={view?.recorded ?? false}
      width={width}
      strings={strings}
      onOpen={(stage) => {
        const at = view?.frame.latest[stage];
        if (view && at) player.seek(view.trace.lastIndexOf(at));
      }}
    />
  );
}
