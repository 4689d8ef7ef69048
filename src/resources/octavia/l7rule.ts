import {define, from, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {Ref} from '../../model/value.ts';
import {exampleBalancer, exampleListener, examplePolicy} from './example-rows.ts';
import {command} from '../neutron/shared.ts';
import {l7policy} from './l7policy.ts';
import {placeOn, serverMade, setAfterwards, Words, type Common} from './shared.ts';

/** Answered by Octavia; proof: octavia `api/v2/types/l7rule.py`, `L7RuleResponse`. */
interface Row extends Common {
  /** Not answered: the policy it was listed under. */
  readonly l7policy_id: string;
  readonly type: string;
  readonly compare_type: string;
  readonly key: string | null;
  readonly value: string;
  readonly invert: boolean;
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/octavia/l7rule.py`, `properties_schema`. */
interface Properties {
  readonly l7policy: Ref<'l7policy'>;
  readonly type: string;
  readonly compare_type: string;
  readonly key?: string;
  readonly value: string;
  readonly invert?: boolean;
  readonly admin_state_up?: boolean;
}

/** Octavia knows more: what a client's certificate says (SSL_*). */
const KNOWN = new Set(['HOST_NAME', 'PATH', 'FILE_TYPE', 'HEADER', 'COOKIE']);

function wordsFor(row: Pick<Row, 'tags'>): Words {
  return new Words().each('tags', '--tag', row.tags);
}

/**
 * What Heat has no word for is made by one command. Without --wait: the client then asks for the rule by its policy's id
 * and fails. Proof: python-octaviaclient `osc/v2/l7rule.py`, `CreateL7Rule`.
 */
function create(row: Row, scope: Scope): Place {
  scope.step({
    when: 'after',
    fields: ['*'],
    title: 'create an L7 rule that Heat has no word for',
    command: command(
      'loadbalancer l7rule create',
      `--type=${row.type}`,
      `--compare-type=${row.compare_type}`,
      `--value=${row.value}`,
      row.key ? [`--key=${row.key}`] : [],
      row.invert ? ['--invert'] : [],
      row.admin_state_up ? [] : ['--disable'],
      wordsFor(row).words,
      new Ref(l7policy.kind, row.l7policy_id),
    ),
  });
  return {as: 'step'};
}

const r = from<Row>();

export const l7rule = define<Row, Properties>()({
  kind: 'l7rule',
  section: 'Load balancers',
  heat: 'OS::Octavia::L7Rule',
  list: {
    service: 'load-balancer',
    path: 'lbaas/l7policies/{id}/rules',
    key: 'rules',
    parent: {
      kind: 'l7policy',
      field: 'l7policy_id',
      // A policy without the field may have some.
      when: row => !Array.isArray(row['rules']) || row['rules'].length > 0,
    },
  },
  where: (row, scope) => {
    const place = placeOn(row, scope, {what: 'policy', place: scope.place(l7policy, row.l7policy_id)});
    return place.as === 'resource' && !KNOWN.has(row.type) ? create(row, scope) : place;
  },
  label: (row, scope) => {
    const parent = scope.row(l7policy, row.l7policy_id)?.name;
    return [parent, row.type.toLowerCase(), row.value].filter(Boolean).join('_');
  },
  under: row => new Ref('l7policy', row.l7policy_id),
  properties: {
    l7policy: r.ref(l7policy, 'l7policy_id'),
    type: r.make(['type', 'tags', 'l7policy_id'], (row, scope) => {
      if (scope.place(l7rule, row.id)?.as === 'resource') {
        const of = [new Ref('l7policy', row.l7policy_id), new Ref('l7rule', row.id)];
        setAfterwards(scope, wordsFor(row), {what: 'L7 rule', of});
      }
      return row.type;
    }),
    compare_type: r.copy('compare_type'),
    key: r.some('key'),
    value: r.copy('value'),
    invert: r.unless('invert', false),
    admin_state_up: r.unless('admin_state_up', true),
  },
  unordered: ['tags'],
  ignores: serverMade,
  example: {
    row: {
      id: 'ru1',
      project_id: 'p1',
      l7policy_id: 'po1',
      provisioning_status: 'ACTIVE',
      operating_status: 'ONLINE',
      admin_state_up: false,
      type: 'HEADER',
      compare_type: 'CONTAINS',
      key: 'X-Kind',
      value: 'mobile',
      invert: true,
      tags: ['lab'],
    },
    with: {
      load_balancer: [exampleBalancer],
      listener: [exampleListener],
      l7policy: [examplePolicy],
    },
    emits: {
      l7policy: {get_resource: 'l7policy:po1'},
      type: 'HEADER',
      compare_type: 'CONTAINS',
      key: 'X-Kind',
      value: 'mobile',
      invert: true,
      admin_state_up: false,
    },
  },
});
