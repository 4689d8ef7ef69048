/** Commands of the services that need one or two: DNS, object storage, shares, alarms, containers, databases, clusters. */
import {type Fields, fields, text as textOf} from '../../../model/json.ts';
import {type Command, entries, integer, pair, text, texts, unheardText, yes} from '../command.ts';
import {type Collection, type Effect, type Hands, holds, making, setting} from '../effect.ts';

const zones: Collection = {service: 'dns', path: 'zones', rows: 'zones', row: '', noun: 'zone'};

/** Designate's requests and rows have no key around them. */
const dns: readonly Command[] = [
  {
    name: 'recordset create',
    service: 'dns',
    // A NAPTR record whose pattern is empty and in quotes; 2023.1 tells this version too, and refuses it all the same.
    // Proof: designate `objects/rrdata_naptr.py` of 17.0.0.
    since: {'--record': {version: '2.1', value: /^\d+ \d+ \S+ \S+ "" /}},
    options: {
      '--type': text('type'),
      '--record': texts('records'),
      '--ttl': integer('ttl'),
      '--description': text('description'),
    },
    operands: 2,
    async effect({body, operands: [zone = '', name = '']}, hands) {
      const id = await hands.idOf(zones, zone);
      const zoneName = textOf((await hands.get(zones, id))['name']);
      const full = name.endsWith('.') ? name : `${name}.${zoneName}`;
      const collection = {...zones, path: `zones/${id}/recordsets`, rows: 'recordsets', noun: 'record set'};
      const json = {...body, name: full};
      return making(hands, collection, json, {
        json,
        like: {name: full, type: body['type'], records: body['records']},
      });
    },
  },
  {
    name: 'ptr record set',
    service: 'dns',
    options: {'--ttl': integer('ttl'), '--description': text('description')},
    operands: 2,
    effect({body, operands: [ip = '', ptrdname = '']}, hands) {
      const wanted = {...body, ptrdname};
      const path = `reverse/floatingips/${encodeURIComponent(ip)}`;
      return {
        isSo: async () => holds(await hands.call('dns', 'GET', path), wanted),
        async apply() {
          await hands.call('dns', 'PATCH', path, {json: wanted});
        },
      };
    },
  },
];

/** What a GET of a container says in its headers; one that isn't there says nothing. */
async function headersOf(hands: Hands, name: string): Promise<Readonly<Record<string, string>> | undefined> {
  return hands.headers('object-store', encodeURIComponent(name), {limit: 1});
}

const objectStore: readonly Command[] = [
  {
    name: 'container create',
    service: 'object-store',
    options: {'--public': yes('x-container-read', '.r:*,.rlistings')},
    operands: 1,
    effect: ({body, operands: [name = '']}, hands) => ({
      isSo: async () =>
        holds(await headersOf(hands, name), body) && (await headersOf(hands, name)) !== undefined,
      async apply() {
        const headers = body as Readonly<Record<string, string>>;
        await hands.call('object-store', 'PUT', encodeURIComponent(name), {headers});
      },
      // It holds data of the user's by now, or it is empty: Swift deletes it only then.
      async undo() {
        if ((await headersOf(hands, name)) === undefined) return false;
        await hands.call('object-store', 'DELETE', encodeURIComponent(name), {accept: [404]});
        return true;
      },
    }),
  },
  {
    name: 'container set',
    service: 'object-store',
    options: {'--property': entries('properties')},
    operands: 1,
    effect({body, operands: [name = '']}, hands) {
      const headers = Object.fromEntries(
        Object.entries(fields(body['properties'])).map(([key, value]) => [
          `x-container-meta-${key.toLowerCase()}`,
          String(value),
        ]),
      );
      return {
        isSo: async () => holds(await headersOf(hands, name), headers),
        async apply() {
          await hands.call('object-store', 'POST', encodeURIComponent(name), {headers});
        },
      };
    },
  },
];

function manila(path: string, row: string, rows: string, microversion: string): Collection {
  return {service: 'shared-file-system', path, row, rows, microversion, noun: row.replaceAll(/[_-]/g, ' ')};
}

