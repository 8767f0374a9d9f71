import type {Vocabulary} from "../../../engine/index.ts";
import {formatBits, formatCount} from "../../draw/format.ts";
import {Probe} from "../../draw/Probe.tsx";
import type {Strings} from "../../i18n/strings.ts";
import type {CardData} from "./cardsOf.ts";
import {SHOWN} from "./layoutWarp.ts";
import {cardLabel, focusText, type Focus} from "./sayWarp.tsx";
import {MassBar} from "./MassBar.tsx";
import {RankNames} from "./RankNames.tsx";
import {WarpFacts} from "./WarpFacts.tsx";
import {WarpShifts} from "./WarpShifts.tsx";
import {WarpPlot} from "./WarpPlot.tsx";

type Props = {
  readonly data: CardData;
  readonly index: number;
  readonly now: boolean;
  readonly startsRow: boolean;
  /** To a line, which opens. */
  readonly folded: boolean;
  readonly width: number;
  readonly height: number;
  readonly largest: number;
  readonly order: boolean;
  readonly focus: Focus | null;
  readonly onFocus: (focus: Focus | null) => void;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["warp"];
};

/** One warper: what came in, what goes out, what it removed, how much was left. */
export function WarpCard(props: Props) {
  const {data, now, startsRow, folded, strings} = props;
  const {link, state} = data;
  const name = link ? strings.name(link.spec.name) : strings.noneName;
  const heading = (
    <h3>
      <span>{name}</span>
      {link && <span className="parameters">{strings.parameters(link.spec)}</span>}
    </h3>
  );
  const kind = ["warp", state, now && "now", startsRow && "startsrow", folded && "folded"];
  return (
    <li className={kind.filter(Boolean).join(" ")}>
      {folded ? (
        <details>
          <summary>
            {heading}
            <span className="facts">{foldedText(data, strings)}</span>
          </summary>
          <Opened {...props} name={name} />
        </details>
      ) : (
        <>
          {heading}
          <Opened {...props} name={name} />
        </>
      )}
    </li>
  );
}

/** How many tokens came in and went out, and the entropy then. */
function foldedText(
  {state, before, after, entropyBefore, entropy}: CardData,
  strings: Props["strings"]
): string {
  if (state === "waits") return strings.waits;
  const [alive, left] = [formatCount(before.alive), formatCount(after.alive)];
  return state === "done"
    ? strings.folded(strings.change(alive, left), formatBits(entropy))
    : strings.folded(alive, formatBits(entropyBefore));
}

function Opened(props: Props & {readonly name: string}) {
  const {data, index, width, height, largest, order, focus, onFocus, vocabulary, strings, name} = props;
  const {state, before, card} = data;
  const rank = focus?.card === index ? focus.rank : null;
  const lit = focus?.id ?? null;
  const at = (x: number) => {
    const bar = Math.floor(x / card.barWidth);
    return bar >= 0 && bar < Math.min(SHOWN, before.alive) ? bar : null;
  };
  const read = (to: number | null) =>
    onFocus(to === null ? null : {card: index, rank: to, id: before.order[to]!});
  return (
    <>
      <div className="figure">
        <WarpPlot
          {...{data, width, height, largest, lit, strings}}
          label={cardLabel(data, vocabulary, strings)}
        />
        <Probe
          label={strings.read(name)}
          valueText={focusText(data, rank ?? 0, vocabulary, strings)}
          value={rank}
          count={state === "waits" ? 0 : Math.min(SHOWN, before.alive)}
          at={at}
          onValue={read}
          left={0}
          top={0}
          width={width}
          height={height}
        />
        <RankNames {...{data, width, height, largest, lit, vocabulary}} onRank={read} />
      </div>
      <MassBar data={data} width={width} />
      <WarpFacts {...{data, order, vocabulary, strings}} />
      <WarpShifts {...{data, vocabulary, strings}} />
    </>
  );
}
