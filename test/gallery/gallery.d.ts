declare module "gallery" {
  /**
   * One panel in one state: an entry of `npm run gallery` and a snapshot test.
   * `width` is what the gallery's reader chose, 640 in a snapshot.
   */
  export function example(name: string, render: (width: number) => import("react").ReactNode): void;
}
