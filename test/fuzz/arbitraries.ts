import fc from "fast-check";

/** Text that programs trip over, where text from outside becomes a key, a number, an address or markup. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "length"),
  fc.constantFrom(
    "",
    " ",
    "%",
    "%E0%A4%A",
    "%00",
    "\0",
    "\ud800",
    "\udc00x",
    "\ufeff",
    "\n",
    "&",
    "=",
    "~",
    "#"
  ),
  fc.constantFrom(
    "NaN",
    "-0",
    "1e309",
    "0x10",
    "1_000",
    "٣",
    "-1",
    "4294967296",
    "9".repeat(30),
    "1,,2",
    ":"
  ),
  fc.constantFrom("<script>alert(1)</script>", "javascript:alert(1)", "../..", "//host/x", "(a+)+$"),
  fc.string({maxLength: 20}),
  fc.string({unit: "binary", maxLength: 8})
);

const hostileValue = fc.oneof(fc.jsonValue({maxDepth: 2}), hostileText, fc.integer());

/** Where in a JSON value, from 0 (its first place) to below 1, and what happens there. */
type Mutation = {
  readonly at: number;
  readonly change: "replace" | "remove" | "rename";
  readonly value: unknown;
};
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}),
  change: fc.constantFrom("replace" as const, "replace" as const, "remove" as const, "rename" as const),
  value: hostileValue
});

/** A good file with a few things in it that are not what they were. */
export const damaged = (good: unknown): fc.Arbitrary<unknown> =>
  fc.array(mutation, {minLength: 1, maxLength: 4}).map((mutations) => {
    const copy = structuredClone({root: good}) as {root: unknown};
    for (const one of mutations) damage(copy.root, one);
    return copy.root;
  });

type Place = {readonly holder: Record<string, unknown>; readonly key: string};

function damage(root: unknown, {at, change, value}: Mutation): void {
  const places = placesIn(root);
  const place = places[Math.floor(at * places.length)];
  if (!place) return;
  const {holder, key} = place;
  const before = holder[key];
  if (change === "replace") holder[key] = value;
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  if (change === "rename") define(holder, typeof value === "string" ? value : "__proto__", before);
}

/** A key named "__proto__" is one, as JSON.parse makes it. */
function define(holder: Record<string, unknown>, key: string, value: unknown): void {
  if (Array.isArray(holder)) return;
  Object.defineProperty(holder, key, {value, enumerable: true, configurable: true, writable: true});
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{holder, key}, ...placesIn(holder[key])]);
}
