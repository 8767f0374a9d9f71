import {useEffect, useRef, useState, type KeyboardEvent, type RefObject} from "react";
import type {Tap, WeightInfo} from "../../engine/index.ts";
import {toFailure} from "../failure.ts";
import type {Asked} from "../panels/asked.ts";
import {LoadPanel} from "../panels/load/LoadPanel.tsx";
import {lazily} from "./lazily.tsx";
import {KeptBox} from "./KeptBox.tsx";
import type {PanelContext, StagePanelProps} from "./panelContext.ts";
import {reveal} from "./reveal.ts";

const MatrixPanel = lazily(() =>
  import("../panels/matrix/MatrixPanel.tsx").then((module) => module.MatrixPanel)
);

/** The weights, and one of them opened. What the browser keeps is no matter for a lecture, where a height is given. */
export function LoadStage({context, width, height, ...rest}: StagePanelProps) {
  const {view, progress, recorded, looks, onLooks, matrix, strings} = context;
  const values = useRef<HTMLDivElement>(null);
  const kept = <KeptBox loaded={view.load.files.map(({path}) => path)} strings={strings.load} />;
  const open = matrix ? view.load.tensors.find(({name}) => name === looks.matrix) : undefined;
  const onMatrix = (name: string) => {
    onLooks({matrix: name === open?.name ? null : name});
    if (name !== open?.name) follow(values);
  };
  const close = () => {
    focusCellOf(values);
    onLooks({matrix: null});
  };
  return (
    <>
      <LoadPanel
        event={view.load}
        computes={view.frame.backend}
        progress={progress}
        underWay={recorded === "loading"}
        {...(height === undefined ? {kept} : {height})}
        {...(matrix && {onMatrix})}
        opened={open?.name ?? null}
        width={width}
        strings={strings}
        {...rest}
      />
      {open && (
        <div
          key={open.name}
          ref={values}
          className="weightvalues"
          role="group"
          aria-label={open.name}
          tabIndex={-1}
          onKeyDownCapture={(event) => onEscape(event, close)}
        >
          <OpenMatrix tensor={open} context={context} width={width} onClose={close} />
        </div>
      )}
    </>
  );
}

type Box = RefObject<HTMLDivElement | null>;

/** Once it is drawn, the focus goes to what was opened. */
function follow(box: Box): void {
  requestAnimationFrame(() => box.current?.focus({preventScroll: true}));
  reveal(() => box.current);
}

/** Back to the cell that is open in the map beside. */
const focusCellOf = (box: Box): void =>
  box.current?.parentElement?.querySelector<HTMLElement>(".weight[aria-expanded=true]")?.focus();

/** Before the heat map, which would use the key for itself. */
function onEscape(event: KeyboardEvent, close: () => void): void {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  close();
}

type OpenProps = {
  readonly tensor: WeightInfo;
  readonly context: PanelContext;
  readonly width: number;
  readonly onClose: () => void;
};

function OpenMatrix({tensor, context, width, onClose}: OpenProps) {
  const {view, matrix, strings} = context;
  const value = useMatrix(matrix, tensor.name);
  return (
    <MatrixPanel
      matrix={value}
      tensor={tensor}
      onClose={onClose}
      vocabulary={view.vocabulary}
      width={width}
      strings={strings}
    />
  );
}

function useMatrix(ask: PanelContext["matrix"], name: string): Asked<Tap> {
  const [state, setState] = useState<Asked<Tap>>({status: "loading"});
  useEffect(() => {
    let gone = false;
    ask?.(name).then(
      (value) => gone || setState({status: "ready", value}),
      (error: unknown) => gone || setState({status: "refused", message: toFailure(error).message})
    );
    return () => {
      gone = true;
    };
  }, [ask, name]);
  return state;
}
