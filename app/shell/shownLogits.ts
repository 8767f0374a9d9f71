import type {Frame, PassEvent, TokenId} from "../../engine/index.ts";

/** Logits of one row of a pass, float32 (vocab_size), and the token that the row read; null where the pass has no other. */
export type ShownLogits = {readonly logits: Float32Array; readonly after: TokenId | null};

/**
 * Of a pass that has logits of several rows, those that decided: of the last token of a draft that was accepted, of the
 * candidate that was chosen. Before the decision the last row's; of several beams the first one's.
 */
export function shownLogits(frame: Frame, pass: PassEvent): ShownLogits {
  const {logits, rowLogits, fed, rows, positions} = pass;
  if (!rowLogits || !fed || pass.lane) return {logits, after: null};
  const row = decidingRow(frame, rowLogits.length / logits.length) ?? (pass.batch ? 0 : rows.length - 1);
  const [sequence, at] = [Math.floor(row / rows.length), rows[row % rows.length]!];
  return {
    logits: rowLogits.subarray(row * logits.length, (row + 1) * logits.length),
    after: fed[sequence * (positions.to - positions.from) + at] ?? null
  };
}

/** Place among all rows of the pass; null before the decision, or where another pass's logits decided. */
function decidingRow({inPass: {verify, contrast}}: Frame, count: number): number | null {
  if (contrast) return contrast.chosen;
  if (!verify) return null;
  const known = verify.tokens.length + 1 - count; // the first row was there before this pass
  return verify.accepted >= known ? verify.accepted - known : null;
}
