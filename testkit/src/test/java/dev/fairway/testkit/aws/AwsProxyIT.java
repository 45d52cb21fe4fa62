// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import static dev.fairway.testkit.aws.AwsCaller.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Envelope;
import dev.fairway.testkit.aws.query.HttpBackend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.rules.AwsLimits;
import dev.fairway.testkit.aws.rules.AwsTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What AWS does and moto does not. Each scenario runs twice, at moto itself and through the proxy:
/// a rule that moto learns one day shows here as one that can go.
class AwsProxyIT {
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.EPOCH);
  private static MotoServer moto;
  private static AwsProxy proxy;

  @BeforeAll
  static void start() {
    moto = MotoServer.start();
    proxy = AwsProxy.start(moto.uri(), 0, NOW::get);
  }

  @AfterAll
  static void stop() {
    proxy.close();
    moto.close();
  }

  @Test
  void aSecondCreationOfTheSameLoadBalancerIsAnsweredWithTheFirst() {
    compare(
        aws -> aws.balancer("one").equals(aws.balancer("one", "Tags.member.1.Key", "a")),
        false,
        true);
  }

  @Test
  void aLoadBalancerOfTheSameNameWithOtherSettingsIsRefused() {
    compare(
        aws ->
            verdict(aws.loadBalancer("one"))
                + " "
                + verdict(aws.loadBalancer("one", "Scheme", "internet-facing")),
        "ok ok",
        "ok DuplicateLoadBalancerName");
  }

  @Test
  void theNameOfADeletedLoadBalancerIsFree() {
    prove(
        aws -> {
          aws.elb("DeleteLoadBalancer", "LoadBalancerArn", aws.balancer("one"));
          return verdict(aws.loadBalancer("one", "Scheme", "internet-facing"));
        },
        "ok");
  }

  @Test
  void aSecondCreationOfTheSameTargetGroupIsAnsweredWithTheFirst() {
    compare(
        aws ->
            verdict(aws.targetGroup("one", "TCP")) + " " + verdict(aws.targetGroup("one", "TCP")),
        "ok DuplicateTargetGroupName",
        "ok ok");
    prove(aws -> aws.group("one", "TCP").equals(aws.group("one", "TCP")), true);
    prove(
        aws -> {
          aws.group("one", "TCP");
          return verdict(aws.targetGroup("one", "UDP"));
        },
        "DuplicateTargetGroupName");
  }

  @Test
  void aPortHasOneListenerWhateverItsProtocol() {
    compare(
        aws -> {
          var balancer = aws.balancer("one");
          var tcp = aws.group("tcp", "TCP");
          var udp = aws.group("udp", "UDP");
          return verdict(aws.listener(balancer, "TCP", 53, tcp))
              + " "
              + verdict(aws.listener(balancer, "UDP", 53, udp));
        },
        "ok ok",
        "ok DuplicateListener");
  }

  @Test
  void aListenerCannotMoveToThePortOfAnother() {
    compare(
        aws -> {
          var balancer = aws.balancer("one");
          var group = aws.group("tcp", "TCP");
          aws.listener(balancer, "TCP", 80, group);
          var other = aws.listener(balancer, "TCP", 81, group).text("ListenerArn").orElseThrow();
          return verdict(aws.elb("ModifyListener", "ListenerArn", other, "Port", "80"));
        },
        "ok",
        "DuplicateListener");
  }

  @Test
  void aSecondCreationOfTheSameListenerIsAnsweredWithTheFirst() {
    compare(
        aws -> {
          var balancer = aws.balancer("one");
          var group = aws.group("tcp", "TCP");
          var first = aws.listener(balancer, "TCP", 80, group).text("ListenerArn");
          return first.equals(aws.listener(balancer, "TCP", 80, group).text("ListenerArn"));
        },
        false,
        true);
  }

  @Test
  void aListenerForwardsOnlyToProtocolsThatFit() {
    compare(
        aws -> verdict(aws.listener(aws.balancer("one"), "TCP", 80, aws.group("udp", "UDP"))),
        "ok",
        "IncompatibleProtocols");
    prove(
        aws ->
            verdict(aws.listener(aws.balancer("one"), "TCP_UDP", 80, aws.group("both", "TCP_UDP"))),
        "ok");
  }

  @Test
  void aTlsListenerNeedsACertificate() {
    compare(
        aws -> verdict(aws.listener(aws.balancer("one"), "TLS", 443, aws.group("tcp", "TCP"))),
        "ok",
        "ValidationError");
  }

  @Test
  void aListenerChangesItsProtocol() {
    compare(
        aws -> {
          var balancer = aws.balancer("one");
          var listener =
              aws.listener(balancer, "TCP", 53, aws.group("tcp", "TCP"))
                  .text("ListenerArn")
                  .orElseThrow();
          aws.elb(
              "ModifyListener",
              "ListenerArn",
              listener,
              "Protocol",
              "UDP",
              "DefaultActions.member.1.Type",
              "forward",
              "DefaultActions.member.1.TargetGroupArn",
              aws.group("udp", "UDP"));
          return aws.elb("DescribeListeners", "LoadBalancerArn", balancer)
              .text("Protocol")
              .orElse("");
        },
        "TCP",
        "UDP");
  }

  @Test
  void aListenerChangesItsCertificate() {
    compare(
        aws -> {
          var balancer = aws.balancer("one");
          var first = certificate(aws, "a.example");
          var second = certificate(aws, "b.example");
          var listener =
              aws.listener(
                      balancer,
                      "TLS",
                      443,
                      aws.group("tcp", "TCP"),
                      "Certificates.member.1.CertificateArn",
                      first)
                  .text("ListenerArn")
                  .orElseThrow();
          aws.elb(
              "ModifyListener",
              "ListenerArn",
              listener,
              "Certificates.member.1.CertificateArn",
              second,
              "AlpnPolicy.member.1",
              "HTTP2Only");
          var shown = aws.elb("DescribeListeners", "LoadBalancerArn", balancer);
          var listed = aws.elb("DescribeListenerCertificates", "ListenerArn", listener);
          return shown.text("CertificateArn").orElse("").equals(second)
              + " "
              + listed.text("CertificateArn").orElse("").equals(second)
              + " "
              + shown.body().contains("HTTP2Only");
        },
        "false false false",
        "true true true");
  }

  /// Imported by a call of a JSON protocol, which also has to pass.
  private static String certificate(AwsCaller aws, String name) {
    var answer =
        aws.endpoint()
            .send(
                QueryCall.of(
                    new Envelope(
                        "POST",
                        "/",
                        Map.of(
                            "content-type",
                            "application/x-amz-json-1.1",
                            "x-amz-target",
                            "CertificateManager.RequestCertificate",
                            "authorization",
                            "AWS4-HMAC-SHA256 Credential=test/20260101/%s/acm/aws4_request"
                                .formatted(AwsSeed.REGION)),
                        "{\"DomainName\": \"%s\"}".formatted(name))));
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().replaceFirst(".*\"(arn:[^\"]*)\".*", "$1");
  }

  @Test
  void aListenerWithoutTlsHasNoTlsPolicy() {
    compare(
        aws -> {
          var balancer = aws.balancer("one");
          aws.listener(balancer, "TCP", 80, aws.group("tcp", "TCP"));
          return aws.elb("DescribeListeners", "LoadBalancerArn", balancer)
              .text("SslPolicy")
              .isPresent();
        },
        true,
        false);
  }

  @Test
  void aProtectedLoadBalancerStays() {
    compare(
        aws -> {
          var balancer = aws.balancer("one");
          protect(aws, balancer, true);
          var first = verdict(aws.elb("DeleteLoadBalancer", "LoadBalancerArn", balancer));
          protect(aws, balancer, false);
          return first + " " + verdict(aws.elb("DeleteLoadBalancer", "LoadBalancerArn", balancer));
        },
        "ok ok",
        "OperationNotPermitted ok");
  }

  private static void protect(AwsCaller aws, String balancer, boolean on) {
    aws.elb(
        "ModifyLoadBalancerAttributes",
        "LoadBalancerArn",
        balancer,
        "Attributes.member.1.Key",
        "deletion_protection.enabled",
        "Attributes.member.1.Value",
        "" + on);
  }

  @Test
  void namesOfLoadBalancersFollowTheRules() {
    for (var name : List.of("a".repeat(33), "internal-one", "one_two", "-one", "one-")) {
      compare(aws -> verdict(aws.loadBalancer(name)), "ok", "ValidationError");
    }
    prove(aws -> verdict(aws.loadBalancer("a".repeat(32))), "ok");
    prove(aws -> verdict(aws.targetGroup("one-", "TCP")), "ValidationError");
  }

  @Test
  void quotasHoldAndCanBeRaised() {
    proxyOnly(aws -> {
      proxy.limits(AwsLimits.NEW_ACCOUNT.withLoadBalancers(1).withTargetGroups(1).withListeners(1));
      var balancer = aws.balancer("one");
      var group = aws.group("one", "TCP");
      aws.listener(balancer, "TCP", 80, group);

      assertThat(verdict(aws.loadBalancer("two"))).isEqualTo("TooManyLoadBalancers");
      assertThat(verdict(aws.targetGroup("two", "TCP"))).isEqualTo("TooManyTargetGroups");
      assertThat(verdict(aws.listener(balancer, "TCP", 81, group))).isEqualTo("TooManyListeners");

      proxy.limits(AwsLimits.RAISED);
      assertThat(verdict(aws.loadBalancer("two"))).isEqualTo("ok");
      assertThat(verdict(aws.targetGroup("two", "TCP"))).isEqualTo("ok");
      assertThat(verdict(aws.listener(balancer, "TCP", 81, group))).isEqualTo("ok");
    });
  }

  @Test
  void aLoadBalancerHasFiftyListeners() {
    compare(
        aws -> {
          var balancer = aws.balancer("one");
          var group = aws.group("one", "TCP");
          var last = "";
          for (int port = 1; port <= 51; port++) {
            last = verdict(aws.listener(balancer, "TCP", port, group));
          }
          return last;
        },
        "ok",
        "TooManyListeners");
  }

  @Test
  void targetsHaveAQuotaPerGroupAndPerLoadBalancer() {
    proxyOnly(aws -> {
      proxy.limits(AwsLimits.RAISED.withTargets(2, 3));
      var balancer = aws.balancer("one");
      var first = aws.group("first", "TCP");
      var second = aws.group("second", "TCP");
      aws.listener(balancer, "TCP", 80, first);
      aws.listener(balancer, "TCP", 81, second);
      var ids = ids(aws);

      assertThat(verdict(aws.register(first, ids[0], ids[1], ids[2]))).isEqualTo("TooManyTargets");
      assertThat(verdict(aws.register(first, ids[0], ids[1]))).isEqualTo("ok");
      assertThat(verdict(aws.register(second, ids[0], ids[1]))).isEqualTo("TooManyTargets");
      assertThat(verdict(aws.register(second, ids[0]))).isEqualTo("ok");
      assertThat(verdict(aws.register(first, ids[0], ids[1]))).isEqualTo("ok");
      aws.deregister(first, ids[0]);
      assertThat(verdict(aws.register(second, ids[1]))).isEqualTo("ok");
    });
  }

  @Test
  void aSecurityGroupHasSixtyRulesOfEachAddressFamily() {
    proxyOnly(aws -> {
      proxy.limits(AwsLimits.RAISED.withRulesPerSecurityGroup(2));
      var group = aws.securityGroup("one");

      assertThat(verdict(allow(aws, group, 80, "IpRanges.1.CidrIp", "10.0.0.0/8"))).isEqualTo("ok");
      assertThat(verdict(allow(aws, group, 81, "Groups.1.GroupId", group))).isEqualTo("ok");
      assertThat(verdict(allow(aws, group, 82, "IpRanges.1.CidrIp", "10.0.0.0/8")))
          .isEqualTo("RulesPerSecurityGroupLimitExceeded");
      assertThat(verdict(allow(aws, group, 82, "Ipv6Ranges.1.CidrIpv6", "fd00::/8")))
          .isEqualTo("ok");
      proxy.limits(AwsLimits.RAISED);
      assertThat(verdict(allow(aws, group, 82, "IpRanges.1.CidrIp", "10.0.0.0/8"))).isEqualTo("ok");
    });
  }

  private static Answer allow(AwsCaller aws, String group, int port, String key, String value) {
    return aws.ec2(
        "AuthorizeSecurityGroupIngress",
        "GroupId",
        group,
        "IpPermissions.1.IpProtocol",
        "tcp",
        "IpPermissions.1.FromPort",
        "" + port,
        "IpPermissions.1.ToPort",
        "" + port,
        "IpPermissions.1." + key,
        value);
  }

  @Test
  void aSecurityGroupOfALoadBalancerCannotBeDeletedUntilItIsReleased() {
    compare(
        aws -> {
          proxy.times(AwsTimes.NONE.withRelease(Duration.ofSeconds(30)));
          var group = aws.securityGroup("one");
          var balancer = aws.balancer("one", "SecurityGroups.member.1", group);
          var verdicts = new ArrayList<String>();
          verdicts.add(verdict(aws.ec2("DeleteSecurityGroup", "GroupId", group)));
          aws.elb("DeleteLoadBalancer", "LoadBalancerArn", balancer);
          verdicts.add(verdict(aws.ec2("DeleteSecurityGroup", "GroupId", group)));
          pass(30);
          verdicts.add(verdict(aws.ec2("DeleteSecurityGroup", "GroupId", group)));
          return String.join(" ", verdicts);
        },
        "ok InvalidGroup.NotFound InvalidGroup.NotFound",
        "DependencyViolation DependencyViolation ok");
  }

  @Test
  void aSecurityGroupThatARuleOrAMachineNamesCannotBeDeleted() {
    compare(
        aws -> {
          var group = aws.securityGroup("one");
          allow(aws, aws.network().nodeGroup(), 80, "Groups.1.GroupId", group);
          return verdict(aws.ec2("DeleteSecurityGroup", "GroupId", group));
        },
        "ok",
        "DependencyViolation");
    prove(
        aws -> verdict(aws.ec2("DeleteSecurityGroup", "GroupId", aws.network().nodeGroup())),
        "DependencyViolation");
    prove(
        aws -> {
          var group = aws.securityGroup("one");
          allow(aws, group, 80, "Groups.1.GroupId", group);
          return verdict(aws.ec2("DeleteSecurityGroup", "GroupId", group));
        },
        "ok");
  }

  @Test
  void targetsBecomeHealthyAndDrainInTime() {
    compare(
        aws -> {
          proxy.times(
              AwsTimes.NONE
                  .withInitial(Duration.ofSeconds(90))
                  .withDraining(Duration.ofSeconds(300)));
          var group = aws.group("one", "TCP");
          var id = ids(aws)[0];
          var states = new ArrayList<List<String>>();
          aws.register(group, id);
          states.add(aws.health(group));
          aws.listener(aws.balancer("one"), "TCP", 80, group);
          states.add(aws.health(group));
          pass(90);
          states.add(aws.health(group));
          aws.deregister(group, id);
          states.add(aws.health(group));
          pass(300);
          states.add(aws.health(group));
          return states.toString();
        },
        "[[healthy], [healthy], [healthy], [], []]",
        "[[unused], [initial], [healthy], [draining], []]");
  }

  @Test
  void anUnknownTargetMayBeDeregistered() {
    compare(
        aws -> verdict(aws.deregister(aws.group("one", "TCP"), ids(aws)[0])),
        "InvalidTarget",
        "ok");
  }

  @Test
  void anUnknownInstanceCannotBeRegistered() {
    compare(
        aws -> verdict(aws.register(aws.group("one", "TCP"), ids(aws)[0], "i-0123456789abcdef0")),
        "ok",
        "InvalidTarget");
  }

  @Test
  void oneInstanceMayServeOnTwoPorts() {
    compare(
        aws -> {
          var group = aws.group("one", "TCP");
          aws.listener(aws.balancer("one"), "TCP", 80, group);
          var id = ids(aws)[0];
          aws.elb(
              "RegisterTargets",
              "TargetGroupArn",
              group,
              "Targets.member.1.Id",
              id,
              "Targets.member.1.Port",
              "1001");
          aws.elb(
              "RegisterTargets",
              "TargetGroupArn",
              group,
              "Targets.member.1.Id",
              id,
              "Targets.member.1.Port",
              "1002");
          return aws.health(group).size();
        },
        1,
        2);
  }

  @Test
  void tagsAreOfThingsThatExist() {
    var unknown =
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/x/0123456789abcdef";
    compare(
        aws -> verdict(aws.elb("DescribeTags", "ResourceArns.member.1", unknown)),
        "ok",
        "TargetGroupNotFound");
    prove(
        aws -> verdict(aws.elb("DescribeTags", "ResourceArns.member.1", aws.group("one", "TCP"))),
        "ok");
  }

  @Test
  void tagsOfTwentyThingsAreReadAtOnce() {
    compare(
        aws -> {
          var parameters = new ArrayList<String>();
          for (int i = 1; i <= 21; i++) {
            parameters.addAll(List.of("ResourceArns.member." + i, aws.group("group-" + i, "TCP")));
          }
          return verdict(aws.elb("DescribeTags", parameters.toArray(String[]::new)));
        },
        "ok",
        "ValidationError");
  }

  @Test
  void describesAnswerInPages() {
    proxyOnly(aws -> {
      proxy.limits(AwsLimits.RAISED.withPageSize(2));
      var balancer = aws.balancer("one");
      for (int i = 0; i < 5; i++) {
        aws.listener(balancer, "TCP", 80 + i, aws.group("group-" + i, "TCP"));
        aws.balancer("more-" + i);
      }

      assertThat(pages(aws, "DescribeTargetGroups", "TargetGroupName")).containsExactly(2, 2, 1);
      assertThat(pages(aws, "DescribeLoadBalancers", "LoadBalancerName")).containsExactly(2, 2, 2);
      assertThat(pages(aws, "DescribeListeners", "ListenerArn", "LoadBalancerArn", balancer))
          .containsExactly(2, 2, 1);
    });
    compare(
        aws -> {
          aws.group("one", "TCP");
          aws.group("two", "TCP");
          return pages(aws, "DescribeTargetGroups", "TargetGroupName", "PageSize", "1").size();
        },
        1,
        2);
  }

  @Test
  void fourHundredLoadBalancersFitOnAPage() {
    compare(
        aws -> {
          IntStream.range(0, 60).forEach(i -> aws.balancer("one-" + i));
          return pages(aws, "DescribeLoadBalancers", "LoadBalancerName").toString();
        },
        "[50, 10]",
        "[60]");
  }

  private static List<Integer> pages(AwsCaller aws, String action, String element, String... more) {
    var sizes = new ArrayList<Integer>();
    var marker = "";
    do {
      var parameters = new ArrayList<>(List.of(more));
      if (!marker.isEmpty()) {
        parameters.addAll(List.of("Marker", marker));
      }
      var page = aws.elb(action, parameters.toArray(String[]::new));
      assertThat(verdict(page)).isEqualTo("ok");
      sizes.add(page.texts(element).size());
      marker = page.text("NextMarker").orElse("");
    } while (!marker.isEmpty());
    return sizes;
  }

  @Test
  void aTargetGroupServesOneLoadBalancer() {
    compare(
        aws -> {
          var group = aws.group("one", "TCP");
          aws.listener(aws.balancer("one"), "TCP", 80, group);
          return verdict(aws.listener(aws.balancer("two"), "TCP", 80, group));
        },
        "ok",
        "TargetGroupAssociationLimit");
  }

  @Test
  void aTargetGroupNamesItsLoadBalancerOnlyWhileItServes() {
    compare(
        aws -> {
          var group = aws.group("one", "TCP");
          var balancer = aws.balancer("one");
          aws.listener(balancer, "TCP", 80, group);
          var before = users(aws, group);
          aws.elb("DeleteLoadBalancer", "LoadBalancerArn", balancer);
          return before + " " + users(aws, group);
        },
        "1 1",
        "1 0");
  }

  private static long users(AwsCaller aws, String group) {
    return aws
        .elb("DescribeTargetGroups", "TargetGroupArns.member.1", group)
        .texts("member")
        .stream()
        .filter(text -> text.contains(":loadbalancer/"))
        .count();
  }

  @Test
  void arnsSayThatTheLoadBalancerIsANetworkLoadBalancer() {
    compare(
        aws -> {
          var balancer = aws.balancer("one");
          var listener =
              aws.listener(balancer, "TCP", 80, aws.group("one", "TCP"))
                  .text("ListenerArn")
                  .orElse("");
          return balancer.contains(":loadbalancer/net/one/")
              + " "
              + listener.contains(":listener/net/one/");
        },
        "false false",
        "true true");
    prove(
        aws ->
            aws.balancer(
                    "one",
                    "Type",
                    "application",
                    "Subnets.member.2",
                    aws.network().privateSubnets().lastEntry().getValue())
                .contains(":loadbalancer/app/one/"),
        true);
  }

  @Test
  void describesShowTheAddressesThatALoadBalancerWasGiven() {
    compare(
        aws -> {
          var subnet = aws.network().privateSubnets().firstEntry().getValue();
          aws.loadBalancer(
              "one",
              "-Subnets.member.1",
              "",
              "SubnetMappings.member.1.SubnetId",
              subnet,
              "SubnetMappings.member.1.PrivateIPv4Address",
              "10.0.128.99");
          return aws.elb("DescribeLoadBalancers").text("PrivateIPv4Address").orElse("none");
        },
        "none",
        "10.0.128.99");
  }

  @Test
  void describesShowElasticAddressesWhichMustExist() {
    compare(
        aws -> {
          var allocation = aws.ec2("AllocateAddress", "Domain", "vpc");
          elastic(aws, "one", allocation.text("allocationId").orElseThrow());
          var shown = aws.elb("DescribeLoadBalancers").text("IpAddress");
          return shown.equals(allocation.text("publicIp"));
        },
        false,
        true);
    compare(
        aws -> verdict(elastic(aws, "one", "eipalloc-0123456789abcdef0")),
        "ok",
        "AllocationIdNotFound");
  }

  private static Answer elastic(AwsCaller aws, String name, String allocation) {
    return aws.loadBalancer(
        name,
        "Scheme",
        "internet-facing",
        "-Subnets.member.1",
        "",
        "SubnetMappings.member.1.SubnetId",
        aws.network().publicSubnets().firstEntry().getValue(),
        "SubnetMappings.member.1.AllocationId",
        allocation);
  }

  @Test
  void aLoadBalancerHasOneSubnetInAZone() {
    compare(
        aws ->
            verdict(
                aws.loadBalancer(
                    "one",
                    "Subnets.member.2",
                    aws.network().publicSubnets().firstEntry().getValue())),
        "ok",
        "InvalidConfigurationRequest");
  }

  @Test
  void aSubnetIsNotReplacedInItsZoneByOneCall() {
    compare(
        aws -> {
          var own = List.copyOf(aws.network().privateSubnets().values());
          var other = aws.network().publicSubnets().firstEntry().getValue();
          var balancer =
              aws.balancer("one", "Subnets.member.2", own.get(1), "Subnets.member.3", own.get(2));
          return verdict(subnets(aws, balancer, other, own.get(1), own.get(2)))
              + " "
              + verdict(subnets(aws, balancer, own.get(1), own.get(2)))
              + " "
              + verdict(subnets(aws, balancer, other, own.get(1), own.get(2)));
        },
        "ok ok ok",
        "InvalidConfigurationRequest ok ok");
  }

  private static Answer subnets(AwsCaller aws, String balancer, String... ids) {
    var parameters = new ArrayList<>(List.of("LoadBalancerArn", balancer));
    for (int i = 0; i < ids.length; i++) {
      parameters.addAll(List.of("Subnets.member." + (i + 1), ids[i]));
    }
    return aws.elb("SetSubnets", parameters.toArray(String[]::new));
  }

  @Test
  void aLoadBalancerWithoutSecurityGroupsNeverGetsAny() {
    compare(
        aws -> {
          var balancer = aws.balancer("one");
          return verdict(
              aws.elb(
                  "SetSecurityGroups",
                  "LoadBalancerArn",
                  balancer,
                  "SecurityGroups.member.1",
                  aws.securityGroup("one")));
        },
        "ok",
        "InvalidConfigurationRequest");
  }

  @Test
  void aDescribeOfSeveralFailsWhenOneIsUnknown() {
    compare(
        aws -> {
          aws.balancer("one");
          return verdict(
              aws.elb("DescribeLoadBalancers", "Names.member.1", "one", "Names.member.2", "two"));
        },
        "ok",
        "LoadBalancerNotFound");
  }

  @Test
  void aNewLoadBalancerIsNotActiveAtOnce() {
    compare(
        aws -> {
          proxy.times(AwsTimes.NONE.withProvisioning(Duration.ofSeconds(60)));
          aws.balancer("one");
          var before = aws.elb("DescribeLoadBalancers").text("Code").orElse("");
          pass(60);
          return before + " " + aws.elb("DescribeLoadBalancers").text("Code").orElse("");
        },
        "active active",
        "provisioning active");
  }

  @Test
  void whatIsNewIsHiddenFromTheFirstReads() {
    proxyOnly(aws -> {
      proxy.staleReads(2);
      aws.balancer("one");
      var verdicts = new ArrayList<String>();
      for (int i = 0; i < 3; i++) {
        verdicts.add(verdict(aws.elb("DescribeLoadBalancers", "Names.member.1", "one")));
      }
      assertThat(verdicts).containsExactly("LoadBalancerNotFound", "LoadBalancerNotFound", "ok");
    });
  }

  @Test
  void theRulesHoldWhenManyCallAtOnce() {
    proxyOnly(aws -> {
      var balancer = aws.balancer("shared");
      var group = aws.group("shared", "TCP");
      var arns = Collections.synchronizedSet(new TreeSet<String>());
      var verdicts = Collections.synchronizedList(new ArrayList<String>());
      atOnce(
          32,
          i -> {
            arns.add(aws.balancer("one"));
            verdicts.add(verdict(aws.loadBalancer("two", "Subnets.member.1", subnet(aws, i % 3))));
            aws.elb("DescribeLoadBalancers");
            verdicts.add(
                verdict(aws.listener(balancer, "TCP", 80, group, "AlpnPolicy.member.1", "p" + i)));
          });

      assertThat(arns).hasSize(1);
      assertThat(aws.elb("DescribeLoadBalancers").texts("LoadBalancerName"))
          .containsExactlyInAnyOrder("shared", "one", "two");
      assertThat(aws.elb("DescribeListeners", "LoadBalancerArn", balancer).texts("ListenerArn"))
          .hasSize(1);
      assertThat(Collections.frequency(verdicts, "DuplicateListener")).isEqualTo(31);
      assertThat(verdicts).contains("DuplicateLoadBalancerName").doesNotContain("HTTP 500");
    });
  }

  private static String subnet(AwsCaller aws, int i) {
    return List.copyOf(aws.network().privateSubnets().values()).get(i);
  }

  private static void atOnce(int callers, Consumer<Integer> body) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          IntStream.range(0, callers)
              .mapToObj(i ->
                  (Callable<Void>)
                      () -> {
                        body.accept(i);
                        return null;
                      })
              .toList();
      for (var done : threads.invokeAll(tasks)) {
        done.get();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void pass(int seconds) {
    NOW.updateAndGet(now -> now.plusSeconds(seconds));
  }

  private static String[] ids(AwsCaller aws) {
    return aws.network().instances().stream().map(AwsNetwork.Instance::id).toArray(String[]::new);
  }

  /// `scenario` at moto gives `without`, through the proxy `with`.
  private static <T> void compare(Function<AwsCaller, T> scenario, T without, T with) {
    assertThat(run(scenario, false)).as("at moto itself").isEqualTo(without);
    assertThat(run(scenario, true)).as("through the proxy").isEqualTo(with);
  }

  private static <T> void prove(Function<AwsCaller, T> scenario, T with) {
    assertThat(run(scenario, true)).as("through the proxy").isEqualTo(with);
  }

  private static void proxyOnly(Consumer<AwsCaller> scenario) {
    run(
        aws -> {
          scenario.accept(aws);
          return "";
        },
        true);
  }

  private static <T> T run(Function<AwsCaller, T> scenario, boolean proxied) {
    moto.reset();
    proxy.reset();
    try (var seed = AwsSeed.plant(moto.uri(), "lab", 3);
        var endpoint = new HttpBackend(proxied ? proxy.uri() : moto.uri())) {
      return scenario.apply(new AwsCaller(endpoint, seed.network()));
    }
  }
}
