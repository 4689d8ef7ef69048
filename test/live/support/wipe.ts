/** Deletes everything in a project, in the order the services insist on, then the project if these tests made it. */
import {Api, NoService, type Row} from './api.ts';
import {EXTRAS} from './extras/index.ts';
import {dropQuotas, findProject, inProject, MADE_BY} from './projects.ts';
import {keyMark} from './site.ts';
import {sweep, sweepAll} from './sweep.ts';

/** Heat can't delete a trunk that is switched off (409), and tries for minutes. */
async function wakeTrunks(api: Api, projectId: string): Promise<void> {
  const trunks = await api.list('network', `/trunks?project_id=${projectId}&admin_state_up=false`, 'trunks');
  for (const {id} of trunks) await api.update('network', `/trunks/${id}`, 'trunk', {admin_state_up: true});
}

async function wipeStacks(api: Api): Promise<void> {
  if (!api.has('orchestration')) return;
  await sweep(
    api,
    'stacks',
    () => api.list('orchestration', '/stacks', 'stacks'),
    async row => {
      if (row['stack_status'] === 'DELETE_IN_PROGRESS') return;
      await api.remove('orchestration', `/stacks/${encodeURIComponent(String(row['stack_name']))}/${row.id}`);
    },
  );
}

async function wipeRouters(api: Api, mine: string): Promise<void> {
  await sweep(
    api,
    'routers',
    () => api.list('network', `/routers${mine}`, 'routers'),
    async row => {
      // A route keeps its interface in use, an interface its router.
      await api.update('network', `/routers/${row.id}`, 'router', {routes: [], external_gateway_info: null});
      const legs = await api.list('network', `/ports?device_id=${row.id}`, 'ports');
      for (const leg of legs) {
        await api.call('PUT', 'network', `/routers/${row.id}/remove_router_interface`, {port_id: leg.id});
      }
      await api.remove('network', `/routers/${row.id}`);
    },
  );
}

/** The default group can't go while the project is there; it gets the rules back it was born with. */
async function resetDefaultGroup(api: Api, mine: string): Promise<void> {
  const [group] = await api.list('network', `/security-groups${mine}&name=default`, 'security_groups');
  if (group === undefined) return;
  const rules = group['security_group_rules'] as readonly Row[];
  await Promise.all(rules.map(rule => api.remove('network', `/security-group-rules/${rule.id}`)));
  for (const ethertype of ['IPv4', 'IPv6']) {
    for (const birth of [{direction: 'egress'}, {direction: 'ingress', remote_group_id: group.id}]) {
      await api.create('network', '/security-group-rules', 'security_group_rule', {
        security_group_id: group.id,
        ethertype,
        ...birth,
      });
    }
  }
}

async function wipeNetwork(api: Api): Promise<void> {
  const mine = `?project_id=${api.projectId}`;
  await sweep(
    api,
    'floating IPs',
    () => api.list('network', `/floatingips${mine}`, 'floatingips'),
    async row => {
      // A forwarding keeps its floating IP in use.
      const path = `/floatingips/${row.id}`;
      const forwards = row['port_forwardings'] as readonly unknown[] | undefined;
      if (forwards === undefined || forwards.length > 0) {
        await sweepAll(api, 'network', `${path}/port_forwardings`, 'port_forwardings');
      }
      await api.remove('network', path);
    },
  );
  await wipeRouters(api, mine);
  await sweep(
    api,
    'trunks',
    () => api.list('network', `/trunks${mine}`, 'trunks'),
    async row => {
      // A trunk that is switched off refuses to be deleted.
      const path = `/trunks/${row.id}`;
      if (row['admin_state_up'] === false) await api.update('network', path, 'trunk', {admin_state_up: true});
      await api.remove('network', path);
    },
  );
  await sweepAll(api, 'network', `/ports${mine}`, 'ports', row =>
    String(row['device_owner']).startsWith('network:'),
  );
  await Promise.all([
    (async () => {
      await sweepAll(api, 'network', `/networks${mine}`, 'networks');
      await sweepAll(api, 'network', `/subnetpools${mine}`, 'subnetpools');
      await sweepAll(api, 'network', `/address-scopes${mine}`, 'address_scopes');
    })(),
    (async () => {
      await resetDefaultGroup(api, mine);
      await sweepAll(
        api,
        'network',
        `/security-groups${mine}`,
        'security_groups',
        row => row['name'] === 'default',
      );
      await sweepAll(api, 'network', `/address-groups${mine}`, 'address_groups');
    })(),
  ]);
}

