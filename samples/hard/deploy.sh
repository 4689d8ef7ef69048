#!/usr/bin/env bash
# Builds the project "source" again, as a Heat stack of the project that you are logged in to.
# It needs the openstack client (python-openstackclient with python-heatclient) and bash, nothing else.
#
#     bash deploy.sh [--no-steps] [STACK] [options of "openstack stack create" or "update"...]
#
#     OS_CLOUD=target bash deploy.sh     creates the stack source in the project of that cloud, or updates it
#     bash deploy.sh other --timeout 30 --parameter image_cirros_like=VALUE
#
# An update replaces what it must, without asking: "rekindle deploy --dry-run" tells beforehand what that is.
# The values of the parameters are in environment.yaml (and secrets.yaml): edit them there, or give --parameter.
#
# Heat can't say everything: 29 steps beside the stack; --no-steps prints them instead.
# shellcheck disable=SC2016
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
stack=source
run_steps=yes
options=()
names=()
values=()

fail() {
  printf 'deploy.sh: %s\n' "$1" >&2
  exit 1
}

# Takes NAME=VALUE.
give() {
  case $1 in *=*) ;; *) fail "--parameter wants NAME=VALUE, not $1" ;; esac
  names+=("${1%%=*}")
  values+=("${1#*=}")
}

