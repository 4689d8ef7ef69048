/** Every Heat type that no resource type of the registry builds, and why. docs/types.md shows it. */

export interface NotBuilt {
  /**
   * - `parameter`: the operator's, or an image; a parameter where something refers to it, otherwise the target's own.
   * - `derived`: another service makes it, or another resource says it.
   * - `impossible`: no API answers what Heat would need.
   * - `gone`: removed, or an old name; something else took its place.
   */
  readonly as: 'parameter' | 'derived' | 'impossible' | 'gone';
  readonly why: string;
}

/** Ends the sentence on a thing that is nowhere but in Heat. */
const withItsStack = "it survives only with its stack's own template (--stacks as-template)";
const keystone = 'Only an admin may make it, and the target cloud has its own identities.';
const software = `Heat's configs and deployments carry no type, and one without its servers' agents does nothing: ${withItsStack}.`;
const group = `No API tells a group's members from resources of their own: they are rebuilt one by one, the group itself is not; ${withItsStack}.`;
const lbaas =
  'Neutron LBaaS v2 left Neutron in Train and the type makes nothing since Heat 22; OS::Octavia::* took its place.';
const lbaas1 = 'Neutron LBaaS v1 was removed in Newton; OS::Octavia::* took its place.';
const quota = "A quota is the operator's to grant: the target project has its own.";
const sahara = 'Sahara was retired, and the type makes nothing since Heat 23; nothing took its place.';
const senlin = 'Senlin was retired, and the type makes nothing since Heat 23; nothing took its place.';
const monasca = 'Monasca was retired, and the type makes nothing since Heat 25; alarms are OS::Aodh::*.';
const ceilometer =
  'Ceilometer lost its alarms to Aodh in Liberty: an old name of the OS::Aodh:: type, which is rebuilt.';

