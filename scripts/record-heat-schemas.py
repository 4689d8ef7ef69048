#!/usr/bin/python3
"""Records what Heat says of its resource types, from its classes: no endpoint, no running service, no config needed.

Run it with the Python that has Heat installed (on the test cloud: /usr/bin/python3), anywhere in the project:

    env -u PYTHONPATH /usr/bin/python3 scripts/record-heat-schemas.py

It writes, formatted as prettier would,

- src/resources/heat-schemas.ts: the properties of the types in RECORDED, as `GET /resource_types/{type}` answers them
  (heat `engine/service.py`, `resource_schema`), cut to what PropertySchema of src/model/heat-schema.ts can say;
- src/resources/heat-types.ts: the name and support status of every OS:: type, with what later releases changed.

A new resource type of rekindle: add its Heat type to RECORDED and run it. A type that the installed Heat lacks is an
error. To catch up with a newer Heat: run it there, then bring LATER_TYPES and LATER_HIDDEN up to date from Heat's master.
"""

import fnmatch
import logging
import pathlib
import re
import sys
import warnings

warnings.filterwarnings('ignore')
logging.disable(logging.CRITICAL)

from heat import version  # noqa: E402
from heat.engine import constraints  # noqa: E402
from heat.engine import environment  # noqa: E402
from heat.engine import properties  # noqa: E402
from heat.engine import resources  # noqa: E402
from heat.engine import support  # noqa: E402

TARGET = pathlib.Path(__file__).resolve().parent.parent / 'src' / 'resources'
WIDTH = 110

RECORDED = {
    'Aodh': [
        'CompositeAlarm', 'EventAlarm', 'GnocchiAggregationByMetricsAlarm', 'GnocchiAggregationByResourcesAlarm',
        'GnocchiResourcesAlarm', 'LBMemberHealthAlarm',
    ],
    'Barbican': ['CertificateContainer', 'GenericContainer', 'Order', 'RSAContainer', 'Secret'],
    'Blazar': ['Lease'],
    'Cinder': ['Volume', 'VolumeAttachment'],
    'Designate': ['RecordSet', 'Zone'],
    'Heat': ['Stack'],
    'Magnum': ['Cluster', 'ClusterTemplate'],
    'Manila': ['SecurityService', 'Share', 'ShareNetwork'],
    'Mistral': ['CronTrigger', 'Workflow'],
    'Neutron': [
        'AddressScope', 'ExtraRoute', 'Firewall', 'FirewallPolicy', 'FirewallRule', 'FloatingIP',
        'FloatingIPAssociation', 'FlowClassifier', 'IKEPolicy', 'IPsecPolicy', 'IPsecSiteConnection', 'L2Gateway',
        'L2GatewayConnection', 'MeteringLabel', 'MeteringRule', 'Net', 'Port', 'PortChain', 'PortPair',
        'PortPairGroup', 'ProviderNet', 'QoSBandwidthLimitRule', 'QoSDscpMarkingRule', 'QoSMinimumBandwidthRule',
        'QoSMinimumPacketRateRule', 'QoSPolicy', 'RBACPolicy', 'Router', 'RouterInterface', 'SecurityGroup',
        'SecurityGroupRule', 'Segment', 'Subnet', 'SubnetPool', 'TaaS::TapFlow', 'TaaS::TapService', 'Trunk',
        'VPNService',
    ],
    'Nova': ['KeyPair', 'Server', 'ServerGroup'],
    'Octavia': ['HealthMonitor', 'L7Policy', 'L7Rule', 'Listener', 'LoadBalancer', 'Pool', 'PoolMember'],
    'Swift': ['Container'],
    'Trove': ['Cluster', 'Instance'],
    'Zaqar': ['Queue', 'Subscription'],
    'Zun': ['Container'],
}

# What Heat's master has beyond the release recorded: new types, and types it has hidden since, with the Heat release.
LATER_TYPES = {
    'OS::Aodh::PrometheusAlarm': '22.0.0',
    'OS::Octavia::AvailabilityZone': '24.0.0',
    'OS::Octavia::AvailabilityZoneProfile': '24.0.0',
}
LATER_HIDDEN = {
    'OS::Glance::Image': '22.0.0',
    'OS::Monasca::*': '25.0.0',
    'OS::Neutron::LBaaS::*': '21.0.0',
    'OS::Sahara::*': '23.0.0',
    'OS::Senlin::*': '23.0.0',
    'OS::Vitrage::*': '27.0.0',
}


def registered():
    """The installed Heat's OS:: types: names to classes, and names that its default environment maps to others."""
    registry = resources.global_env().registry
    classes, aliases = {}, {}
    for name, info in registry._registry.items():
        if not name.startswith('OS::') or '*' in name:
            continue
        if isinstance(info, environment.ClassResourceInfo):
            classes[name] = info.get_class()
        elif isinstance(info, environment.MapResourceInfo):
            aliases[name] = info.value
    return classes, aliases


def properties_of(resource_class):
    schemata = properties.schemata(resource_class.properties_schema)
    return {
        name: cut(schemata[name])
        for name in sorted(schemata)
        if schemata[name].implemented and schemata[name].support_status.status != support.HIDDEN
    }


