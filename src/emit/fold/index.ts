/** Identical siblings -> groups with nested templates, proven to come to the same as the flat form. Pure. */
import type {EarlierBundle, ReportFold, ReportUnfolded} from '../../model/bundle.ts';
import type {Graph} from '../../model/graph.ts';
import {memberName} from '../../model/expand.ts';
import {text} from '../../model/json.ts';
import {Joined, Ref} from '../../model/value.ts';
import type {Built} from '../build.ts';
import type {Json, Template, TemplateResource} from '../model.ts';
import {checkEqual} from './equal.ts';
import {type Group, groupOf, type Numbered} from './group.ts';
import {type Outer, Refusal} from './lift.ts';
import {groupName} from './names.ts';
import {nestedYaml} from './nested.ts';
import {numbered} from './order.ts';
import {signatureOf} from './signature.ts';
import {type Member, type Siblings, siblingsOf, type Whole} from './siblings.ts';
import {namesIn, redirected} from './values.ts';

export interface Folded extends Built {
  readonly folds: readonly ReportFold[];
  /** Sets of siblings that stay as they are, and why. */
  readonly unfolded: readonly ReportUnfolded[];
  /** Logical names that things have outside groups, by node key. */
  readonly flatNames: ReadonlyMap<string, string>;
}

/** @throws RekindleError 'internal' where the groups would not come to what was there before. */
export function fold(built: Built, graph: Graph, earlier: EarlierBundle | undefined): Folded {
  const folding = new Folding(built, graph, earlier);
  for (const siblings of siblingsOf(folding.whole)) folding.add(siblings);
  const folded = folding.result();
  checkEqual(built, folded);
  return folded;
}

class Folding {
  readonly whole: Whole;
  readonly #built: Built;
  readonly #earlier: EarlierBundle | undefined;
  readonly #outer: Outer;
  readonly #groups: Group[] = [];
  readonly #unfolded: ReportUnfolded[] = [];
  /** The group that a resource is in, by its flat name. */
  readonly #homes = new Map<string, string>();
  /** What is in each group: flat names. */
  readonly #parts = new Map<string, readonly string[]>();
  /** What each resource waits for, by flat name. */
  readonly #targets = new Map<string, readonly string[]>();
  /** Titles of the steps that need a thing, by its key. */
  readonly #steps: ReadonlyMap<string, string>;
  readonly #taken: Set<string>;

