/** The registry: every resource type rekindle knows, in the order a person would write them. The only list of them. */
import type {AnySpec} from '../model/define.ts';
import {certificateContainer} from './barbican/certificate-container.ts';
import {genericContainer} from './barbican/generic-container.ts';
import {rsaContainer} from './barbican/rsa-container.ts';
import {secret} from './barbican/secret.ts';
import {secretContainer} from './barbican/secret-container.ts';
import {lease} from './blazar/lease.ts';
import {snapshot} from './cinder/snapshot.ts';
import {volume} from './cinder/volume.ts';
import {volumeAttachment} from './cinder/volume-attachment.ts';
import {volumeAvailabilityZone} from './cinder/volume-availability-zone.ts';
import {volumeType} from './cinder/volume-type.ts';
import {image} from './glance/image.ts';
import {stack} from './heat/stack.ts';
import {stackOnly} from './heat/stack-only.ts';
import {stackResource} from './heat/stack-resource.ts';
import {project, user} from './keystone/identities.ts';
import {cluster} from './magnum/cluster.ts';
import {clusterTemplate} from './magnum/cluster-template.ts';
import {nodeGroup} from './magnum/node-group.ts';
import {cronTrigger} from './mistral/cron-trigger.ts';
import {workflow} from './mistral/workflow.ts';
import {addressGroup} from './neutron/address-group.ts';
import {addressScope} from './neutron/address-scope.ts';
import {extraRoute} from './neutron/extra-route.ts';
import {firewall} from './neutron/firewall.ts';
import {firewallPolicy} from './neutron/firewall-policy.ts';
import {firewallRule} from './neutron/firewall-rule.ts';
import {floatingIp} from './neutron/floating-ip.ts';
import {flowClassifier} from './neutron/flow-classifier.ts';
import {l2Gateway} from './neutron/l2-gateway.ts';
import {l2GatewayConnection} from './neutron/l2-gateway-connection.ts';
import {network} from './neutron/network.ts';
import {port} from './neutron/port.ts';
import {portChain} from './neutron/port-chain.ts';
import {portForwarding} from './neutron/port-forwarding.ts';
import {portPair} from './neutron/port-pair.ts';
import {portPairGroup} from './neutron/port-pair-group.ts';
import {qosPolicy} from './neutron/qos-policy.ts';
import {router} from './neutron/router.ts';
import {routerInterface} from './neutron/router-interface.ts';
import {securityGroup} from './neutron/security-group.ts';
import {securityGroupRule} from './neutron/security-group-rule.ts';
import {subnet} from './neutron/subnet.ts';
import {subnetPool} from './neutron/subnet-pool.ts';
import {tapFlow} from './neutron/tap-flow.ts';
import {tapService} from './neutron/tap-service.ts';
import {trunk} from './neutron/trunk.ts';
import {availabilityZone} from './nova/availability-zone.ts';
import {flavor} from './nova/flavor.ts';
import {foreignKeypair} from './nova/foreign-keypair.ts';
import {keypair} from './nova/keypair.ts';
import {server} from './nova/server.ts';
import {serverGroup} from './nova/server-group.ts';
import {container} from './swift/container.ts';
import {databaseInstance} from './trove/instance.ts';
import {queue} from './zaqar/queue.ts';
import {subscription} from './zaqar/subscription.ts';
import {zunContainer} from './zun/container.ts';

const types = [
  keypair,
  serverGroup,
  addressScope,
  subnetPool,
  network,
  subnet,
  router,
  routerInterface,
  extraRoute,
  // Steps run in this order: groups, their rules, the last name of the address groups in them, the ports that have them.
  securityGroup,
  securityGroupRule,
  addressGroup,
  port,
  trunk,
  volume,
  server,
  volumeAttachment,
  floatingIp,
  portForwarding,
  firewallRule,
  firewallPolicy,
  firewall,
  flowClassifier,
  portPair,
  portPairGroup,
  portChain,
  tapService,
  tapFlow,
  l2Gateway,
  l2GatewayConnection,
  secret,
  genericContainer,
  certificateContainer,
  rsaContainer,
  container,
  clusterTemplate,
  cluster,
  databaseInstance,
  queue,
  subscription,
  workflow,
  cronTrigger,
  zunContainer,
  lease,
  qosPolicy,
  image,
  flavor,
  foreignKeypair,
  volumeType,
  snapshot,
  availabilityZone,
  volumeAvailabilityZone,
  nodeGroup,
  stackResource,
  secretContainer,
  project,
  user,
  // Last: what the others need of a stack is known by then.
  stack,
  stackOnly,
];

/** Specs in template order. */
export const registry: readonly AnySpec[] = types.map(type => type.spec);

const byKind = new Map(registry.map(spec => [spec.kind, spec]));

export function specOf(kind: string): AnySpec | undefined {
  return byKind.get(kind);
}
