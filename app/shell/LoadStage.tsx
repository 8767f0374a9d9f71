import {useEffect, useState} from "react";
import type {Tap, WeightInfo} from "../../engine/index.ts";
import {toFailure} from "../failure.ts";
import type {Asked} from "../panels/asked.ts";
import {LoadPanel} from "../panels/load/LoadPanel.tsx";
import {lazily} from "./lazily.tsx";
import {KeptBox} from "./KeptBox.tsx";
import type {PanelContext, StagePanelProps} from "./panelContext.ts";

const MatrixPanel = lazily(() =>
  import("../panels/matrix/MatrixPanel.tsx").then((module) => module.MatrixPanel)
);

/** The weights, and one of them opened. What the browser keeps is no matter for a lecture, where a height is given. */
export function LoadStage({context, width, height, ...rest}: StagePanelProps) {
  const {view, progress, recorded, looks, onLooks, matrix, strings} = context;
  const kept = <KeptBox loaded={view.load.files.map(({path}) => path)} strings={strings.load} />;
  const open = matrix ? view.load.tensors.find(({name}) => name === looks.matrix) : undefined;
  return (
    <>
      <LoadPanel
        event={view.load}
        computes={view.frame.backend}
        progress={progress}
        underWay={recorded === "loading"}
        {...(height === undefined ? {kept} : {height})}
        {...(matrix && {onMatrix: (name: string) => onLooks({matrix: name})})}
        width={width}
        strings={strings}
        {...rest}
      />
      {open && <OpenMatrix key={open.name} tensor={open} context={context} width={width} />}
    </>
  );
}

type OpenProps = {
  readonly tensor: WeightInfo;
  readonly context: PanelContext;
  readonly width: number;
};

function OpenMatrix({tensor, context, width}: OpenProps) {
  const {view, onLooks, matrix, strings} = context;
  const value = useMatrix(matrix, tensor.name);
  return (
    <MatrixPanel
      matrix={value}
      tensor={tensor}
      onClose={() => onLooks({matrix: null})}
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
