import { escapeXml } from '../../exporters/escapeXml';

import { ARROW_FONT_SIZE, baselineOf, type GraphDrawing, pathOf, round } from './drawing';

export interface GraphColours {
  readonly background: string;
  /** Of arrows and their texts. */
  readonly line: string;
  /** Of what is written in boxes. */
  readonly name: string;
}

/** A call graph as an SVG document. Text is escaped, so a hostile name stays text. */
export function writeGraphSvg(drawing: GraphDrawing, colours: GraphColours, fontFamily: string): string {
  const { width, height, boxes, arrows } = drawing;
  const arrowParts = arrows.map((arrow) => {
    const dashes = arrow.isIndirect ? ' stroke-dasharray="4 3"' : '';
    const { x, y } = arrow.textAt;
    return (
      `<path d="${pathOf(arrow)}" fill="none" stroke="${colours.line}" stroke-width="${round(arrow.weight)}"${dashes} marker-end="url(#head)"/>` +
      `<text x="${round(x)}" y="${round(y)}" text-anchor="middle" font-size="${ARROW_FONT_SIZE}" fill="${colours.line}">${escapeXml(arrow.text)}</text>`
    );
  });
  const boxParts = boxes.map((box) => {
    const lines = box.lines.map(
      (line, at) =>
        `<text x="${round(box.x + box.width / 2)}" y="${round(box.y + baselineOf(box, at))}" text-anchor="middle" font-size="${round(box.fontSize)}" fill="${colours.name}">${escapeXml(line)}</text>`
    );
    return `<g><title>${escapeXml(box.description)}</title><rect x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}" rx="3" fill="${box.fill}"/>${lines.join('')}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" font-family="${escapeXml(fontFamily)}">`,
    `<defs><marker id="head" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L6 3L0 6z" fill="${colours.line}"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="${colours.background}"/>`,
    ...arrowParts,
    ...boxParts,
    '</svg>',
    '',
  ].join('\n');
}