def cut(schema):
    """One property as PropertySchema spells it. Nested keys are never left out: Heat takes the hidden ones too."""
    said = {'type': schema.type.lower()}
    if schema.required:
        said['required'] = True
    if schema.update_allowed:
        said['update'] = True
    if schema.default is not None:
        said['default'] = schema.default
    for constraint in schema.constraints:
        if isinstance(constraint, constraints.AllowedValues):
            said['allowed'] = list(constraint.allowed)
        elif isinstance(constraint, constraints.Range):
            # A Length is a Range.
            said['length' if isinstance(constraint, constraints.Length) else 'range'] = {
                bound: value
                for bound, value in (('min', constraint.min), ('max', constraint.max))
                if value is not None
            }
    if isinstance(schema.schema, constraints.AnyIndexDict):
        said['items'] = cut(schema.schema.value)
    elif schema.schema is not None:
        said['keys'] = {name: cut(schema.schema[name]) for name in sorted(schema.schema)}
    order = ['type', 'required', 'update', 'default', 'allowed', 'range', 'length', 'items', 'keys']
    return {key: said[key] for key in order if key in said}


def types_of(classes, aliases):
    types = {}
    for name, resource_class in classes.items():
        status = resource_class.support_status
        types[name] = {'status': status.status.lower(), 'since': status.version}
    for name, target in aliases.items():
        types[name] = {'status': 'alias', 'of': target}
    for name, release in LATER_TYPES.items():
        types.setdefault(name, {'status': 'supported', 'since': release})
    for pattern, release in LATER_HIDDEN.items():
        for name in fnmatch.filter(classes, pattern):
            types[name] = {'status': 'hidden', 'since': release}
    return {name: {key: value for key, value in said.items() if value} for name, said in sorted(types.items())}


def key_text(name):
    return name if re.fullmatch(r'[A-Za-z_$][\w$]*', name) else literal(name)


def literal(value):
    if value is None:
        return 'null'
    if isinstance(value, bool):
        return 'true' if value else 'false'
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, str):
        escaped = value.replace('\\', '\\\\').replace('\n', '\\n')
        quote = '"' if escaped.count("'") > escaped.count('"') else "'"
        return quote + escaped.replace(quote, '\\' + quote) + quote
    raise TypeError(f'PropertySchema cannot say {value!r}')


def text(value, indent, column):
    """The value as prettier writes it, its first line starting in `column`: a list goes on one line if it fits."""
    inner = ' ' * (indent + 2)
    if isinstance(value, dict):
        if not value:
            return '{}'
        lines = []
        for key, item in value.items():
            start = f'{inner}{key_text(key)}: '
            lines.append(f'{start}{text(item, indent + 2, len(start))},\n')
        return '{\n' + ''.join(lines) + ' ' * indent + '}'
    if isinstance(value, list):
        items = [literal(item) for item in value]
        line = f'[{", ".join(items)}]'
        if column + len(line) < WIDTH:
            return line
        return '[\n' + ''.join(f'{inner}{item},\n' for item in items) + ' ' * indent + ']'
    return literal(value)


def entry(name, said):
    """A flat object of one line, if it fits."""
    start = f'  {literal(name)}: '
    line = start + '{' + ', '.join(f'{key}: {literal(item)}' for key, item in said.items()) + '},'
    return line if len(line) <= WIDTH else f'{start}{text(said, 2, len(start))},'


def main():
    classes, aliases = registered()
    wanted = [f'OS::{service}::{name}' for service, names in RECORDED.items() for name in names]
    missing = [name for name in wanted if name not in classes]
    if missing:
        sys.exit(f'This Heat has no {", ".join(missing)}.')
    release = version.version_info.release_string()

    schemas = {name: properties_of(classes[name]) for name in sorted(wanted)}
    (TARGET / 'heat-schemas.ts').write_text(
        f"/** Heat {release}'s own schemas of the types we emit, cut to what is checked. "
        "Made by scripts/record-heat-schemas.py; don't edit. */\n"
        "import type {TypeSchema} from '../model/heat-schema.ts';\n"
        '\n'
        f'export const heatSchemas: Readonly<Record<string, TypeSchema>> = {text(schemas, 0, 0)};\n'
    )

    types = types_of(classes, aliases)
    (TARGET / 'heat-types.ts').write_text(
        f"/** Every OS:: type of Heat {release}, and what Heat's master has beside. "
        "Made by scripts/record-heat-schemas.py; don't edit. */\n"
        'export interface HeatType {\n'
        "  /** `alias`: an old name that Heat's default environment maps to `of`. */\n"
        "  readonly status: 'supported' | 'deprecated' | 'unsupported' | 'hidden' | 'alias';\n"
        '  /** The Heat release that gave it this status, where Heat says it. */\n'
        '  readonly since?: string;\n'
        '  readonly of?: string;\n'
        '}\n'
        '\n'
        'export const heatTypes: Readonly<Record<string, HeatType>> = {\n'
        + ''.join(f'{entry(name, said)}\n' for name, said in types.items())
        + '};\n'
    )
    print(f'Heat {release}: {len(schemas)} schemas, {len(types)} types')


if __name__ == '__main__':
    main()
