/** Neutron's commands, but for VPN. Proof of each: openstackclient `network/v2/*.py`. */
import {RekindleError} from '../../../model/errors.ts';
import {type Fields, word} from '../../../model/json.ts';
import {integer, texts, text, yes, type Command} from '../command.ts';
import {type Collection, type Effect, type Hands, holds, making, setting, tagsWith} from '../effect.ts';

function neutron(path: string, rows: string, row: string): Collection {
  return {service: 'network', path, rows, row, noun: row.replaceAll('_', ' ')};
}

const addressGroups = neutron('address-groups', 'address_groups', 'address_group');
const floatingIps = neutron('floatingips', 'floatingips', 'floatingip');
const groups = neutron('security-groups', 'security_groups', 'security_group');
const networks = neutron('networks', 'networks', 'network');
const policies = neutron('qos/policies', 'policies', 'policy');
const pools = neutron('subnetpools', 'subnetpools', 'subnetpool');
const ports = neutron('ports', 'ports', 'port');
const routers = neutron('routers', 'routers', 'router');
const rules = neutron('security-group-rules', 'security_group_rules', 'security_group_rule');
const sharings = neutron('rbac-policies', 'rbac_policies', 'rbac_policy');

/** Neutron sets them by a call of their own. */
async function tagging(
  hands: Hands,
  collection: Collection,
  id: string,
  added: readonly string[],
): Promise<Effect> {
  const tags = await tagsWith(hands, collection, id, added);
  return {
    isSo: async () => holds((await hands.get(collection, id))['tags'], tags),
    async apply() {
      await hands.call('network', 'PUT', `${collection.path}/${id}/tags`, {json: {tags}});
    },
  };
}

/** Fields by the thing itself, tags by their own call. */
async function settingWithTags(
  hands: Hands,
  collection: Collection,
  id: string,
  {tags, ...body}: Fields,
): Promise<Effect> {
  const effects = [
    ...(Object.keys(body).length === 0 ? [] : [setting(hands, collection, id, body)]),
    ...(Array.isArray(tags) ? [await tagging(hands, collection, id, tags as string[])] : []),
  ];
  return {
    async isSo() {
      for (const effect of effects) if (!(await effect.isSo())) return false;
      return true;
    },
    async apply() {
      for (const effect of effects) await effect.apply();
    },
  };
}

/**
 * A group of an earlier deployment, there under its name or under the one that a later step gives it, is brought to the
 * same addresses; one that the project had before is used if it is the same, else it is in the way.
 * It outlives the stack: nothing of Heat's knows of it.
 */
function makingAddressGroup(hands: Hands, name: string, body: Fields): Effect {
  const wanted: {readonly description: string; readonly addresses: readonly string[]} = {
    description: '',
    addresses: [],
    ...body,
  };
  const later = hands.laterNames.get(name);
  const find = async (): Promise<Fields | undefined> => {
    const all = (await hands.list(addressGroups)).filter(({id}) => !hands.isTaken(String(id)));
    const ours = all.find(row => row['name'] === name);
    return ours ?? (later === undefined ? undefined : all.find(row => holds(row, {...wanted, name: later})));
  };
  let found: Fields | undefined;
  const means = (row: Fields): void => {
    hands.remember(addressGroups, name, String(row['id']));
  };
  return {
    async isSo() {
      found = await find();
      if (found === undefined || !holds(found, wanted)) return false;
      means(found);
      return true;
    },
    async apply() {
      if (found === undefined) {
        const json = {address_group: {...wanted, name}};
        const answer = (await hands.call('network', 'POST', addressGroups.path, {json})) as {
          address_group: Fields;
        };
        means(answer.address_group);
        return;
      }
      if (hands.isNew) {
        throw new RekindleError(
          'conflict',
          `the project has another address group ${JSON.stringify(String(found['name']))} already`,
          {service: 'network', hint: 'rename or delete that one, or deploy with --no-steps'},
        );
      }
      means(found);
      const path = `${addressGroups.path}/${String(found['id'])}`;
      const now = found['addresses'] as readonly string[];
      const put = async (to: string, addresses: readonly string[]): Promise<void> => {
        if (addresses.length > 0)
          await hands.call('network', 'PUT', `${path}/${to}`, {json: {address_group: {addresses}}});
      };
      if (!holds(found['description'], wanted.description))
        await hands.call('network', 'PUT', path, {json: {address_group: {description: wanted.description}}});
      await put(
        'add_addresses',
        wanted.addresses.filter(one => !now.includes(one)),
      );
      await put(
        'remove_addresses',
        now.filter(one => !wanted.addresses.includes(one)),
      );
    },
    async undo() {
      const row = await find();
      if (row === undefined) return false;
      await hands.call('network', 'DELETE', `${addressGroups.path}/${String(row['id'])}`, {accept: [404]});
      hands.remember(addressGroups, name, String(row['id']));
      return true;
    },
  };
}

