import {Choose} from "../../draw/Choose.tsx";
import {SignedKey} from "../../draw/SignedKey.tsx";
import {parseTapName} from "../../draw/tapName.ts";
import type {Strings} from "../../i18n/strings.ts";
import {kindsOf, lookOf, nearestOf, type Taps} from "./tapKinds.ts";

type Props = {
  readonly taps: Taps;
  readonly name: string;
  readonly onName: (name: string) => void;
  /** All layers side by side; null: that is not offered. */
  readonly allLayers: boolean;
  readonly onAllLayers: ((all: boolean) => void) | undefined;
  readonly head: number | "all";
  readonly onHead: (head: number | "all") => void;
  /** null: no value is here yet. */
  readonly domain: number | null;
  readonly strings: Strings["tap"];
};

/** Which tap, of which layer and head; and what the colours mean. */
export function TapControls(props: Props) {
  const {taps, name, onName, allLayers, onAllLayers, head, onHead, domain, strings} = props;
  const kinds = kindsOf(taps);
  const {kind, layer} = parseTapName(name);
  const current = kinds.find((other) => other.kind === kind);
  const look = lookOf(kind);
  const heads = look.heads ? (taps.find((tap) => tap.name === name)?.shape[0] ?? 0) : 0;
  const layers = (current?.members ?? []).flatMap((member) => member.layer ?? []);
  const onLayer = (next: number | "all") => {
    if ((next === "all") !== allLayers) onAllLayers?.(next === "all");
    if (next !== "all") onName(current!.members.find((member) => member.layer === next)!.name);
  };
  return (
    <>
      {domain !== null && <SignedKey colour={look.colour} domain={domain} positive={look.isShare} />}
      <Choose
        label={strings.kind}
        asList
        options={kinds.map((other) => ({value: other.kind, text: strings.kindOf(other.kind)}))}
        value={kind}
        onChange={(next) =>
          onName(
            nearestOf(
              kinds.find((other) => other.kind === next)!,
              layer
            )
          )
        }
      />
      {layers.length > 1 && (
        <Choose<number | "all">
          label={strings.layer}
          options={[...all(onAllLayers !== undefined, strings), ...numbers(layers)]}
          value={allLayers ? "all" : layer!}
          onChange={onLayer}
        />
      )}
      {heads > 1 && (
        <Choose<number | "all">
          label={look.heads === "kvHead" ? strings.kvHead : strings.head}
          options={[...all(!allLayers, strings), ...numbers(Array.from({length: heads}, (_, i) => i))]}
          value={allLayers && head === "all" ? 0 : head === "all" ? head : Math.min(head, heads - 1)}
          onChange={onHead}
        />
      )}
    </>
  );
}

const numbers = (values: readonly number[]) => values.map((value) => ({value, text: String(value + 1)}));

const all = (isOffered: boolean, strings: Strings["tap"]) =>
  isOffered ? [{value: "all" as const, text: strings.all}] : [];
