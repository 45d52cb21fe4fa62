// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import dev.fairway.aws.cloud.limit.Meaning.BadCredentials;
import dev.fairway.aws.cloud.limit.Meaning.Busy;
import dev.fairway.aws.cloud.limit.Meaning.Changed;
import dev.fairway.aws.cloud.limit.Meaning.DependsOnMessage;
import dev.fairway.aws.cloud.limit.Meaning.Forbidden;
import dev.fairway.aws.cloud.limit.Meaning.Outage;
import dev.fairway.aws.cloud.limit.Meaning.Quota;
import dev.fairway.aws.cloud.limit.Meaning.Throttle;
import dev.fairway.aws.cloud.limit.Meaning.Wrong;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The error codes of ELBv2, EC2 and STS (API references, "Errors" and "Common errors") and what
/// they stand for. Quotas are spelled as in Service Quotas.
final class ErrorCodes {
  static final String ANNOTATION = "service.beta.kubernetes.io/aws-load-balancer-";

  private static final String SUBNETS = ANNOTATION + "subnets";
  private static final String CERTIFICATES = ANNOTATION + "ssl-cert";
  private static final String GROUPS = ANNOTATION + "security-groups";
  private static final String TAGS = ANNOTATION + "additional-resource-tags";

  private static final Map<String, Meaning> TABLE = table();

  private ErrorCodes() {}

  /// @param code with or without the ending `Exception`, which some services write and others do
  ///   not
  static Optional<Meaning> meaning(String code) {
    return Optional.ofNullable(TABLE.get(code))
        .or(() -> Optional.ofNullable(TABLE.get(code.replaceFirst("Exception$", ""))));
  }

  private static Map<String, Meaning> table() {
    var table = new HashMap<String, Meaning>();
    throttlesAndOutages(table);
    permissions(table);
    quotas(table);
    states(table);
    mistakes(table);
    return Map.copyOf(table);
  }

  private static void throttlesAndOutages(Map<String, Meaning> table) {
    for (var code :
        List.of("Throttling", "ThrottledException", "RequestLimitExceeded", "TooManyRequests")) {
      table.put(code, new Throttle());
    }
    for (var code :
        List.of(
            "RequestThrottled", "SlowDown", "BandwidthLimitExceeded", "EC2ThrottledException")) {
      table.put(code, new Throttle());
    }
    for (var code :
        List.of("InternalFailure", "InternalError", "ServiceUnavailable", "Unavailable")) {
      table.put(code, new Outage());
    }
    // AWS cannot say how the targets are, or has no machines left: neither is up to the user.
    table.put("HealthUnavailable", new Outage());
    table.put("InsufficientCapacity", new Outage());
  }

  private static void permissions(Map<String, Meaning> table) {
    for (var code : List.of("AccessDenied", "UnauthorizedOperation", "NotAuthorized")) {
      table.put(code, new Forbidden());
    }
    var expired = new BadCredentials("have expired");
    table.put("ExpiredToken", expired);
    table.put("RequestExpired", expired);
    var unknown = new BadCredentials("are not valid");
    for (var code :
        List.of(
            "InvalidClientTokenId",
            "UnrecognizedClient",
            "InvalidAccessKeyId",
            "AuthFailure",
            "SignatureDoesNotMatch",
            "IncompleteSignature")) {
      table.put(code, unknown);
    }
    table.put("MissingAuthenticationToken", new BadCredentials("are missing"));
    table.put("OptInRequired", new BadCredentials("belong to an account without this service"));
  }

  private static void quotas(Map<String, Meaning> table) {
    table.put("TooManyLoadBalancers", new Quota("Network Load Balancers per Region"));
    table.put("TooManyTargetGroups", new Quota("Target Groups per Region"));
    table.put("TooManyListeners", new Quota("Listeners per Network Load Balancer"));
    table.put("TooManyCertificates", new Quota("Certificates per Network Load Balancer"));
    table.put("TooManyTargets", new DependsOnMessage());
    table.put(
        "TooManyRegistrationsForTargetId",
        new Quota("Number of times a target can be registered per load balancer"));
    table.put(
        "TooManyUniqueTargetGroupsPerLoadBalancer",
        new Quota("Target Groups per Action per Network Load Balancer"));
    table.put("TooManyActions", new Quota("Target Groups per Action per Network Load Balancer"));
    table.put("TargetGroupAssociationLimit", new Quota("Target Groups per Network Load Balancer"));
    table.put("TooManyTags", new Quota("Tags per resource"));
    table.put("TagLimitExceeded", new Quota("Tags per resource"));
    table.put(
        "RulesPerSecurityGroupLimitExceeded",
        new Quota("Inbound or outbound rules per security group"));
    table.put("SecurityGroupLimitExceeded", new Quota("VPC security groups per Region"));
    var groupsPerInterface = new Quota("Security groups per network interface");
    table.put("SecurityGroupsPerInterfaceLimitExceeded", groupsPerInterface);
    table.put("SecurityGroupsPerInstanceLimitExceeded", groupsPerInterface);
    table.put("NetworkInterfaceLimitExceeded", new Quota("Network interfaces per Region"));
    table.put("AddressLimitExceeded", new Quota("EC2-VPC Elastic IPs"));
    table.put("CapacityUnitsLimitExceeded", new Quota("Capacity units per Region"));
  }

