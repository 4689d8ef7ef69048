/** What people do to the recorded project while it is read. */
import type {Event, Row, Step, World} from './living.ts';
import type {Seeded} from './seeded.ts';

const attached = 'os-extended-volumes:volumes_attached';

/** Events by name; each chooses by chance what it happens to. */
export const events: Readonly<Record<string, (random: Seeded) => Event>> = {
  'a server is deleted': random => now => [deleteServer(idOf(now, 'servers', random))],
  'a server is made': random => now => [makeServer(idOf(now, 'servers', random))],
  'a server is renamed': random => now => {
    const id = idOf(now, 'servers', random);
    return [world => void Object.assign(row(world, 'servers', id) ?? {}, {name: 'renamed'})];
  },
  'a volume is detached and deleted': random => now => {
    const id = idOf(now, 'volumes', random);
    return [detach(id), remove('volumes', id)];
  },
  'a volume moves to another server': random => now => {
    const id = idOf(now, 'volumes', random);
    const others = rows(now, 'servers').filter(
      server => !list(server[attached]).some(one => one['id'] === id),
    );
    return [detach(id), attach(id, String(random.pick(others)['id']))];
  },
  'a port is deleted': random => now => [deletePort(idOf(now, 'ports', random))],
  'a port moves to another server': random => now => [
    movePort(idOf(now, 'ports', random), idOf(now, 'servers', random)),
  ],
  'a floating IP moves to another port': random => now => {
    const id = idOf(now, 'ports', random);
    return [
      world => {
        if (row(world, 'ports', id) === undefined) return;
        for (const ip of rows(world, 'floatingips')) ip['port_id'] = id;
      },
    ];
  },
  'a security group is taken from all ports and deleted': random => now => {
    const id = idOf(now, 'security-groups', random);
    return [
      // One call for each, the last one first: pages read before and after it agree with one of its steps.
      ...rows(now, 'ports')
        .toReversed()
        .map(({id: port}): Step => world => {
          const found = row(world, 'ports', String(port));
          if (found !== undefined)
            found['security_groups'] = texts(found['security_groups']).filter(group => group !== id);
        }),
      world => {
        for (const other of rows(world, 'security-groups'))
          other['security_group_rules'] = list(other['security_group_rules']).filter(
            rule => rule['remote_group_id'] !== id,
          );
        remove('security-groups', id)(world);
      },
    ];
  },
  'the network is deleted with all that stands in it': () => now => [
    ...rows(now, 'servers').map(server => deleteServer(String(server['id']))),
    world => void (world['floatingips'] = []),
    ...rows(now, 'ports').map(port => deletePort(String(port['id']))),
    world => {
      world['subnets'] = [];
      for (const network of rows(world, 'networks')) network['subnets'] = [];
    },
    world => void (world['networks'] = []),
  ],
  'the router is deleted': () => now => [
    world => void (world['floatingips'] = []),
    ...rows(now, 'ports')
      .filter(port => String(port['device_owner']).startsWith('network:router'))
      .map(port => deletePort(String(port['id']))),
    world => void (world['routers'] = []),
  ],
  'a subnet is made': () => () => [
    world => {
      const [like] = rows(world, 'subnets');
      if (like === undefined) return;
      const id = 'ffffffff-0000-4000-8000-000000000003';
      const more = {name: 'new', cidr: '10.11.0.0/24', gateway_ip: '10.11.0.1', allocation_pools: []};
      rows(world, 'subnets').push({...like, id, ...more});
      for (const network of rows(world, 'networks'))
        if (network['id'] === like['network_id']) network['subnets'] = [...texts(network['subnets']), id];
    },
  ],
};

function rows(world: World, name: string): Row[] {
  return (world[name] ??= []);
}

function row(world: World, name: string, id: string): Row | undefined {
  return rows(world, name).find(one => one['id'] === id);
}

function idOf(world: World, name: string, random: Seeded): string {
  return String(random.pick(rows(world, name))['id']);
}

