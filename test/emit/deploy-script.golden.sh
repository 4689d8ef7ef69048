#!/usr/bin/env bash
# Builds the project "shop" again, as a Heat stack of the project that you are logged in to.
# It needs the openstack client (python-openstackclient with python-heatclient) and bash, nothing else.
#
#     bash deploy.sh [--steps] [STACK] [options of "openstack stack create"...]
#
#     OS_CLOUD=target bash deploy.sh     creates the stack shop in the project of that cloud
#     bash deploy.sh other --timeout 30 --parameter address_group_office=VALUE
#
# The values of the parameters are in environment.yaml (and secrets.yaml): edit them there, or give --parameter.
#
# Heat can't say everything: 4 steps beside the stack are printed, and run if --steps is given.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
stack=shop
run_steps=no
options=()

fail() {
  printf 'deploy.sh: %s\n' "$1" >&2
  exit 1
}

# The first word that is no option is the stack's name; the others go to the openstack client as they are.
first=yes
for word in "$@"; do
  case $word in
    --steps) run_steps=yes ;;
    -h | --help)
      printf '%s\n' 'usage: bash deploy.sh [--steps] [STACK] [options of "openstack stack create"...]'
      exit 0
      ;;
    -*)
      options+=("$word")
      first=no
      ;;
    *)
      if [ "$first" = yes ]; then stack=$word; else options+=("$word"); fi
      first=no
      ;;
  esac
done

command -v openstack >/dev/null || fail 'there is no openstack client: install python-openstackclient and python-heatclient'
project=$(openstack token issue -f value -c project_id) || fail 'the credentials do not work: set OS_CLOUD, or the other OS_* variables'
[ -n "$project" ] || fail 'the credentials are for no project: set OS_PROJECT_NAME'

# True if the options set that parameter themselves.
given() {
  local option
  for option in ${options[@]+"${options[@]}"}; do
    case $option in "$1="* | "--parameter=$1="*) return 0 ;; esac
  done
  return 1
}

# The value of a parameter: from the options, else from environment.yaml, else the one it was made with.
value_of() {
  local option value quote="'"
  for option in ${options[@]+"${options[@]}"}; do
    case $option in "$1="*) printf '%s' "${option#"$1="}" && return ;; esac
    case $option in "--parameter=$1="*) printf '%s' "${option#"--parameter=$1="}" && return ;; esac
  done
  value=$(sed -n "s/^ *$1: *//p" "$here/environment.yaml" | tail -n 1)
  case $value in
    \'*\') value=${value#\'} && value=${value%\'} && printf '%s' "${value//$quote$quote/$quote}" ;;
    '' | [\"\|\>\&\*\[]* | \{* | *\ \#*) printf '%s' "$2" ;;
    *) printf '%s' "$value" ;;
  esac
}

# The target project's own default security group, by id: a name may be ambiguous.
default_group=$(openstack security group list --project "$project" -f value -c ID -c Name |
  while read -r id name; do if [ "$name" = default ]; then printf '%s' "$id"; fi; done)
[ -n "$default_group" ] || fail 'the project has no default security group'
given default_security_group || [ "$(value_of default_security_group default)" != default ] || options+=(--parameter "default_security_group=$default_group")

# A key pair of yours that is there already is used, not created, if it is the same key.
key_pair() {
  local name key
  # Switched off, here or in the environment: yours is used, whatever it is.
  case $(value_of "$1" true) in [Ff]alse | [Nn]o | [Oo]ff) return ;; esac
  if given "$1"; then return; fi
  name=$(value_of "$2" "$3")
  key=$(openstack keypair show --public-key -- "$name" 2>/dev/null) || return 0
  read -r _ key _ <<<"$key" || true
  if [ -z "$key" ] || ! grep -qF -- "$key" "$here/template.yaml"; then
    fail "you have another key pair named $name: give --parameter $2=NAME for a new one, or --parameter $1=false to use yours"
  fi
  options+=(--parameter "$1=false")
}
key_pair create_keypair_ops keypair_ops_name 'o'\''ps'

# Runs one openstack command if --steps was given; else prints it.
step() {
  local title=$1
  shift
  if [ "$run_steps" = yes ]; then
    printf '# %s\n' "$title"
    openstack "$@"
  else
    printf '# not run without --steps: %s\nopenstack' "$title"
    printf ' %q' "$@"
    printf '\n'
  fi
}

# Before the stack: 1 step.
step 'make the address group' address group create --address 10.0.0.0/8 office

arguments=(--wait -t "$here/template.yaml" -e "$here/environment.yaml")
if grep -Eqs '^[[:space:]]+[^[:space:]#]' "$here/secrets.yaml"; then arguments+=(-e "$here/secrets.yaml"); fi
openstack stack create "${arguments[@]}" ${options[@]+"${options[@]}"} "$stack" ||
  fail "the stack $stack was refused or failed: see above, and openstack stack failures list $stack"

# What a resource of the stack is called in the cloud.
id_of() {
  openstack stack resource show -f value -c physical_resource_id "$stack" "$1"
}

# After the stack: 3 steps.
id_1=$(id_of server_web)
step 'describe web' server set --description 'the shop'\''s' "$id_1"
value_2=$(value_of address_group_office office)
step 'open ssh' security group rule create --remote-address-group "$value_2" "$default_group"
step 'stop web' server stop "$id_1"

openstack stack output show --all "$stack"
