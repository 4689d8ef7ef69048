#!/usr/bin/env bash
# Builds the project "studio" again, as a Heat stack of the project that you are logged in to.
# It needs the openstack client (python-openstackclient with python-heatclient) and bash, nothing else.
#
#     bash deploy.sh [--no-steps] [STACK] [options of "openstack stack create" or "update"...]
#
#     OS_CLOUD=target bash deploy.sh     creates the stack studio in the project of that cloud, or updates it
#     bash deploy.sh other --timeout 30 --parameter image_cirros_like=VALUE
#
# An update replaces what it must, without asking: "rekindle deploy --dry-run" tells beforehand what that is.
# The values of the parameters are in environment.yaml (and secrets.yaml): edit them there, or give --parameter.
#
# Heat can't say everything: 38 steps beside the stack; --no-steps prints them instead.
# shellcheck disable=SC2016
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
stack=studio
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

# After the stack: 38 steps.
id_1=$(id_of qos_policy_preset 2>/dev/null || true)
[ -z "$id_1" ] || step 'make a QoS policy the project'\''s default' network qos policy set --default "$id_1"
value_2=$(value_of external_network_public public)
id_3=$(id_of qos_policy_gold 2>/dev/null || value_of qos_policy_gold_name gold)
id_4=$(id_of router_limited)
step 'limit the router'\''s gateway' router set --external-gateway "$value_2" --qos-policy "$id_3" "$id_4"
value_5=$(value_of qos_policy_bronze bronze)
id_6=$(id_of load_balancer_www)
step 'load balancer: tags, vip_qos_policy_id' loadbalancer set --wait '--tag=front' '--tag=two words' --vip-qos-policy-id "$value_5" "$id_6"
id_7=$(id_of pool_web)
step 'pool: tags' loadbalancer pool set --wait '--tag=blue' '--tag=green' "$id_7"
id_8=$(id_of pool_x)
step 'pool: tls_ciphers, tls_versions, alpn_protocols' loadbalancer pool set --wait '--tls-ciphers=ECDHE-ECDSA-AES256-GCM-SHA384' '--tls-version=TLSv1.3' '--alpn-protocol=h2' "$id_8"
id_9=$(id_of pool_names)
step 'pool: session_persistence' loadbalancer pool set --wait '--session-persistence=type=SOURCE_IP,persistence_timeout=120,persistence_granularity=255.255.255.0' "$id_9"
id_10=$(id_of member_web_198_51_100_9_8080)
step 'member: backup' loadbalancer member set --wait --enable-backup "$id_7" "$id_10"
id_11=$(id_of member_second_id)
step 'member: name' loadbalancer member set --wait '--name=second; $(id)' "$id_7" "$id_11"
id_12=$(id_of health_monitor_front_page)
step 'health monitor: name, max_retries_down, http_version, domain_name, tags' loadbalancer healthmonitor set --wait '--name=front page' '--max-retries-down=5' '--http-version=1.1' '--domain-name=www.example.org' '--tag=slow' "$id_12"
id_13=$(id_of pool_web_1c8b80)
step 'create a health monitor that Heat has no word for' loadbalancer healthmonitor create --wait '--type=TLS-HELLO' '--delay=7' '--timeout=3' '--max-retries=2' '--name=hello' '--max-retries-down=4' '--tag=tls' "$id_13"
id_14=$(id_of listener_http_33c2c2)
step 'listener: insert_headers, timeout_client_data, timeout_member_connect, timeout_member_data, timeout_tcp_inspect, tags' loadbalancer listener set --wait '--insert-headers=X-Forwarded-For=true,X-Forwarded-Port=false' '--timeout-client-data=60000' '--timeout-member-connect=4000' '--timeout-member-data=70000' '--timeout-tcp-inspect=20' '--tag=-odd' '--tag=door' "$id_14"
step 'create a listener that Heat has no word for; delete it before the stack' loadbalancer listener create --wait --protocol PROMETHEUS '--protocol-port=9100' '--name=metrics' '--allowed-cidr=10.0.0.0/8' '--timeout-client-data=9000' '--tag=ops' "$id_6"
id_15=$(id_of l7policy_moved)
step 'L7 policy: redirect_http_code, tags' loadbalancer l7policy set --wait '--redirect-url=https://www.example.org/new?a=b' '--redirect-http-code=301' '--tag=seo' "$id_15"
id_16=$(id_of l7policy_secure)
step 'L7 policy: action, redirect_prefix, redirect_url, redirect_http_code' loadbalancer l7policy set --wait '--action=REDIRECT_PREFIX' '--redirect-prefix=https://www.example.org' '--redirect-http-code=308' "$id_16"
id_17=$(id_of l7rule_moved_path_old)
step 'L7 rule: tags' loadbalancer l7rule set --wait '--tag=lab' "$id_15" "$id_17"
id_18=$(id_of l7policy_first)
step 'create an L7 rule that Heat has no word for' loadbalancer l7rule create '--type=SSL_DN_FIELD' '--compare-type=EQUAL_TO' '--value=someone' '--key=CN' --invert "$id_18"
id_19=$(id_of floating_ip_limited)
step 'limit a floating IP' floating ip set --qos-policy "$id_3" "$id_19"
id_20=$(id_of router_vpn_edge)
is_there vpn service show -- groups || step 'create a VPN service for endpoint groups' vpn service create --router "$id_20" groups
is_there vpn endpoint group show -- peers || step 'create a VPN endpoint group' vpn endpoint group create --description 'behind the peer' --type cidr --value 203.0.113.128/25 peers
id_21=$(id_of subnet_vpn_there_v4)
is_there vpn endpoint group show -- locals || step 'create a VPN endpoint group' vpn endpoint group create --type subnet --value "$id_21" locals
id_22=$(id_of ike_policy_null)
step 'set the phase1 negotiation mode of an IKE policy, before a connection uses it' vpn ike policy set --phase1-negotiation-mode aggressive "$id_22"
id_23=$(id_of ipsec_policy_modern)
step 'set the auth algorithm of an IPsec policy, before a connection uses it' vpn ipsec policy set --auth-algorithm sha384 "$id_23"
id_24=$(id_of ipsec_site_connection_branch_s_tunnel 2>/dev/null || true)
[ -z "$id_24" ] || step 'set how a VPN connection finds that its peer is dead' vpn ipsec site connection set --dpd 'action=restart-by-peer,interval=11,timeout=61' "$id_24"
[ -z "$id_24" ] || step 'set how a VPN connection names itself to its peer' vpn ipsec site connection set --local-id @here.example "$id_24"
value_25=$(value_of target_project_33b8ae 5aaaaaaa5aaa4aaa8aaa5aaaaaaaaaaa)
id_26=$(id_of security_group_lent_group)
step 'share a security group with another project' network rbac create --type security_group --action access_as_shared --target-project "$value_25" "$id_26"
step 'create the container nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn, whose name Heat can not keep' container create -- nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn
step 'create the container ünï 🐙, whose name Heat can not keep' container create -- 'ünï 🐙'
id_27=$(id_of zone_shop_f78a0e6a_d38372_example)
value_28=$(value_of zone_name_shop_f78a0e6a_d38372_example shop-f78a0e6a-d38372.example.)
step 'make the CAA records of shop-f78a0e6a-d38372.example.' recordset create --type CAA --record '0 issue ca.example.org' "$id_27" "$value_28"
id_29=$(id_of floating_ip)
step 'name the floating IP in the reverse zone' ptr record set --ttl 3600 RegionOne:"$id_29" www.example.org.
id_30=$(id_of security_service_staff)
step 'the organizational unit of the security service' share security service set --ou 'ou=shares,dc=example' "$id_30"
id_31=$(id_of share_home)
step 'let somebody mount the share' share access create --access-level ro "$id_31" ip 192.0.2.8 --properties 'two words=é $(true)' 'why=the printer'
id_32=$(id_of event_alarm_twin)
step 'name the alarm' alarm update '--name=twin' "$id_32"
id_33=$(id_of event_alarm_full_true_e)
step 'name the alarm' alarm update '--name=full; $(true) "é"' "$id_33"
id_34=$(id_of event_alarm_twin_007635)
step 'name the alarm' alarm update '--name=twin' "$id_34"
id_35=$(id_of event_alarm_bare)
step 'name the alarm' alarm update '--name=bare' "$id_35"
id_36=$(id_of event_alarm_abcb6c)
step 'name the alarm' alarm update '--name=' "$id_36"
id_37=$(id_of composite_alarm_busy)
step 'name the alarm' alarm update '--name=-busy' "$id_37"
id_38=$(id_of composite_alarm_either)
step 'name the alarm' alarm update '--name=either' "$id_38"

openstack stack output show --all "$stack"

[ "$failed" = 0 ] || fail "$failed of the steps failed: see above"
