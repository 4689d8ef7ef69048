/** Trunks: each port in one of them once, each segment once in a trunk. Proof: neutron `services/trunk/rules.py`. */
import {fields} from '../../../model/json.ts';
import {repeatsOf} from '../topology.ts';
import {itemsOf, known, type Part, type View} from '../view.ts';
import {type Rule, together} from './rule.ts';

interface Place {
  readonly part: Part;
  readonly property: string;
  readonly port: string | undefined;
  readonly segment: string | undefined;
}

function placesOf(view: View): readonly Place[] {
  return view.of('OS::Neutron::Trunk').flatMap(part => {
    const subports = itemsOf(part.properties['sub_ports'], 'sub_ports').map(({item, path}): Place => {
      const {port, port_id: id, segmentation_id: segment} = fields(item);
      return {part, property: path, port: view.target(port ?? id)?.name, segment: known(segment)};
    });
    const parent = view.target(part.properties['port'])?.name;
    const own: Place = {part, property: 'port', port: parent, segment: undefined};
    return [own].concat(subports);
  });
}

const ports: Rule = function* ({view}) {
  for (const [again, first] of repeatsOf(placesOf(view), ({port}) => port))
    yield {
      resource: again.part.name,
      property: again.property,
      value: again.port,
      verdict: `is in a trunk already: ${first.part.name}, ${first.property}`,
      hint: 'a port can be in one trunk, once: leave one out',
    };
};

function segmentKey({part, segment}: Place): string {
  return segment === undefined ? '' : `${part.name} ${segment}`;
}

const segments: Rule = function* ({view}) {
  for (const [again, first] of repeatsOf(placesOf(view), segmentKey))
    yield {
      resource: again.part.name,
      property: `${again.property}.segmentation_id`,
      value: again.segment,
      verdict: `is taken by ${first.property} of the same trunk`,
      hint: 'give each subport another one',
    };
};

export const trunks: Rule = together(ports, segments);