  constructor(built: Built, graph: Graph, earlier: EarlierBundle | undefined) {
    const {template} = built;
    const own = new Set(
      template.parameters
        .filter(({role}) => role === 'ask' || role === 'secret' || role === 'data')
        .map(({name}) => name),
    );
    const isOwnParameter = (name: string): boolean => own.has(name);
    this.#built = built;
    this.#earlier = earlier;
    this.whole = {
      graph,
      names: built.names,
      resources: new Map(template.resources.map(resource => [resource.name, resource])),
      isOwnParameter,
    };
    this.#outer = {
      parameters: new Map(template.parameters.map(parameter => [parameter.name, parameter])),
      isOwnParameter,
    };
    for (const resource of template.resources) this.#targets.set(resource.name, targetsOf(resource));
    this.#steps = stepsBy(graph);
    this.#taken = new Set([...template.resources, ...template.parameters].map(({name}) => name));
  }

  add(siblings: Siblings): void {
    const labels = siblings.map(({server}) => this.#label(server));
    try {
      const group = this.#folded(this.#withFloatingIps(siblings));
      this.#groups.push(group);
      this.#taken.add(group.name);
      const parts = group.members.flatMap(({member}) => member.parts.map(key => this.#nameOf(key)));
      this.#parts.set(group.name, parts);
      for (const name of parts) this.#homes.set(name, group.name);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#unfolded.push({members: labels, reason: error.message});
    }
  }

  #label(key: string): string {
    return this.whole.graph.nodes.get(key)?.label || this.#nameOf(key);
  }

  #nameOf(key: string): string {
    const name = this.whole.names.get(key);
    if (name === undefined) throw new Error(`no logical name for ${key}`);
    return name;
  }

  /** With their floating IPs, where all have the like: else these stand outside, and name the ports by outputs. */
  #withFloatingIps(siblings: Siblings): Siblings {
    const all = siblings.map(withOwn) as unknown as Siblings;
    const isFree = siblings.every(({floatingIps}) =>
      floatingIps.every(
        key => !this.#steps.has(key) && this.whole.resources.get(this.#nameOf(key))?.condition === undefined,
      ),
    );
    const shapes = new Set(all.map(({parts}) => signatureOf(parts, this.whole)));
    return isFree && shapes.size === 1 ? all : siblings;
  }

  #folded(siblings: Siblings): Group {
    const members = numbered(siblings, this.whole, this.#earlier);
    const parts = new Map<string, Member>();
    for (const {member} of members) for (const key of member.parts) parts.set(this.#nameOf(key), member);
    for (const {member} of members) this.#check(member, parts);
    const first = members[0]?.member.server ?? '';
    const name =
      this.#nameBefore(members) ??
      groupName(
        members.map(({member}) => this.#nameOf(member.server)),
        first,
        one => this.#taken.has(one),
      );
    const file = `files/${name}.yaml`;
    if (this.#built.template.files.has(file)) throw new Refusal(`the file ${file} is taken`);
    return groupOf(members, {
      name,
      file,
      whole: this.whole,
      outer: this.#outer,
      template: this.#built.template,
      waits: this.#waits(parts),
    });
  }

  /** @throws Refusal */
  #check(member: Member, parts: ReadonlyMap<string, Member>): void {
    for (const key of member.parts) {
      const name = this.#nameOf(key);
      const step = this.#steps.get(key);
      if (step !== undefined)
        throw new Refusal(`a step beside the stack needs ${name}, and steps don't look into groups: ${step}`);
      const seen = new Set<string>();
      const todo = (this.#targets.get(name) ?? []).filter(target => {
        const whose = parts.get(target);
        if (whose !== undefined && whose !== member)
          throw new Refusal(`${name} refers to ${target}: in a group nothing refers to another member`);
        return whose === undefined;
      });
      // What they need must not need them in turn.
      for (let target = todo.pop(); target !== undefined; target = todo.pop()) {
        if (parts.has(target))
          throw new Refusal(
            `${name} needs something that itself needs ${target}: with both in one group that is a circle`,
          );
        const home = this.#homes.get(target);
        if (seen.has(home ?? target)) continue;
        seen.add(home ?? target);
        todo.push(...(home === undefined ? (this.#targets.get(target) ?? []) : this.#targetsOf(home)));
      }
    }
  }

  /** What a group waits for. */
  #targetsOf(group: string): readonly string[] {
    const targets = (this.#parts.get(group) ?? []).flatMap(name => this.#targets.get(name) ?? []);
    return targets.filter(target => this.#homes.get(target) !== group);
  }

  /** The name of the earlier group that had these. */
  #nameBefore(members: Numbered): string | undefined {
    const report = this.#earlier?.report;
    if (report?.folds === undefined) return undefined;
    const keys = new Set(members.map(({member}) => member.server));
    const found = report.folds.find(
      ({name}) =>
        /^[A-Za-z_]\w*$/.test(name) &&
        !this.#taken.has(name) &&
        report.resources.some(one => one.name.startsWith(`${name}.`) && keys.has(`${one.kind}:${one.id}`)),
    );
    return found?.name;
  }

  /**
   * What no reference says. In one stack Heat itself makes a port wait for all subnets of its network, which it can't
   * where the port is in a nested one. Proof: heat `neutron/port.py`, `add_dependencies`.
   */
  #waits(parts: ReadonlyMap<string, Member>): readonly string[] {
    const {resources} = this.whole;
    const referred = new Set<string>();
    const wanted = new Set<string>();
    const networks = new Set<string>();
    for (const name of parts.keys()) {
      const resource = resources.get(name);
      if (resource === undefined) continue;
      for (const target of namesIn(resource.properties)) if (!parts.has(target)) referred.add(target);
      for (const target of resource.dependsOn) if (!parts.has(target)) wanted.add(target);
      const network = resource.type === 'OS::Neutron::Port' ? resource.properties['network'] : undefined;
      if (network !== undefined) for (const target of namesIn(network)) networks.add(target);
    }
    for (const {name, type, properties} of resources.values())
      if (
        type === 'OS::Neutron::Subnet' &&
        [...namesIn(properties['network'] ?? '')].some(one => networks.has(one))
      )
        wanted.add(name);
    // What one of the others needs is there by then.
    const reached = new Set<string>();
    const todo = [...referred, ...[...wanted].flatMap(name => this.#targets.get(name) ?? [])];
    for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
      if (reached.has(name)) continue;
      reached.add(name);
      todo.push(...(this.#targets.get(name) ?? []));
    }
    return [...wanted].filter(name => !reached.has(name)).sort();
  }

  result(): Folded {
    const {template, names} = this.#built;
    const places = new Map<string, {readonly group: Group; readonly index: number; readonly role: string}>();
    const paths = new Map(names);
    for (const group of this.#groups)
      for (const {member, index} of group.members)
        for (const [part, key] of member.parts.entries()) {
          const role = group.roles[part] ?? '';
          places.set(this.#nameOf(key), {group, index, role});
          paths.set(key, memberName(group.name, String(index), role));
        }
    const outputs = new Map<Group, Map<string, Json>>(this.#groups.map(group => [group, new Map()]));
    const outward = (value: Json): Json =>
      redirected(value, (call, name, path) => {
        const place = places.get(name);
        if (place === undefined) return undefined;
        const {group, index, role} = place;
        const [attribute, ...rest] = path;
        const output = call === 'get_resource' ? role : `${role}_${text(attribute).replaceAll(/\W/g, '_')}`;
        outputs
          .get(group)
          ?.set(output, call === 'get_resource' ? {get_resource: role} : {get_attr: [role, attribute ?? '']});
        return {get_attr: [group.name, `resource.${index}.${output}`, ...rest]};
      });
    const groupAt = new Map(
      this.#groups.map(group => [this.#nameOf(group.members[0]?.member.server ?? ''), group]),
    );
    const resources: TemplateResource[] = [];
    let section = '';
    let shown = '';
    const put = (resource: TemplateResource): void => {
      const {section: _heading, ...rest} = resource;
      resources.push({
        ...rest,
        properties: outward(resource.properties) as TemplateResource['properties'],
        dependsOn: [...new Set(resource.dependsOn.map(name => places.get(name)?.group.name ?? name))].sort(),
        ...(section === shown ? {} : {section}),
      });
      shown = section;
    };
    for (const resource of template.resources) {
      section = resource.section ?? section;
      const group = groupAt.get(resource.name);
      if (group !== undefined) put(group.resource);
      else if (!places.has(resource.name)) put(resource);
    }
    const result: Template = {
      ...template,
      resources,
      outputs: Object.fromEntries(
        Object.entries(template.outputs).map(([name, output]) => [
          name,
          {...output, value: outward(output.value)},
        ]),
      ),
      files: new Map([
        ...template.files,
        ...this.#groups.map((group): [string, string] => [
          group.file,
          nestedYaml(group, sorted(outputs.get(group))),
        ]),
      ]),
    };
    return {
      ...this.#built,
      template: result,
      names: paths,
      flatNames: names,
      unfolded: this.#unfolded,
      folds: this.#groups.map(({name, file, members}) => ({
        name,
        file,
        members: members.map(({member}) => this.#label(member.server)),
      })),
    };
  }
}

function sorted(outputs: ReadonlyMap<string, Json> = new Map()): ReadonlyMap<string, Json> {
  return new Map([...outputs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withOwn(member: Member): Member {
  return {...member, parts: [...member.parts, ...member.floatingIps]};
}

function targetsOf({properties, dependsOn}: TemplateResource): readonly string[] {
  return [...new Set([...namesIn(properties), ...dependsOn])];
}

/** Which things steps need, by key, with the first one's title. */
function stepsBy(graph: Graph): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const {steps} of graph.nodes.values())
    for (const {title, command, of = []} of steps)
      for (const word of [...command, ...of])
        for (const part of word instanceof Joined ? word.parts : [word])
          if (part instanceof Ref) {
            const key = `${part.kind}:${part.id}`;
            if (!found.has(key)) found.set(key, title);
          }
  return found;
}
