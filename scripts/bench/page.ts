import {WASM_FILES} from "../../engine/runtime/ort.ts";
import {fetchSource} from "../../engine/runtime/source.ts";
import {wasmUrls} from "../../engine/runtime/wasmUrls.ts";
import {openGround} from "./ground.ts";
import {measure, type Measurements, type Plan} from "./measure.ts";

/** Put there for the program that opens this page. */
declare global {
  var bench: ((plan: Plan) => Promise<Measurements>) | undefined;
}

/** The engine against the bare loop in this page. A page has no processor time, only the clock on the wall. */
globalThis.bench = async (plan) => {
  const own = fetchSource(location.href, {names: wasmUrls});
  const opened = await openGround(
    fetchSource(new URL("model/", location.origin)),
    plan.backend,
    (build, options) => own.read(WASM_FILES[build], options)
  );
  try {
    return await measure(opened, plan, () => performance.now(), null);
  } finally {
    await opened.model.dispose();
  }
};
