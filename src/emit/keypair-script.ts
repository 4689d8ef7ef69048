/** The part of deploy.sh that decides about key pairs: its functions, and a call for each switch. */
import type {Report, ReportParameter} from '../model/bundle.ts';
import {shellWord} from '../model/shell-word.ts';

/** A key pair belongs to the user, who may have it in the target already. */
export function keyPairCheck(
  switches: readonly ReportParameter[],
  {parameters, resources}: Pick<Report, 'parameters' | 'resources'>,
): string {
  const prefix = parameters.find(({role}) => role === 'name-prefix')?.name;
  const plain = [
    '# A key pair of yours that is there already is used, not created, if it is the same key.',
    'key_pair() {',
    '  local name key',
    '  # Switched off: yours is used, whatever it is.',
    '  case $(value_of "$1" true) in [Ff]alse | [Nn]o | [Oo]ff) return ;; esac',
    "  # The stack's own stays with it.",
    '  if [ "$action" = update ] && openstack stack resource show "$stack" "$4" >/dev/null 2>&1; then return; fi',
    '  name=$(value_of "$2" "$3")',
    '  key=$(openstack keypair show --public-key -- "$name" 2>/dev/null) || return 0',
    '  read -r _ key _ <<<"$key" || true',
    '  if [ -z "$key" ] || ! grep -qF -- "$key" "$here/template.yaml"; then',
    '    fail "you have another key pair named $name: give --parameter $2=NAME for a new one, or --parameter $1=false to use yours"',
    '  fi',
    '  put "$scratch/found.yaml" "$1" false',
    '}',
  ];
  return [
    ...(prefix === undefined ? plain : prefixedKeyPair(prefix)),
    ...switches.map(({name, pair = ''}) => {
      const value = parameters.find(parameter => parameter.name === pair)?.value;
      const resource = resources.find(({condition}) => condition === name)?.name ?? name;
      const words = [typeof value === 'string' ? value : '', resource].map(shellWord);
      return `key_pair ${name} ${pair} ${words.join(' ')}`;
    }),
  ].join('\n');
}

/** As above, where something stands before the name of what is made. @param prefix Name of that parameter. */
function prefixedKeyPair(prefix: string): readonly string[] {
  return [
    '# A key pair of yours that is there already is used, not created, if it is the same key: by its plain name, or by the',
    '# one that it would get.',
    'key_pair() {',
    '  local name made key',
    '  # Switched off: yours is used, whatever it is.',
    '  case $(value_of "$1" true) in [Ff]alse | [Nn]o | [Oo]ff) return ;; esac',
    "  # The stack's own stays with it.",
    '  if [ "$action" = update ] && openstack stack resource show "$stack" "$4" >/dev/null 2>&1; then return; fi',
    '  name=$(value_of "$2" "$3")',
    `  made=$(value_of ${prefix} '')$name`,
    '  if key=$(openstack keypair show --public-key -- "$name" 2>/dev/null) && same_key "$key"; then',
    '    put "$scratch/found.yaml" "$1" false',
    '  elif key=$(openstack keypair show --public-key -- "$made" 2>/dev/null); then',
    '    if ! same_key "$key"; then',
    '      fail "you have another key pair named $made: give --parameter $2=NAME for a new one, or --parameter $1=false to use yours"',
    '    fi',
    '    put "$scratch/found.yaml" "$1" false',
    '    put "$scratch/found.yaml" "$2" "$made"',
    '  fi',
    '}',
    'same_key() {',
    '  local key',
    '  read -r _ key _ <<<"$1" || true',
    '  [ -n "$key" ] && grep -qF -- "$key" "$here/template.yaml"',
    '}',
  ];
}
