import {renderToStaticMarkup} from "react-dom/server";
import {expect, it} from "vitest";
import {en} from "../../../../app/i18n/en/index.ts";
import {Votes} from "../../../../app/shell/presenter/Votes.tsx";
import {fakeTokenizer} from "../../../engine/scriptedDecoder.ts";

const {question, answer, foot, ran} = en.present;

it("says whose logits and positions are asked about", () => {
  expect(question.likeliest(8, "speculative")[0]).toBe("The draft: 8 logits, one per token.");
  expect(question.likeliest(8, "contrastiveDecoding")[0]).toMatch(/^The amateur: /);
  expect(question.likeliest(8, null)[0]).toBe("8 logits, one per token.");
  expect(answer.likeliest("a", "18.3 %", "speculative").join("")).toMatch(/^The draft: a has/);
  const rows = {length: 9, sequences: 1, drafted: 0, strategy: "beam", small: false} as const;
  const first = (more: Partial<Parameters<typeof question.rows>[0]>) => question.rows({...rows, ...more})[0];
  expect(first({})).toBe("The sequence is 9 tokens long now.");
  expect(first({sequences: 4})).toBe("4 beams, each 9 tokens long now.");
  expect(first({strategy: "speculative", drafted: 2, small: true})).toBe(
    "The draft: the sequence is 9 tokens long now, 2 of them drafted."
  );
});

it("names the phase and the cache, and what was read from it", () => {
  expect(foot.pass(2, "decode", true, null)).toBe("Pass 2, decode, cache on");
  expect(foot.pass(3, "prefill", false, "speculative")).toBe("Pass 3 of the draft, prefill, cache off");
  expect(foot.pass(1, null, true, null)).toBe("Pass 1, cache on");
  expect(ran(7, 8, false, undefined)).toBe("1 of 8 positions ran; 7 were read from the cache");
  expect(ran(0, 8, false, 6.4)).toMatch(/^8 of 8 positions ran, 6.4.ms; 0 were read from the cache$/);
});

it("marks the right choice alone, and stands what was run beside the choices", () => {
  const choices = [1, 8].map((from) => ({kind: "count", from, to: from + 1, note: null}) as const);
  const votes = (right: number | null) =>
    renderToStaticMarkup(
      <Votes
        {...{choices, right}}
        brief
        note={right === null ? null : "told"}
        vocabulary={fakeTokenizer().vocabulary}
        strings={en.present}
      />
    );
  expect(votes(0).match(/vote hit/g)).toHaveLength(1);
  expect(votes(0)).toContain("<p>told</p>");
  expect(votes(null)).not.toMatch(/hit|told/);
});
