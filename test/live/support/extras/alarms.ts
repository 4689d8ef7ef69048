/** Alarms of every type that needs no metric service; those that do stand inside a composite one. */
import type {Api, Fields, Row} from '../api.ts';
import {place, server, volume} from '../make.ts';
import type {Site} from '../site.ts';
import {sweep} from '../sweep.ts';
import type {Extra} from './extra.ts';

const gnocchi = (resource: string, threshold: number): Fields => ({
  type: 'gnocchi_resources_threshold',
  metric: 'cpu',
  resource_id: resource,
  resource_type: 'instance',
  aggregation_method: 'rate:mean',
  comparison_operator: 'gt',
  threshold,
  granularity: 300,
  evaluation_periods: 2,
});

async function build(site: Site): Promise<Readonly<Record<string, Row>>> {
  const {api, outside} = site;
  const on = await place(api, 'alarms', '10.61.0.0/24');
  const watched = await server(site, {
    name: 'watched',
    flavorRef: outside.tiny,
    imageRef: outside.image,
    networks: [{uuid: on.network.id}],
  });
  const disk = await volume(api, {name: 'watched', size: 1});
  const make = async (name: string, type: string, fields: Fields): Promise<Row> => {
    const made = (await api.call('POST', 'alarm', '/alarms', {name, type, ...fields})) as Fields;
    return {...made, id: String(made['alarm_id'])};
  };
  return {
    watched,
    disk,
    full: await make('full; $(true) "é"', 'event', {
      description: "it's — gone",
      enabled: false,
      severity: 'critical',
      repeat_actions: true,
      alarm_actions: [
        'https://pager.example.org/call?who=me',
        'https://user:word@pager.example.org/',
        'https://hooks.example.org/?token=s3cret',
        `https://heat.example.org/v1/${api.projectId}/stacks/web/signal`,
      ],
      ok_actions: ['trust+https://pager.example.org/ok'],
      insufficient_data_actions: ['https://pager.example.org/unknown'],
      time_constraints: [
        {
          name: 'nights',
          start: '0 22 * * *',
          duration: 28800,
          timezone: 'Europe/Berlin',
          description: 'late',
        },
        {name: 'noon', start: '0 12 * * *', duration: 600},
      ],
      event_rule: {
        event_type: 'volume.detach.*',
        query: [
          {field: 'traits.volume_id', op: 'eq', type: 'string', value: disk.id},
          {field: 'traits.size', op: 'gt', type: 'integer', value: '5'},
        ],
      },
    }),
    bare: await make('bare', 'event', {event_rule: {}}),
    nameless: await make('', 'event', {event_rule: {event_type: 'compute.instance.*'}}),
    twin: await make('twin', 'event', {event_rule: {event_type: 'network.*'}}),
    otherTwin: await make('twin', 'event', {event_rule: {event_type: 'router.*'}}),
    composite: await make('-busy', 'composite', {
      severity: 'moderate',
      composite_rule: {
        and: [
          gnocchi(watched.id, 80.5),
          gnocchi('4c5c34ad-3fd5-4a32-a03a-7bd0a6f6a6a4', 1),
          {or: [gnocchi('elsewhere', 2), gnocchi('elsewhere', 3)]},
          {
            type: 'gnocchi_aggregation_by_resources_threshold',
            metric: 'cpu',
            query: '{"=": {"server_group": "web"}}',
            resource_type: 'instance',
            aggregation_method: 'mean',
            threshold: 7,
          },
        ],
      },
    }),
    either: await make('either', 'composite', {
      composite_rule: {or: [gnocchi(watched.id, 1), gnocchi(watched.id, 2)]},
    }),
  };
}

async function list(api: Api): Promise<readonly Row[]> {
  const found = (await api.call('GET', 'alarm', '/alarms')) as readonly Fields[];
  return found.map(alarm => Object.assign(alarm, {id: String(alarm['alarm_id'])}));
}

export const alarms: Extra = {
  build,
  wipe: async api =>
    sweep(
      api,
      'alarms',
      async () => list(api),
      async alarm => api.remove('alarm', `/alarms/${alarm.id}`),
    ),
};
