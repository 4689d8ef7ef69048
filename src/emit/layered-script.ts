/** Layers -> the deploy.sh above them: each layer's own script in turn, with what the stacks before it tell. */
import type {Report} from '../model/bundle.ts';
import type {Layer} from './layout/index.ts';
import {shellComment, shellWord} from '../model/shell-word.ts';

export function layeredScript(report: Report, stack: string, layers: readonly Layer[]): string {
  const steps = report.steps.length;
  const stepWord = steps > 0 ? '[--no-steps] ' : '';
  const usage = `bash deploy.sh ${stepWord}[STACK] [options of "openstack stack create" or "update"...]`;
  const names = layers.map(({name}) => name);
  const head = [
    '#!/usr/bin/env bash',
    `# Builds the project ${shellComment(JSON.stringify(report.project))} again, as ${layers.length} Heat stacks of the project that you are logged in to.`,
    '# It needs the openstack client (python-openstackclient with python-heatclient) and bash, nothing else.',
    '#',
    `#     ${usage}`,
    '#',
    `#     OS_CLOUD=target bash deploy.sh     creates ${names
      .slice(0, 2)
      .map(name => `${stack}-${name}`)
      .join(', ')}${names.length > 2 ? ', …' : ''}, or updates them`,
    '#',
    '# Each folder has the script of its stack; here they run in order, each with the outputs of those before it.',
    '# Run again after a failure, it goes over what is there and on from where it stopped.',
    ...(steps > 0
      ? [
          '#',
          `# Heat can't say everything: ${steps} step${steps === 1 ? '' : 's'} beside the stacks; --no-steps prints ${steps === 1 ? 'it' : 'them'} instead.`,
        ]
      : []),
    'set -euo pipefail',
  ].join('\n');
  const known = layers.map(({name, template}) => {
    const declared = template.parameters.map(parameter => parameter.name).sort();
    return `  ${shellWord(name)}) known=' ${declared.join(' ')} ' ;;`;
  });
  const start = `here=$(CDPATH='' cd -- "$(dirname -- "\${BASH_SOURCE[0]}")" && pwd)
stack=${shellWord(stack)}
options=()
given=()

fail() {
  printf 'deploy.sh: %s\\n' "$1" >&2
  exit 1
}

# The first word that is no option is the stacks' name; what isn't ours goes to the openstack client as it is.
first=yes
while [ $# -gt 0 ]; do
  case $1 in
${steps > 0 ? '    --no-steps) options+=("$1") && shift && continue ;;\n' : ''}    -h | --help)
      printf '%s\\n' 'usage: ${usage}'
      exit 0
      ;;
    --parameter=*) given+=("\${1#--parameter=}") ;;
    --parameter)
      [ $# -gt 1 ] || fail '--parameter wants NAME=VALUE'
      shift
      given+=("$1")
      ;;
    -*) options+=("$1") ;;
    *) if [ "$first" = yes ]; then stack=$1; else options+=("$1"); fi ;;
  esac
  first=no
  shift
done`;
  const functions = `# The parameters of a layer's template.
parameters_of() {
  case $1 in
${known.map(line => `  ${line}`).join('\n')}
  esac
}

# A parameter that no template has is a mistake.
layers=(${names.map(shellWord).join(' ')})
for word in \${given[@]+"\${given[@]}"}; do
  case $word in *=*) ;; *) fail "--parameter wants NAME=VALUE, not $word" ;; esac
  found=no
  for layer in "\${layers[@]}"; do
    parameters_of "$layer"
    case $known in *" \${word%%=*} "*) found=yes ;; esac
  done
  [ "$found" = yes ] || fail "no template has a parameter \${word%%=*}"
done

command -v openstack >/dev/null || fail 'there is no openstack client: install python-openstackclient and python-heatclient'

# What a stack tells, asked for once.
declare -A told=()
tell() {
  local key="$1 $2" value
  if [ -z "\${told[$key]+known}" ]; then
    value=$(openstack stack output show -f value -c output_value "$stack-$1" "$2") ||
      fail "the stack $stack-$1 has no output $2"
    told[$key]=$value
  fi
}

# Takes a layer, then PARAMETER LAYER OUTPUT for each parameter that an earlier stack fills.
failed=0
deploy() {
  local layer=$1 words=() word status=0
  shift
  printf '# %s\\n' "$stack-$layer"
  while [ $# -gt 0 ]; do
    tell "$2" "$3"
    words+=(--parameter "$1=\${told["$2 $3"]}")
    shift 3
  done
  parameters_of "$layer"
  for word in \${given[@]+"\${given[@]}"}; do
    case $known in *" \${word%%=*} "*) words+=(--parameter "$word") ;; esac
  done
  bash "$here/$layer/deploy.sh" "$stack-$layer" \${options[@]+"\${options[@]}"} \${words[@]+"\${words[@]}"} || status=$?
  case $status in
    0) ;;
    # The stack stands, but a step beside it failed.
    3) failed=$((failed + 1)) ;;
    *) fail "the stacks before $stack-$layer stay as they are; mend it and run this again" ;;
  esac
}`;
  const calls = layers.map(({name, feeds}) => {
    const words = Object.entries(feeds).map(
      ([parameter, {layer, output}]) => `${parameter} ${shellWord(layer)} ${output}`,
    );
    return ['deploy', shellWord(name)].join(' ') + words.map(line => ` \\\n  ${line}`).join('');
  });
  const parts = [
    head,
    start,
    functions,
    calls.join('\n'),
    steps > 0 ? `[ "$failed" = 0 ] || fail 'steps beside the stacks failed: see above'` : '',
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}
