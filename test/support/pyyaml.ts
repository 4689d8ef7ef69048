/** Reads YAML as Heat does: PyYAML's safe loader, dates kept as text (heat `common/template_format.py`). */
import {execFileSync} from 'node:child_process';

const SCRIPT = `
import json, sys, yaml
class Loader(yaml.SafeLoader): pass
Loader.add_constructor('tag:yaml.org,2002:timestamp', lambda l, n: l.construct_scalar(n))
def read(text):
    try: return {'value': yaml.load(text, Loader=Loader)}
    except Exception as e: return {'error': str(e)}
json.dump([read(t) for t in json.load(sys.stdin)], sys.stdout, default=lambda o: {'python': repr(o)})
`;

let python: string | undefined | null;

/** A Python that has PyYAML, or undefined. CI demands one. */
export function findPython(): string | undefined {
  if (python !== undefined) return python ?? undefined;
  for (const candidate of ['/usr/bin/python3', 'python3']) {
    try {
      execFileSync(candidate, ['-c', 'import yaml'], {
        stdio: 'ignore',
        env: {PATH: process.env['PATH'] ?? ''},
      });
      return (python = candidate);
    } catch {
      // The next one.
    }
  }
  python = null;
  if (process.env['CI'] !== undefined) throw new Error('CI has no python3 with PyYAML: install python3-yaml');
  return undefined;
}

/** @returns what PyYAML makes of each text. */
export function pyyaml(
  texts: readonly string[],
): readonly ({readonly value: unknown} | {readonly error: string})[] {
  const found = findPython();
  if (found === undefined) throw new Error('no python3 with PyYAML');
  const output = execFileSync(found, ['-c', SCRIPT], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: {PATH: process.env['PATH'] ?? '', PYTHONIOENCODING: 'utf-8', PYTHONUTF8: '1'},
  });
  return JSON.parse(output) as readonly ({readonly value: unknown} | {readonly error: string})[];
}
