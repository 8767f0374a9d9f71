import {example} from "gallery";
import {TransferPanel} from "../../app/panels/transfer/TransferPanel.tsx";
import {en} from "../../app/i18n/en/index.ts";
import type {FetchEvent, TransferEvent} from "../../engine/index.ts";
import {transfer, wasm, webgpu} from "./littleGirl.ts";

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
example("transfer-not-measured", (width) => {
  const {measured: _, ...event} = transfer(webgpu, 0, 500);
  return draw(width, event);
});
example("transfer-nothing", (width) => draw(width, {...transfer(webgpu, 0, 8), tensors: [], bytes: 0}));
example("fetch", (width) => draw(width, fetch));
example("fetch-wasm", (width) =>
  draw(width, {...fetch, backend: "wasm", measured: {ms: 0.004, device: "CPU, 4 threads"}})
);
