/** What the target has for each parameter -> an environment of proposals, to be read, edited and given to deploy. Pure. */
import {printable} from '../model/printable.ts';
import type {Proposal} from '../model/proposal.ts';
import {stringify, toMap, toNode} from './yaml.ts';

/** @param target As it is to be called in the heading. */
export function proposalsYaml(proposals: readonly Proposal[], target: string): string {
  // The same parameter of several layers is one value.
  const once = [...new Map(proposals.map(one => [one.parameter, one])).values()];
  const lines = [
    `# What ${printable(target)} has for what the source calls by its own names.`,
    '# Look at each line, change what is not meant, then: rekindle deploy DIR -e THIS-FILE',
    '# What is commented out has no certain answer: choose one, and take the "#" away.',
    'parameters:',
    ...once.flatMap(proposal => ['', ...linesOf(proposal)].slice(proposal === once[0] ? 1 : 0)),
  ];
  return `${lines.join('\n')}\n`;
}

function linesOf({parameter, noun, from, value, why, others}: Proposal): readonly string[] {
  const what =
    from === '' ? `${noun} that the source doesn't name` : `${noun} ${JSON.stringify(from)} in the source`;
  const choices = others.map(other => `${JSON.stringify(other.value)} (${other.why})`);
  const [best] = others;
  const comments = [
    `${what}: ${why}`,
    ...(choices.length === 0 ? [] : [`${value === undefined ? 'there are' : 'else'}: ${choices.join(', ')}`]),
  ];
  const entry = entryOf(parameter, value ?? best?.value ?? '');
  return [
    ...comments.map(comment => `  # ${printable(comment)}`),
    value === undefined ? `  # ${entry}` : `  ${entry}`,
  ];
}

/** On one line, so that a comment can hold it; a name of several lines, and one that shows not all it has, by escapes. */
function entryOf(parameter: string, value: string): string {
  if (/^[!-~]+(?: [!-~]+)*$/.test(value) || value === '')
    return stringify(toMap([{key: parameter, value: toNode(value)}])).trimEnd();
  const text = JSON.stringify(value).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, character => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `${parameter}: ${text}`;
}
