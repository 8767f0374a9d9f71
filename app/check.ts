/** Reads plain JSON of unknown origin piece by piece; only what was asked for is taken over. */

/** What in a file is not as it must be, and where. */
export class Malformed extends Error {
  override readonly name = "Malformed";
}

/** @param at where the value stands, for the sentence */
export type Read<T> = (value: unknown, at: string) => T;

function refuse(at: string, what: string): never {
  throw new Malformed(`${at} must be ${what}`);
}

export const text: Read<string> = (value, at) => (typeof value === "string" ? value : refuse(at, "a text"));

export const flag: Read<boolean> = (value, at) =>
  typeof value === "boolean" ? value : refuse(at, "true or false");

/** -Infinity, Infinity and NaN are those strings. */
export const number: Read<number> = (value, at) => {
  if (typeof value === "number") return value;
  if (value === "-Infinity" || value === "Infinity" || value === "NaN") return Number(value);
  return refuse(at, "a number");
};

export const integer =
  (min: number, max: number): Read<number> =>
  (value, at) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? (value as number)
      : refuse(at, `a whole number from ${min} to ${max}`);

export const count = integer(0, Number.MAX_SAFE_INTEGER);

export const oneOf =
  <T extends string>(...names: readonly T[]): Read<T> =>
  (value, at) =>
    names.find((name) => name === value) ?? refuse(at, `one of ${names.join(", ")}`);

export const nullable =
  <T>(read: Read<T>): Read<T | null> =>
  (value, at) =>
    value === null ? null : read(value, at);

/** A list whose items are still unknown. */
export const array =
  (most: number): Read<readonly unknown[]> =>
  (value, at) => {
    if (!Array.isArray(value)) return refuse(at, "a list");
    return value.length > most ? refuse(at, `a list of at most ${most}`) : value;
  };

export const list =
  <T>(read: Read<T>, most: number): Read<readonly T[]> =>
  (value, at) =>
    array(most)(value, at).map((item, i) => read(item, `${at}[${i}]`));

/** Fields of an object by name; `prototype` and the like are names as any other, and never looked up. */
export type Fields = {
  take<T>(name: string, read: Read<T>): T;
  /** {} where the object has no such field, so that it can be spread. */
  maybe<K extends string, T>(name: K, read: Read<T>): {readonly [N in K]?: T};
};

export const record =
  <T>(read: (fields: Fields, at: string) => T): Read<T> =>
  (value, at) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse(at, "an object");
    const has = (name: string) => Object.hasOwn(value, name);
    const get = (name: string) => (value as Readonly<Record<string, unknown>>)[name];
    return read(
      {
        take: (name, item) =>
          has(name) ? item(get(name), `${at}.${name}`) : refuse(`${at}.${name}`, "there"),
        maybe: <K extends string, U>(name: K, item: Read<U>) =>
          (has(name) ? {[name]: item(get(name), `${at}.${name}`)} : {}) as {readonly [N in K]?: U}
      },
      at
    );
  };

/** An object of numbers under names that are not known beforehand. */
export const numbers: Read<Readonly<Record<string, number>>> = (value, at) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse(at, "an object");
  const entries = Object.entries(value);
  if (entries.length > 20) return refuse(at, "an object of at most 20 numbers");
  return Object.fromEntries(entries.map(([key, item]) => [key, number(item, `${at}.${key}`)]));
};
