/** A bundle without what the target can't make, and what that loses. Pure. */
import type {LoadedBundle, ReportLoss, ReportResource, ReportStep} from '../../model/bundle.ts';
import {expand} from '../../model/expand.ts';
import {fields, text} from '../../model/json.ts';
import {topOf} from '../../model/path.ts';
import {parsePyYaml} from '../../model/pyyaml.ts';
import {resourcesOfWord} from '../../model/step-word.ts';
import {specOf} from '../../resources/index.ts';
import type {Lack} from '../check/lack.ts';
import {cutTemplate, type IsRequired, partsOf} from './template.ts';

export interface CutBundle {
  readonly bundle: LoadedBundle;
  /** What is announced, beside what the report of the bundle does. */
  readonly losses: readonly ReportLoss[];
}

export function cutBundle(bundle: LoadedBundle, lacks: readonly Lack[], isRequired: IsRequired): CutBundle {
  if (lacks.length === 0) return {bundle, losses: []};
  const {report} = bundle;
  const main = cutTemplate(fields(bundle.template), lacks, isRequired);
  const files = {...bundle.files};
  /** Of nested templates, by file. */
  const nested = new Map<string, ReturnType<typeof cutTemplate>>();
  // What is given another value is so by its name, which means nothing there.
  const everywhere = lacks.filter(({instead}) => instead === undefined);
  for (const file of nestedFiles(bundle)) {
    const cut = cutTemplate(fields(parsePyYaml(files[file] ?? '')), everywhere, isRequired);
    if (cut.resources.size === 0 && cut.properties.size === 0) continue;
    nested.set(file, cut);
    // JSON is YAML to Heat's parser.
    files[file] = JSON.stringify(cut.template);
  }
  const groups = expand(bundle.template, bundle.files).groups;
  /** What became of a resource of the report: in a group it is one of its nested template's. */
  const ofResource = ({name}: ReportResource) => {
    const [group = '', , inner = ''] = name.split('.');
    const cut = inner === '' ? main : nested.get(groups.get(group)?.file ?? '');
    const own = inner === '' ? name : inner;
    return {
      gone: cut?.resources.get(own) ?? (inner === '' ? undefined : main.resources.get(group)),
      lost: cut?.properties.get(own) ?? new Map<string, string>(),
    };
  };
  const losses: ReportLoss[] = [];
  const gone = new Map<string, string>();
  for (const resource of report.resources) {
    const {kind, id, label, name} = resource;
    const {gone: why, lost} = ofResource(resource);
    const loss = {kind, id, label, resource: name};
    if (why !== undefined) {
      gone.set(name, why);
      losses.push({...loss, field: '*', reason: why});
      continue;
    }
    const byField = new Map<string, string>();
    for (const [path, reason] of lost) for (const field of fieldsOf(kind, path)) byField.set(field, reason);
    for (const [field, reason] of byField) losses.push({...loss, field, reason});
  }
  const goneThings = new Set(
    report.resources.filter(({name}) => gone.has(name)).map(({kind, id}) => `${kind}:${id}`),
  );
  const steps: ReportStep[] = [];
  for (const step of report.steps) {
    const {kind, id, label, fields: lost, command, of = []} = step;
    const needs = [...command, ...of].flatMap(resourcesOfWord).find(name => gone.has(name));
    if (needs === undefined && !goneThings.has(`${kind}:${id}`)) steps.push(step);
    else if (!goneThings.has(`${kind}:${id}`))
      for (const field of lost)
        losses.push({kind, id, label, field, reason: `needs ${needs}, which can't be made there`});
  }
  return {
    bundle: {
      ...bundle,
      template: main.template,
      files,
      report: {...report, steps, resources: report.resources.filter(({name}) => !gone.has(name))},
    },
    losses,
  };
}

/** Files that stand as templates in it. */
function nestedFiles({template, files}: LoadedBundle): readonly string[] {
  const types = Object.values(fields(template['resources'])).flatMap(raw => {
    const row = fields(raw);
    return [text(row['type']), text(fields(fields(row['properties'])['resource_def'])['type'])];
  });
  return [...new Set(types)].filter(type => Object.hasOwn(files, type)).sort();
}

/** The fields of a row that a property is made of; `value_specs.mtu` says which. */
function fieldsOf(kind: string, path: string): readonly string[] {
  const [top = '', inner] = partsOf(path);
  const reads = specOf(kind)?.properties[String(top)]?.reads ?? [];
  if (typeof inner === 'string' && reads.includes(inner)) return [inner];
  return reads.length > 0 ? reads : [topOf(path)];
}
