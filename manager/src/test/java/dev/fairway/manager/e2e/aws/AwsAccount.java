// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.aws;

import dev.fairway.testkit.aws.AwsNetwork;
import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.HttpBackend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.query.Xml;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/// The AWS account as its owner sees and changes it, past the controller. What it reads is not
/// counted; what it changes goes by the proxy, which has to know.
final class AwsAccount implements AutoCloseable {
  private final HttpBackend emulator;
  private final HttpBackend proxy;
  private final AwsNetwork network;

  AwsAccount(URI emulator, URI proxy, AwsNetwork network) {
    this.emulator = new HttpBackend(emulator);
    this.proxy = new HttpBackend(proxy);
    this.network = network;
  }

  /// @param dns the name that clients connect to
  record Balancer(String arn, String name, String dns, Set<String> groups) {}

  record Listener(String arn, int port, String protocol, String alpn, String certificate) {}

  record TargetGroup(String arn, String name, String protocol, String checkProtocol) {}

  List<Balancer> balancers() {
    return members(elb("DescribeLoadBalancers", "PageSize", "400"), "LoadBalancers").stream()
        .map(one ->
            new Balancer(
                Xml.text(one, "LoadBalancerArn"),
                Xml.text(one, "LoadBalancerName"),
                Xml.text(one, "DNSName"),
                Set.copyOf(
                    Xml.child(one, "SecurityGroups").map(Xml::children).orElse(List.of()).stream()
                        .map(Element::getTextContent)
                        .toList())))
        .toList();
  }

  /// The one that serves this DNS name.
  Balancer balancer(String dns) {
    return balancers().stream().filter(one -> one.dns().equals(dns)).findFirst().orElseThrow();
  }

  List<TargetGroup> targetGroups() {
    return members(elb("DescribeTargetGroups"), "TargetGroups").stream()
        .map(one ->
            new TargetGroup(
                Xml.text(one, "TargetGroupArn"),
                Xml.text(one, "TargetGroupName"),
                Xml.text(one, "Protocol"),
                Xml.text(one, "HealthCheckProtocol")))
        .toList();
  }

  List<Listener> listeners(Balancer balancer) {
    return members(elb("DescribeListeners", "LoadBalancerArn", balancer.arn()), "Listeners")
        .stream()
        .map(one ->
            new Listener(
                Xml.text(one, "ListenerArn"),
                Integer.parseInt(Xml.text(one, "Port")),
                Xml.text(one, "Protocol"),
                Xml.find(one, "AlpnPolicy").map(node -> node.getTextContent().strip()).orElse(""),
                Xml.find(one, "CertificateArn").map(Element::getTextContent).orElse("")))
        .toList();
  }

  Set<Integer> ports(Balancer balancer) {
    return listeners(balancer).stream().map(Listener::port).collect(Collectors.toSet());
  }

  /// Ids of the targets registered with a target group.
  Set<String> targets(TargetGroup group) {
    return Set.copyOf(elb("DescribeTargetHealth", "TargetGroupArn", group.arn()).texts("Id"));
  }

  /// Attributes of a load balancer, by key.
  Map<String, String> attributes(Balancer balancer) {
    return keyed(elb("DescribeLoadBalancerAttributes", "LoadBalancerArn", balancer.arn()));
  }

  Map<String, String> tags(String arn) {
    return keyed(elb("DescribeTags", "ResourceArns.member.1", arn));
  }

  /// Groups that the seed did not make, by id.
  Map<String, String> securityGroups() {
    return items("DescribeSecurityGroups", "securityGroupInfo").stream()
        .filter(one -> Xml.text(one, "groupName").startsWith("k8s-"))
        .collect(
            Collectors.toMap(one -> Xml.text(one, "groupId"), one -> Xml.text(one, "groupName")));
  }

  /// The CIDR rules and the rules for other groups, as `tcp 80-80`.
  List<String> rules(String groupId) {
    return items("DescribeSecurityGroups", "securityGroupInfo").stream()
        .filter(one -> Xml.text(one, "groupId").equals(groupId))
        .flatMap(
            one -> Xml.child(one, "ipPermissions").map(Xml::children).orElse(List.of()).stream())
        .map(rule ->
            "%s %s-%s"
                .formatted(
                    Xml.text(rule, "ipProtocol"),
                    Xml.text(rule, "fromPort"),
                    Xml.text(rule, "toPort")))
        .toList();
  }

  List<String> nodeRules() {
    return rules(network.nodeGroup());
  }

  /// All that is not there before the first Service and after the last one.
  List<String> leftovers() {
    var all = new ArrayList<String>();
    balancers().forEach(one -> all.add(one.name()));
    targetGroups().forEach(one -> all.add(one.name()));
    all.addAll(securityGroups().values());
    nodeRules().forEach(rule -> all.add("rule of the nodes: " + rule));
    return all;
  }

  /// Does something that the controller does not know of.
  Answer change(String service, String action, String... parameters) {
    return sent(proxy, service, action, parameters);
  }

  Answer changeBalancers(String action, String... parameters) {
    return change(QueryCall.ELB, action, parameters);
  }

  /// Takes a certificate of IAM, and returns its ARN.
  String uploadCertificate(String name) {
    var call =
        QueryCall.to(
            network.region(),
            "iam",
            "UploadServerCertificate",
            "ServerCertificateName",
            name,
            "CertificateBody",
            "-",
            "PrivateKey",
            "-");
    var answer =
        emulator.send(
            new QueryCall(
                call.service(), call.action(), "2010-05-08", call.parameters(), call.envelope()));
    return answer.text("Arn").orElseThrow(() -> new IllegalStateException(answer.body()));
  }

  // The emulator takes every load balancer for an application's, also in its name; the proxy
  // translates.
  private Answer elb(String action, String... parameters) {
    var asked = Stream.of(parameters).map(text -> text.replace("/net/", "/app/"));
    var answer = sent(emulator, QueryCall.ELB, action, asked.toArray(String[]::new));
    var region = network.region();
    return answer.withBody(
        answer
            .body()
            .replace("/app/", "/net/")
            .replace(".%s.elb.".formatted(region), ".elb.%s.".formatted(region)));
  }

  private Answer sent(HttpBackend to, String service, String action, String... parameters) {
    var answer = to.send(QueryCall.to(network.region(), service, action, parameters));
    if (!answer.ok()) {
      throw new IllegalStateException("%s: %s".formatted(action, answer.body()));
    }
    return answer;
  }

  private List<Element> items(String action, String list) {
    return below(sent(emulator, QueryCall.EC2, action), list);
  }

  private static List<Element> members(Answer answer, String list) {
    return below(answer, list);
  }

  private static List<Element> below(Answer answer, String list) {
    return Xml.find(Xml.parse(answer.body()), list).map(Xml::children).orElse(List.of());
  }

  private static Map<String, String> keyed(Answer answer) {
    var document = Xml.parse(answer.body());
    var found = Xml.find(document, "Attributes").or(() -> Xml.find(document, "Tags"));
    return found.map(Xml::children).orElse(List.of()).stream()
        .collect(
            Collectors.toMap(
                one -> Xml.text(one, "Key"),
                one -> Xml.text(one, "Value"),
                (one, _) -> one,
                TreeMap::new));
  }

  @Override
  public void close() {
    emulator.close();
    proxy.close();
  }
}
