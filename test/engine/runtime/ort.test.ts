import {createHash} from "node:crypto";
import {expect, it} from "vitest";
import {verify} from "../../../engine/runtime/fileList.ts";
import {WASM_FILES, WASM_LIST, type OrtBuild} from "../../../engine/runtime/ort.ts";
import {wasmFromPackage} from "../../../scripts/folderSource.ts";

// After an update of onnxruntime-web: what this prints belongs into engine/runtime/ort.ts.
it.each(Object.keys(WASM_FILES) as OrtBuild[])(
  "the list says what the package's %s build is",
  async (build) => {
    const content = await wasmFromPackage(build, {});
    const sha256 = createHash("sha256").update(content).digest("hex");
    expect(WASM_LIST.get(WASM_FILES[build])).toEqual({bytes: content.length, sha256});
    await verify(WASM_FILES[build], content, {bytes: content.length, sha256});
  }
);
