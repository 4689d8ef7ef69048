import type {Json} from '../../../emit/model.ts';
import type {Fields} from '../../../model/json.ts';
import {isPlainObject} from '../../../model/value.ts';
import {makeCommand} from '../../command.ts';
import {exit} from '../../exit.ts';
import {dataText} from '../../format/formats.ts';
import {withFormat} from '../../format/options.ts';
import {openTarget, withStackOperand} from './target.ts';

export const template = makeCommand({
  examples: ['rekindle stack template web > web.yaml', 'rekindle stack template web -f json'],
  notes: 'Sections and fields come in the order of the HOT specification. Comments are not kept by Heat.',
  options: cli => withFormat(withStackOperand(cli), ['yaml', 'json']),
  async run(args, context) {
    const {heat, stack} = await openTarget(args.stack, context);
    const ordered = inOrder(await heat.template(stack));
    if (args.format === 'json') {
      context.print(await dataText(ordered, 'json'));
      return exit.done;
    }
    const {stringify, toMap, toNode} = await import('../../../emit/yaml.ts');
    const entries = Object.entries(ordered).map(([key, value], index) => ({
      key,
      value: toNode(value as Json, 2),
      space: index > 0,
    }));
    context.print(stringify(toMap(entries)));
    return exit.done;
  },
});

/** Heat `engine/hot/template.py`, in the order of its guide; CloudFormation's sections keep their own. */
const sections = [
  'heat_template_version',
  'description',
  'parameter_groups',
  'parameters',
  'conditions',
  'resources',
  'outputs',
];

const ofParameter = ['type', 'label', 'description', 'default', 'hidden', 'constraints', 'immutable', 'tags'];
const ofResource = [
  'type',
  'external_id',
  'condition',
  'depends_on',
  'properties',
  'metadata',
  'deletion_policy',
  'update_policy',
];

export function inOrder(given: Fields): Fields {
  const ordered = sorted(given, sections);
  return Object.fromEntries(
    Object.entries(ordered).map(([name, section]) => {
      const order = name === 'parameters' ? ofParameter : name === 'resources' ? ofResource : undefined;
      if (order === undefined || !isPlainObject(section)) return [name, section];
      const items = Object.entries(section).map(([key, item]) => [
        key,
        isPlainObject(item) ? sorted(item, order) : item,
      ]);
      return [name, Object.fromEntries(items)];
    }),
  );
}

/** What the order doesn't name comes last, in the order it had. */
function sorted(value: Fields, order: readonly string[]): Fields {
  const known = order.filter(key => Object.hasOwn(value, key));
  const others = Object.keys(value).filter(key => !order.includes(key));
  return Object.fromEntries([...known, ...others].map(key => [key, value[key]]));
}
