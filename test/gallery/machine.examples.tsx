import {useState} from "react";
import {example} from "gallery";
import {Machine} from "../../app/panels/machine/Machine.tsx";
import {en} from "../../app/i18n/en/index.ts";
import {frameAt, type Stage, type Trace} from "../../engine/index.ts";
import {config, frameOf, load, request, trace, vocabulary, wasm, webgpu, type Run} from "./littleGirl.ts";

function draw(width: number, events: Trace, stage: Stage, nth: number, run: Run = {}, positions = 19) {
  const {frame, next} = frameOf(events, stage, nth);
  return (
    <Machine
      {...{frame, next, vocabulary, width}}
      request={request(run)}
      maxPositionsShown={positions}
      strings={en}
      onOpen={() => {}}
    />
  );
}

const gpu = trace();
const uncached = {cache: false};
const onWasm = trace({backend: wasm});

example("machine-loading", (width) => (
  <Machine
    {...{vocabulary, width}}
    frame={null}
    next="load"
    request={request()}
    maxPositionsShown={19}
    strings={en}
  />
));
example("machine-load", (width) => draw(width, gpu, "load", 0));
example("machine-tokenize", (width) => draw(width, gpu, "tokenize", 0));
example("machine-transfer", (width) => draw(width, gpu, "transfer", 0));
example("machine-prefill", (width) => draw(width, gpu, "prefill", 0));
example("machine-fetch", (width) => draw(width, gpu, "fetch", 0));
example("machine-warp", (width) => draw(width, gpu, "warp", 1));
example("machine-append", (width) => draw(width, gpu, "append", 0));
example("machine-detokenize", (width) => draw(width, gpu, "detokenize", 0));
example("machine-second-transfer", (width) => draw(width, gpu, "transfer", 1));
example("machine-decode", (width) => draw(width, gpu, "decode", 1));
example("machine-decode-wasm", (width) => draw(width, onWasm, "decode", 1));
example("machine-decode-no-cache", (width) => draw(width, trace(uncached), "decode", 1, uncached));
example("machine-binned-cache", (width) => draw(width, gpu, "sample", 2, {}, 512));
example("machine-stop", (width) => draw(width, gpu, "stop", 0));
example("machine-28-layers", (width) => {
  const events = [{...load(webgpu), config: {...config, nLayers: 28}}, ...trace().slice(1)];
  return draw(width, events, "prefill", 0);
});

// Greedy, no warper, and a character of which only the first bytes have come.
example("machine-greedy-held-back", (width) => {
  const events = trace()
    .filter(({stage}) => stage !== "warp")
    .map((event) => {
      if (event.stage === "sample") return {...event, strategy: "greedy", coin: null} as const;
      return event.stage === "detokenize" ? {...event, text: "", heldBack: [0xf0, 0x9f]} : event;
    });
  const {frame, next} = frameOf(events, "detokenize", 1);
  return (
    <Machine
      {...{frame, next, vocabulary, width}}
      request={{...request(), warpers: [], strategy: {name: "greedy"}}}
      maxPositionsShown={19}
      strings={en}
      onOpen={() => {}}
    />
  );
});

/** Steps forward and back, to see the datum travel. */
function Steps({width}: {readonly width: number}) {
  const [cursor, setCursor] = useState(1);
  const step = (by: number) => setCursor(Math.min(gpu.length - 1, Math.max(0, cursor + by)));
  return (
    <>
      <button type="button" onClick={() => step(-1)}>
        back
      </button>{" "}
      <button type="button" onClick={() => step(1)}>
        step
      </button>
      <Machine
        {...{vocabulary, width}}
        frame={frameAt(gpu, cursor)}
        next={gpu[cursor + 1]?.stage ?? null}
        request={request()}
        maxPositionsShown={19}
        strings={en}
        onOpen={() => {}}
      />
    </>
  );
}
example("machine-steps", (width) => <Steps width={width} />);
