import {branchesOf, chainOf, nodeOfChain} from "../branching.ts";
import type {Looks, Theme} from "../looks.ts";
import {branchRequest, type Request} from "../../engine/index.ts";
import type {Outline} from "../tabState.ts";
import {isPrintable, printPlace, type Page, type Place} from "../url.ts";
import {sameRequest} from "./draft.ts";
import type {Player} from "./player.ts";

/** What of a link does not come from the player. */
type Around = {
  readonly draft: Request;
  readonly looks: Looks;
  readonly language: string;
  readonly theme: Theme;
};

/** The address of what a page over the player's run shows; of the plain page where that cannot be written down. */
export function linkOf(player: Player, page: Exclude<Page, {name: "notebook"}>, around: Around): string {
  const {draft, ...rest} = around;
  const {nodes, active, cursor} = player.session.get();
  const chain = chainOf(nodes, active);
  const request = chain[0]?.request ?? draft;
  if (!isPrintable(request)) return `#/${page.name}`;
  const branches = branchesOf(chain);
  return printPlace({page, request, branches, cursor: chain[0] ? cursor : -1, ...rest});
}

/** What the fields show for a link: the settings of its last branch, without what branches forced. */
export function draftOfPlace({request, branches}: Place): Request {
  const last = branches.reduce(branchRequest, request);
  return {...last, forced: request.forced};
}

/** Brings the player to where a link points: inside the tree that is there, or by running it. */
export function openPlace(
  {request, branches, cursor}: Place,
  player: Player,
  outline?: Outline
): "here" | "runs" | "nothing" {
  const {nodes, active} = player.session.get();
  const [root] = chainOf(nodes, active);
  if (root && sameRequest(root.request, request)) {
    const node = nodeOfChain(nodes, root, branches);
    if (node && cursor < node.length) {
      player.select(node.id);
      if (cursor >= 0) player.seek(cursor);
      return "here";
    }
  }
  if (cursor < 0 && branches.length === 0) return "nothing";
  void player.restore({request, branches, cursor: Math.max(0, cursor), ...(outline && {outline})});
  return "runs";
}
