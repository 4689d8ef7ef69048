/** What a target has of an image already. Pure. */
import {type Fields, text} from '../model/json.ts';
import {HASH_MARK, hashesOf, isSameContent, markOf, SOURCE_MARK} from './carried.ts';
import type {SourceImage} from './types.ts';

export interface Had {
  readonly id: string;
  /** By which it was known; 'name' alone says nothing of the content. */
  readonly by: 'id' | 'name' | 'copy' | 'content';
  /** Of one known by its name: whether the content is the source's; undefined where nobody can tell. */
  readonly same: boolean | undefined;
}

/**
 * The image that stands for the source's; undefined where there is none.
 * @param value Name or id, as the bundle has it. @param rows Without half-made copies.
 */
export function had(source: Fields | undefined, value: string, rows: readonly Fields[]): Had | undefined {
  const active = rows.filter(row => row['status'] === 'active').sort(byAge);
  const own = active.find(row => row['id'] === value || (source !== undefined && row['id'] === source['id']));
  if (own !== undefined) return {id: text(own['id']), by: 'id', same: true};
  const named = active.filter(row => row['name'] === value);
  const [only] = named;
  if (only !== undefined && named.length === 1)
    return {
      id: text(only['id']),
      by: 'name',
      same: source === undefined ? undefined : isSameContent(hashesOf(source), hashesOf(only)),
    };
  if (source === undefined) return undefined;
  const alike = active.filter(
    row =>
      isSameContent(hashesOf(source), hashesOf(row)) === true &&
      row['disk_format'] === source['disk_format'] &&
      row['container_format'] === source['container_format'],
  );
  const copy = alike.find(row => row[SOURCE_MARK] === source['id']);
  if (copy !== undefined) return {id: text(copy['id']), by: 'copy', same: true};
  const one = alike.find(row => row['name'] === source['name']) ?? alike[0];
  return one === undefined ? undefined : {id: text(one['id']), by: 'content', same: true};
}

type Known = Pick<SourceImage, 'id' | 'hashes' | 'bytes'>;

/** A copy of ours that is whole. */
export function wholeCopy(image: Known, project: string, rows: readonly Fields[]): string | undefined {
  const whole = rows.filter(
    row => isOurs(row, image, project) && row['status'] === 'active' && holds(row, image),
  );
  return whole.map(row => text(row['id'])).sort()[0];
}

/**
 * Copies of ours that never became whole: a run that was cut off leaves them. One that is active with other content was cut
 * off too: an old Glance takes the end of a connection for the end of the image.
 */
export function halves(image: Known, project: string, rows: readonly Fields[]): readonly string[] {
  return rows
    .filter(row => isOurs(row, image, project) && isHalf(row, image))
    .map(row => text(row['id']))
    .sort();
}

function isOurs(row: Fields, {id, hashes}: Known, project: string): boolean {
  const mark = hashes.length === 0 ? undefined : markOf(hashes);
  return row['owner'] === project && row[SOURCE_MARK] === id && row[HASH_MARK] === mark;
}

function isHalf(row: Fields, image: Known): boolean {
  const status = text(row['status']);
  return ['queued', 'saving', 'killed'].includes(status) || (status === 'active' && !holds(row, image));
}

function holds(row: Fields, {hashes, bytes}: Known): boolean {
  return row['size'] === bytes && isSameContent(hashes, hashesOf(row)) !== false;
}

/** The oldest first, so that two runs choose the same. */
function byAge(a: Fields, b: Fields): number {
  const [one, other] = [a, b].map(row => `${text(row['created_at'])} ${text(row['id'])}`) as [string, string];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** What a parameter is given: its own value where that means the one image there, else the id. */
export function valueFor(id: string, value: string, rows: readonly Fields[]): string {
  const named = rows.filter(row => row['name'] === value || row['id'] === value);
  return named.length === 1 && named[0]?.['id'] === id ? value : id;
}
