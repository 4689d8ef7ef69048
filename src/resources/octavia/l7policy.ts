import {define, from, isRebuilt, lost, type Scope} from '../../model/define.ts';
import {names} from '../../model/names.ts';
import {Ref} from '../../model/value.ts';
import {exampleBalancer, exampleListener, examplePolicy, examplePool} from './example-rows.ts';
import {listener} from './listener.ts';
import {pool} from './pool.ts';
import {placeOn, serverMade, setAfterwards, Words, type Common, type IdOnly} from './shared.ts';

/** Answered by Octavia; proof: octavia `api/v2/types/l7policy.py`, `L7PolicyResponse`. */
interface Row extends Common {
  readonly name: string;
  readonly description: string;
  readonly listener_id: string;
  readonly action: string;
  readonly position: number;
  readonly redirect_pool_id: string | null;
  readonly redirect_url: string | null;
  readonly redirect_prefix?: string | null;
  readonly redirect_http_code?: number | null;
  readonly rules: readonly IdOnly[];
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/octavia/l7policy.py`, `properties_schema`. */
interface Properties {
  readonly listener: Ref<'listener'>;
  readonly name: string;
  readonly description?: string;
  readonly action: string;
  readonly redirect_pool?: Ref<'pool'>;
  readonly redirect_url?: string;
  readonly position: number;
  readonly admin_state_up?: boolean;
}

type Redirect = Pick<Row, 'action' | 'redirect_url' | 'redirect_prefix' | 'redirect_http_code'>;

/**
 * Heat knows no REDIRECT_PREFIX: the policy is made as a redirect to that very URL, which a step widens. Octavia wants
 * the URL again where it is to take another code.
 */
function wordsFor(row: Redirect & Pick<Row, 'tags'>): Words {
  const words = new Words();
  if (row.action === 'REDIRECT_PREFIX') {
    words
      .add('action', '--action=REDIRECT_PREFIX')
      .unless('redirect_prefix', '--redirect-prefix', row.redirect_prefix);
    // Octavia forgets the URL with the change.
    words.fields.push('redirect_url');
  }
  const code = row.redirect_http_code;
  if (typeof code === 'number' && code !== 302) {
    if (row.action === 'REDIRECT_TO_URL') words.words.push(`--redirect-url=${row.redirect_url ?? ''}`);
    words.add('redirect_http_code', `--redirect-http-code=${code}`);
  }
  return words.each('tags', '--tag', row.tags);
}

/** The policies of its listener that the template makes, in their order. */
function siblings(row: Pick<Row, 'listener_id'>, scope: Scope): readonly Row[] {
  return scope
    .by(l7policy, 'listener_id', row.listener_id)
    .filter(({id}) => scope.place(l7policy, id)?.as === 'resource')
    .toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}

function rankOf(row: Pick<Row, 'id' | 'listener_id'>, scope: Scope): number {
  return siblings(row, scope).findIndex(({id}) => id === row.id);
}

/** Those behind one that is lost move up. */
function positionOf(row: Row, scope: Scope): number {
  const all = scope.by(l7policy, 'listener_id', row.listener_id);
  return siblings(row, scope).length === all.length ? row.position : rankOf(row, scope) + 1;
}

const r = from<Row>();

export const l7policy = define<Row, Properties>()({
  kind: 'l7policy',
  section: 'Load balancers',
  heat: 'OS::Octavia::L7Policy',
  list: {
    service: 'load-balancer',
    path: 'lbaas/l7policies',
    key: 'l7policies',
    ours: true,
    names: names({listener_id: 'listener', redirect_pool_id: 'pool', 'rules.id': 'l7rule'}),
  },
  outside: {constraint: 'octavia.l7policy', prefix: 'l7policy'},
  where: (row, scope) => {
    const place = placeOn(row, scope, {what: 'listener', place: scope.place(listener, row.listener_id)});
    if (place.as !== 'resource' || row.action !== 'REDIRECT_TO_POOL') return place;
    return isRebuilt(scope.place(pool, row.redirect_pool_id ?? ''))
      ? place
      : lost('the pool it redirects to is not rebuilt by the template');
  },
  label: (row, scope) => {
    const parent = scope.row(listener, row.listener_id)?.name;
    return [parent, row.action.toLowerCase(), row.position].filter(Boolean).join('_');
  },
  under: row => new Ref('listener', row.listener_id),
  // Each is put in at its position, counted among those that are there.
  after: (row, scope) => {
    const before = siblings(row, scope)[rankOf(row, scope) - 1];
    return before === undefined ? [] : [new Ref('l7policy', before.id)];
  },
  properties: {
    listener: r.ref(listener, 'listener_id'),
    name: r.make(
      ['name', 'action', 'redirect_url', 'redirect_prefix', 'redirect_http_code', 'tags'],
      (row, scope) => {
        setAfterwards(scope, wordsFor(row), {what: 'L7 policy', of: [new Ref('l7policy', row.id)]});
        return row.name;
      },
    ),
    description: r.some('description'),
    action: r.derive('action', action => (action === 'REDIRECT_PREFIX' ? 'REDIRECT_TO_URL' : action)),
    redirect_pool: r.make(['redirect_pool_id', 'action'], row =>
      row.action === 'REDIRECT_TO_POOL' && row.redirect_pool_id !== null
        ? new Ref(pool.kind, row.redirect_pool_id)
        : undefined,
    ),
    redirect_url: r.make(['redirect_url', 'redirect_prefix', 'action'], row => {
      if (row.action === 'REDIRECT_PREFIX') return row.redirect_prefix ?? undefined;
      return row.action === 'REDIRECT_TO_URL' ? (row.redirect_url ?? undefined) : undefined;
    }),
    position: r.make(['position', 'listener_id'], (row, scope) => rankOf(row, scope) + 1),
    admin_state_up: r.unless('admin_state_up', true),
  },
  unordered: ['rules', 'tags'],
  compares: {
    position: positionOf,
  },
  ignores: {...serverMade, rules: 'elsewhere'},
  example: {
    row: {
      id: 'po1',
      project_id: 'p1',
      name: 'moved',
      description: 'to the new site',
      provisioning_status: 'ACTIVE',
      operating_status: 'ONLINE',
      admin_state_up: false,
      listener_id: 'l1',
      action: 'REDIRECT_TO_URL',
      position: 2,
      redirect_pool_id: null,
      redirect_url: 'https://www.example.org/new',
      redirect_prefix: null,
      redirect_http_code: 301,
      rules: [{id: 'ru1'}],
      tags: ['seo'],
    },
    with: {
      load_balancer: [exampleBalancer],
      listener: [exampleListener],
      l7policy: [{...examplePolicy, id: 'po0'}],
    },
    emits: {
      listener: {get_resource: 'listener:l1'},
      name: 'moved',
      description: 'to the new site',
      action: 'REDIRECT_TO_URL',
      redirect_url: 'https://www.example.org/new',
      position: 2,
      admin_state_up: false,
    },
  },
  moreExamples: [
    {
      row: {
        id: 'po2',
        project_id: 'p1',
        name: 'api',
        description: '',
        provisioning_status: 'ACTIVE',
        admin_state_up: true,
        listener_id: 'l1',
        action: 'REDIRECT_TO_POOL',
        position: 1,
        redirect_pool_id: 'pl1',
        redirect_url: null,
        rules: [],
      },
      with: {
        load_balancer: [exampleBalancer],
        listener: [exampleListener],
        pool: [examplePool],
      },
      emits: {
        listener: {get_resource: 'listener:l1'},
        name: 'api',
        action: 'REDIRECT_TO_POOL',
        redirect_pool: {get_resource: 'pool:pl1'},
        position: 1,
      },
    },
    {
      row: {
        id: 'po3',
        project_id: 'p1',
        name: 'secure',
        description: '',
        provisioning_status: 'ACTIVE',
        admin_state_up: true,
        listener_id: 'l1',
        action: 'REDIRECT_PREFIX',
        position: 1,
        redirect_pool_id: null,
        redirect_url: null,
        redirect_prefix: 'https://www.example.org',
        redirect_http_code: 302,
        rules: [],
      },
      with: {
        load_balancer: [exampleBalancer],
        listener: [exampleListener],
      },
      emits: {
        listener: {get_resource: 'listener:l1'},
        name: 'secure',
        action: 'REDIRECT_TO_URL',
        redirect_url: 'https://www.example.org',
        position: 1,
      },
    },
  ],
});