async function wipeVolumes(api: Api): Promise<void> {
  await sweepAll(api, 'volume', '/backups/detail', 'backups');
  await sweepAll(api, 'volume', '/snapshots/detail', 'snapshots');
  await sweep(
    api,
    'volumes',
    () => api.list('volume', '/volumes/detail', 'volumes'),
    async row => {
      if (row['status'] === 'available') await api.remove('volume', `/volumes/${row.id}`);
      else await api.call('POST', 'volume', `/volumes/${row.id}/action`, {'os-force_delete': {}});
    },
  );
}

function isOurs(row: Row): boolean {
  const {description} = row;
  return typeof description === 'string' && description.startsWith(MADE_BY);
}

/** Key pairs of the project's builds, whoever of its users made them; then the users made for it. */
async function wipeUsers(api: Api): Promise<void> {
  const assignments = await api.list(
    'identity',
    `/role_assignments?scope.project.id=${api.projectId}`,
    'role_assignments',
  );
  const ids = new Set(
    assignments.map(row => (row['user'] as Row | undefined)?.id).filter(id => id !== undefined),
  );
  for (const id of ids) {
    const keys = await api.list('compute', `/os-keypairs?user_id=${id}`, 'keypairs');
    for (const row of keys) {
      const name = String((row['keypair'] as Row)['name']);
      if (name.includes(keyMark(api.projectId))) {
        await api.remove('compute', `/os-keypairs/${encodeURIComponent(name)}?user_id=${id}`);
      }
    }
    const user = await api.show('identity', `/users/${id}`, 'user');
    const ours = isOurs(user);
    if (ours && user['default_project_id'] === api.projectId) await api.remove('identity', `/users/${id}`);
  }
}

/** A cloud of the core services alone has nothing of the others to remove. */
async function whereThere(remove: (api: Api) => Promise<void>, api: Api): Promise<void> {
  try {
    await remove(api);
  } catch (error) {
    if (!(error instanceof NoService)) throw error;
  }
}

/**
 * Empties the project `name` and deletes it if `makeProject` made it; a project that was there before stays, empty,
 * with its images. One that is gone already is fine.
 */
export async function wipe(admin: Api, name: string): Promise<void> {
  const project = await findProject(admin, name);
  if (project === undefined) return;
  const ours = isOurs(project);
  const api = await Api.login(inProject(admin.entry, project.id));
  await wakeTrunks(api, project.id);
  for (const {free} of Object.values(EXTRAS)) if (free !== undefined) await whereThere(free, api);
  await wipeStacks(api);
  for (const extra of Object.values(EXTRAS)) await whereThere(extra.wipe, api);
  await sweepAll(api, 'compute', '/servers/detail', 'servers');
  await Promise.all([
    wipeNetwork(api),
    wipeVolumes(api),
    sweepAll(api, 'compute', '/os-server-groups', 'server_groups'),
  ]);
  await wipeUsers(api);
  if (!ours) return;
  await sweepAll(api, 'image', `/images?owner=${project.id}`, 'images');
  await dropQuotas(admin, project.id);
  await admin.remove('identity', `/projects/${project.id}`);
  // Neutron keeps the default group of a project that is gone. Once only: asking for the list makes a new one.
  const left = await admin.list('network', `/security-groups?project_id=${project.id}`, 'security_groups');
  await Promise.all(left.map(row => admin.remove('network', `/security-groups/${row.id}`)));
}
