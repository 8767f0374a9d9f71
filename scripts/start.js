import {parseArgs} from "node:util";
import {listen, staticServer} from "./server.js";
import {build, checkNode, dist, install} from "./setup.js";

const USUAL_PORT = 4096;
const HELP = `Installs what is missing, builds the app and serves it.

  npm start -- [--port NUMBER] [--host ADDRESS]

  --port NUMBER   where to serve; the next free one if it is taken (${USUAL_PORT}, or the variable PORT)
  --host ADDRESS  who may connect: 127.0.0.1, this machine alone, unless told otherwise`;

/** @returns {{port: number, host: string} | null} null where only help was asked for */
function readOptions() {
  const options = {port: {type: "string"}, host: {type: "string"}, help: {type: "boolean"}};
  const {values} = parseArgs({options});
  if (values.help) return null;
  const text = values.port ?? (process.env.PORT || String(USUAL_PORT));
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new Error(`--port must be a whole number from 0 to 65535, got ${JSON.stringify(text)}`);
  return {port, host: values.host ?? "127.0.0.1"};
}

function readOptionsOrEnd() {
  try {
    return readOptions();
  } catch (error) {
    console.error(error.message);
    return process.exit(2);
  }
}

async function start({port, host}) {
  const say = (line) => console.log(line);
  if (!install(say) || !build(say)) process.exit(1);
  const server = staticServer(dist);
  const found = await listen(server, port, host);
  if (port !== 0 && found !== port) say(`Port ${port} is taken, so it is ${found}.`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(0));
  say("One Token at a Time is served at the address below; Ctrl-C ends it.");
  say(`http://${host === "127.0.0.1" ? "localhost" : host}:${found}/`);
}

checkNode();
const options = readOptionsOrEnd();
if (!options) console.log(HELP);
else
  start(options).catch((error) => {
    console.error(`The app cannot be served: ${error.message}`);
    process.exit(1);
  });
