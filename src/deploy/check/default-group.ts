/** The default security group of the target project. */
import type {ReportParameter} from '../../model/bundle.ts';
import {word} from '../../model/json.ts';
import {problem, quoted} from './finding.ts';
import {found, nothing, type Resolved} from './resolved.ts';
import type {Target} from './target.ts';

/** By id: a name is ambiguous to admins, and Heat's inline rules take none. */
export async function resolveDefaultGroup(
  parameter: ReportParameter,
  value: unknown,
  chosen: boolean,
  target: Target,
): Promise<Resolved> {
  if (chosen) return nothing;
  const project = target.session.identity.project?.id ?? '';
  const groups = await target.list({
    noun: 'security group',
    service: 'network',
    path: 'security-groups',
    key: 'security_groups',
    query: {name: 'default', project_id: project, fields: ['id', 'name', 'project_id']},
  });
  const own = typeof groups === 'string' ? [] : groups;
  const [group] = own;
  if (group !== undefined && own.length === 1) return {values: {[parameter.name]: group.id}, findings: []};
  return found(
    problem(
      `parameter ${parameter.name}`,
      `the default security group of the target project can't be found (${quoted(word(value))})`,
      `give its id: -P ${parameter.name}=ID`,
    ),
  );
}
