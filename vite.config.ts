import react from "@vitejs/plugin-react";
import {defineConfig} from "vite";
import {everywhere, isolation} from "./scripts/headers.js";
import {pageFiles} from "./scripts/pageFiles.js";

export default defineConfig({
  base: "./", // works in any folder of any web server
  plugins: [react(), pageFiles()],
  worker: {format: "es"},
  server: {headers: {...isolation}}, // hot reloading needs inline scripts, so no policy here
  preview: {headers: {...everywhere}},
  optimizeDeps: {exclude: ["onnxruntime-web"]}, // it finds its .wasm beside its own file
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000
  }
});
