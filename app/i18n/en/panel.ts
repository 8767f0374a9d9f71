export const panel = {
  now: "now",
  table: "Table",
  provenance: {model: "from the model", derived: "derived", schematic: "schematic"}
};
