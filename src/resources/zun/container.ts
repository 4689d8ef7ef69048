import {define, from, lossy, lost, resource, stepwise, type Scope} from '../../model/define.ts';
import {Ask, Ref} from '../../model/value.ts';
import {image} from '../glance/image.ts';
import {named} from '../magnum/shared.ts';
import {network} from '../neutron/network.ts';
import {port} from '../neutron/port.ts';
import {securityGroup} from '../neutron/security-group.ts';
import {command, foreign, isOurs} from '../neutron/shared.ts';

interface Address {
  readonly addr: string;
  readonly version?: number;
  readonly port?: string;
  readonly subnet_id?: string;
  readonly preserve_on_delete?: boolean;
}

/** Answered by Zun; proof: zun `api/controllers/v1/views/containers_view.py`, `_basic_keys`. */
interface Row {
  readonly id: string;
  readonly uuid: string;
  readonly name: string;
  /** Of Docker's or of Glance's, as `image_driver` says. */
  readonly image: string;
  readonly image_driver?: string | null;
  readonly image_pull_policy?: string | null;
  readonly command?: readonly string[] | null;
  readonly cpu?: number | null;
  /** In MiB, as text. */
  readonly memory?: string | null;
  readonly environment?: Readonly<Record<string, string>> | null;
  readonly workdir?: string | null;
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly hostname?: string | null;
  readonly restart_policy?: {readonly Name?: string; readonly MaximumRetryCount?: string} | null;
  readonly interactive?: boolean | null;
  readonly tty?: boolean | null;
  readonly security_groups?: readonly string[] | null;
  /** By network. */
  readonly addresses?: Readonly<Record<string, readonly Address[]>> | null;
  readonly status: string;
  readonly auto_remove?: boolean | null;
  readonly runtime?: string | null;
  readonly disk?: number | null;
  readonly auto_heal?: boolean | null;
  readonly privileged?: boolean | null;
  readonly healthcheck?: Readonly<Record<string, unknown>> | null;
  readonly cpu_policy?: string | null;
  readonly registry_id?: string | null;
  readonly entrypoint?: readonly string[] | null;
  readonly ports?: readonly number[] | null;
  readonly status_reason?: string | null;
  readonly status_detail?: string | null;
  readonly task_state?: string | null;
  readonly host?: string | null;
  readonly links?: unknown;
  readonly project_id: string;
  readonly user_id?: string;
  readonly created_at?: string | null;
  readonly updated_at?: string | null;
}

type Nic = {readonly port: Ref<'port'>} | {readonly network: Ref<'network'>};

/** Taken by Heat; proof: heat `engine/resources/openstack/zun/container.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly image: string | Ref<'image'>;
  readonly image_driver?: string;
  readonly image_pull_policy?: string;
  readonly command?: string;
  readonly cpu?: number;
  readonly memory?: number;
  readonly environment?: Readonly<Record<string, string | Ask>>;
  readonly workdir?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly hostname?: string;
  readonly restart_policy?: string;
  readonly interactive?: boolean;
  readonly tty?: boolean;
  readonly security_groups?: readonly Ref<'security_group'>[];
  readonly networks?: readonly Nic[];
}

/** What discovery leaves of a secret. */
const REDACTED = '(redacted)';

function imageOf(row: Pick<Row, 'image' | 'image_driver'>, scope: Scope): string | Ref<'image'> {
  return row.image_driver === 'glance' ? (named(image, row.image, scope) ?? row.image) : row.image;
}

/** Heat splits it like a shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

function mebibytes(memory: string | null | undefined): number | undefined {
  const [, number, unit = ''] = /^(\d+)([bkmg]?)$/i.exec(memory ?? '') ?? [];
  if (number === undefined) return undefined;
  const factor = {b: 1 / 1024 / 1024, k: 1 / 1024, m: 1, g: 1024}[unit.toLowerCase()] ?? 1;
  return Math.round(Number(number) * factor);
}

/** Docker makes one up of the container's id. */
function hostnameOf(hostname: string | null | undefined): string | undefined {
  return !hostname || /^[\da-f]{12}$/.test(hostname) ? undefined : hostname;
}