# The first word that is no option is the stack's name; what isn't ours goes to the openstack client as it is.
first=yes
while [ $# -gt 0 ]; do
  case $1 in
    --no-steps) run_steps=no && shift && continue ;;
    -h | --help)
      printf '%s\n' 'usage: bash deploy.sh [--no-steps] [STACK] [options of "openstack stack create" or "update"...]'
      exit 0
      ;;
    --parameter=*) give "${1#--parameter=}" ;;
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
    text=${text//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n}
    text=${text//$'\r'/\\r}
    text=${text//$'\t'/\\t}
    set -- "$@" "$text"
  done
  [ -s "$1" ] || printf 'parameters:\n' >"$1"
  printf '  "%s": "%s"\n' "$4" "$5" >>"$1"
}
for ((index = 0; index < ${#names[@]}; index++)); do
  put "$scratch/given.yaml" "${names[index]}" "${values[index]}"
done

# The value of a parameter: given, else from environment.yaml, else the one it was made with.
value_of() {
  local index value quote="'"
  for ((index = ${#names[@]} - 1; index >= 0; index--)); do
    if [ "${names[index]}" = "$1" ]; then printf '%s' "${values[index]}" && return; fi
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
chosen=$(value_of default_security_group default)
if [ "$chosen" = default ]; then put "$scratch/found.yaml" default_security_group "$default_group"; else default_group=$chosen; fi

# A key pair of yours that is there already is used, not created, if it is the same key.
key_pair() {
  local name key
  # Switched off: yours is used, whatever it is.
  case $(value_of "$1" true) in [Ff]alse | [Nn]o | [Oo]ff) return ;; esac
  # The stack's own stays with it.
  if [ "$action" = update ] && openstack stack resource show "$stack" "$4" >/dev/null 2>&1; then return; fi
  name=$(value_of "$2" "$3")
  key=$(openstack keypair show --public-key -- "$name" 2>/dev/null) || return 0
  read -r _ key _ <<<"$key" || true
  if [ -z "$key" ] || ! grep -qF -- "$key" "$here/template.yaml"; then
    fail "you have another key pair named $name: give --parameter $2=NAME for a new one, or --parameter $1=false to use yours"
  fi
  put "$scratch/found.yaml" "$1" false
}
key_pair create_keypair_hard_918319bc_cbc095 keypair_hard_918319bc_cbc095_name hard-918319bc-cbc095 keypair_hard_918319bc_cbc095

# True where an earlier run has made it.
is_there() { [ "$action" = update ] && openstack "$@" >/dev/null 2>&1; }

# Runs one openstack command; prints it instead if --no-steps was given. A failure doesn't keep the others from running.
failed=0
step() {
  local title=$1
  shift
  if [ "$run_steps" = no ]; then
    printf '# not run because of --no-steps: %s\nopenstack' "$title"
    printf ' %q' "$@"
    printf '\n'
    return
  fi
  printf '# %s\n' "$title"
  if openstack "$@" 2>"$scratch/errors"; then return; fi
  cat "$scratch/errors" >&2
  if [ "$action" = update ] && grep -Eqi '\b409\b|already exists|duplicate' "$scratch/errors"; then
    printf 'deploy.sh: taken as done before: %s\n' "$title" >&2
  else
    printf 'deploy.sh: this step failed: %s\n' "$title" >&2
    failed=$((failed + 1))
  fi
}

# Before the stack: 7 steps.
is_there address group show -- 'it'\''s "q" $(id) `id` ; rm -rf $HOME' || step 'create an address group' address group create --description 'it'\''s "q" $(id) `id` ; rm -rf $HOME' 'it'\''s "q" $(id) `id` ; rm -rf $HOME'
[ "$action" = update ] || step 'create an address group' address group create --description 'who may come in' --address 192.0.2.0/24 --address 198.51.100.1/32 --address 2001:db8:1::/48 rekindle-50276abf-6017-488c-aa8f-fcc88d0fe3e4
is_there address group show -- '数据库 データ' || step 'create an address group' address group create --description '数据库 データ' '数据库 データ'
[ "$action" = update ] || step 'create an address group' address group create rekindle-5ca88d42-5943-4171-94fd-b2c8bf68837a
is_there address group show -- 007 || step 'create an address group' address group create --description 007 007
is_there address group show -- long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long- || step 'create an address group' address group create --description long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long- long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-
[ "$action" = update ] || step 'create an address group' address group create --description $'first\nsecond: line' rekindle-eba91add-b713-4798-8cfb-c07da1ad8ce0

[ "$failed" = 0 ] || fail 'nothing was created: it needs what these steps make'

arguments=(--wait -t "$here/template.yaml" -e "$here/environment.yaml")
if grep -Eqs '^[[:space:]]+[^[:space:]#]' "$here/secrets.yaml"; then arguments+=(-e "$here/secrets.yaml"); fi
if [ -e "$scratch/found.yaml" ]; then arguments+=(-e "$scratch/found.yaml"); fi
arguments+=(${options[@]+"${options[@]}"})
if [ -e "$scratch/given.yaml" ]; then arguments+=(-e "$scratch/given.yaml"); fi
if [ "$action" = update ]; then
  # An update without tags takes them away.
  tags=$(openstack stack show -f value -c tags "$stack" | tr -d "[]'\"\n" | sed 's/^ *//; s/, */,/g')
  if [ -n "$tags" ] && [ "$tags" != None ]; then arguments=(--tags "$tags" "${arguments[@]}"); fi
fi
openstack stack "$action" "${arguments[@]}" "$stack" ||
  fail "the stack $stack was refused or failed: see above, and openstack stack failures list $stack; mend it and run this again"

# What a resource of the stack is called in the cloud.
id_of() {
  openstack stack resource show -f value -c physical_resource_id "$stack" "$1"
}

# After the stack: 22 steps.
id_1=$(id_of subnet_pool_office_pool)
step 'describe the subnet pool' subnet pool set --description 'in the scope' "$id_1"
id_2=$(id_of subnet_pool_007)
step 'describe the subnet pool' subnet pool set --description 007 "$id_2"
id_3=$(id_of subnet_pool_first_second_line)
step 'describe the subnet pool' subnet pool set --description $'first\nsecond: line' "$id_3"
id_4=$(id_of subnet_pool_it_s_q_id_id_rm_rf_home)
step 'describe the subnet pool' subnet pool set --description 'it'\''s "q" $(id) `id` ; rm -rf $HOME' "$id_4"
id_5=$(id_of subnet_pool_7bbac1)
step 'describe the subnet pool' subnet pool set --description '数据库 データ' "$id_5"
id_6=$(id_of subnet_pool_long_long_long_long_long_long_long_long_long_long_long_long)
step 'describe the subnet pool' subnet pool set --description long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long- "$id_6"
id_7=$(id_of security_group_no_egress)
mapfile -t ids_7 < <(openstack security group rule list --egress --protocol 255 -f value -c ID "$id_7")
[ "${#ids_7[@]}" = 0 ] || step 'delete the rule that stands in for no egress at all' security group rule delete "${ids_7[@]}"
id_8=$(id_of security_group_stateless)
step 'make the group stateless' security group set --stateless "$id_8"
id_9=$(id_of security_group_green)
id_10=$(id_of security_group_red)
step 'create a rule that Heat has no words for' security group rule create --ingress --ethertype IPv4 --remote-group "$id_9" "$id_10"
id_11=$(id_of security_group_by_address_group)
[ "$action" = update ] || step 'create a rule that Heat has no words for' security group rule create --ingress --ethertype IPv4 --protocol tcp --dst-port 22:22 --remote-address-group rekindle-50276abf-6017-488c-aa8f-fcc88d0fe3e4 --description 'ssh from the offices' "$id_11"
[ "$action" = update ] || step 'create a rule that Heat has no words for' security group rule create --ingress --ethertype IPv6 --remote-address-group rekindle-50276abf-6017-488c-aa8f-fcc88d0fe3e4 "$id_11"
[ "$action" = update ] || step 'give the address group its own name' address group set --name offices rekindle-50276abf-6017-488c-aa8f-fcc88d0fe3e4
[ "$action" = update ] || step 'give the address group its own name' address group set --name offices rekindle-5ca88d42-5943-4171-94fd-b2c8bf68837a
[ "$action" = update ] || step 'give the address group its own name' address group set --name $'first\nsecond: line' rekindle-eba91add-b713-4798-8cfb-c07da1ad8ce0
id_12=$(id_of volume_flagged_bootable)
step 'Mark the volume as bootable' volume set --bootable "$id_12"
id_13=$(id_of volume_homeless_root)
step 'Image properties of the volume, changed since it was made' volume set '--image-property=trait:HW_CPU_X86_SGX=required' "$id_13"
id_14=$(id_of server_stopped)
step 'The server was SHUTOFF: stop it' server stop "$id_14"
id_15=$(id_of server_scripted)
step 'Description of the server' --os-compute-api-version 2.19 server set '--description=a "described" server: # $(id)' "$id_15"
id_16=$(id_of server_tagged)
step 'Host name of the server' --os-compute-api-version 2.90 server set '--hostname=tag-host' "$id_16"
id_17=$(id_of port_hidden)
id_18=$(id_of floating_ip_d22d36)
step 'forward a port of a floating IP' floating ip port forwarding create --internal-ip-address 10.43.0.30 --port "$id_17" --internal-protocol-port 53 --external-protocol-port 53 --protocol udp "$id_18"
step 'forward a port of a floating IP' floating ip port forwarding create --internal-ip-address 10.43.0.30 --port "$id_17" --internal-protocol-port 22 --external-protocol-port 2222 --protocol tcp --description ssh "$id_18"
step 'forward a port of a floating IP' floating ip port forwarding create --internal-ip-address 10.43.0.30 --port "$id_17" --internal-protocol-port 8000:8009 --external-protocol-port 9000:9009 --protocol tcp "$id_18"

openstack stack output show --all "$stack"

[ "$failed" = 0 ] || fail "$failed of the steps failed: see above"
