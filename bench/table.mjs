const COLUMNS = [
  ['name', 34],
  ['nodes', 6],
  ['gate', 10],
  ['measured', 12],
  ['peer', 14],
  ['ratio', 8],
  ['met', 4],
];

function amount(value, unit) {
  if (typeof value !== 'number') {
    return value ?? '';
  }
  return `${value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en-US')} ${unit}`;
}

/** Prints rows of the bench under each other, with the head first when asked for. */
export function printTable(rows, withHead) {
  if (withHead) {
    process.stdout.write(`${COLUMNS.map(([name, width]) => name.padEnd(width)).join('  ')}\n`);
  }
  for (const row of rows) {
    const cells = {
      name: row.name,
      nodes: row.nodes,
      gate: row.gate === null ? '' : `<= ${row.gate} ${row.unit}`,
      measured: amount(row.measured, row.unit),
      peer: amount(row.peer, row.unit),
      ratio: row.ratio === null ? '' : `${row.ratio < 10 ? row.ratio.toFixed(1) : Math.round(row.ratio)} x`,
      met: row.met ? 'yes' : 'NO',
    };
    process.stdout.write(
      `${COLUMNS.map(([name, width]) => cells[name].padEnd(width))
        .join('  ')
        .trimEnd()}\n`
    );
  }
}
