// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import static dev.fairway.openstack.cloud.connect.Service.KEY_MANAGER;
import static dev.fairway.openstack.cloud.connect.Service.LOAD_BALANCER;
import static dev.fairway.openstack.cloud.connect.Service.NETWORK;

import java.time.Duration;

/// Every call to OpenStack that is made.
public enum Operation {
  GET_VERSIONS(LOAD_BALANCER, "GetVersions"),
  LIST_PROVIDERS(LOAD_BALANCER, "ListProviders"),
  LIST_LOAD_BALANCERS(LOAD_BALANCER, "ListLoadBalancers"),
  GET_LOAD_BALANCER(LOAD_BALANCER, "GetLoadBalancer"),
  GET_STATUS_TREE(LOAD_BALANCER, "GetStatusTree"),
  CREATE_LOAD_BALANCER(LOAD_BALANCER, "CreateLoadBalancer"),
  UPDATE_LOAD_BALANCER(LOAD_BALANCER, "UpdateLoadBalancer"),
  DELETE_LOAD_BALANCER(LOAD_BALANCER, "DeleteLoadBalancer"),
  FAILOVER_LOAD_BALANCER(LOAD_BALANCER, "FailoverLoadBalancer"),
  LIST_LISTENERS(LOAD_BALANCER, "ListListeners"),
  GET_LISTENER(LOAD_BALANCER, "GetListener"),
  CREATE_LISTENER(LOAD_BALANCER, "CreateListener"),
  UPDATE_LISTENER(LOAD_BALANCER, "UpdateListener"),
  DELETE_LISTENER(LOAD_BALANCER, "DeleteListener"),
  LIST_POOLS(LOAD_BALANCER, "ListPools"),
  GET_POOL(LOAD_BALANCER, "GetPool"),
  CREATE_POOL(LOAD_BALANCER, "CreatePool"),
  UPDATE_POOL(LOAD_BALANCER, "UpdatePool"),
  DELETE_POOL(LOAD_BALANCER, "DeletePool"),
  LIST_MEMBERS(LOAD_BALANCER, "ListMembers"),
  UPDATE_MEMBERS(LOAD_BALANCER, "UpdateMembers"),
  CREATE_MEMBER(LOAD_BALANCER, "CreateMember"),
  UPDATE_MEMBER(LOAD_BALANCER, "UpdateMember"),
  DELETE_MEMBER(LOAD_BALANCER, "DeleteMember"),
  LIST_MONITORS(LOAD_BALANCER, "ListMonitors"),
  CREATE_MONITOR(LOAD_BALANCER, "CreateMonitor"),
  UPDATE_MONITOR(LOAD_BALANCER, "UpdateMonitor"),
  DELETE_MONITOR(LOAD_BALANCER, "DeleteMonitor"),
  LIST_NETWORKS(NETWORK, "ListNetworks"),
  LIST_SUBNETS(NETWORK, "ListSubnets"),
  GET_SUBNET(NETWORK, "GetSubnet"),
  LIST_PORTS(NETWORK, "ListPorts"),
  GET_PORT(NETWORK, "GetPort"),
  UPDATE_PORT(NETWORK, "UpdatePort"),
  DELETE_PORT(NETWORK, "DeletePort"),
  LIST_FLOATING_IPS(NETWORK, "ListFloatingIps"),
  GET_FLOATING_IP(NETWORK, "GetFloatingIp"),
  CREATE_FLOATING_IP(NETWORK, "CreateFloatingIp"),
  UPDATE_FLOATING_IP(NETWORK, "UpdateFloatingIp"),
  DELETE_FLOATING_IP(NETWORK, "DeleteFloatingIp"),
  TAG_RESOURCE(NETWORK, "TagResource"),
  LIST_SECURITY_GROUPS(NETWORK, "ListSecurityGroups"),
  CREATE_SECURITY_GROUP(NETWORK, "CreateSecurityGroup"),
  UPDATE_SECURITY_GROUP(NETWORK, "UpdateSecurityGroup"),
  DELETE_SECURITY_GROUP(NETWORK, "DeleteSecurityGroup"),
  LIST_SECURITY_GROUP_RULES(NETWORK, "ListSecurityGroupRules"),
  CREATE_SECURITY_GROUP_RULE(NETWORK, "CreateSecurityGroupRule"),
  DELETE_SECURITY_GROUP_RULE(NETWORK, "DeleteSecurityGroupRule"),
  LIST_EXTENSIONS(NETWORK, "ListExtensions"),
  GET_TLS_CONTAINER(KEY_MANAGER, "GetTlsContainer"),
  GET_TLS_SECRET(KEY_MANAGER, "GetTlsSecret");

  // The API checks each member's subnet before it answers: 160 members took more than 60 s
  // (cloud-provider-openstack issue 1304).
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Duration SHORT = Duration.ofSeconds(30);

  private final Service service;
  private final String label;

  Operation(Service service, String label) {
    this.service = service;
    this.label = label;
  }

  public Service service() {
    return service;
  }

  /// In messages and logs: `CreateLoadBalancer`.
  public String label() {
    return label;
  }

  /// `load-balancer:CreateLoadBalancer`.
  public String permission() {
    return service.type() + ":" + label;
  }

  /// Whether it only reads.
  public boolean reads() {
    return label.startsWith("Get") || label.startsWith("List");
  }

  /// Whether two of it do what one does, so that it may be repeated when its answer is lost.
  public boolean idempotent() {
    return !label.startsWith("Create") && this != FAILOVER_LOAD_BALANCER;
  }

  /// What stands before its path: the version of the API, but for the list of versions.
  String prefix() {
    return this == GET_VERSIONS ? "" : service.version();
  }

  /// How long its answer may take.
  public Duration timeout() {
    return reads() ? SHORT : LONG;
  }
}
