/** The page: one file that needs nothing else, and lets nothing else in. Pure. */
import {createHash} from 'node:crypto';
import {markupText} from '../model/markup.ts';
import {script, style} from './bundled.js';
import type {PageData} from './data.ts';

export interface PageParts {
  readonly data: PageData;
  /** An SVG element without a style of its own, and what it looks like. */
  readonly drawing: string;
  readonly drawingStyle: string;
}

/** The HTML of the page; names of a cloud are only text in it. */
export function pageText({data, drawing, drawingStyle}: PageParts): string {
  const looks = `${drawingStyle}${style}`;
  // Only these two texts count: whatever else came in is dead.
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(looks)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${markupText(`Topology of ${data.project}`)}</title>
<style>${looks}</style>
</head>
<body>
<main id="drawing">
${drawing}</main>
<script type="application/json" id="data">${json(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Nothing in it can end the element that it stands in. */
function json(data: PageData): string {
  return JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
