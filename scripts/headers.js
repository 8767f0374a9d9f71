/** Two headers that make a page cross-origin isolated, which WebAssembly threads need. */
export const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp"
};

const POLICY = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'", // WebAssembly is compiled, JavaScript never
  "worker-src": "'self'",
  "connect-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self'",
  "font-src": "'self'",
  "manifest-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'"
};

/**
 * What a browser may load and run: this origin's files and nothing else, no inline script, no inline style, no
 * frames. React sets styles through the CSSOM, which a policy does not touch.
 */
export const contentSecurityPolicy = Object.entries(POLICY)
  .map(([name, value]) => `${name} ${value}`)
  .join("; ");

/** Headers of every answer, whatever it is. */
export const everywhere = {
  ...isolation,
  "Cross-Origin-Resource-Policy": "same-origin",
  "Content-Security-Policy": contentSecurityPolicy,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer"
};

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".woff2": "font/woff2"
};

/** Whatever is not in the list (.onnx, .onnx_data, .safetensors, ...) is bytes. */
export function contentType(path) {
  const extension = /\.[^./]+$/.exec(path)?.[0].toLowerCase() ?? "";
  return TYPES[extension] ?? "application/octet-stream";
}

/** A file whose name holds a hash of its content never changes; every other is asked for again. */
export function cacheControl(path) {
  return /^assets\/.+-[\w-]{8}\.\w+$/.test(path) ? "public, max-age=31536000, immutable" : "no-cache";
}

/**
 * Headers that depend on the path alone.
 *
 * @param path inside the folder served, with forward slashes and without a leading one
 */
export function headersFor(path) {
  return {
    ...everywhere,
    "Content-Type": contentType(path),
    "Cache-Control": cacheControl(path)
  };
}
