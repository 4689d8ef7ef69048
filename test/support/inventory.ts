/** Inventories made by hand for tests. */
import type {Inventory, Row} from '../../src/model/inventory.ts';

export const PROJECT = {id: 'p1', name: 'web'};

export function inventoryOf(
  rows: Readonly<Record<string, readonly object[]>>,
  more: Partial<Inventory> = {},
): Inventory {
  return {
    format: 'rekindle-inventory',
    version: 1,
    captured_at: '2026-01-01T00:00:00Z',
    tool: 'rekindle test',
    source: {
      auth_host: 'keystone.example',
      region: 'RegionOne',
      project: PROJECT,
      user_id: 'u1',
      roles: ['member'],
    },
    services: {},
    extensions: [],
    rows: rows as Record<string, readonly Row[]>,
    gaps: [],
    ...more,
  };
}
