export const isolation: Readonly<Record<string, string>>;
export function contentType(path: string): string;
export function cacheControl(path: string): string;
export function headersFor(path: string): Readonly<Record<string, string>>;
export const contentSecurityPolicy: string;
export const everywhere: Readonly<Record<string, string>>;
