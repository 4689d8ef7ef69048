import {define, from, lossy, resource, stepwise} from '../../model/define.ts';
import {Ask, Ref} from '../../model/value.ts';
import {command, foreign, isOurs} from '../neutron/shared.ts';

/** Answered by Manila; proof: manila `api/views/security_service.py`. */
interface Row {
  readonly id: string;
  readonly project_id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly type: string;
  readonly dns_ip: string | null;
  readonly server: string | null;
  readonly domain: string | null;
  readonly user: string | null;
  readonly password: string | null;
  /** Since 2.44. */
  readonly ou?: string | null;
  /** Since 2.76. */
  readonly default_ad_site?: string | null;
  /** Ids, in the detailed list only. */
  readonly share_networks?: readonly string[];
  readonly status?: string;
  readonly created_at?: string;
  readonly updated_at?: string | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/manila/security_service.py`, `properties_schema`. */
interface Properties {
  readonly type: string;
  readonly name?: string;
  readonly description?: string;
  readonly dns_ip?: string;
  readonly server?: string;
  readonly domain?: string;
  readonly user?: string;
  readonly password?: Ask;
}

const r = from<Row>();

export const securityService = define<Row, Properties>()({
  kind: 'security_service',
  section: 'Shares',
  heat: 'OS::Manila::SecurityService',
  outside: {prefix: 'security_service', byId: true},
  list: {
    service: 'shared-file-system',
    path: 'security-services/detail',
    key: 'security_services',
    microversion: '2.89',
  },
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  label: row => row.domain ?? '',
  properties: {
    type: r.copy('type'),
    name: r.some('name'),
    description: r.some('description'),
    dns_ip: r.some('dns_ip'),
    server: r.some('server'),
    domain: r.some('domain'),
    user: r.some('user'),
    password: r.derive('password', password =>
      password === null || password === ''
        ? undefined
        : new Ask('password_of', 'Password of the user of the security service', {secret: 'password'}),
    ),
  },
  unordered: ['share_networks'],
  // Only here does the API tell which belongs to which.
  compares: {share_networks: row => row.share_networks},
  ignores: {
    project_id: 'read-only',
    // Heat's type has none; it can be changed as long as no share server uses it.
    ou: stepwise(row =>
      row.ou
        ? {
            when: 'after',
            title: 'the organizational unit of the security service',
            command: command(
              'share security service set',
              ['--ou', row.ou],
              new Ref('security_service', row.id),
            ),
          }
        : undefined,
    ),
    default_ad_site: lossy(
      'Heat has no property for it: openstack share security service set --default-ad-site',
    ),
    share_networks: 'elsewhere',
    status: 'read-only',
    created_at: 'read-only',
    updated_at: 'read-only',
  },
  example: {
    row: {
      id: 'ss1',
      project_id: 'p1',
      name: 'staff',
      description: 'who may mount',
      type: 'ldap',
      dns_ip: '192.0.2.53',
      server: 'ldap.example.org',
      domain: 'example.org',
      user: 'manila',
      password: '(redacted)',
      ou: 'ou=shares',
      default_ad_site: null,
      share_networks: ['sn1'],
      status: 'new',
    },
    emits: {
      type: 'ldap',
      name: 'staff',
      description: 'who may mount',
      dns_ip: '192.0.2.53',
      server: 'ldap.example.org',
      domain: 'example.org',
      user: 'manila',
      password: {ask: 'password_of'},
    },
  },
});
