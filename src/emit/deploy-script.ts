/** Report -> deploy.sh: the same stack as `rekindle deploy`, with nothing but the openstack client. */
import type {Report, ReportParameter, ReportStep, StepWord, WordPart} from '../model/bundle.ts';
import {laterNames, standIn} from '../model/report.ts';
import {keyPairCheck} from './keypair-script.ts';
import {partsOfWord} from '../model/step-word.ts';
import {shellComment, shellWord} from '../model/shell-word.ts';

/** A stack name that Heat takes, made of a project's name. */
export function stackNameOf(project: string): string {
  const words = project
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9_.-]+/g, '-')
    .replaceAll(/^[-_.]+|[-_.]+$/g, '');
  const name = /^[A-Za-z]/.test(words) ? words : `project-${words}`;
  return name.slice(0, 200).replace(/[-_.]+$/, '');
}

/** @param layer Name of the layer, where there are several: a script above it carries on after a failed step. */
export function deployScript(report: Report, {layer}: {readonly layer?: string} = {}): string {
  const stack = layer === undefined ? stackNameOf(report.project) : `${stackNameOf(report.project)}-${layer}`;
  const groups = report.parameters.filter(({role}) => role === 'default-group');
  const keyPairs = report.parameters.filter(
    ({role, kind, pair}) => role === 'optional-switch' && kind === 'keypair' && pair !== undefined,
  );
  const before = report.steps.filter(({when}) => when === 'before');
  const after = report.steps.filter(({when}) => when === 'after');
  const conditional = new Set(
    report.resources.filter(({condition}) => condition !== undefined).map(({name}) => name),
  );
  const asks = report.steps.some(({command, of = []}) =>
    [...command, ...of]
      .flatMap(partsOfWord)
      .some(part => typeof part === 'object' && ('parameter' in part || conditional.has(part.resource))),
  );
  const parts = [
    heading(report, stack),
    start(stack, report.steps.length > 0, layer !== undefined),
    groups.length + keyPairs.length === 0 && !asks ? '' : valueOf,
    groups.length === 0 ? '' : defaultGroup(groups),
    keyPairs.length === 0 ? '' : keyPairCheck(keyPairs, report),
    report.steps.length === 0 ? '' : stepFunction,
    before.length === 0 ? '' : steps(before, report, 'Before the stack'),
    before.length === 0
      ? ''
      : '[ "$failed" = 0 ] || fail \'nothing was created: it needs what these steps make\'',
    create,
    after.length === 0 ? '' : idOf,
    after.length === 0 ? '' : steps(after, report, 'After the stack'),
    'openstack stack output show --all "$stack"',
    report.steps.length === 0
      ? ''
      : layer === undefined
        ? '[ "$failed" = 0 ] || fail "$failed of the steps failed: see above"'
        : `if [ "$failed" != 0 ]; then
  printf 'deploy.sh: %s of the steps failed: see above\\n' "$failed" >&2
  exit 3
fi`,
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

function usage(hasSteps: boolean): string {
  return `bash deploy.sh ${hasSteps ? '[--no-steps] ' : ''}[STACK] [options of "openstack stack create" or "update"...]`;
}

function heading(report: Report, stack: string): string {
  const count = report.steps.length;
  const outside = report.parameters.find(({role}) => role === 'outside')?.name ?? 'NAME';
  const stepLines =
    count === 0
      ? []
      : [
          '#',
          `# Heat can't say everything: ${count} step${count === 1 ? '' : 's'} beside the stack; --no-steps prints ${count === 1 ? 'it' : 'them'} instead.`,
        ];
  return [
    '#!/usr/bin/env bash',
    `# Builds the project ${shellComment(JSON.stringify(report.project))} again, as a Heat stack of the project that you are logged in to.`,
    '# It needs the openstack client (python-openstackclient with python-heatclient) and bash, nothing else.',
    '#',
    `#     ${usage(count > 0)}`,
    '#',
    `#     OS_CLOUD=target bash deploy.sh     creates the stack ${stack} in the project of that cloud, or updates it`,
    `#     bash deploy.sh other --timeout 30 --parameter ${outside}=VALUE`,
    '#',
    '# An update replaces what it must, without asking: "rekindle deploy --dry-run" tells beforehand what that is.',
    '# The values of the parameters are in environment.yaml (and secrets.yaml): edit them there, or give --parameter.',
    ...stepLines,
    ...objections(report),
    'set -euo pipefail',
  ].join('\n');
}

/** Unquoted, they would look like a mistake to a reader, and to shellcheck; so do names with a hyphen. */
const KEYWORDS: ReadonlySet<string> = new Set(
  'case coproc do done elif else esac fi for function if in select then time until while'.split(' '),
);

/**
 * What shellcheck objects to in texts of a cloud: a quote behind a backslash, a dollar or a backtick, words in quotes, a tilde.
 * Single quotes keep them from meaning anything, which is what they are there for.
 */
const suspects: readonly (readonly [string, RegExp])[] = [
  ['SC1003', /\\(?:'|$)/],
  ['SC2016', /[$`]/],
  ['SC2026', /'[^']+'/],
  ['SC2088', /^~/],
];

/** Before the first command it is said of the whole script. */
function objections({steps, parameters}: Report): readonly string[] {
  const words = steps.flatMap(({title, command, of = []}) => [
    title,
    ...[...command, ...of].flatMap(partsOfWord),
  ]);
  const texts = [...words, ...parameters.map(({value}) => value)].filter(text => typeof text === 'string');
  const rules = suspects.flatMap(([rule, suspect]) => (texts.some(text => suspect.test(text)) ? [rule] : []));
  return rules.length === 0 ? [] : [`# shellcheck disable=${rules.join(',')}`];
}

/** @param isLayer Another script may hand over --no-steps to one that has none. */
function start(stack: string, hasSteps: boolean, isLayer: boolean): string {
  const noSteps = hasSteps
    ? '    --no-steps) run_steps=no && shift && continue ;;\n'
    : isLayer
      ? '    --no-steps) shift && continue ;;\n'
      : '';
  return `here=$(CDPATH='' cd -- "$(dirname -- "\${BASH_SOURCE[0]}")" && pwd)
stack=${/^[a-z0-9_]+$/i.test(stack) && !KEYWORDS.has(stack) ? stack : `'${stack}'`}
${hasSteps ? 'run_steps=yes\n' : ''}options=()
names=()
values=()

fail() {
  printf 'deploy.sh: %s\\n' "$1" >&2
  exit 1
}

# Takes NAME=VALUE.
give() {
  case $1 in *=*) ;; *) fail "--parameter wants NAME=VALUE, not $1" ;; esac
  names+=("\${1%%=*}")
  values+=("\${1#*=}")
}

# The first word that is no option is the stack's name; what isn't ours goes to the openstack client as it is.
first=yes
while [ $# -gt 0 ]; do
  case $1 in
${noSteps}    -h | --help)
      printf '%s\\n' 'usage: ${usage(hasSteps)}'
      exit 0
      ;;
    --parameter=*) give "\${1#--parameter=}" ;;
    --parameter)
      [ $# -gt 1 ] || fail '--parameter wants NAME=VALUE'
      shift
      give "$1"
      ;;
    -*) options+=("$1") ;;
    *) if [ "$first" = yes ]; then stack=$1; else options+=("$1"); fi ;;
  esac
  first=no
  shift
done

command -v openstack >/dev/null || fail 'there is no openstack client: install python-openstackclient and python-heatclient'
project=$(openstack token issue -f value -c project_id) || fail 'the credentials do not work: set OS_CLOUD, or the other OS_* variables'
[ -n "$project" ] || fail 'the credentials are for no project: set OS_PROJECT_NAME'

action=create
state=$(openstack stack show -f value -c stack_status "$stack" 2>/dev/null) || state=
case $state in
  '') ;;
  *_IN_PROGRESS) fail "Heat is at work on the stack $stack ($state): wait until it is done" ;;
  *) action=update ;;
esac

# Heat lets an environment file beat --parameter, so values go into files of their own, which only you can read:
# those found in the target, which later files may change, and those given by --parameter, which come last.
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
put() {
  local text
  for text in "$2" "$3"; do
    text=\${text//\\\\/\\\\\\\\}
    text=\${text//\\"/\\\\\\"}
    text=\${text//$'\\n'/\\\\n}
    text=\${text//$'\\r'/\\\\r}
    text=\${text//$'\\t'/\\\\t}
    set -- "$@" "$text"
  done
  [ -s "$1" ] || printf 'parameters:\\n' >"$1"
  printf '  "%s": "%s"\\n' "$4" "$5" >>"$1"
}
for ((index = 0; index < \${#names[@]}; index++)); do
  put "$scratch/given.yaml" "\${names[index]}" "\${values[index]}"
done`;
}

const valueOf = `# The value of a parameter: given, else from environment.yaml, else the one it was made with.
value_of() {
  local index value quote="'"
  for ((index = \${#names[@]} - 1; index >= 0; index--)); do
    if [ "\${names[index]}" = "$1" ]; then printf '%s' "\${values[index]}" && return; fi
  done
  value=$(sed -n "s/^ *$1: *//p" "$here/environment.yaml" | tail -n 1)
  case $value in
    \\'*\\') value=\${value#\\'} && value=\${value%\\'} && printf '%s' "\${value//$quote$quote/$quote}" ;;
    '' | [\\"\\|\\>\\&\\*\\[]* | \\{* | *\\ \\#*) printf '%s' "$2" ;;
    *) printf '%s' "$value" ;;
  esac
}`;

function defaultGroup(parameters: readonly ReportParameter[]): string {
  return [
    "# The target project's own default security group, by id: a name may be ambiguous.",
    'default_group=$(openstack security group list --project "$project" -f value -c ID -c Name |',
    '  while read -r id name; do if [ "$name" = default ]; then printf \'%s\' "$id"; fi; done)',
    '[ -n "$default_group" ] || fail \'the project has no default security group\'',
    ...parameters.map(
      ({name}) =>
        `chosen=$(value_of ${name} default)\n` +
        `if [ "$chosen" = default ]; then put "$scratch/found.yaml" ${name} "$default_group"; else default_group=$chosen; fi`,
    ),
  ].join('\n');
}

const create = `arguments=(--wait -t "$here/template.yaml" -e "$here/environment.yaml")
if grep -Eqs '^[[:space:]]+[^[:space:]#]' "$here/secrets.yaml"; then arguments+=(-e "$here/secrets.yaml"); fi
if [ -e "$scratch/found.yaml" ]; then arguments+=(-e "$scratch/found.yaml"); fi
arguments+=(\${options[@]+"\${options[@]}"})
if [ -e "$scratch/given.yaml" ]; then arguments+=(-e "$scratch/given.yaml"); fi
if [ "$action" = update ]; then
  # An update without tags takes them away.
  tags=$(openstack stack show -f value -c tags "$stack" | tr -d "[]'\\"\\n" | sed 's/^ *//; s/, */,/g')
  if [ -n "$tags" ] && [ "$tags" != None ]; then arguments=(--tags "$tags" "\${arguments[@]}"); fi
fi
openstack stack "$action" "\${arguments[@]}" "$stack" ||
  fail "the stack $stack was refused or failed: see above, and openstack stack failures list $stack; mend it and run this again"`;

const idOf = `# What a resource of the stack is called in the cloud.
id_of() {
  openstack stack resource show -f value -c physical_resource_id "$stack" "$1"
}`;

const stepFunction = `# True where an earlier run has made it.
is_there() { [ "$action" = update ] && openstack "$@" >/dev/null 2>&1; }

# Runs one openstack command; prints it instead if --no-steps was given. A failure doesn't keep the others from running.
failed=0
step() {
  local title=$1
  shift
  if [ "$run_steps" = no ]; then
    printf '# not run because of --no-steps: %s\\nopenstack' "$title"
    printf ' %q' "$@"
    printf '\\n'
    return
  fi
  printf '# %s\\n' "$title"
  if openstack "$@" 2>"$scratch/errors"; then return; fi
  cat "$scratch/errors" >&2
  if [ "$action" = update ] && grep -Eqi '\\b409\\b|already exists|duplicate' "$scratch/errors"; then
    printf 'deploy.sh: taken as done before: %s\\n' "$title" >&2
  else
    printf 'deploy.sh: this step failed: %s\\n' "$title" >&2
    failed=$((failed + 1))
  fi
}`;

function steps(list: readonly ReportStep[], report: Report, title: string): string {
  const variables = new Map<string, string>();
  const lines = [`# ${title}: ${list.length} step${list.length === 1 ? '' : 's'}.`];
  const variable = (key: string, prefix: string, assignment: string): string => {
    const known = variables.get(key);
    if (known !== undefined) return known;
    const name = `${prefix}_${variables.size + 1}`;
    variables.set(key, name);
    // An assignment of its own, so that a failure ends the script.
    lines.push(`${name}=$(${assignment})`);
    return name;
  };
  /** Variables that are empty where the resource was not made: the step has nothing to do then. */
  let maybe: string[] = [];
  /** The step at hand: what stands in the target for the thing it is about is somebody else's. */
  let about: ReportStep | undefined;
  const resource = (name: string): string => {
    const id = `id_of ${shellWord(name)}`;
    const made = report.resources.find(other => other.name === name);
    if (made?.condition === undefined) return variable(`resource ${name}`, 'id', id);
    const isOwn = made.kind === about?.kind && made.id === about.id;
    const other = isOwn ? undefined : standIn(report, made);
    const otherwise =
      other === undefined
        ? 'true'
        : `value_of ${other.name} ${shellWord(typeof other.value === 'string' ? other.value : '')}`;
    const result = variable(
      `${isOwn ? 'own ' : ''}resource ${name}`,
      'id',
      `${id} 2>/dev/null || ${otherwise}`,
    );
    if (other === undefined) maybe.push(result);
    return result;
  };
  const shellPart = (part: WordPart): string => {
    if (typeof part === 'string') return shellWord(part);
    if ('resource' in part) return `"$${resource(part.resource)}"`;
    // Heat's own parameter; the script has asked.
    if (part.parameter === 'OS::project_id') return '"$project"';
    const parameter = report.parameters.find(({name}) => name === part.parameter);
    if (parameter?.role === 'default-group') return '"$default_group"';
    const value = typeof parameter?.value === 'string' ? parameter.value : '';
    const assignment = `value_of ${shellWord(part.parameter)} ${shellWord(value)}`;
    const result = variable(`parameter ${part.parameter}`, 'value', assignment);
    // Told by an earlier stack, which may not have made it.
    if (parameter === undefined) maybe.push(result);
    return `"$${result}"`;
  };
  // Quoted parts next to each other are one word.
  const shell = (command: readonly StepWord[]): string => {
    maybe = [];
    return command.map(word => partsOfWord(word).map(shellPart).join('')).join(' ');
  };
  for (const [index, step] of list.entries()) {
    about = step;
    const {title: what, command, of} = step;
    if (of === undefined) {
      const words = shell(command);
      const guards = [
        ...[...new Set(maybe)].map(name => `[ -z "$${name}" ] || `),
        ...once(command, report, word => partsOfWord(word).map(shellPart).join('')).map(
          test => `${test} || `,
        ),
      ];
      lines.push(`${guards.join('')}step ${shellWord(shellComment(what))} ${words}`);
      continue;
    }
    const ids = `ids_${index + 1}`;
    const listing = shell(of);
    lines.push(
      `mapfile -t ${ids} < <(openstack ${listing})`,
      `[ "\${#${ids}[@]}" = 0 ] || step ${shellWord(shellComment(what))} ${shell(command)} "\${${ids}[@]}"`,
    );
  }
  return lines.join('\n');
}

/** Kinds that have no objection to a twin of the same name, so that making one again would. */
const twins = ['address group', 'vpn service', 'vpn endpoint group', 'database instance'];

/** Tests that keep a step from being carried out twice, where nothing else does. */
function once(
  command: readonly StepWord[],
  report: Report,
  shell: (word: StepWord) => string,
): readonly string[] {
  const words = command.map(word => (typeof word === 'string' ? word : ''));
  const passing = laterNames(report);
  // Named for the time of one run only: there is nothing to find it by in the next.
  if (words.some(word => passing.has(word))) return ['[ "$action" = update ]'];
  const noun = twins.find(twin => words.join(' ').startsWith(`${twin} create `));
  const name = command.at(-1) ?? '';
  return noun === undefined || name === '' ? [] : [`is_there ${noun} show -- ${shell(name)}`];
}
