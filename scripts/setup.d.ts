type Say = (line: string) => void;

export const root: string;
export const dist: string;
export function checkNode(): void;
export function install(say: Say): boolean;
export function build(say: Say): boolean;
export function isMain(url: string): boolean;
