/** Encodings that files lie ready in beside themselves, with the ends of those files' names; the better first. */
export const ENCODINGS = {br: ".br", gzip: ".gz"};

/**
 * The encoding to answer in (RFC 9110, 12.5.3): of those ready the one that the reader likes most, the earlier of
 * equals; "identity" where none is wanted.
 *
 * @param header "gzip, br;q=0.5", or undefined
 * @param ready names of `ENCODINGS`
 */
export function chooseEncoding(header, ready) {
  const wanted = new Map((header ?? "").toLowerCase().split(",").map(readPreference));
  const likes = (name) => wanted.get(name) ?? wanted.get("*") ?? 0;
  const best = ready.reduce((a, b) => (likes(b) > likes(a) ? b : a), ready[0]);
  const identity = wanted.get("identity") ?? 0;
  return best !== undefined && likes(best) > 0 && likes(best) >= identity ? best : "identity";
}

/** "br;q=0.5" -> ["br", 0.5]; a weight that is none counts as 0. */
function readPreference(text) {
  const [name, ...rest] = text.split(";").map((part) => part.trim());
  const weight = rest.find((part) => part.startsWith("q="));
  return [name, weight === undefined ? 1 : Math.min(1, Number(weight.slice(2)) || 0)];
}

/**
 * The one range of bytes asked for (RFC 9110, 14.1.2), half-open: null where the whole file is to be sent (no range,
 * several, or nothing that reads as one), "outside" where the file ends before it.
 */
export function readRange(header, size) {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "");
  if (!found || (found[1] === "" && found[2] === "")) return null;
  const [first, last] = found.slice(1).map((text) => (text === "" ? null : Number(text)));
  if (first === null)
    return last === 0 || size === 0 ? "outside" : {from: Math.max(0, size - last), to: size};
  if (last !== null && last < first) return null;
  return first >= size ? "outside" : {from: first, to: Math.min(size, (last ?? size) + 1)};
}

/** Whether a list of entity tags ("*", or tags with commas) has this one; weak tags match too. */
export function hasTag(header, etag) {
  if (header === undefined) return false;
  return header.split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag);
}
