import {useMemo} from "react";
import type {PassEvent, Tap, TokenId, Vocabulary} from "../../../engine/index.ts";
import type {Asked} from "../../draw/asked.ts";
import {quantileAbs} from "../../draw/quantileAbs.ts";
import {parseTapName} from "../../draw/tapName.ts";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {layoutTap} from "./layoutTap.ts";
import {titlesOf} from "./sayTap.tsx";
import {lookOf} from "./tapKinds.ts";
import {mapsOf} from "./tapMaps.ts";

/** The share of values that lies within the full colour. */
const FULL_COLOUR = 0.99;

type Of = {
  readonly event: PassEvent;
  readonly name: string;
  readonly tap: Asked<Tap>;
  readonly tapsOfKind?: readonly Asked<Tap>[];
  readonly head: number | "all";
  readonly tokenIds: readonly TokenId[];
  readonly vocabulary: Vocabulary;
  readonly width: number;
  readonly strings: Pick<Strings, "tap">;
};

/** Everything that a tap's picture is drawn from, each part computed again only when what it depends on changes. */
export function useTapView({event, name, tap, tapsOfKind, head, tokenIds, vocabulary, width, strings}: Of) {
  const text = strings.tap;
  const {from, to} = event.positions;
  const {kind} = parseTapName(name);
  const look = useMemo(() => lookOf(kind), [kind]);
  const overLayers = tapsOfKind !== undefined;
  const maps = useMemo(
    () => mapsOf({event, name, tap, tapsOfKind, head}),
    [event, name, tap, tapsOfKind, head]
  );
  const titles = useMemo(() => titlesOf(maps, look, overLayers, text), [maps, look, overLayers, text]);
  const layout = useMemo(() => layoutTap(width, maps), [width, maps]);
  const here = useMemo(() => maps.flatMap(({values}) => values ?? []), [maps]);
  const range = useMemo(() => (here.length > 0 ? quantileAbs(here, FULL_COLOUR) : null), [here]);
  const names = useMemo(() => ({tokenIds: tokenIds.slice(0, to), vocabulary}), [tokenIds, to, vocabulary]);
  const tokens = useMemo(
    () => names.tokenIds.slice(from).map((id) => tokenText(vocabulary, id)),
    [names, from, vocabulary]
  );
  const domain = range && (look.isShare ? 1 : range.quantile);
  return {kind, look, maps, titles, layout, range, names, tokens, domain, missing: maps.length - here.length};
}
