import {expect, it} from "vitest";
import {readList} from "../../../../app/shell/chain/ListField.tsx";
import {warpers} from "../../../../engine/index.ts";

const ids = warpers.suppressTokens.parameters["ids"]!;
const biases = warpers.logitBias.parameters["biases"]!;
const breakers = warpers.dry.parameters["breakers"]!;

it("reads lists as links have them", () => {
  expect(readList("X", " 5  17 ", ids)).toEqual({value: [5, 17]});
  expect(readList("X", "", ids)).toEqual({value: []});
  expect(readList("X", "5:2.5 17:-1", biases)).toEqual({
    value: [
      [5, 2.5],
      [17, -1]
    ]
  });
  expect(readList("X", "%0A : %22", breakers)).toEqual({value: ["\n", ":", '"']});
});

it.each([
  ["5 five", ids, "a token id of X must be a whole number from 0 to 9999999, got no number"],
  ["5 5", ids, "X has 5 twice; give it once"],
  ["5", biases, "a number of X must be a number from -100 to 100, got no number"],
  ["5:1000", biases, "a number of X must be a number from -100 to 100, got 1000"],
  ["%E0%A4%A", breakers, 'X must be whole texts of 1 to 40 characters, got ""']
])("says what is wrong with %j", (text, parameter, problem) => {
  expect(readList("X", text, parameter)).toEqual({problem});
});
