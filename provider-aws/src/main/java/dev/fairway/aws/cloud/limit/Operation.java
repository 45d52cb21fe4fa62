// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import static dev.fairway.aws.cloud.limit.ThrottleClass.EC2_READ;
import static dev.fairway.aws.cloud.limit.ThrottleClass.EC2_WRITE;
import static dev.fairway.aws.cloud.limit.ThrottleClass.ELB_CREATE;
import static dev.fairway.aws.cloud.limit.ThrottleClass.ELB_READ;
import static dev.fairway.aws.cloud.limit.ThrottleClass.ELB_REGISTER;
import static dev.fairway.aws.cloud.limit.ThrottleClass.ELB_WRITE;

/// Every AWS operation that is called. The least IAM policy is held to this list.
public enum Operation {
  DESCRIBE_LOAD_BALANCERS(Service.ELB, "DescribeLoadBalancers", ELB_READ),
  DESCRIBE_TARGET_GROUPS(Service.ELB, "DescribeTargetGroups", ELB_READ),
  DESCRIBE_TAGS(Service.ELB, "DescribeTags", ELB_READ),
  DESCRIBE_LISTENERS(Service.ELB, "DescribeListeners", ELB_READ),
  DESCRIBE_LOAD_BALANCER_ATTRIBUTES(Service.ELB, "DescribeLoadBalancerAttributes", ELB_READ),
  DESCRIBE_TARGET_GROUP_ATTRIBUTES(Service.ELB, "DescribeTargetGroupAttributes", ELB_READ),
  DESCRIBE_LISTENER_ATTRIBUTES(Service.ELB, "DescribeListenerAttributes", ELB_READ),
  DESCRIBE_LISTENER_CERTIFICATES(Service.ELB, "DescribeListenerCertificates", ELB_READ),
  DESCRIBE_TARGET_HEALTH(Service.ELB, "DescribeTargetHealth", ELB_READ),
  DESCRIBE_ACCOUNT_LIMITS(Service.ELB, "DescribeAccountLimits", ELB_READ),
  CREATE_LOAD_BALANCER(Service.ELB, "CreateLoadBalancer", ELB_CREATE),
  DELETE_LOAD_BALANCER(Service.ELB, "DeleteLoadBalancer", ELB_WRITE),
  CREATE_TARGET_GROUP(Service.ELB, "CreateTargetGroup", ELB_WRITE),
  MODIFY_TARGET_GROUP(Service.ELB, "ModifyTargetGroup", ELB_WRITE),
  DELETE_TARGET_GROUP(Service.ELB, "DeleteTargetGroup", ELB_WRITE),
  REGISTER_TARGETS(Service.ELB, "RegisterTargets", ELB_REGISTER),
  DEREGISTER_TARGETS(Service.ELB, "DeregisterTargets", ELB_REGISTER),
  CREATE_LISTENER(Service.ELB, "CreateListener", ELB_WRITE),
  MODIFY_LISTENER(Service.ELB, "ModifyListener", ELB_WRITE),
  DELETE_LISTENER(Service.ELB, "DeleteListener", ELB_WRITE),
  ADD_LISTENER_CERTIFICATES(Service.ELB, "AddListenerCertificates", ELB_WRITE),
  REMOVE_LISTENER_CERTIFICATES(Service.ELB, "RemoveListenerCertificates", ELB_WRITE),
  MODIFY_LOAD_BALANCER_ATTRIBUTES(Service.ELB, "ModifyLoadBalancerAttributes", ELB_WRITE),
  MODIFY_TARGET_GROUP_ATTRIBUTES(Service.ELB, "ModifyTargetGroupAttributes", ELB_WRITE),
  MODIFY_LISTENER_ATTRIBUTES(Service.ELB, "ModifyListenerAttributes", ELB_WRITE),
  SET_SUBNETS(Service.ELB, "SetSubnets", ELB_WRITE),
  SET_SECURITY_GROUPS(Service.ELB, "SetSecurityGroups", ELB_WRITE),
  SET_IP_ADDRESS_TYPE(Service.ELB, "SetIpAddressType", ELB_WRITE),
  ADD_TAGS(Service.ELB, "AddTags", ELB_WRITE),
  REMOVE_TAGS(Service.ELB, "RemoveTags", ELB_WRITE),
  DESCRIBE_SUBNETS(Service.EC2, "DescribeSubnets", EC2_READ),
  DESCRIBE_ROUTE_TABLES(Service.EC2, "DescribeRouteTables", EC2_READ),
  DESCRIBE_SECURITY_GROUPS(Service.EC2, "DescribeSecurityGroups", EC2_READ),
  DESCRIBE_INSTANCES(Service.EC2, "DescribeInstances", EC2_READ),
  DESCRIBE_VPCS(Service.EC2, "DescribeVpcs", EC2_READ),
  CREATE_SECURITY_GROUP(Service.EC2, "CreateSecurityGroup", EC2_WRITE),
  DELETE_SECURITY_GROUP(Service.EC2, "DeleteSecurityGroup", EC2_WRITE),
  AUTHORIZE_SECURITY_GROUP_INGRESS(Service.EC2, "AuthorizeSecurityGroupIngress", EC2_WRITE),
  REVOKE_SECURITY_GROUP_INGRESS(Service.EC2, "RevokeSecurityGroupIngress", EC2_WRITE);

  /// The service in an IAM action.
  public enum Service {
    ELB("elasticloadbalancing"),
    EC2("ec2");

    private final String prefix;

    Service(String prefix) {
      this.prefix = prefix;
    }
  }

  private final Service service;
  private final String action;
  private final ThrottleClass throttleClass;

  Operation(Service service, String action, ThrottleClass throttleClass) {
    this.service = service;
    this.action = action;
    this.throttleClass = throttleClass;
  }

  public Service service() {
    return service;
  }

  /// The name in the API reference: `CreateLoadBalancer`.
  public String action() {
    return action;
  }

  /// The IAM action: `elasticloadbalancing:CreateLoadBalancer`.
  public String permission() {
    return service.prefix + ":" + action;
  }

  public ThrottleClass throttleClass() {
    return throttleClass;
  }
}