  private static void states(Map<String, Meaning> table) {
    table.put("ResourceInUse", new Busy("something still uses it"));
    table.put("DependencyViolation", new Busy("something still uses it"));
    table.put("InvalidGroup.InUse", new Busy("something still uses the security group"));
    var underWay = new Busy("an earlier change is under way");
    table.put("IncorrectState", underWay);
    table.put("PriorRequestNotComplete", underWay);
    table.put("OperationNotPermitted", new DependsOnMessage());
    table.put("InvalidTarget", new DependsOnMessage());
    for (var code :
        List.of(
            "LoadBalancerNotFound",
            "TargetGroupNotFound",
            "ListenerNotFound",
            "ResourceNotFound",
            "InvalidGroup.NotFound",
            "InvalidPermission.NotFound",
            "InvalidInstanceID.NotFound",
            "DuplicateListener",
            "DuplicateLoadBalancerName",
            "DuplicateTargetGroupName",
            "InvalidGroup.Duplicate",
            "InvalidPermission.Duplicate")) {
      table.put(code, new Changed());
    }
  }

  private static void mistakes(Map<String, Meaning> table) {
    var certificate =
        new Wrong(
            CERTIFICATES,
            "write the ARN of an issued ACM or IAM certificate of this Region, such as"
                + " arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234");
    table.put("CertificateNotFound", certificate);
    table.put("UnsupportedCertificate", certificate);
    var subnet =
        new Wrong(
            SUBNETS,
            "name one subnet of this VPC in each zone, with at least 8 free addresses, such as"
                + " subnet-0a1b2c3d,subnet-4e5f6a7b");
    for (var code :
        List.of(
            "SubnetNotFound",
            "InvalidSubnet",
            "InvalidSubnetID.NotFound",
            "AvailabilityZoneNotSupported",
            "InsufficientFreeAddressesInSubnet")) {
      table.put(code, subnet);
    }
    table.put(
        "InvalidScheme", new Wrong(ANNOTATION + "scheme", "write internal or internet-facing"));
    var address =
        new Wrong(
            ANNOTATION + "eip-allocations",
            "name one free Elastic IP of this Region for each subnet, such as eipalloc-0a1b2c3d");
    table.put("AllocationIdNotFound", address);
    table.put("InvalidAllocationID.NotFound", address);
    var group = new Wrong(GROUPS, "name security groups of this VPC, such as sg-0a1b2c3d");
    table.put("InvalidSecurityGroup", group);
    table.put("InvalidGroupId.Malformed", group);
    table.put(
        "SSLPolicyNotFound",
        new Wrong(
            ANNOTATION + "ssl-negotiation-policy", "write for example ELBSecurityPolicy-2016-08"));
    var alpn =
        new Wrong(
            ANNOTATION + "alpn-policy",
            "write HTTP1Only, HTTP2Only, HTTP2Optional," + " HTTP2Preferred or None");
    table.put("ALPNPolicyNotFound", alpn);
    table.put("ALPNPolicyNotSupported", alpn);
    var protocol =
        new Wrong(
            ANNOTATION + "backend-protocol",
            "behind a TLS port write ssl or tcp; behind others leave it out");
    table.put("IncompatibleProtocols", protocol);
    table.put("UnsupportedProtocol", protocol);
    table.put(
        "InvalidConfigurationRequest",
        new Wrong(
            ANNOTATION + "attributes",
            "write keys and values that AWS knows, such as"
                + " load_balancing.cross_zone.enabled=true"));
    table.put("DuplicateTagKeys", new Wrong(TAGS, "name each tag once, such as team=web"));
    table.put(
        "InvalidPermission.Malformed",
        new Wrong("spec.loadBalancerSourceRanges", "write CIDRs such as 192.0.2.0/24"));
    table.put(
        "InvalidPrefixListID.NotFound",
        new Wrong(
            ANNOTATION + "security-group-prefix-lists", "name a prefix list, such as pl-0a1b2c3d"));
    table.put(
        "InvalidVpcID.NotFound",
        new Wrong("settings.vpcId", "write the id of a VPC of this Region, such as vpc-0a1b2c3d"));
  }
}
