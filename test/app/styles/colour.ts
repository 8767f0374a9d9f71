/** Light, 0..1 a channel, linear. */
type Linear = readonly [number, number, number];
type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** @param hex "#rrggbb" */
export const linear = (hex: string): Linear =>
  [1, 3, 5].map((at) => decoded(parseInt(hex.slice(at, at + 2), 16) / 255)) as unknown as Linear;

const decoded = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);

const times = (matrix: Matrix, [x, y, z]: Triple): Triple =>
  matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Triple;
const each = (colour: Triple, change: (channel: number) => number): Triple =>
  colour.map(change) as unknown as Triple;

/** Contrast ratio, 1 to 21: WCAG 2, "relative luminance". */
export function contrast(a: Linear, b: Linear): number {
  const [dark, light] = [a, b]
    .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** With which eyes a colour is seen: of the three others, one kind of cone is missing. */
export const visions = ["usual", "protanopia", "deuteranopia", "tritanopia"] as const;
export type Vision = (typeof visions)[number];

/** Machado, Oliveira, Fernandes 2009, severity 1, on linear sRGB. */
const MISSING: Readonly<Record<Exclude<Vision, "usual">, Matrix>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998]
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881]
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039]
  ]
};

/** A colour as such eyes see it. */
export const seenWith = (vision: Vision, colour: Linear): Linear =>
  vision === "usual"
    ? colour
    : each(times(MISSING[vision], colour), (channel) => Math.min(1, Math.max(0, channel)));

const TO_XYZ: Matrix = [
  [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883]
];

/** CIELAB, D65. */
export function labOf(colour: Linear): Triple {
  const [x, y, z] = each(times(TO_XYZ, colour), (t) =>
    t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116
  );
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const hueOf = (a: number, b: number): number =>
  a === 0 && b === 0 ? 0 : ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;

/** CIEDE2000 between two CIELAB colours, in the notation of Sharma, Wu, Dalal 2005, whose test data it agrees with. */
export function deltaE([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const stretch = 1.5 - 0.5 * Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7));
  const [c1, c2] = [Math.hypot(stretch * a1, b1), Math.hypot(stretch * a2, b2)];
  const [h1, h2] = [hueOf(stretch * a1, b1), hueOf(stretch * a2, b2)];
  const isGrey = c1 * c2 === 0;
  const turn = isGrey ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const [dL, dC, dH] = [l2 - l1, c2 - c1, 2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn / 2))];
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const h = isGrey ? h1 + h2 : (h1 + turn / 2 + 360) % 360;
  const hueWeight =
    1 -
    0.17 * Math.cos(radians(h - 30)) +
    0.24 * Math.cos(radians(2 * h)) +
    0.32 * Math.cos(radians(3 * h + 6)) -
    0.2 * Math.cos(radians(4 * h - 63));
  const [sL, sC, sH] = [
    1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2),
    1 + 0.045 * c,
    1 + 0.015 * c * hueWeight
  ];
  const rotation =
    -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2))));
  const [x, y, z] = [dL / sL, dC / sC, dH / sH];
  return Math.sqrt(x * x + y * y + z * z + rotation * y * z);
}

const TO_LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005]
];
const TO_OKLAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766]
];
const FROM_OKLAB: Matrix = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548]
];
const FROM_LMS: Matrix = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701]
];

/** CSS's color-mix(in oklab, a share, b). */
export function mix(a: Linear, share: number, b: Linear): Linear {
  const oklab = (colour: Linear) => times(TO_OKLAB, each(times(TO_LMS, colour), Math.cbrt));
  const [from, to] = [oklab(a), oklab(b)];
  const mixed = from.map((channel, i) => share * channel + (1 - share) * to[i]!) as unknown as Triple;
  return each(
    times(
      FROM_LMS,
      each(times(FROM_OKLAB, mixed), (t) => t ** 3)
    ),
    (t) => Math.min(1, Math.max(0, t))
  );
}
