/** A part of a project, with what it needs, stands by itself; and beside a network that is there. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {Report} from '../../src/model/bundle.ts';
import {cloneProject, expectExit} from './support/clone.ts';
import {floatingIp, group, join as plug, network, router, rule, server, subnet} from './support/make.ts';
import {openSite} from './support/site.ts';
import type {Project} from './support/projects.ts';

/** A web server with a way in, and a database that nothing of it needs. */
async function build({api}: Project): Promise<void> {
  const site = await openSite(api);
  const web = await network(api, {name: 'web-net'});
  const sub = await subnet(api, web, '192.168.10.0/24', {name: 'web-subnet'});
  const store = await network(api, {name: 'db-net'});
  const other = await subnet(api, store, '192.168.20.0/24', {name: 'db-subnet'});
  const edge = await router(api, {
    name: 'edge',
    external_gateway_info: {network_id: site.outside.external},
  });
  for (const {id} of [sub, other]) await plug(api, edge, {subnet_id: id});
  const http = await group(api, {name: 'http'});
  await rule(api, http, {protocol: 'tcp', port_range_min: 80, port_range_max: 80});
  const [one] = await Promise.all([
    server(site, {name: 'web-1', networks: [{uuid: web.id}], security_groups: [{name: 'http'}]}),
    server(site, {name: 'db', networks: [{uuid: store.id}]}),
  ]);
  const [nic] = await api.list('network', `/ports?device_id=${one.id}`, 'ports');
  await floatingIp(api, {floating_network_id: site.outside.external, port_id: nic?.id});
}

test.serial('selected servers are built alone, and again beside the network that they have then', async t => {
  const select = ['--select', 'server:web-*'];
  await cloneProject(t, {
    build,
    snapshot: select,
    async afterwards({bench, report, target}) {
      const kinds = new Set(report.resources.map(({kind}) => kind));
      t.true(kinds.has('floating_ip') && kinds.has('router_interface'));
      t.false(report.resources.some(({label}) => label.includes('db')));
      const networks = await target.api.list('network', `/networks?project_id=${target.id}`, 'networks');
      t.deepEqual(
        networks.map(one => one['name']),
        ['web-net'],
      );

      const beside = [...select, '--exclude', 'network:* | floating-ip'];
      expectExit(t, 'snapshot', await bench.run('snapshot', 'beside', '--os-cloud', 'source', ...beside), 0);
      const {parameters} = JSON.parse(readFileSync(join(bench.dir, 'beside/report.json'), 'utf8')) as Report;
      t.true(parameters.some(({kind, value}) => kind === 'network' && value === 'web-net'));
      const words = ['beside', '--os-cloud', 'target', '--stack', 'beside'];
      expectExit(t, 'deploy', await bench.run('deploy', ...words, '--yes'), 0);
      expectExit(t, 'verify', await bench.run('verify', ...words), 0);
      t.is((await target.api.list('network', `/networks?project_id=${target.id}`, 'networks')).length, 1);
      t.is((await target.api.list('compute', '/servers', 'servers')).length, 2);
    },
  });
});
