import {createElement, lazy, Suspense, type ComponentType} from "react";

/**
 * A component that is fetched when it is first drawn: what a first visit does not show need not arrive with it. The
 * service worker keeps it with the rest of the page, so that it is there without a network too.
 */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Fetched = lazy(async () => ({default: await load()})) as unknown as ComponentType<P>;
  return function Lazily(props: P) {
    return <Suspense fallback={null}>{createElement(Fetched, props)}</Suspense>;
  };
}
