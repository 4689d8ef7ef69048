/** How messages call images and sizes. */
import {printable} from '../model/printable.ts';
import type {SourceImage} from './types.ts';

export function imageLabel({name, id}: Pick<SourceImage, 'name' | 'id'>): string {
  return name === ''
    ? `the image ${printable(id)}`
    : `the image ${printable(JSON.stringify(name))} (${printable(id)})`;
}

/** As `3.2 GiB`. */
export function sizeLabel(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const shown = unit === 0 || value >= 100 ? String(Math.round(value)) : value.toFixed(1);
  return `${shown} ${units[unit] ?? ''}`;
}

export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
