/** Texts that are longer than the services take. Heat itself measures none of them. */
import {fields} from '../../../model/json.ts';
import {known, type View} from '../view.ts';
import type {Rule} from './rule.ts';

/** Proof: neutron-lib `db/constants.py`; nova `api/validation/parameter_types.py`; cinder `api/validation/parameter_types.py`. */
const LONGEST = 255;

/** Types whose name and description are bound, and those whose metadata is. */
const named =
  /^OS::(?:Nova::(?:Server|ServerGroup|KeyPair)|Cinder::Volume|Neutron::(?:Net|ProviderNet|Subnet|SubnetPool|AddressScope|Port|Router|SecurityGroup|Trunk|QoSPolicy|VPNService|IKEPolicy|IPsecPolicy|IPsecSiteConnection)|Octavia::(?:LoadBalancer|Listener|Pool|L7Policy))$/;
const described = /^OS::(?:Neutron|Octavia)::/;
const withMetadata: ReadonlySet<string> = new Set(['OS::Nova::Server', 'OS::Cinder::Volume']);

export const lengths: Rule = function* ({view}) {
  for (const {resource, property, value} of textsOf(view)) {
    // As Python counts.
    const length = Array.from(value).length;
    if (length <= LONGEST) continue;
    yield {
      resource,
      property,
      value: `${value.slice(0, 20)}…`,
      verdict: `has ${length} characters; the service takes ${LONGEST}`,
      hint: 'shorten it',
    };
  }
};

interface Text {
  readonly resource: string;
  readonly property: string;
  readonly value: string;
}

function* textsOf({parts}: View): Generator<Text> {
  for (const {name: resource, type, properties} of parts) {
    const one = function* (property: string, value: unknown): Generator<Text> {
      if (typeof value === 'string') yield {resource, property, value};
    };
    if (named.test(type)) yield* one('name', properties['name']);
    if (described.test(type)) {
      yield* one('description', properties['description']);
      yield* one('value_specs.description', fields(properties['value_specs'])['description']);
    }
    if (!withMetadata.has(type)) continue;
    for (const [key, value] of Object.entries(fields(properties['metadata']))) {
      yield* one(`metadata key ${JSON.stringify(key.slice(0, 20))}`, key);
      yield* one(`metadata.${key.slice(0, 60)}`, known(value));
    }
  }
}
