/** Beginnings of stories, as the embedded decoder can go on with. */
export const PROMPTS: readonly string[] = [
  "Once upon a time there was a little",
  "Once upon a time, there was a king who had",
  "The cat sat on the",
  "Tom and Lily went to the park. They saw a big",
  "One day a hungry fox",
  "“Where are you going?” said the",
  "There was once an old woman who lived",
  "The sun was shining and the birds",
  "Lily had a red ball. She loved",
  "In the middle of the forest stood",
  "The princess looked at the frog and",
  "“I am so tired,” said the rabbit",
  "A long time ago the animals",
  "The boy ran as fast as he could, but",
  "Mother said: “Do not go into",
  "The dog was happy. He wagged his",
  "When the giant heard this, he",
  "It was a cold winter night, and",
  "The three brothers set out to",
  "Anansi the spider was very"
];
