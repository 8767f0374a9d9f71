import {resolve} from "node:path";
import {expose, type Endpoint} from "comlink";
import {createEngine} from "../../app/engine.ts";
import {en} from "../../app/i18n/en/index.ts";
import {ownerOf, positionAt} from "../../app/branching.ts";
import {layoutSentence} from "../../app/shell/layoutSentence.ts";
import {nameOfEvent, spokenTokens, tellPast} from "../../app/shell/narrate.ts";
import {createPlayer} from "../../app/shell/player.ts";
import {readPlace} from "../../app/url.ts";
import {defaultRequest, frameAt} from "../../engine/index.ts";
import {connectEngine, type Connection} from "../../engine/runtime/client.ts";
import {engineService} from "../../engine/runtime/engineService.ts";
import type {LoadedModel} from "../../engine/runtime/loadModel.ts";
import {spoken} from "../../app/draw/Sentence.tsx";
import {folderSource} from "../../scripts/folderSource.ts";
import {embedded, modelFolder} from "../engine/runtime/embedded.ts";

/** What a link shows: the tokens in view, and what is said of the stage at the cursor. */
export type Told = {readonly ids: readonly number[]; readonly said: string};

/**
 * Tells links from their beginning, in Node: the same models, a new run each. What a page shows after anything that was
 * done in it must be what its address tells.
 */
export async function createRetelling() {
  const model = await embedded();
  const draft = await embedded({source: folderSource(resolve(modelFolder, "draft")), model: "draft"});
  const engine = createEngine(
    defaultRequest,
    connectEngine(() => connectionTo(model, draft), "http://localhost/")
  );
  const player = createPlayer(engine, 0);
  const told = new Map<string, Told>();

  async function tell(hash: string): Promise<Told> {
    const {problem, request, branches, cursor} = readPlace(hash);
    if (problem !== null) throw new Error(`the page wrote an address that it cannot read: ${problem}`);
    if (cursor < 0) return {ids: [], said: ""};
    const {vocabulary} = await engine.load(request);
    await player.restore({request, branches, cursor});
    const {failure} = player.get();
    if (failure) throw new Error(`the address ${hash} tells no run: ${failure.message}`);
    const {trace, cursor: at, nodes, active} = player.session.get();
    const frame = frameAt(trace, at);
    const owner = ownerOf(nodes, active, positionAt(frame))!.request;
    const {config} = frame.latest.load!;
    const view = {trace, frame, request: owner, step: null, load: frame.latest.load!, config, vocabulary};
    const past = spoken(tellPast(frame.event, view, spokenTokens(vocabulary), en));
    const ids = frame.latest.tokenize ? layoutSentence(frame, owner).chips.map(({tokenId}) => tokenId) : [];
    return {ids, said: `${nameOfEvent(frame.event, view, en)}: ${past}`};
  }

  return {
    /** @param hash the part of an address behind "#", that included */
    async tell(hash: string): Promise<Told> {
      const known = told.get(hash) ?? (await tell(hash));
      told.set(hash, known);
      return known;
    },
    dispose: () => Promise.all([model.dispose(), draft.dispose()])
  };
}

/** The engine's service on the same thread; its models are there. */
function connectionTo(model: LoadedModel, draft: LoadedModel): Connection {
  const {port1, port2} = new MessageChannel();
  expose(
    engineService(async (choice) => (choice.model.endsWith("/draft") ? draft : model)),
    port2 as Endpoint
  );
  return {
    endpoint: port1 as Endpoint,
    onCrash: () => undefined,
    terminate: () => (port1.close(), port2.close())
  };
}
