import {withoutLikely} from './likely-secrets.ts';

/**
 * The secrets that a run knows of, so that no message tells them, whatever a service quotes: the credential and its
 * tokens, values of hidden parameters, what a row holds. Each is hidden in the forms that a text may have it in: plain,
 * as a part of JSON, of an address or of HTML, in base64; of several lines each line.
 */
export interface Secrets {
  keep(value: string): void;
  /** The text with all of them taken out, and what looks like one by itself. */
  hide(text: string): string;
  /** Only those that are known: the text may be parsed afterwards. */
  hideKnown(text: string): string;
}

/** Shorter texts are in too many words. */
const SHORTEST = 4;
const SHORTEST_LINE = 12;

export function createSecrets(known: readonly string[] = []): Secrets {
  const kept = new Set<string>();
  const forms = new Set<string>();
  let longestFirst: readonly string[] | undefined;
  const secrets: Secrets = {
    keep(value) {
      if (value.length < SHORTEST || kept.has(value)) return;
      kept.add(value);
      for (const form of formsOf(value)) if (form.length >= SHORTEST) forms.add(form);
      longestFirst = undefined;
    },
    hide: text => withoutLikely(secrets.hideKnown(text)),
    hideKnown(text) {
      longestFirst ??= [...forms].sort((a, b) => b.length - a.length);
      let shown = text;
      for (const form of longestFirst) if (shown.includes(form)) shown = shown.replaceAll(form, '***');
      return shown;
    },
  };
  for (const value of known) secrets.keep(value);
  return secrets;
}

function formsOf(value: string): readonly string[] {
  const lines = value
    .split(/[\r\n]+/u)
    .map(line => line.trim())
    .filter(line => line.length >= SHORTEST_LINE);
  const plain = [
    value,
    value.trim(),
    value.replaceAll(/\s+/gu, ' ').trim(),
    ...(lines.length > 1 ? lines : []),
  ];
  return plain.flatMap(text =>
    [[text], inJson(text), inAddresses(text), inBase64(text), inPages(text)].flat(),
  );
}

/** Also inside a text that is JSON itself, and as Python shows it. */
function inJson(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const python = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)
    .replaceAll('\n', String.raw`\n`);
  return [json, JSON.stringify(json).slice(1, -1), python];
}

function inAddresses(text: string): readonly string[] {
  // Half a character can't be sent.
  const whole = text.replaceAll(/\p{Cs}/gu, '');
  const component = encodeURIComponent(whole);
  const form = new URLSearchParams({a: text}).toString().slice(2);
  return [component, lowerHex(component), form, lowerHex(form), encodeURI(whole)];
}

function lowerHex(escaped: string): string {
  return escaped.replaceAll(/%[0-9A-F]{2}/gu, hex => hex.toLowerCase());
}

function inBase64(text: string): readonly string[] {
  const base64 = Buffer.from(text).toString('base64');
  return [base64, base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')];
}

function inPages(text: string): readonly string[] {
  const tags = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [tags, tags.replaceAll('"', '&quot;')];
}
