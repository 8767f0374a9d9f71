import {example} from "gallery";
import {TransferPanel} from "../../app/panels/transfer/TransferPanel.tsx";
import {en} from "../../app/i18n/en/index.ts";
import type {FetchEvent, PassEvent, TransferEvent} from "../../engine/index.ts";
import {transfer, wasm, webgpu} from "./littleGirl.ts";
import {madeLogits} from "./made.ts";
import {passOver} from "./madeTaps.ts";

const draw = (width: number, event: TransferEvent | FetchEvent) => (
  <TransferPanel {...{event, width}} now strings={en} />
);
const fetch: FetchEvent = {
  stage: "fetch",
  backend: "webgpu",
  tensors: [{name: "logits", type: "float32", shape: [1, 4096], bytes: 16_384}],
  bytes: 16_384,
  measured: {ms: 0.31, device: "Example GPU"}
};

example("transfer", (width) => draw(width, transfer(webgpu, 0, 8)));
example("transfer-one-token-wasm", (width) => draw(width, transfer(wasm, 9, 10)));
// What may be read, written out as well.
example("transfer-with-bias", (width) => {
  const event = transfer(wasm, 8, 9);
  const tensors = event.tensors.map((tensor) =>
    tensor.type === "float32" ? {...tensor, data: Array.from({length: 9}, () => 0)} : tensor
  );
  return draw(width, {...event, tensors});
});
example("transfer-not-measured", (width) => {
  const {measured: _, ...event} = transfer(webgpu, 0, 500);
  return draw(width, event);
});
example("transfer-nothing", (width) => draw(width, {...transfer(webgpu, 0, 8), tensors: [], bytes: 0}));
example("fetch", (width) => draw(width, fetch));
example("fetch-wasm", (width) =>
  draw(width, {...fetch, backend: "wasm", measured: {ms: 0.004, device: "CPU, 4 threads"}})
);

const pass: PassEvent = {...passOver(8, 9), logits: madeLogits(4096)};
example("fetch-bytes", (width) => (
  <TransferPanel
    event={fetch}
    pass={{...pass, logits: madeLogits(4096).reverse()}} // the largest is none of the first
    width={width}
    strings={en}
  />
));
example("fetch-bytes-of-several-rows", (width) => (
  <TransferPanel
    event={{...fetch, tensors: [{...fetch.tensors[0]!, shape: [5, 4096], bytes: 81_920}], bytes: 81_920}}
    pass={{...pass, rows: [0, 1, 2, 3, 4]}}
    width={width}
    strings={en}
  />
));
