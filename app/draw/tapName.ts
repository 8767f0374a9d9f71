/** A tap's name in parts: "blocks.2.attn.hook_pattern" is layer 2 (from 0) and "attn.hook_pattern". */
export type TapName = {readonly layer: number | null; readonly kind: string};

export function parseTapName(name: string): TapName {
  const [, layer, kind] = /^blocks\.(\d+)\.(.+)$/.exec(name) ?? [];
  return layer === undefined || kind === undefined ? {layer: null, kind: name} : {layer: Number(layer), kind};
}
