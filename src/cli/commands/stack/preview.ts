import type {Session} from '../../../cloud/types.ts';
import {type Fields, objects, text as textOf, texts} from '../../../model/json.ts';
import {makeCommand, type Context} from '../../command.ts';
import {exit} from '../../exit.ts';
import {rowFormats, rowsText, type RowOf} from '../../format/formats.ts';
import {rowOptions, withRows} from '../../format/options.ts';
import {text} from '../../option-kinds.ts';
import {stackName, withValues} from '../../stack-options.ts';
import {templateSource, withSource, type TemplateSource} from './source.ts';
import {columnsOf, openOrchestration} from './target.ts';
import {refused} from './validate.ts';

export const preview = makeCommand({
  examples: [
    'rekindle stack preview out --os-cloud target',
    'rekindle stack preview web.yaml -P flavor=m1.small',
  ],
  notes: `Heat checks here all that it checks before a create starts, which is not all that a create may meet: rekindle check
sees more. Exit code 4 means that Heat refuses it.`,
  options: cli =>
    withRows(
      withValues(withSource(cli)).option('stack', text('Name of the stack; default: one that is free')),
      rowFormats,
    ),
  async run(args, context) {
    const source = await templateSource(args, context);
    const {session, heat} = await openOrchestration(context);
    const name = args.stack ?? `${stackName(undefined, source.bundle?.report.project ?? 'stack')}-preview`;
    const {template, files} = source;
    const parameters = await chosen(source, name, session, context);
    const answer = await heat
      .preview(
        {stack_name: name, template, files, environment: {parameters}, disable_rollback: true},
        context.signal,
      )
      .catch(refused);
    const columns = columnsOf('resource_name', 'resource_type', 'required_by');
    const rows = [...previewed(answer['resources'])].sort(byName);
    context.print(await rowsText({columns, rows}, rowOptions(args, context)));
    return exit.done;
  },
});

/** A bundle's parameters as `deploy` would settle them for this project. */
async function chosen(
  {bundle, parameters, given}: TemplateSource,
  stack: string,
  session: Session,
  {signal}: Context,
): Promise<Fields> {
  if (bundle === undefined) return parameters;
  const {preflight} = await import('../../../deploy/index.ts');
  return (await preflight(session, bundle, {stack, parameters: given, previewSeconds: 0, signal})).parameters;
}

function byName(a: RowOf, b: RowOf): number {
  const [x, y] = [textOf(a['resource_name']), textOf(b['resource_name'])];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Those of nested stacks are lists in the list; they are named by the way to them. */
function previewed(rows: unknown, prefix = ''): readonly RowOf[] {
  if (!Array.isArray(rows)) return [];
  const all = rows as readonly unknown[];
  const own = objects(all).map(row => ({
    resource_name: `${prefix}${textOf(row['resource_name'])}`,
    resource_type: textOf(row['resource_type']),
    required_by: texts(row['required_by']).join(', '),
  }));
  const inner = all.filter(row => Array.isArray(row));
  return [
    ...own,
    ...inner.flatMap(nested => {
      const outer = textOf(objects(nested)[0]?.['parent_resource']);
      return previewed(nested, outer === '' ? prefix : `${prefix}${outer}.`);
    }),
  ];
}
