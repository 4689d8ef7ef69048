import type {Heat, ResourceDetail, Stack, StackResource} from '../../../heat/index.ts';
import {RekindleError} from '../../../model/errors.ts';
import {maskSecrets} from '../../../model/likely-secrets.ts';
import {makeCommand} from '../../command.ts';
import {exit} from '../../exit.ts';
import {dataText, rowFormats, rowsText, type RowOf} from '../../format/formats.ts';
import {rowOptions, withRows} from '../../format/options.ts';
import {recordText} from '../../format/record.ts';
import {whole} from '../../numbers.ts';
import {flag, text} from '../../option-kinds.ts';
import {columnsOf, nearMiss, openTarget, withStackOperand} from './target.ts';

export const resources = makeCommand({
  examples: [
    'rekindle stack resources web --nested-depth 5',
    'rekindle stack resources web --status FAILED -c resource_name -c resource_status_reason',
    'rekindle stack resources web server_db -f json    one, with its attributes',
    'rekindle stack resources web group.0 --metadata   a resource of a nested stack',
  ],
  options: cli =>
    withRows(
      withStackOperand(cli)
        .positional('resource', {
          type: 'string',
          describe: 'Logical name; of a nested stack: OUTER.INNER',
        })
        .option('nested-depth', text('Levels of nested stacks to list (0)'))
        .option('status', text('Only those in this status, as FAILED or CREATE_COMPLETE'))
        .option('metadata', flag('Of one resource: its metadata, in place of all else')),
      rowFormats,
    ),
  async run(args, context) {
    const {resource, status} = args;
    const depth = whole('nested-depth', args['nested-depth'], 0);
    const options = rowOptions(args, context);
    if (resource === undefined) {
      if (args.metadata === true) throw new RekindleError('usage', '--metadata needs the name of a resource');
      const {heat, stack} = await openTarget(args.stack, context);
      const all = await heat.resources(stack, {nestedDepth: depth ?? 0});
      const rows = all
        .filter(one => status === undefined || hasStatus(one, status))
        .sort(byName)
        .map(resourceRow);
      const columns = columnsOf(...titles, ...((depth ?? 0) > 0 ? ['stack_name'] : []));
      const offered = options.columns?.length ? columnsOf(...titles, ...more) : columns;
      context.print(await rowsText({columns: offered, rows}, options));
      return exit.done;
    }
    for (const [name, value] of Object.entries({status, 'nested-depth': depth})) {
      if (value !== undefined)
        throw new RekindleError(
          'usage',
          `--${name} is for the list; ${JSON.stringify(resource)} is one resource`,
        );
    }
    const {heat, stack} = await openTarget(args.stack, context);
    const found = await findResource(heat, stack, resource);
    if (args.metadata === true) {
      const format = args.format === 'yaml' ? 'yaml' : 'json';
      context.print(await dataText(await heat.metadata(found.stack, found.ownName), format));
      return exit.done;
    }
    const detail = await heat.resource(found.stack, found.ownName);
    if (detail === undefined) throw missing(stack, resource, []);
    context.print(await recordText(detailOf(detail), options));
    return exit.done;
  },
});

const titles = ['resource_name', 'physical_resource_id', 'resource_type', 'resource_status', 'updated_time'];
/** For -c only. */
const more = ['stack_name', 'resource_status_reason', 'required_by'];

function hasStatus({status}: StackResource, wanted: string): boolean {
  const word = wanted.toUpperCase();
  return status === word || status.endsWith(`_${word}`);
}

function byName(a: StackResource, b: StackResource): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function resourceRow(resource: StackResource): RowOf {
  return {
    resource_name: resource.ownName,
    physical_resource_id: resource.id,
    resource_type: resource.type,
    resource_status: resource.status,
    resource_status_reason: resource.reason,
    updated_time: resource.updated,
    required_by: resource.requiredBy.join(', '),
    stack_name: resource.stack.name,
  };
}

function detailOf(detail: ResourceDetail): Readonly<Record<string, unknown>> {
  return {
    resource_name: detail.ownName,
    logical_resource_id: detail.ownName,
    physical_resource_id: detail.id,
    resource_type: detail.type,
    resource_status: detail.status,
    resource_status_reason: detail.reason,
    creation_time: detail.created,
    updated_time: detail.updated,
    description: detail.description,
    required_by: detail.requiredBy,
    stack_name: detail.stack.name,
    // Some types hand out what they were given, or made: a password, a private key.
    attributes: maskSecrets(detail.attributes),
  };
}

/** The stack's own come first, as a logical name may hold a dot. */
async function findResource(heat: Heat, stack: Stack, name: string): Promise<StackResource> {
  const all = await heat.resources(stack);
  const found =
    all.find(one => one.stack.id === stack.id && one.ownName === name) ?? all.find(one => one.name === name);
  if (found === undefined) throw missing(stack, name, all);
  return found;
}

function missing(stack: Stack, name: string, all: readonly StackResource[]): RekindleError {
  return new RekindleError(
    'not-found',
    `The stack ${JSON.stringify(stack.name)} has no resource ${JSON.stringify(name)}`,
    {
      hint: nearMiss(
        name,
        all.map(one => one.name),
        `rekindle stack resources ${stack.name} shows those it has`,
      ),
    },
  );
}
