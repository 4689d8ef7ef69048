/** Two clouds with a Glance each, and bundles that mean images of the first. */
import type {ExecutionContext} from 'ava';
import type {Session} from '../../src/cloud/index.ts';
import type {LoadedBundle, ReportParameter} from '../../src/model/bundle.ts';
import {open} from '../cloud-access/support/keystone.ts';
import type {Heard} from '../cloud-access/support/surroundings.ts';
import {fakeGlance, type FakeGlance, type GlanceOptions} from '../support/glance.ts';
import {bundleOf, parameter} from '../support/stack.ts';

export interface Pair {
  readonly source: FakeGlance;
  readonly target: FakeGlance;
  readonly from: Session;
  readonly to: Session;
  readonly heard: readonly Heard[];
  /** Whether, with both sessions closed, every connection has ended. */
  readonly ended: () => Promise<boolean>;
}

export async function pair(
  t: ExecutionContext,
  one: GlanceOptions = {},
  other: GlanceOptions = {},
  changes: {readonly signal?: AbortSignal; readonly timeout?: number} = {},
): Promise<Pair> {
  const source = await fakeGlance(t, {project: 'source', ...one});
  const target = await fakeGlance(t, {project: 'target', ...other});
  const {timeout, ...rest} = changes;
  const options = {...rest, options: {httpTimeout: timeout}};
  const [from, to] = await Promise.all([open(t, source, options), open(t, target, options)]);
  return {
    source,
    target,
    from: from.session,
    to: to.session,
    heard: to.heard,
    async ended() {
      from.session.close();
      to.session.close();
      return (await source.idle()) && (await target.idle());
    },
  };
}

/** A parameter that means an image of the source, by name. */
export function means(id: string, name = id, more: Partial<ReportParameter> = {}): ReportParameter {
  return {
    ...parameter(`image_${name}`, 'image', name, 'glance.image'),
    source: {id, name},
    ...more,
  };
}

export function bundle(...parameters: readonly ReportParameter[]): LoadedBundle {
  return bundleOf(parameters, {});
}
