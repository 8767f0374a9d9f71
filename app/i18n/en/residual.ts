import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";

export const residual = {
  title: "Residual stream",
  sub: "its length (L2 norm) up the layers, positions across",
  how: "The length of each position’s vector in the residual stream: after the embedding, and after what attention and then the MLP of each layer added to it.",
  embedding: "embedding",
  mid: (layer: number) => `layer ${layer}, attention`,
  post: (layer: number) => `layer ${layer}, MLP`,
  midShort: (layer: number) => `${layer} attention`,
  postShort: (layer: number) => `${layer} MLP`,
  chart: "norm at",
  axis: "L2 norm",
  figure: (a: {points: number; positions: number; smallest: string; largest: string}) =>
    `Norms of the residual stream at ${plural(a.points, "point")} of the decoder and ${plural(a.positions, "position")}, from ${a.smallest} to ${a.largest}.`,
  empty: (points: number, positions: number) =>
    `Frames for the norms of the residual stream at ${plural(points, "point")} and ${plural(positions, "position")}.`,
  line: (a: {token: string; position: number; norms: string}) =>
    `Norm of the residual stream at position ${formatCount(a.position)}, ${a.token}, from the embedding up: ${a.norms}.`,
  read: "Norms of the residual stream, cell by cell. Arrow keys move.",
  cell: <T>(a: {place: string; token: T; position: number; norm: T; change: string | null}): Pieces<T> => [
    `After ${a.place}, `,
    a.token,
    ` at ${formatCount(a.position)}: norm `,
    a.norm,
    a.change === null ? "." : ` (${a.change}).`
  ],
  layerPart: {
    embedding: "the embedding",
    mid: (layer: number) => `attention of layer ${layer}`,
    post: (layer: number) => `the MLP of layer ${layer}`
  },
  grows: <T>(a: {token: T; from: T; to: T}): Pieces<T> => [
    "Attention and MLP each add a vector to the stream; the sum can also be shorter. At the last position, ",
    a.token,
    ", it begins with norm ",
    a.from,
    " and leaves the last layer with ",
    a.to,
    ". "
  ],
  outlier: <T>(a: {token: T; position: number; norm: T}): Pieces<T> => [
    "The longest is ",
    a.norm,
    `, at position ${formatCount(a.position)}, `,
    a.token,
    ". "
  ],
  onlyLast:
    "Colour follows the logarithm of the norm. The final norm takes the length out again before the LM head.",
  binned: (each: number) =>
    ` There are more positions than pixels: each pixel shows the strongest of up to ${each}.`,
  loading: "Running this pass again to read its residual stream …",
  refused: (message: string) => `The norms cannot be shown: ${message}`,
  waiting: "not here yet",
  table: {point: "after", others: (n: number) => `the ${formatCount(n)} earlier positions are left out`}
};