const shares: readonly Command[] = [
  {
    name: 'share access create',
    service: 'shared-file-system',
    options: {'--access-level': text('access_level'), '--properties': entries('metadata', true)},
    operands: 3,
    effect({body, operands: [share = '', access_type = '', access_to = '']}, hands) {
      const rules = manila('share-access-rules', 'access', 'access_list', '2.45');
      const rule = {access_type, access_to, access_level: body['access_level']};
      const effect = making(hands, rules, rule, {query: {share_id: share}});
      return {
        isSo: effect.isSo,
        async apply() {
          await hands.call('shared-file-system', 'POST', `shares/${share}/action`, {
            json: {
              allow_access: {
                ...rule,
                ...(body['metadata'] === undefined ? {} : {metadata: body['metadata']}),
              },
            },
            microversion: '2.45',
          });
        },
      };
    },
  },
  {
    name: 'share security service set',
    service: 'shared-file-system',
    options: {'--ou': text('ou')},
    operands: 1,
    effect: ({body, operands: [id = '']}, hands) =>
      setting(hands, manila('security-services', 'security_service', 'security_services', '2.44'), id, body),
  },
  {
    name: 'share network subnet create',
    service: 'shared-file-system',
    options: {
      '--neutron-net-id': text('neutron_net_id'),
      '--neutron-subnet-id': text('neutron_subnet_id'),
      '--availability-zone': text('availability_zone'),
    },
    operands: 1,
    effect: ({body, operands: [network = '']}, hands) =>
      making(
        hands,
        manila(`share-networks/${network}/subnets`, 'share-network-subnet', 'share_network_subnets', '2.51'),
        body,
      ),
  },
];

/** Aodh changes an alarm as a whole. Proof: aodhclient `v2/alarm.py`, `update`. */
function changingAlarm(hands: Hands, id: string, {name, ...rule}: Fields): Effect {
  const path = `alarms/${encodeURIComponent(id)}`;
  const read = async (): Promise<Fields> => fields(await hands.call('alarm', 'GET', path));
  const changed = (alarm: Fields): Fields => {
    const at = `${textOf(alarm['type'])}_rule`;
    return {
      ...alarm,
      ...(name === undefined ? {} : {name}),
      ...(Object.keys(rule).length === 0 ? {} : {[at]: {...fields(alarm[at]), ...rule}}),
    };
  };
  return {
    async isSo() {
      const alarm = await read();
      return holds(alarm, changed(alarm));
    },
    async apply() {
      await hands.call('alarm', 'PUT', path, {json: changed(await read())});
    },
  };
}

const truth = (field: string) => ({
  flag: false,
  put(body: Record<string, unknown>, value: string) {
    body[field] = value === 'True';
  },
});

const alarms: readonly Command[] = [
  {
    name: 'alarm update',
    service: 'alarm',
    options: {
      '--name': text('name'),
      '--pool-id': text('pool_id'),
      '--stack-id': text('stack_id'),
      '--autoscaling-group-id': text('autoscaling_group_id'),
    },
    operands: 1,
    effect: ({body, operands: [id = '']}, hands) => changingAlarm(hands, id, body),
  },
  {
    name: 'alarm create',
    service: 'alarm',
    options: {
      '--type': text('type'),
      '--name': text('name'),
      '--description': text('description'),
      '--severity': text('severity'),
      '--enabled': truth('enabled'),
      '--repeat-actions': truth('repeat_actions'),
      '--time-constraint': {
        flag: false,
        put(body, value) {
          const one = Object.fromEntries(value.split(';').map(pair));
          const before = (body['time_constraints'] ?? []) as readonly object[];
          body['time_constraints'] = [...before, {...one, duration: Number(one['duration'])}];
        },
      },
      '--alarm-action': texts('alarm_actions'),
      '--ok-action': texts('ok_actions'),
      '--insufficient-data-action': texts('insufficient_data_actions'),
      '--query': text('query'),
      '--threshold': {flag: false, put: (body, value) => (body['threshold'] = Number(value))},
      '--comparison-operator': text('comparison_operator'),
    },
    operands: 0,
    effect({body: {query, threshold, comparison_operator, ...body}}, hands) {
      const at = `${textOf(body['type'])}_rule`;
      const json = {...body, [at]: {query, threshold, comparison_operator}};
      const collection = {service: 'alarm', path: 'alarms', rows: '', row: '', noun: 'alarm'};
      return making(hands, collection, json, {json, idField: 'alarm_id', outlives: true});
    },
  },
];

