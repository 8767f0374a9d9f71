/** A column of a table: its heading, and whether it holds numbers (then it is aligned on the right). */
export type Column = {readonly head: string; readonly number?: boolean};

/** A table in plain text, line by line, headings first; every column is as wide as its widest cell. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[]
): readonly string[] {
  const widths = columns.map(({head}, c) => Math.max(head.length, ...rows.map((row) => row[c]!.length)));
  const pad = (cell: string, c: number) =>
    columns[c]!.number ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!);
  return [columns.map(({head}) => head), ...rows].map((cells) => cells.map(pad).join("  ").trimEnd());
}
