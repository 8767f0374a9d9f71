import {createContext, useContext, useEffect} from "react";
import type {TokenId} from "../../engine/index.ts";

/**
 * Lights a token wherever it stands on the page; null puts the light out. Whatever has `data-token` with its id is
 * lit, and lights it when it is pointed at or focused; figures that are read mark by mark say so by `useEcho`.
 */
export const LightToken = createContext<(id: TokenId | null) => void>(() => undefined);

/** Lights the token that a figure's mark in focus belongs to, for as long as it is read. */
export function useEcho(id: TokenId | null): void {
  const light = useContext(LightToken);
  useEffect(() => {
    if (id === null) return;
    light(id);
    return () => light(null);
  }, [id, light]);
}
