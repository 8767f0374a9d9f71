import fc from "fast-check";

const whitespace = fc.stringMatching(/^[ \t\r\n\u00a0\u2003\u2028\u3000]{1,6}$/);
const combining = fc
  .tuple(
    fc.constantFrom("a", "e", "q", "o", "d", "क", "ก"),
    fc.array(fc.constantFrom("\u0301", "\u0323", "\u0302", "\u0327", "\u034f", "\u093f", "\u0e33"), {
      maxLength: 4
    })
  )
  .map(([base, marks]) => base + marks.join(""));
const emoji = fc.constantFrom("😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇩🇪", "❤️", "\u200d", "\ufe0f");
const composing = fc.constantFrom("한국어", "각", "ﬁ", "Å", "ǆ", "が", "①", "ΑΣ", "İ");
const scripts = fc.constantFrom(
  "生活的真谛是",
  "日本語テキスト",
  "مرحبا بالعالم",
  "שלום עולם",
  "Привет",
  "ไทย"
);
const longWord = fc.string({
  unit: fc.constantFrom("a", "b", "é", "ß", "字", "x"),
  minLength: 40,
  maxLength: 40
});
const prose = fc.constantFrom(
  "the",
  " cat",
  " isn't",
  "We'll",
  " 2016",
  "12345",
  "...",
  "-",
  "def f(x):\n\treturn",
  " Ġ"
);
const odd = fc.constantFrom(
  "\ufeff",
  "\u0000",
  "\ufffd",
  "\u00ad",
  "<|endoftext|>",
  "<|endof",
  "[MASK]",
  "_x_",
  "\u007f"
);

/** Well-formed text (no lone surrogates) with what tokenizers trip over. */
export const text: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({unit: "binary"}),
      fc.string({unit: "grapheme"}),
      whitespace,
      combining,
      emoji,
      composing,
      scripts,
      longWord,
      prose,
      odd
    ),
    {maxLength: 12}
  )
  .map((parts) => parts.join(""));
