#!/usr/bin/env bash
# Builds the project "rekindle-live-1e7027" again, as a Heat stack of the project that you are logged in to.
# It needs the openstack client (python-openstackclient with python-heatclient) and bash, nothing else.
#
#     bash deploy.sh [--no-steps] [STACK] [options of "openstack stack create" or "update"...]
#
#     OS_CLOUD=target bash deploy.sh     creates the stack rekindle-live-1e7027 in the project of that cloud, or updates it
#     bash deploy.sh other --timeout 30 --parameter image_cirros_like=VALUE
#
# An update replaces what it must, without asking: "rekindle deploy --dry-run" tells beforehand what that is.
# The values of the parameters are in environment.yaml (and secrets.yaml): edit them there, or give --parameter.
#
# Heat can't say everything: 2 steps beside the stack; --no-steps prints them instead.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
stack='rekindle-live-1e7027'
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

# After the stack: 2 steps.
id_1=$(id_of security_group_doors)
id_2=$(id_of load_balancer_shop)
step 'load balancer: vip_sg_ids' loadbalancer set --wait --vip-sg-id "$id_1" "$id_2"
id_3=$(id_of listener_shop)
step 'listener: hsts_max_age, hsts_include_subdomains, hsts_preload' loadbalancer listener set --wait '--hsts-max-age=31536000' --hsts-include-subdomains --hsts-preload "$id_3"

openstack stack output show --all "$stack"

[ "$failed" = 0 ] || fail "$failed of the steps failed: see above"