export const notBuilt: Readonly<Record<string, NotBuilt>> = {
  'OS::Aodh::Alarm': {
    as: 'gone',
    why: 'A threshold alarm asks the Ceilometer API, which was removed in Queens; OS::Aodh::Gnocchi*Alarm took its place.',
  },
  'OS::Aodh::CombinationAlarm': {
    as: 'gone',
    why: 'Aodh removed combination alarms; OS::Aodh::CompositeAlarm took their place.',
  },
  'OS::Barbican::Order': {
    as: 'derived',
    why: 'An order is done once its secret or container is there, and those are rebuilt by themselves.',
  },
  'OS::Blazar::Host': {
    as: 'parameter',
    why: 'Only an admin may give a hypervisor to Blazar; the target cloud has its own.',
  },
  'OS::Ceilometer::Alarm': {
    as: 'gone',
    why: 'An old name of OS::Aodh::Alarm, whose threshold alarms are gone too; OS::Aodh::Gnocchi*Alarm took their place.',
  },
  'OS::Ceilometer::CombinationAlarm': {
    as: 'gone',
    why: 'An old name of OS::Aodh::CombinationAlarm, which is gone too; OS::Aodh::CompositeAlarm took its place.',
  },
  'OS::Ceilometer::GnocchiAggregationByMetricsAlarm': {as: 'gone', why: ceilometer},
  'OS::Ceilometer::GnocchiAggregationByResourcesAlarm': {as: 'gone', why: ceilometer},
  'OS::Ceilometer::GnocchiResourcesAlarm': {as: 'gone', why: ceilometer},
  'OS::Cinder::EncryptedVolumeType': {
    as: 'parameter',
    why: 'Only an admin may encrypt a volume type; volumes take their type as a parameter.',
  },
  'OS::Cinder::QoSAssociation': {
    as: 'parameter',
    why: 'Only an admin may bind QoS specs to a volume type; volumes take their type as a parameter.',
  },
  'OS::Cinder::QoSSpecs': {
    as: 'parameter',
    why: 'Only an admin may make QoS specs; they reach volumes by the volume type, which is a parameter.',
  },
  'OS::Cinder::Quota': {as: 'parameter', why: quota},
  'OS::Cinder::VolumeType': {
    as: 'parameter',
    why: 'Only an admin may make a volume type; volumes take theirs as a parameter.',
  },
  'OS::Designate::Domain': {
    as: 'gone',
    why: 'The Designate v1 API was removed; OS::Designate::Zone took its place.',
  },
  'OS::Designate::Record': {
    as: 'gone',
    why: 'The Designate v1 API was removed; OS::Designate::RecordSet took its place.',
  },
  'OS::Glance::Image': {
    as: 'gone',
    why: 'It needs the Glance v1 API, which was removed in Rocky; images are parameters (see OS::Glance::WebImage).',
  },
  'OS::Glance::WebImage': {
    as: 'parameter',
    why: 'Heat can only have Glance fetch an image from a public URL, and no API answers that URL: images are parameters.',
  },
  'OS::Heat::AccessPolicy': {
    as: 'impossible',
    why: `It limits what a stack's own user may read, and nothing outside Heat: ${withItsStack}.`,
  },
  'OS::Heat::AutoScalingGroup': {as: 'impossible', why: group},
  'OS::Heat::CloudConfig': {
    as: 'impossible',
    why: `It is one of Heat's software configs, which do not tell their type; servers keep the user data made of it, and ${withItsStack}.`,
  },
  'OS::Heat::Delay': {
    as: 'impossible',
    why: `It only makes a stack wait: ${withItsStack}.`,
  },
  'OS::Heat::DeployedServer': {
    as: 'impossible',
    why: `It stands for a server that no cloud runs, for software deployments: ${withItsStack}.`,
  },
  'OS::Heat::HARestarter': {
    as: 'gone',
    why: 'It makes nothing since Heat 10; healing is `openstack stack resource mark unhealthy` and a stack update.',
  },
  'OS::Heat::InstanceGroup': {as: 'impossible', why: group},
  'OS::Heat::MultipartMime': {
    as: 'impossible',
    why: `It is one of Heat's software configs, which do not tell their type; servers keep the user data made of it, and ${withItsStack}.`,
  },
  'OS::Heat::None': {
    as: 'impossible',
    why: `It stands for nothing at all: ${withItsStack}.`,
  },
  'OS::Heat::RandomString': {
    as: 'impossible',
    why: `Its value is nowhere but in its stack: ${withItsStack}, with a new value.`,
  },
  'OS::Heat::ResourceChain': {as: 'impossible', why: group},
  'OS::Heat::ResourceGroup': {as: 'impossible', why: group},
  'OS::Heat::ScalingPolicy': {
    as: 'impossible',
    why: `It is a rule of a scaling group, kept by Heat alone: ${withItsStack}.`,
  },
  'OS::Heat::SoftwareComponent': {as: 'impossible', why: software},
  'OS::Heat::SoftwareConfig': {as: 'impossible', why: software},
  'OS::Heat::SoftwareDeployment': {as: 'impossible', why: software},
  'OS::Heat::SoftwareDeploymentGroup': {as: 'impossible', why: software},
  'OS::Heat::SoftwareDeployments': {
    as: 'gone',
    why: 'An old name of OS::Heat::SoftwareDeploymentGroup.',
  },
  'OS::Heat::StructuredConfig': {as: 'impossible', why: software},
  'OS::Heat::StructuredDeployment': {as: 'impossible', why: software},
  'OS::Heat::StructuredDeploymentGroup': {as: 'impossible', why: software},
  'OS::Heat::StructuredDeployments': {
    as: 'gone',
    why: 'An old name of OS::Heat::StructuredDeploymentGroup.',
  },
  'OS::Heat::SwiftSignal': {
    as: 'impossible',
    why: `It only makes a stack wait for a signal: ${withItsStack}.`,
  },
  'OS::Heat::SwiftSignalHandle': {
    as: 'impossible',
    why: `It is the signed URL that one stack's signals go to: ${withItsStack}.`,
  },
  'OS::Heat::TestResource': {
    as: 'impossible',
    why: `It makes nothing but delays and failures, to test Heat: ${withItsStack}.`,
  },
  'OS::Heat::UpdateWaitConditionHandle': {
    as: 'impossible',
    why: `It is the signed URL that one stack's signals go to: ${withItsStack}.`,
  },
  'OS::Heat::Value': {
    as: 'impossible',
    why: `It names a value inside a template: ${withItsStack}.`,
  },
  'OS::Heat::WaitCondition': {
    as: 'impossible',
    why: `It only makes a stack wait for a signal: ${withItsStack}.`,
  },
  'OS::Heat::WaitConditionHandle': {
    as: 'impossible',
    why: `It is the signed URL that one stack's signals go to: ${withItsStack}.`,
  },
  'OS::Ironic::Port': {
    as: 'parameter',
    why: "A port of a bare metal node is the operator's hardware; the target cloud has its own.",
  },
  'OS::Keystone::Domain': {as: 'parameter', why: keystone},
  'OS::Keystone::Endpoint': {
    as: 'parameter',
    why: "The catalog is the operator's; the target cloud has its own.",
  },
  'OS::Keystone::Group': {as: 'parameter', why: keystone},
  'OS::Keystone::GroupRoleAssignment': {as: 'parameter', why: keystone},
  'OS::Keystone::Project': {
    as: 'parameter',
    why: 'Only an admin may make a project, and the one to rebuild into is there before its stack.',
  },
  'OS::Keystone::Region': {
    as: 'parameter',
    why: "The catalog is the operator's; the target cloud has its own.",
  },
  'OS::Keystone::Role': {as: 'parameter', why: keystone},
  'OS::Keystone::Service': {
    as: 'parameter',
    why: "The catalog is the operator's; the target cloud has its own.",
  },
  'OS::Keystone::User': {as: 'parameter', why: keystone},
  'OS::Keystone::UserRoleAssignment': {as: 'parameter', why: keystone},
  'OS::Magnum::Bay': {as: 'gone', why: 'An old name of a cluster; OS::Magnum::Cluster took its place.'},
  'OS::Magnum::BayModel': {
    as: 'gone',
    why: 'An old name of a cluster template; OS::Magnum::ClusterTemplate took its place.',
  },
  'OS::Manila::ShareType': {
    as: 'parameter',
    why: 'Only an admin may make a share type; the target cloud has its own.',
  },
  'OS::Metering::Alarm': {
    as: 'gone',
    why: 'An old name of OS::Aodh::Alarm, whose threshold alarms are gone too; OS::Aodh::Gnocchi*Alarm took their place.',
  },
  'OS::Mistral::ExternalResource': {
    as: 'impossible',
    why: `Mistral keeps the executions, not which of them make, change or delete the resource: ${withItsStack}.`,
  },
  'OS::Monasca::AlarmDefinition': {as: 'gone', why: monasca},
  'OS::Monasca::Notification': {as: 'gone', why: monasca},
  'OS::Neutron::ExtraRouteSet': {
    as: 'derived',
    why: 'Neutron keeps one list of routes per router; each is rebuilt as an OS::Neutron::ExtraRoute, which older Heat has too.',
  },
  'OS::Neutron::FloatingIPAssociation': {
    as: 'derived',
    why: 'OS::Neutron::FloatingIP says its port and fixed address itself.',
  },
  'OS::Neutron::HealthMonitor': {as: 'gone', why: lbaas1},
  'OS::Neutron::LBaaS::HealthMonitor': {as: 'gone', why: lbaas},
  'OS::Neutron::LBaaS::L7Policy': {as: 'gone', why: lbaas},
  'OS::Neutron::LBaaS::L7Rule': {as: 'gone', why: lbaas},
  'OS::Neutron::LBaaS::Listener': {as: 'gone', why: lbaas},
  'OS::Neutron::LBaaS::LoadBalancer': {as: 'gone', why: lbaas},
  'OS::Neutron::LBaaS::Pool': {as: 'gone', why: lbaas},
  'OS::Neutron::LBaaS::PoolMember': {as: 'gone', why: lbaas},
  'OS::Neutron::LoadBalancer': {as: 'gone', why: lbaas1},
  'OS::Neutron::NetworkGateway': {
    as: 'gone',
    why: "Only VMware's old NSX plugin served its API (network-gateways); OS::Neutron::L2Gateway took its place.",
  },
  'OS::Neutron::Pool': {as: 'gone', why: lbaas1},
  'OS::Neutron::PoolMember': {as: 'gone', why: lbaas1},
  'OS::Neutron::ProviderNet': {
    as: 'parameter',
    why: "Only an admin may bind a network to the operator's wires: a foreign one is a parameter, an own one is rebuilt as an OS::Neutron::Net without them, and said to be.",
  },
  'OS::Neutron::Quota': {as: 'parameter', why: quota},
  'OS::Neutron::RouterGateway': {
    as: 'gone',
    why: 'Neutron keeps a gateway in its router; external_gateway_info of OS::Neutron::Router took its place.',
  },
  'OS::Nova::Flavor': {
    as: 'parameter',
    why: 'Only an admin may make a flavor; servers take theirs as a parameter.',
  },
  'OS::Nova::FloatingIP': {
    as: 'gone',
    why: 'nova-network was removed; OS::Neutron::FloatingIP took its place.',
  },
  'OS::Nova::FloatingIPAssociation': {
    as: 'gone',
    why: 'nova-network was removed; OS::Neutron::FloatingIP took its place.',
  },
  'OS::Nova::HostAggregate': {
    as: 'parameter',
    why: 'Only an admin may group hypervisors; servers take their availability zone as a parameter.',
  },
  'OS::Nova::Quota': {as: 'parameter', why: quota},
  'OS::Octavia::AvailabilityZone': {
    as: 'parameter',
    why: 'Only an admin may make a load balancer zone; the target cloud has its own.',
  },
  'OS::Octavia::AvailabilityZoneProfile': {
    as: 'parameter',
    why: 'Only an admin may make one, for the zones that load balancers name; the target cloud has its own.',
  },
  'OS::Octavia::Flavor': {
    as: 'parameter',
    why: 'Only an admin may make a load balancer flavor; the target cloud has its own.',
  },
  'OS::Octavia::FlavorProfile': {
    as: 'parameter',
    why: 'Only an admin may make one, for the flavors that load balancers name; the target cloud has its own.',
  },
  'OS::Octavia::Quota': {as: 'parameter', why: quota},
  'OS::Sahara::Cluster': {as: 'gone', why: sahara},
  'OS::Sahara::ClusterTemplate': {as: 'gone', why: sahara},
  'OS::Sahara::DataSource': {as: 'gone', why: sahara},
  'OS::Sahara::ImageRegistry': {as: 'gone', why: sahara},
  'OS::Sahara::Job': {as: 'gone', why: sahara},
  'OS::Sahara::JobBinary': {as: 'gone', why: sahara},
  'OS::Sahara::NodeGroupTemplate': {as: 'gone', why: sahara},
  'OS::Senlin::Cluster': {as: 'gone', why: senlin},
  'OS::Senlin::Node': {as: 'gone', why: senlin},
  'OS::Senlin::Policy': {as: 'gone', why: senlin},
  'OS::Senlin::Profile': {as: 'gone', why: senlin},
  'OS::Senlin::Receiver': {as: 'gone', why: senlin},
  'OS::Trove::Cluster': {
    as: 'impossible',
    why: "Trove answers neither the networks nor the zones of a cluster's instances, and its clusters are experimental.",
  },
  'OS::Vitrage::Template': {
    as: 'gone',
    why: 'Vitrage was retired, and the type makes nothing since Heat 27; nothing took its place.',
  },
  'OS::Zaqar::MistralTrigger': {
    as: 'derived',
    why: 'In Zaqar it is a subscription whose subscriber is Mistral: OS::Zaqar::Subscription says it.',
  },
  'OS::Zaqar::SignedQueueURL': {
    as: 'impossible',
    why: `It is a signature with an expiry, which Zaqar makes and does not keep: ${withItsStack}.`,
  },
};
