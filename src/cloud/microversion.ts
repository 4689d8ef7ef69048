import {type Microversions} from './service-types.ts';

/** Compares `2.9` and `2.10` as what they are: pairs of integers. */
export function compareVersions(one: string, other: string): number {
  const [major = 0, minor = 0] = numbers(one);
  const [otherMajor = 0, otherMinor = 0] = numbers(other);
  return major - otherMajor || minor - otherMinor;
}

function numbers(version: string): readonly number[] {
  return version.split('.').map(Number);
}

export function lower(one: string, other: string): string {
  return compareVersions(one, other) <= 0 ? one : other;
}

export interface Range {
  readonly min: string;
  readonly max: string;
}

/** What was chosen, and what the user should know about it. */
export interface Choice {
  readonly microversion: string | undefined;
  readonly warning?: string;
}

/**
 * min(the server's maximum, the highest tested), or what the user asked for. Never `latest`: it would make the rows,
 * and with them the template, change with an upgrade of the cloud.
 */
export function chooseMicroversion(
  facts: Microversions,
  range: Range | undefined,
  asked: string | undefined,
): Choice {
  if (range === undefined) return {microversion: undefined};
  const ours = lower(facts.highest, range.max);
  const lowest = facts.lowest ?? range.min;
  if (asked !== undefined) {
    // `compute_api_version: 2.1` is in many an openrc and means the API, not its oldest microversion.
    if (compareVersions(asked, lowest) < 0) {
      return {
        microversion: ours,
        warning: `microversion ${asked} is below ${lowest}, the lowest we read; using ${ours}`,
      };
    }
    if (compareVersions(asked, range.max) > 0) {
      return {
        microversion: ours,
        warning: `microversion ${asked} is above the cloud's ${range.max}; using ${ours}`,
      };
    }
    return compareVersions(asked, facts.highest) > 0
      ? {microversion: asked, warning: `microversion ${asked} is above ${facts.highest}, the highest tested`}
      : {microversion: asked};
  }
  // A server whose minimum is above what we know can't be spoken to in a tested way; its minimum is nearest to that.
  if (compareVersions(ours, range.min) < 0) {
    return {
      microversion: range.min,
      warning: `the cloud's lowest microversion ${range.min} is above the highest tested`,
    };
  }
  return compareVersions(ours, lowest) < 0
    ? {
        microversion: ours,
        warning: `the cloud's microversion ${ours} is below ${lowest}: some fields can't be read`,
      }
    : {microversion: ours};
}

/** Headers of one request. `compute` alone of the common header's readers needs its older one too. */
export function microversionHeaders(
  facts: Microversions | undefined,
  type: string,
  microversion: string | null | undefined,
): Readonly<Record<string, string>> {
  if (microversion === null || microversion === undefined) return {};
  const headers = {'openstack-api-version': `${facts?.name ?? type} ${microversion}`};
  return facts?.header === undefined ? headers : {...headers, [facts.header]: microversion};
}