/** `8000:8009` or `53`. */
function portFields(said: unknown, one: string, range: string): Fields {
  const [first = '', last = first] = word(said).split(':');
  return first === last ? {[one]: Number(first)} : {[range]: `${first}:${last}`};
}

export const network: readonly Command[] = [
  {
    name: 'address group create',
    service: 'network',
    extension: 'address-group',
    options: {'--description': text('description'), '--address': texts('addresses')},
    operands: 1,
    effect: ({body, operands: [name = '']}, hands) => makingAddressGroup(hands, name, body),
  },
  {
    name: 'address group set',
    service: 'network',
    extension: 'address-group',
    names: '--name',
    options: {'--name': text('name')},
    operands: 1,
    effect: async ({body, operands: [group = '']}, hands) =>
      setting(hands, addressGroups, await hands.idOf(addressGroups, group), body),
  },
  {
    name: 'floating ip port forwarding create',
    service: 'network',
    extension: 'floating-ip-port-forwarding',
    options: {
      '--internal-ip-address': text('internal_ip_address'),
      '--port': text('internal_port_id'),
      '--internal-protocol-port': text('internal'),
      '--external-protocol-port': text('external'),
      '--protocol': text('protocol'),
      '--description': text('description'),
    },
    operands: 1,
    effect({body: {internal, external, ...body}, operands: [ip = '']}, hands) {
      const path = `floatingips/${ip}/port_forwardings`;
      const wanted = {
        ...body,
        ...portFields(internal, 'internal_port', 'internal_port_range'),
        ...portFields(external, 'external_port', 'external_port_range'),
      };
      // Neutron deletes no floating IP that has any.
      return making(hands, neutron(path, 'port_forwardings', 'port_forwarding'), wanted, {outlives: true});
    },
  },
  {
    name: 'floating ip set',
    service: 'network',
    options: {'--qos-policy': text('qos_policy_id'), '--tag': texts('tags')},
    operands: 1,
    async effect({body: {qos_policy_id: policy, ...body}, operands: [ip = '']}, hands) {
      const qos = policy === undefined ? {} : {qos_policy_id: await hands.idOf(policies, word(policy))};
      return settingWithTags(hands, floatingIps, ip, {...body, ...qos});
    },
  },
  {
    name: 'network qos policy set',
    service: 'network',
    extension: 'qos',
    options: {'--default': yes('is_default')},
    operands: 1,
    effect: ({body, operands: [policy = '']}, hands) => setting(hands, policies, policy, body),
  },
  {
    name: 'network rbac create',
    service: 'network',
    extension: 'rbac-policies',
    options: {
      '--type': text('object_type'),
      '--action': text('action'),
      '--target-project': text('target_tenant'),
    },
    operands: 1,
    // What it shares can't be deleted while another project uses it, but for the sharing itself.
    effect: ({body, operands: [object_id = '']}, hands) =>
      making(hands, sharings, {...body, object_id}, {query: {object_id}, outlives: true}),
  },
  {
    name: 'port set',
    service: 'network',
    options: {'--security-group': texts('security_groups')},
    operands: 1,
    async effect({body, operands: [port = '']}, hands) {
      const {security_groups: now} = await hands.get(ports, port);
      const all = [
        ...new Set([...(now as readonly string[]), ...(body['security_groups'] as readonly string[])]),
      ];
      return setting(hands, ports, port, {security_groups: all});
    },
  },
  {
    name: 'port unset',
    service: 'network',
    options: {'--security-group': texts('security_groups')},
    operands: 1,
    async effect({body, operands: [port = '']}, hands) {
      const off = body['security_groups'] as readonly string[];
      const now = (await hands.get(ports, port))['security_groups'] as readonly string[];
      return {
        // A port lets go of a group only so that the group can be made stateless.
        async isSo() {
          if (!off.some(group => now.includes(group))) return true;
          const rows = await Promise.all(off.map(group => hands.get(groups, group)));
          return rows.every(row => row['stateful'] === false);
        },
        async apply() {
          const security_groups = now.filter(group => !off.includes(group));
          await hands.call('network', 'PUT', `ports/${port}`, {json: {port: {security_groups}}});
        },
      };
    },
  },
  {
    name: 'router set',
    service: 'network',
    options: {'--external-gateway': text('network'), '--qos-policy': text('qos_policy_id')},
    operands: 1,
    async effect({body, operands: [router = '']}, hands) {
      const network_id = await hands.idOf(networks, String(body['network']));
      return setting(hands, routers, router, {
        external_gateway_info: {
          network_id,
          qos_policy_id: await hands.idOf(policies, word(body['qos_policy_id'])),
        },
      });
    },
  },
  {
    name: 'security group rule create',
    service: 'network',
    options: {
      '--ingress': yes('direction', 'ingress'),
      '--egress': yes('direction', 'egress'),
      '--ethertype': text('ethertype'),
      '--protocol': text('protocol'),
      '--dst-port': text('ports'),
      '--icmp-type': integer('port_range_min'),
      '--icmp-code': integer('port_range_max'),
      '--remote-ip': text('remote_ip_prefix'),
      '--remote-group': text('remote_group_id'),
      '--remote-address-group': text('remote_address_group_id'),
      '--description': text('description'),
    },
    operands: 1,
    async effect({body: {ports: range, ...body}, operands: [group = '']}, hands) {
      const security_group_id = await hands.idOf(groups, group);
      const remote = body['remote_address_group_id'];
      const [min, max = min] = range === undefined ? [] : word(range).split(':').map(Number);
      const rule = {
        description: '',
        protocol: null,
        ...body,
        ...(min === undefined ? {} : {port_range_min: min, port_range_max: max}),
        ...(remote === undefined
          ? {}
          : {remote_address_group_id: await hands.idOf(addressGroups, word(remote))}),
        security_group_id,
      };
      // A rule without ports or remote is another one than a rule with.
      const like = {
        port_range_min: null,
        port_range_max: null,
        remote_group_id: null,
        remote_ip_prefix: null,
        remote_address_group_id: null,
        ...rule,
      };
      return making(hands, rules, rule, {query: {security_group_id}, like});
    },
  },
  {
    name: 'security group rule list',
    service: 'network',
    options: {
      '--ingress': yes('direction', 'ingress'),
      '--egress': yes('direction', 'egress'),
      '--protocol': text('protocol'),
      '-f': text('format'),
      '-c': text('column'),
    },
    operands: 1,
    async list({body: {direction, protocol}, operands: [group = '']}, hands) {
      const security_group_id = await hands.idOf(groups, group);
      const all = await hands.list(rules, {security_group_id});
      return all
        .filter(row => holds(row, {direction, protocol}))
        .map(({id}) => String(id))
        .sort();
    },
  },
  {
    name: 'security group rule delete',
    service: 'network',
    options: {},
    operands: 0,
    effect: ({operands, ids}, hands) => {
      const all = [...operands, ...ids];
      return {
        isSo: () => Promise.resolve(all.length === 0),
        async apply() {
          for (const id of all) await hands.call('network', 'DELETE', `${rules.path}/${id}`, {accept: [404]});
        },
      };
    },
  },
  {
    name: 'security group set',
    service: 'network',
    options: {
      '--stateless': yes('stateful', false),
      '--description': text('description'),
      '--tag': texts('tags'),
    },
    operands: 1,
    effect: async ({body, operands: [group = '']}, hands) =>
      settingWithTags(hands, groups, await hands.idOf(groups, group), body),
  },
  {
    name: 'subnet pool set',
    service: 'network',
    options: {'--description': text('description')},
    operands: 1,
    effect: ({body, operands: [pool = '']}, hands) => setting(hands, pools, pool, body),
  },
];
