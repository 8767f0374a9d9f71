import {chromium, type Browser} from "playwright-core";
import {CHROMIUM_HINT, findChromium} from "./chromium.js";
import {listen, staticServer} from "./server.js";
import {dist} from "./setup.js";

export type BrowserOptions = {
  /** False is a browser in which `navigator.gpu` finds no adapter, in workers too. */
  readonly webgpu?: boolean;
  /** Of V8: "--no-opt". */
  readonly jsFlags?: string;
};

const QUIET = [
  "--no-sandbox",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
];

/** A headless Chromium of this machine. WebGPU runs on software (SwiftShader) where there is no graphics card. */
export async function openBrowser({webgpu = true, jsFlags}: BrowserOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(CHROMIUM_HINT);
  const args = [...QUIET, webgpu ? "--enable-unsafe-webgpu" : "--disable-features=WebGPU,WebGPUService"];
  if (jsFlags) args.push(`--js-flags=${jsFlags}`);
  return chromium.launch({executablePath, args});
}

export type Served = {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
};

/**
 * The built app on a free port, served as `npm start` serves it.
 *
 * @param folder served instead of `dist`
 */
export async function serveApp(folder: string = dist): Promise<Served> {
  const server = staticServer(folder);
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      })
  };
}
