import {
  stepOf,
  type Frame,
  type PassEvent,
  type Request,
  type Step,
  type Trace,
  type Vocabulary
} from "../../engine/index.ts";

/** `stepOf`, remembering its last answer: every stage of one pass has the same. */
export function createStepMemo(compute = stepOf) {
  let last: {trace: Trace; pass: PassEvent; request: Request; step: Step | null} | null = null;
  return (trace: Trace, frame: Frame, request: Request, vocabulary: Vocabulary): Step | null => {
    const {pass} = frame;
    if (!pass) return null;
    if (last?.trace !== trace || last.pass !== pass || last.request !== request)
      last = {trace, pass, request, step: attempt(() => compute(trace, frame, request, vocabulary))};
    return last.step;
  };
}

/** A run whose warpers left nothing to pick from has no step; its trace says so itself. */
function attempt<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch {
    return null;
  }
}
