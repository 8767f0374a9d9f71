import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import {BranchTree} from "../../app/shell/branches/BranchTree.tsx";
import {Compare} from "../../app/shell/branches/Compare.tsx";
import {Preview} from "../../app/shell/branches/Preview.tsx";
import {ShareBar} from "../../app/shell/branches/ShareBar.tsx";
import {TokenSearch} from "../../app/shell/branches/TokenSearch.tsx";
import {UndoLine} from "../../app/shell/branches/UndoLine.tsx";
import type {BranchNode} from "../../app/tree.ts";
import {frameAt, stepOf, strategy, warper, type Request} from "../../engine/index.ts";
import {
  branchOf,
  deepTree,
  madeTree,
  oddTree,
  rootOf,
  until,
  vocabulary
} from "../app/shell/branches/madeTree.ts";

const nothing = () => undefined;
const base = {vocabulary, strings: en};
const actions = {onSelect: nothing, onRemove: nothing, onCompare: nothing, onUndo: nothing, onRedo: null};

const [made, deep, odd, alone] = await Promise.all([madeTree(), deepTree(), oddTree(), rootOf()]);
const [root, fox, hot, saw] = made as readonly [BranchNode, BranchNode, BranchNode, BranchNode];

example("branches-tree", (width) => (
  <BranchTree {...base} {...actions} nodes={made} active={3} compared={2} width={width} />
));

example("branches-tree-twelve-deep", (width) => (
  <BranchTree {...base} {...actions} nodes={deep} active={12} compared={null} width={width} />
));

example("branches-tree-alone", (width) => (
  <BranchTree
    {...base}
    {...actions}
    onUndo={null}
    nodes={[until(alone, 14)]}
    active={0}
    compared={null}
    width={width}
  />
));

example("branches-run-before-kept", () => (
  <UndoLine onUndo={nothing} onRedo={null} strings={en.branches.tree} />
));

example("branches-undone-kept", () => <UndoLine onUndo={null} onRedo={nothing} strings={en.branches.tree} />);

example("branches-tree-nothing-yet", (width) => (
  <BranchTree {...base} {...actions} onUndo={null} nodes={[]} active={-1} compared={null} width={width} />
));

example("branches-tree-odd-tokens", (width) => (
  <BranchTree {...base} {...actions} nodes={odd} active={0} compared={null} width={width} />
));

example("branches-compare", (width) => (
  <Compare {...base} a={root} b={fox} nodes={made} onSeek={nothing} width={width} />
));

example("branches-compare-settings", (width) => (
  <Compare {...base} a={saw} b={hot} nodes={made} onSeek={nothing} width={width} />
));

const searched = await branchOf(root, 7, 4, {
  kind: "settings",
  settings: {strategy: strategy("beam", {numBeams: 3}), warpers: []}
});
const looked = await branchOf(root, 8, 4, {
  kind: "settings",
  settings: {strategy: strategy("speculative", {drafter: "prompt-lookup", ngram: 1})}
});

example("branches-compare-beams", (width) => (
  <Compare {...base} a={searched} b={root} nodes={[...made, searched]} onSeek={nothing} width={width} />
));

example("branches-compare-speculative", (width) => (
  <Compare {...base} a={root} b={looked} nodes={[...made, looked]} onSeek={nothing} width={width} />
));

example("branches-compare-just-begun", (width) => (
  <Compare {...base} a={root} b={until(fox, fox.shared)} nodes={made} onSeek={nothing} width={width} />
));

example("branches-compare-same", (width) => (
  <Compare {...base} a={root} b={{...alone, id: 9}} nodes={made} onSeek={nothing} width={width} />
));

example("branches-compare-odd-tokens", (width) => (
  <Compare {...base} a={odd[1]!} b={odd[3]!} nodes={odd} onSeek={nothing} width={width} />
));

const cursor = root.trace.findIndex(({stage}) => stage === "sample");
const stepWith = (request: Request) => stepOf(root.trace, frameAt(root.trace, cursor), request, vocabulary)!;
const preview = (request: Request, stale: number) => (
  <Preview
    {...base}
    run={root.request}
    preview={request}
    runStep={stepWith(root.request)}
    previewStep={stepWith(request)}
    onRunOn={nothing}
    onReset={nothing}
    stale={stale}
  />
);
const hotter = {...root.request, warpers: [warper("temperature", 2.4), warper("topK", 40)]};

example("branches-preview", () => preview(hotter, 126));
example("branches-preview-seed", () => preview({...root.request, seed: 12}, 1));
example("branches-preview-greedy", () => preview({...root.request, strategy: {name: "greedy"}}, 126));
example("branches-preview-later", () => preview({...root.request, maxNewTokens: 48}, 0));
example("branches-preview-nothing-changed", () => preview(root.request, 126));

const step = stepWith(root.request);
const instead = en.logits.instead(8);
example("branches-search", () => (
  <TokenSearch
    {...base}
    label={instead}
    logits={step.logits}
    probabilities={step.probabilities}
    onForce={nothing}
  />
));

example("branches-search-found", () => (
  <TokenSearch
    {...base}
    label={instead}
    logits={step.logits}
    probabilities={step.probabilities}
    onForce={nothing}
    query="o"
  />
));

example("branches-search-none", () => (
  <TokenSearch
    {...base}
    label={instead}
    logits={step.logits}
    probabilities={step.probabilities}
    onForce={nothing}
    query="zebra"
  />
));

example("branches-share", () => (
  <ShareBar
    {...base}
    onCopyLink={nothing}
    onCopyData={nothing}
    onExport={nothing}
    onImport={nothing}
    status="The link is copied."
  />
));

example("branches-share-before-a-run", () => (
  <ShareBar
    {...base}
    onCopyLink={nothing}
    onCopyData={null}
    onExport={null}
    onImport={nothing}
    status={null}
  />
));
