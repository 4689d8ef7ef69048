/** References between resources: circles, for which Heat answers 500 without a cause, and those that lead nowhere. */
import {findCycle} from '../../../model/cycles.ts';
import {fields} from '../../../model/json.ts';
import {isPlainObject} from '../../../model/value.ts';
import type {Fault} from '../finding.ts';
import {isFunction} from '../template.ts';
import type {Wait} from '../view.ts';
import {type Rule, together} from './rule.ts';

const circles: Rule = function* ({view, net}) {
  // Heat adds these itself: proof in heat `neutron/port.py`, `add_dependencies`.
  const implied = net.ports.flatMap(({part, network}): readonly Wait[] =>
    part === undefined
      ? []
      : net
          .subnetsOf(network)
          .flatMap(subnet =>
            subnet.part === undefined
              ? []
              : [{from: part.name, to: subnet.part.name, property: `its network's subnet`}],
          ),
  );
  const circle = findCycle(
    view.parts.map(({name}) => name),
    [...view.waits, ...implied],
  );
  const [first] = circle ?? [];
  if (circle === undefined || first === undefined) return;
  const way = circle.map(({from, property}) => `${from} (${property})`).join(' -> ');
  yield {
    resource: first.from,
    property: first.property,
    verdict: `closes a circle of references: ${way} -> ${first.from}`,
    hint: 'take one of these references out',
  };
};

/** What each function is given; another shape is data that only looks like a call. */
const shapes: Readonly<Record<string, (argument: unknown) => boolean>> = {
  get_resource: argument => typeof argument === 'string',
  get_param: argument => typeof argument === 'string' || Array.isArray(argument),
  get_file: argument => typeof argument === 'string',
  get_attr: argument => Array.isArray(argument) && argument.length >= 2,
  list_join: argument => Array.isArray(argument) && argument.length >= 2,
  str_replace: argument => isPlainObject(argument) && 'template' in argument,
  if: argument => Array.isArray(argument) && argument.length >= 2,
  repeat: argument => isPlainObject(argument) && 'for_each' in argument,
  str_split: argument => Array.isArray(argument) || isPlainObject(argument),
  map_merge: argument => Array.isArray(argument),
  digest: argument => Array.isArray(argument),
};

const calls: Rule = function* ({view}) {
  for (const {name, raw} of view.parts) yield* callsIn(raw, name, '');
};

function* callsIn(value: unknown, resource: string, path: string): Generator<Fault> {
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly unknown[]).entries())
      yield* callsIn(item, resource, `${path}[${index}]`);
    return;
  }
  if (!isPlainObject(value)) return;
  const [key = '', ...others] = Object.keys(value);
  const isCall = others.length === 0 && isFunction(key);
  if (isCall && shapes[key]?.(value[key]) === false) {
    yield {
      resource,
      property: path,
      verdict: `has the one key ${key}, which Heat takes for a function call, and the argument doesn't fit one`,
      hint: 'if it is data, give it by a parameter of type json; if it is a call, mend its argument',
    };
    return;
  }
  for (const [name, item] of Object.entries(fields(value)))
    yield* callsIn(item, resource, isCall ? path : path === '' ? name : `${path}.${name}`);
}

export const references: Rule = together(circles, calls);