function list(value: unknown): Row[] {
  return Array.isArray(value) ? (value as Row[]) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}

function nicsOf(server: Row): Row[][] {
  return Object.values(server['addresses'] as Record<string, Row[]>);
}

function remove(name: string, id: string): Step {
  return world => void (world[name] = rows(world, name).filter(one => one['id'] !== id));
}

function detach(id: string): Step {
  return world => {
    for (const server of rows(world, 'servers'))
      server[attached] = list(server[attached]).filter(volume => volume['id'] !== id);
    Object.assign(row(world, 'volumes', id) ?? {}, {attachments: [], status: 'available'});
  };
}

function attach(id: string, to: string): Step {
  return world => {
    const [volume, server] = [row(world, 'volumes', id), row(world, 'servers', to)];
    if (volume === undefined || server === undefined) return;
    server[attached] = [...list(server[attached]), {id, delete_on_termination: false}];
    const use = {id, attachment_id: 'new', volume_id: id, server_id: to, device: '/dev/vdz', host_name: null};
    Object.assign(volume, {attachments: [use], status: 'in-use'});
  };
}

function deleteServer(id: string): Step {
  return world => {
    for (const port of rows(world, 'ports'))
      if (port['device_id'] === id) Object.assign(port, {device_id: '', device_owner: ''});
    for (const volume of rows(world, 'volumes'))
      if (list(volume['attachments']).some(one => one['server_id'] === id))
        Object.assign(volume, {attachments: [], status: 'available'});
    for (const group of rows(world, 'os-server-groups'))
      group['members'] = texts(group['members']).filter(member => member !== id);
    remove('servers', id)(world);
  };
}

function makeServer(likeId: string): Step {
  return world => {
    const like = row(world, 'servers', likeId);
    const nic = rows(world, 'ports').find(port => port['device_id'] === likeId);
    if (like === undefined || nic === undefined) return;
    const [id, port] = ['ffffffff-0000-4000-8000-000000000001', 'ffffffff-0000-4000-8000-000000000002'];
    const [mac, addr] = ['fa:16:3e:ff:ff:01', '10.10.0.150'];
    const fixed_ips = list(nic['fixed_ips']).map(ip => Object.assign({}, ip, {ip_address: addr}));
    rows(world, 'ports').push({...nic, id: port, mac_address: mac, device_id: id, name: 'new', fixed_ips});
    const entry = {'OS-EXT-IPS-MAC:mac_addr': mac, 'OS-EXT-IPS:type': 'fixed', addr, version: 4};
    const image = {id: rows(world, 'images')[0]?.['id']};
    rows(world, 'servers').push({...like, id, name: 'new', image, addresses: {web: [entry]}, [attached]: []});
  };
}

function deletePort(id: string): Step {
  return world => {
    const port = row(world, 'ports', id);
    if (port === undefined) return;
    for (const server of rows(world, 'servers'))
      for (const entries of nicsOf(server)) {
        const at = entries.findIndex(entry => entry['OS-EXT-IPS-MAC:mac_addr'] === port['mac_address']);
        if (at !== -1) entries.splice(at, 1);
      }
    for (const ip of rows(world, 'floatingips'))
      if (ip['port_id'] === id) Object.assign(ip, {port_id: null, fixed_ip_address: null, router_id: null});
    remove('ports', id)(world);
  };
}

function movePort(id: string, to: string): Step {
  return world => {
    const [port, target] = [row(world, 'ports', id), row(world, 'servers', to)];
    if (port === undefined || target === undefined || !String(port['device_owner']).startsWith('compute:'))
      return;
    let entry: Row | undefined;
    for (const server of rows(world, 'servers'))
      for (const entries of nicsOf(server)) {
        const at = entries.findIndex(one => one['OS-EXT-IPS-MAC:mac_addr'] === port['mac_address']);
        if (at !== -1) [entry] = entries.splice(at, 1);
      }
    if (entry !== undefined) nicsOf(target)[0]?.push(entry);
    port['device_id'] = to;
  };
}
