export const CHROMIUM_HINT: string;
export function findChromium(): string | null;
export function provideChromium(say: (line: string) => void): string | null;
