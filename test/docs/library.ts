/** The examples of docs/library.md, which shows these functions as they stand here. */
import {
  copyImages,
  deleteStack,
  follow,
  openHeat,
  openSession,
  perform,
  planImages,
  readBundle,
  realClock,
  stackFailed,
  type Copies,
  type Heat,
  type LeftBehind,
  type Session,
  type Stack,
  type StackRef,
  type StackResource,
} from '../../src/index.ts';

export async function connect(cloud: string): Promise<Heat> {
  const session = await openSession(
    {osCloud: cloud},
    {
      env: process.env,
      cwd: process.cwd(),
      home: process.env['HOME'] ?? '/',
      platform: process.platform,
      logger: {log: (level, message) => level === 'warn' && console.error(message)},
    },
  );
  return openHeat(session);
}

export async function webStacks(heat: Heat): Promise<readonly string[]> {
  const stacks = await heat.list({tags: ['web'], fields: {status: 'COMPLETE'}});
  return stacks.map(({name, status, updated, created}) => `${name} ${status} ${updated ?? created}`);
}

export async function failedResources(heat: Heat, nameOrId: string): Promise<readonly StackResource[]> {
  const stack = await heat.find(nameOrId);
  if (stack === undefined) throw new Error(`no stack ${nameOrId}`);
  // Those of nested stacks as well: each says which stack has it.
  const resources = await heat.resources(stack, {nestedDepth: 5});
  return resources.filter(({status}) => status.endsWith('_FAILED'));
}

export async function makeNetwork(heat: Heat, name: string): Promise<unknown> {
  const template = {
    heat_template_version: '2018-08-31',
    resources: {net: {type: 'OS::Neutron::Net', properties: {name}}},
    outputs: {id: {value: {get_resource: 'net'}}},
  };
  const body = {template, files: {}, environment: {parameters: {}}, disable_rollback: true};
  const {id, requestId} = await heat.create({...body, stack_name: name});
  const stack: StackRef = {name, id};
  const end = await follow(heat, stack, {
    actions: ['CREATE'],
    clock: realClock,
    onEvent: ({time, path, status}) => console.error(time, path.join('.'), status),
  });
  if (end?.status === 'CREATE_FAILED') throw await stackFailed(heat, end, requestId, []);
  const outputs = await heat.outputs(stack);
  return outputs.find(({key}) => key === 'id')?.value;
}

export async function suspendFor(heat: Heat, stack: Stack, signal: AbortSignal): Promise<string> {
  const {end} = await perform(heat, stack, {
    actions: ['SUSPEND'],
    ask: () => heat.act(stack, 'suspend'),
    pollSeconds: 10,
    signal,
  });
  return end?.status ?? 'gone';
}

export async function deleteButTell(heat: Heat, stack: Stack): Promise<readonly LeftBehind[] | undefined> {
  const {left} = await deleteStack(heat, stack, {
    async before(willStay) {
      if (willStay?.some(({type}) => type === 'OS::Cinder::Volume') === true)
        throw new Error('look at the volumes first');
      await Promise.resolve();
    },
  });
  return left;
}

export async function canUpdateInPlace(heat: Heat, type: string, property: string): Promise<boolean> {
  const answer = await heat.resourceType(type);
  if ('refused' in answer) throw new Error(`${type} is ${answer.refused}: ${answer.reason}`);
  return answer.properties.get(property)?.updateAllowed === true;
}

export async function about(heat: Heat): Promise<string> {
  const [build, versions] = await Promise.all([heat.buildInfo(), heat.templateVersions()]);
  return `heat-engine ${build.engine}, templates up to ${versions
    .filter(name => /\d/.test(name))
    .sort()
    .at(-1)}`;
}

export async function copyImagesOf(
  dir: string,
  [from, to]: readonly [Session, Session],
  signal: AbortSignal,
): Promise<Copies['values']> {
  const bundle = await readBundle(dir);
  const plan = await planImages(from, to, [bundle], {signal});
  const stopper = plan.findings.find(({severity}) => severity === 'error');
  if (stopper !== undefined) throw new Error(stopper.what);
  return (await copyImages(from, to, plan, {signal})).values;
}
