import type {Server} from "node:http";

export function staticServer(root: string): Server;
export function listen(server: Server, port: number, host?: string): Promise<number>;
