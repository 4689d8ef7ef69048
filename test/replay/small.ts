/** A recording small enough to read. */
import type {Recorded, Recording} from '../support/replay/recording.ts';

const domain = {id: 'default', name: 'Default'};
const endpoint = (url: string): object => ({
  interface: 'public',
  region: 'RegionOne',
  region_id: 'RegionOne',
  url,
});
const token = {
  token: {
    methods: ['password'],
    user: {id: 'u1', name: 'dana', domain},
    project: {id: 'p1', name: 'shop', domain},
    roles: [{id: 'r1', name: 'member'}],
    audit_ids: [],
    issued_at: '{{now}}',
    expires_at: '{{later}}',
    catalog: [
      {type: 'identity', name: 'keystone', endpoints: [endpoint('{{origin}}/v3')]},
      {type: 'network', name: 'neutron', endpoints: [endpoint('{{origin}}/network')]},
    ],
  },
};

const json = {'content-type': 'application/json'};

function get(path: string, query: string, body: string, microversion?: string): Recorded {
  const more = microversion === undefined ? {} : {microversion};
  return {method: 'GET', path, query, ...more, token: true, status: 200, headers: json, body};
}

export const recording: Recording = {
  format: 'rekindle-recording',
  version: 1,
  about: 'two networks on two pages',
  date: '2026-01-01T00:00:00.000Z',
  region: 'RegionOne',
  project: {name: 'shop', domain: 'Default'},
  user: {name: 'dana', domain: 'Default'},
  exchanges: [
    {
      method: 'POST',
      path: '/v3/auth/tokens',
      query: '',
      credential: 'right',
      status: 201,
      headers: {...json, 'x-subject-token': '{{token}}'},
      body: JSON.stringify(token),
    },
    {
      method: 'POST',
      path: '/v3/auth/tokens',
      query: '',
      credential: 'wrong',
      status: 401,
      headers: json,
      body: '{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}',
    },
    get(
      '/network/v2.0/networks',
      'project_id=p1',
      '{"networks": [{"id": "n1"}], "networks_links": [{"rel": "next", "href": "{{origin}}/network/v2.0/networks?project_id=p1&marker=n1"}]}',
    ),
    get('/network/v2.0/networks', 'marker=n1&project_id=p1', '{"networks": [{"id": "n2"}]}'),
    // The last page is as full as the first, and a client may want to be sure.
    get('/network/v2.0/networks', 'marker=n2&project_id=p1', '{"networks": []}'),
    get('/compute/v2.1/servers/detail', '', '{"servers": [{"id": "old"}]}'),
    get('/compute/v2.1/servers/detail', '', '{"servers": [{"id": "new"}]}', 'compute 2.93'),
  ],
};
