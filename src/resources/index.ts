/** The registry: every resource type rekindle knows, in the order a person would write them. The only list of them. */
import type {AnySpec} from '../model/define.ts';
import {alarm} from './aodh/alarm.ts';
import {compositeAlarm} from './aodh/composite-alarm.ts';
import {eventAlarm} from './aodh/event-alarm.ts';
import {gnocchiAggregationAlarm} from './aodh/gnocchi-aggregation-alarm.ts';
import {gnocchiMetricsAlarm} from './aodh/gnocchi-metrics-alarm.ts';
import {gnocchiResourcesAlarm} from './aodh/gnocchi-resources-alarm.ts';
import {memberHealthAlarm} from './aodh/member-health-alarm.ts';
import {otherAlarm} from './aodh/other-alarm.ts';
import {certificateContainer} from './barbican/certificate-container.ts';
import {genericContainer} from './barbican/generic-container.ts';
import {rsaContainer} from './barbican/rsa-container.ts';
import {secretContainer} from './barbican/secret-container.ts';
import {secret} from './barbican/secret.ts';
import {lease} from './blazar/lease.ts';
import {snapshot} from './cinder/snapshot.ts';
import {volumeAttachment} from './cinder/volume-attachment.ts';
import {volumeAvailabilityZone} from './cinder/volume-availability-zone.ts';
import {volumeType} from './cinder/volume-type.ts';
import {volume} from './cinder/volume.ts';
import {floatingIpName} from './designate/floating-ip-name.ts';
import {recordset} from './designate/recordset.ts';
import {zone} from './designate/zone.ts';
import {image} from './glance/image.ts';
import {stackOnly} from './heat/stack-only.ts';
import {stackResource} from './heat/stack-resource.ts';
import {stack} from './heat/stack.ts';
import {project, user} from './keystone/identities.ts';
import {clusterTemplate} from './magnum/cluster-template.ts';
import {cluster} from './magnum/cluster.ts';
import {nodeGroup} from './magnum/node-group.ts';
import {securityService} from './manila/security-service.ts';
import {shareAccess} from './manila/share-access.ts';
import {shareNetwork} from './manila/share-network.ts';
import {shareType} from './manila/share-type.ts';
import {share} from './manila/share.ts';
import {cronTrigger} from './mistral/cron-trigger.ts';
import {workflow} from './mistral/workflow.ts';
import {addressGroup} from './neutron/address-group.ts';
import {addressScope} from './neutron/address-scope.ts';
import {extraRoute} from './neutron/extra-route.ts';
import {firewallPolicy} from './neutron/firewall-policy.ts';
import {firewallRule} from './neutron/firewall-rule.ts';
import {firewall} from './neutron/firewall.ts';
import {floatingIp} from './neutron/floating-ip.ts';
import {flowClassifier} from './neutron/flow-classifier.ts';
import {ikePolicy} from './neutron/ike-policy.ts';
import {ipsecPolicy} from './neutron/ipsec-policy.ts';
import {ipsecSiteConnection} from './neutron/ipsec-site-connection.ts';
import {l2GatewayConnection} from './neutron/l2-gateway-connection.ts';
import {l2Gateway} from './neutron/l2-gateway.ts';
import {meteringLabelRule} from './neutron/metering-label-rule.ts';
import {meteringLabel} from './neutron/metering-label.ts';
import {network} from './neutron/network.ts';
import {portChain} from './neutron/port-chain.ts';
import {portForwarding} from './neutron/port-forwarding.ts';
import {portPairGroup} from './neutron/port-pair-group.ts';
import {portPair} from './neutron/port-pair.ts';
import {port} from './neutron/port.ts';
import {qosBandwidthLimitRule} from './neutron/qos-bandwidth-limit-rule.ts';
import {qosDscpMarkingRule} from './neutron/qos-dscp-marking-rule.ts';
import {qosMinimumBandwidthRule} from './neutron/qos-minimum-bandwidth-rule.ts';
import {qosMinimumPacketRateRule} from './neutron/qos-minimum-packet-rate-rule.ts';
import {qosPolicy} from './neutron/qos-policy.ts';
import {rbacPolicy} from './neutron/rbac-policy.ts';
import {routerInterface} from './neutron/router-interface.ts';
import {router} from './neutron/router.ts';
import {securityGroupRule} from './neutron/security-group-rule.ts';
import {securityGroup} from './neutron/security-group.ts';
import {segment} from './neutron/segment.ts';
import {subnetPool} from './neutron/subnet-pool.ts';
import {subnet} from './neutron/subnet.ts';
import {tapFlow} from './neutron/tap-flow.ts';
import {tapService} from './neutron/tap-service.ts';
import {targetProject} from './neutron/target-project.ts';
import {trunk} from './neutron/trunk.ts';
import {vpnEndpointGroup} from './neutron/vpn-endpoint-group.ts';
import {vpnService} from './neutron/vpn-service.ts';
import {availabilityZone} from './nova/availability-zone.ts';
import {flavor} from './nova/flavor.ts';
import {foreignKeypair} from './nova/foreign-keypair.ts';
import {keypair} from './nova/keypair.ts';
import {serverGroup} from './nova/server-group.ts';
import {server} from './nova/server.ts';
import {lbAvailabilityZone} from './octavia/availability-zone.ts';
import {lbFlavor} from './octavia/flavor.ts';
import {healthMonitor} from './octavia/health-monitor.ts';
import {l7policy} from './octavia/l7policy.ts';
import {l7rule} from './octavia/l7rule.ts';
import {listener} from './octavia/listener.ts';
import {loadBalancer} from './octavia/load-balancer.ts';
import {member} from './octavia/member.ts';
import {pool} from './octavia/pool.ts';
import {tlsContainer} from './octavia/tls.ts';
import {container} from './swift/container.ts';
import {databaseInstance} from './trove/instance.ts';
import {queue} from './zaqar/queue.ts';
import {subscription} from './zaqar/subscription.ts';
import {zunContainer} from './zun/container.ts';

const types = [
  keypair,
  serverGroup,
  qosPolicy,
  qosBandwidthLimitRule,
  qosDscpMarkingRule,
  qosMinimumBandwidthRule,
  qosMinimumPacketRateRule,
  addressScope,
  subnetPool,
  network,
  segment,
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
  loadBalancer,
  pool,
  member,
  healthMonitor,
  listener,
  l7policy,
  l7rule,
  floatingIp,
  portForwarding,
  vpnService,
  vpnEndpointGroup,
  ikePolicy,
  ipsecPolicy,
  ipsecSiteConnection,
  rbacPolicy,
  meteringLabel,
  meteringLabelRule,
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
  zone,
  recordset,
  floatingIpName,
  securityService,
  shareNetwork,
  share,
  shareAccess,
  eventAlarm,
  gnocchiResourcesAlarm,
  gnocchiAggregationAlarm,
  gnocchiMetricsAlarm,
  memberHealthAlarm,
  compositeAlarm,
  otherAlarm,
  clusterTemplate,
  cluster,
  databaseInstance,
  queue,
  subscription,
  workflow,
  cronTrigger,
  zunContainer,
  lease,
  targetProject,
  image,
  flavor,
  foreignKeypair,
  volumeType,
  snapshot,
  availabilityZone,
  volumeAvailabilityZone,
  lbFlavor,
  lbAvailabilityZone,
  tlsContainer,
  shareType,
  alarm,
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