const databases: Collection = {
  service: 'database',
  path: 'instances',
  rows: 'instances',
  row: 'instance',
  noun: 'database instance',
};

/** Written from their clients' sources; no cloud of ours runs them. */
const modelled: readonly Command[] = [
  {
    // Proof: troveclient `v1/instances.py`, `create`.
    name: 'database instance create',
    service: 'database',
    options: {'--replica-of': text('replica_of')},
    operands: 1,
    effect: ({body, operands: [name = '']}, hands) =>
      making(
        hands,
        databases,
        {name, replica_of: body['replica_of'], replica_count: 1},
        {like: {name, replica_of: {id: body['replica_of']}}, outlives: true},
      ),
  },
  {
    // Proof: troveclient `v1/instances.py`, `update`.
    name: 'database instance update',
    service: 'database',
    options: {'--is-public': yes('is_public'), '--allowed-cidr': texts('allowed_cidrs')},
    operands: 1,
    effect: ({body, operands: [id = '']}, hands) => setting(hands, databases, id, {access: body}),
  },
  ...(['stop', 'pause'] as const).map(
    // Proof: zunclient `v1/containers.py`, `stop`, `pause`.
    (verb): Command => ({
      name: `appcontainer ${verb}`,
      service: 'application-container',
      options: {'--timeout': unheardText},
      operands: 1,
      effect: ({operands: [id = '']}, hands) => ({
        async isSo() {
          const row = fields(await hands.call('application-container', 'GET', `containers/${id}`));
          return textOf(row['status']) === (verb === 'stop' ? 'Stopped' : 'Paused');
        },
        async apply() {
          const query = verb === 'stop' ? {timeout: 10} : {};
          await hands.call('application-container', 'POST', `containers/${id}/${verb}`, {query});
        },
      }),
    }),
  ),
  {
    // Proof: magnumclient `v1/cluster_templates.py`, `update`, and `common/utils.py`, `args_array_to_patch`.
    name: 'coe cluster template update',
    service: 'container-infrastructure-management',
    options: {},
    operands: 3,
    effect({operands: [id = '', op = '', word = '']}, hands) {
      const [field, value] = pair(word);
      const path = `clustertemplates/${id}`;
      const service = 'container-infrastructure-management';
      return {
        async isSo() {
          const row = fields(await hands.call(service, 'GET', path));
          return holds(row[field], op === 'remove' ? null : value);
        },
        async apply() {
          const json = [{op, path: `/${field}`, ...(op === 'remove' ? {} : {value})}];
          await hands.call(service, 'PATCH', path, {json});
        },
      };
    },
  },
  {
    // Proof: magnumclient `v1/nodegroups.py`, `create`.
    name: 'coe nodegroup create',
    service: 'container-infrastructure-management',
    options: {
      '--node-count': integer('node_count'),
      '--role': text('role'),
      '--flavor': text('flavor_id'),
    },
    operands: 2,
    effect({body, operands: [cluster = '', name = '']}, hands) {
      const collection = {
        service: 'container-infrastructure-management',
        path: `clusters/${cluster}/nodegroups`,
        rows: 'nodegroups',
        row: '',
        noun: 'node group',
        microversion: '1.9',
      };
      const json = {...body, name};
      return making(hands, collection, json, {json, like: {name}, idField: 'uuid'});
    },
  },
];

export const otherServices: readonly Command[] = [...dns, ...objectStore, ...shares, ...alarms, ...modelled];