/** A port that is rebuilt is plugged in again; of the others Zun makes new ones. */
function nicsOf(addresses: Row['addresses'], scope: Scope): readonly Nic[] {
  return Object.entries(addresses ?? {}).flatMap(([id, list]): Nic[] => {
    const ports = [...new Set(list.map(one => one.port))].filter(one => one !== undefined);
    const known = ports.filter(one => scope.place(port, one)?.as === 'resource');
    if (known.length > 0) return known.map(one => ({port: new Ref(port.kind, one)}));
    return [{network: new Ref(network.kind, id)}];
  });
}

const UP: ReadonlySet<string> = new Set(['Running', 'Restarting', 'Unknown']);

const STOPPED: ReadonlyMap<string, string> = new Map([
  ['Stopped', 'stop'],
  ['Created', 'stop'],
  ['Paused', 'pause'],
]);

const r = from<Row>();

export const zunContainer = define<Row, Properties>()({
  kind: 'zun_container',
  section: 'Containers',
  heat: 'OS::Zun::Container',
  modelled: true,
  list: {service: 'application-container', path: 'containers', key: 'containers', idField: 'uuid'},
  where: (row, scope) => {
    if (!isOurs(row, scope)) return foreign;
    if (['Creating', 'Rebuilding'].includes(row.status))
      return lost(`${row.status}: it was not ready when it was read; take the snapshot again`);
    if (['Error', 'Dead', 'Deleted', 'Deleting'].includes(row.status))
      return lost(`${row.status}: it never came up, or broke`);
    scope.lose('mounts', 'no list tells what is mounted in it: openstack appcontainer run --mount');
    return resource;
  },
  properties: {
    name: r.copy('name'),
    image: r.make(['image', 'image_driver'], imageOf),
    image_driver: r.some('image_driver'),
    image_pull_policy: r.some('image_pull_policy'),
    command: r.derive('command', words => (words?.length ? words.map(quoted).join(' ') : undefined)),
    cpu: r.some('cpu'),
    memory: r.derive('memory', mebibytes),
    environment: r.derive('environment', environment => {
      const entries = Object.entries(environment ?? {}).map(([name, value]): [string, string | Ask] => [
        name,
        value === REDACTED
          ? new Ask('container_environment', `${name}, of the container's environment`, {
              secret: `environment.${name}`,
            })
          : value,
      ]);
      return entries.length === 0 ? undefined : Object.fromEntries(entries);
    }),
    workdir: r.some('workdir'),
    labels: r.some('labels'),
    hostname: r.derive('hostname', hostnameOf),
    restart_policy: r.derive('restart_policy', policy => {
      const {Name: name, MaximumRetryCount: count = '0'} = policy ?? {};
      if (!name) return undefined;
      return name === 'on-failure' && count !== '0' ? `${name}:${count}` : name;
    }),
    interactive: r.unless('interactive', false),
    // Left out, an interactive one gets a terminal.
    tty: r.make(['tty', 'interactive'], ({tty, interactive}) =>
      tty === true || interactive === true ? (tty ?? undefined) : undefined,
    ),
    security_groups: r.derive('security_groups', groups =>
      groups?.length ? groups.toSorted().map(id => new Ref(securityGroup.kind, id)) : undefined,
    ),
    networks: r.derive('addresses', (addresses, scope) => {
      const nics = nicsOf(addresses, scope);
      return nics.length === 0 ? undefined : nics;
    }),
  },
  unordered: ['security_groups'],
  compares: {
    image: imageOf,
    memory: row => mebibytes(row.memory),
    hostname: row => hostnameOf(row.hostname),
    addresses: (row, scope) => nicsOf(row.addresses, scope),
    status: ({status}) => STOPPED.get(status) ?? (UP.has(status) ? 'up' : status),
  },
  ignores: {
    uuid: 'read-only',
    status: stepwise(({id, status}) => {
      const verb = STOPPED.get(status);
      if (verb === undefined) return undefined;
      return {
        when: 'after',
        title: `${verb} a container, which Heat starts`,
        command: command(`appcontainer ${verb}`, new Ref('zun_container', id)),
      };
    }),
    auto_remove: lossy('no Heat property: openstack appcontainer run --auto-remove'),
    runtime: lossy('no Heat property: openstack appcontainer run --runtime'),
    disk: lossy('no Heat property: openstack appcontainer run --disk', 0),
    auto_heal: lossy('no Heat property: openstack appcontainer run --auto-heal'),
    privileged: lossy('no Heat property, and only an admin may: openstack appcontainer run --privileged'),
    healthcheck: lossy('no Heat property: openstack appcontainer run --healthcheck'),
    cpu_policy: lossy('no Heat property', 'shared'),
    registry_id: lossy('no Heat property: openstack appcontainer run --registry'),
    entrypoint: lossy('no Heat property: openstack appcontainer run --entrypoint'),
    // The image's.
    ports: 'read-only',
    status_reason: 'read-only',
    status_detail: 'read-only',
    task_state: 'read-only',
    host: 'read-only',
    links: 'read-only',
    project_id: 'read-only',
    user_id: 'read-only',
    created_at: 'read-only',
    updated_at: 'read-only',
  },
  example: {
    row: {
      id: 'zc1',
      uuid: 'zc1',
      name: 'probe',
      image: 'curl',
      image_driver: 'glance',
      image_pull_policy: 'always',
      command: ['sh', '-c', "echo it's up"],
      cpu: 0.5,
      memory: '256',
      environment: {STAGE: 'lab', PASSWORD: '(redacted)'},
      workdir: '/srv',
      labels: {app: 'probe'},
      hostname: 'probe',
      restart_policy: {Name: 'on-failure', MaximumRetryCount: '3'},
      interactive: true,
      tty: false,
      security_groups: ['g1'],
      addresses: {
        n1: [{addr: '10.0.0.9', version: 4, port: 'x1', subnet_id: 's1', preserve_on_delete: true}],
        n2: [{addr: '10.0.2.9', version: 4, port: 'x2', subnet_id: 's2', preserve_on_delete: false}],
      },
      status: 'Running',
      auto_remove: false,
      runtime: 'kata',
      disk: 0,
      auto_heal: false,
      privileged: false,
      healthcheck: {},
      cpu_policy: 'shared',
      registry_id: null,
      entrypoint: ['/bin/tini'],
      ports: [80],
      status_reason: null,
      status_detail: 'Up 2 hours',
      task_state: null,
      project_id: 'p1',
      user_id: 'u1',
      created_at: '2026-01-01 00:00:00+00:00',
      updated_at: '2026-01-01 00:01:00+00:00',
    },
    with: {
      image: [{id: 'i1', name: 'curl'}],
      network: ['n1', 'n2'].map(id => ({id, project_id: 'p1', name: id, admin_state_up: true})),
      port: [
        {
          id: 'x1',
          project_id: 'p1',
          name: 'probe',
          network_id: 'n1',
          device_id: '',
          device_owner: '',
          fixed_ips: [],
        },
      ],
      security_group: [{id: 'g1', project_id: 'p1', name: 'web', security_group_rules: []}],
    },
    emits: {
      name: 'probe',
      image: {get_param: 'image:i1'},
      image_driver: 'glance',
      image_pull_policy: 'always',
      command: `sh -c 'echo it'"'"'s up'`,
      cpu: 0.5,
      memory: 256,
      environment: {STAGE: 'lab', PASSWORD: {ask: 'container_environment'}},
      workdir: '/srv',
      labels: {app: 'probe'},
      hostname: 'probe',
      restart_policy: 'on-failure:3',
      interactive: true,
      tty: false,
      security_groups: [{get_resource: 'security_group:g1'}],
      networks: [{port: {get_resource: 'port:x1'}}, {network: {get_resource: 'network:n2'}}],
    },
  },
});
