import {makeCommand} from '../../command.ts';
import {exit} from '../../exit.ts';
import {dataText} from '../../format/formats.ts';
import {withFormat} from '../../format/options.ts';
import {openTarget, withStackOperand} from './target.ts';

/** Those of the environment's sections that can be given to Heat again. */
const sections = ['parameters', 'parameter_defaults', 'resource_registry'];

export const environment = makeCommand({
  examples: ['rekindle stack environment web > environment.yaml', 'rekindle stack environment web -f json'],
  notes: 'Values of hidden parameters read ******: Heat tells them to nobody.',
  options: cli => withFormat(withStackOperand(cli), ['yaml', 'json']),
  async run(args, context) {
    const {heat, stack} = await openTarget(args.stack, context);
    const given = await heat.environment(stack);
    const shown = sections.filter(key => Object.hasOwn(given, key)).map(key => [key, given[key]]);
    context.print(await dataText(Object.fromEntries(shown), args.format));
    return exit.done;
  },
});
