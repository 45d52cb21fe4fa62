// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.openstack.cloud.connect.Operation;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Whose a load balancer is, and who may have his ports on it.
class OwnershipTest extends OnSimulator {
  private static final String THEIR_NAME = "kube_service_kubernetes_tests_web";
  private static final String TAGS_ONLY = "PUT /v2.0/lbaas/loadbalancers/{id}";
  private static final String ATTACH = "fairway.dev/openstack-load-balancer";

  private final Asked web = Asked.service("web");
  private final Asked side = Asked.service("side").ports("TCP/443");

  @Test
  void whatThePresentControllerMadeIsTakenOverWhenTheServiceNamesIt() {
    var old = oldBalancer(THEIR_NAME);
    var address = oldFloatingIp(old);
    var asked = web.theirs("load-balancer-id", old).known(address);

    var writes = writes(asked);

    assertThat(writes).isEqualTo(Map.of(TAGS_ONLY, 1, "PUT /v2.0/floatingips/{id}", 1));
    assertThat(sight.balancers()).hasSize(1);
    assertThat(texts(sight.balancer("_web").path("tags")))
        .contains(
            THEIR_NAME,
            "fairway-cluster=conformance",
            "fairway-service=tests/web",
            "fairway-uid=uid-of-web");
    assertThat(addresses(asked)).containsExactly(address);
    assertThat(writes(asked)).as("again").isEmpty();
    controller.restart();
    assertThat(writes(asked)).as("after a restart").isEmpty();
  }

  @Test
  void whatIsTakenOverShowsItsAddressFromTheFirstMoment() {
    var old = oldBalancer(THEIR_NAME);
    var address = oldFloatingIp(old);
    var asked = web.known(address);

    var _ = controller.pass(asked.present());

    assertThat(texts(byId(old).path("tags"))).contains("fairway-floating");
    assertThat(addresses(asked)).containsExactly(address);
  }

  @Test
  void anAddressInTheStatusIsProofEnough() {
    var old = oldBalancer(THEIR_NAME);
    var asked = web.known(oldFloatingIp(old));

    assertThat(writes(asked)).isEqualTo(Map.of(TAGS_ONLY, 1, "PUT /v2.0/floatingips/{id}", 1));

    assertThat(sight.balancers()).hasSize(1);
  }

  @Test
  void whatWasTakenOverGoesWithItsService() {
    var asked = web.known(oldFloatingIp(oldBalancer(THEIR_NAME)));
    controller.reach(asked);

    controller.remove(asked);

    assertThat(sight.picture()).isEmpty();
  }

  @Test
  void whatWasTakenOverIsChangedInPlace() {
    var asked = web.known(oldFloatingIp(oldBalancer(THEIR_NAME)));
    controller.reach(asked);

    var calls = during(() -> controller.reach(asked.nodes(4).ports("TCP/80", "TCP/443")));

    assertThat(calls.of("POST /lbaas/loadbalancers").count()).isZero();
    assertThat(calls.of("POST /lbaas/listeners").count()).isEqualTo(1);
    assertThat(sight.balancers()).hasSize(1);
  }

  @Test
  void aNameAloneIsNoProof() {
    var old = oldBalancer(THEIR_NAME);
    var before = byId(old);

    controller.reach(web);

    assertThat(byId(old)).isEqualTo(before);
    assertThat(sight.balancers()).hasSize(2);
    controller.remove(web);
    assertThat(byId(old)).isEqualTo(before);
  }

  @Test
  void whatBelongsToAnotherClusterIsNeverTouched() {
    var theirs =
        oldBalancer(THEIR_NAME, "fairway-cluster=another", "fairway-service=tests/web", THEIR_NAME);
    var address = oldFloatingIp(theirs);
    var before = byId(theirs);

    controller.reach(web.known(address));
    controller.reach(web.known(address).nodes(4));
    controller.remove(web);

    assertThat(byId(theirs)).isEqualTo(before);
    assertThat(sight.leadingTo(before)).containsExactly(address);
    assertThat(sight.balancers()).hasSize(1);
  }

  @Test
  void toTakeOverWhatBelongsToAnotherClusterIsRefused() {
    var theirs = oldBalancer("edge", "fairway-cluster=another", "fairway-service=tests/web");
    var asked = web.with("fairway.dev/openstack-adopt", theirs);

    assertThat(writes(asked)).isEmpty();

    assertThat(controller.notes(asked)).contains("LoadBalancerNotOurs");
  }

  @Test
  void whatIsNamedIsTakenOverWhateverItsName() {
    var old = oldBalancer("by-hand");
    var asked = web.with("fairway.dev/openstack-adopt", old).internal();

    assertThat(writes(asked)).isEqualTo(Map.of(TAGS_ONLY, 1));

    assertThat(texts(byId(old).path("tags"))).contains("fairway-service=tests/web");
  }

  @Test
  void anIdThatIsNotThereIsToldToWhoHasNoAddressYet() {
    var asked = web.theirs("load-balancer-id", "00000000-0000-0000-0000-00000000abcd");

    assertThat(writes(asked)).isEmpty();
    assertThat(controller.notes(asked)).contains("LoadBalancerNotFound");
  }

  @Test
  void anIdThatIsOutOfDateIsNoReasonToStayWithoutALoadBalancer() {
    var asked =
        web.theirs("load-balancer-id", "00000000-0000-0000-0000-00000000abcd").known("198.18.9.9");

    controller.reach(asked);

    assertThat(sight.leadingTo(sight.balancer("_web"))).hasSize(1);
  }

  @Test
  void twoServicesShareALoadBalancerById() {
    controller.reach(web);
    var shared = sight.balancer("_web").path("id").asText();
    var asked = side.theirs("load-balancer-id", shared);

    var calls = during(() -> controller.reach(asked));

    assertThat(sight.balancers()).hasSize(1);
    assertThat(sight.listeners(shared)).hasSize(2);
    assertThat(calls.of("POST /floatingips").count()).isZero();
    assertThat(addresses(asked)).isEqualTo(addresses(web));
    assertThat(writes(web)).as("the owner").isEmpty();
    assertThat(writes(asked)).as("the other").isEmpty();
    controller.restart();
    assertThat(writes(web)).as("the owner after a restart").isEmpty();
    assertThat(writes(asked)).as("the other after a restart").isEmpty();
  }

  @Test
  void twoServicesShareALoadBalancerByName() {
    controller.reach(web);

    controller.reach(side.with(ATTACH, THEIR_NAME));

    assertThat(sight.listeners(sight.balancer("_web").path("id").asText())).hasSize(2);
  }

  @Test
  void aLoadBalancerThatSomebodyMadeByHandMayBeUsedAndStaysWhenAllHaveGone() {
    var edge = oldBalancer("edge");
    var asked = side.with(ATTACH, "edge");
    controller.reach(asked);
    assertThat(sight.listeners(edge)).hasSize(2);

    controller.remove(asked);

    assertThat(sight.listeners(edge)).hasSize(1);
    assertThat(sight.pools(edge)).hasSize(1);
    assertThat(texts(byId(edge).path("tags"))).noneMatch(tag -> tag.startsWith("fairway-"));
  }

  @Test
  void whatIsOnALoadBalancerThatWasMadeSinceTheStartIsReadFirst() {
    controller.audit();
    oldBalancer("edge");
    controller.audit();
    var asked = side.ports("TCP/80").with(ATTACH, "edge");

    assertThat(writes(asked)).isEmpty();

    assertThat(controller.notes(asked)).contains("PortInUse");
  }

  @Test
  void aPortThatSomebodyElseListensOnIsRefused() {
    controller.reach(web);
    var asked = side.ports("TCP/80").with(ATTACH, THEIR_NAME);

    assertThat(writes(asked)).isEmpty();

    assertThat(controller.notes(asked)).contains("PortInUse");
  }

  @Test
  void aPortOfAnHttpListenerIsInUseForTcpToo() {
    controller.reach(web.theirs("x-forwarded-for", "true"));
    var asked = side.ports("TCP/80").with(ATTACH, THEIR_NAME);

    assertThat(writes(asked)).isEmpty();

    assertThat(controller.notes(asked)).contains("PortInUse");
  }

  @Test
  void theSamePortOfAnotherTransportIsFree() {
    controller.reach(web);

    controller.reach(side.ports("UDP/80").with(ATTACH, THEIR_NAME));

    assertThat(sight.listeners(sight.balancer("_web").path("id").asText())).hasSize(2);
  }

  @Test
  void noMoreServicesShareALoadBalancerThanAllowed() {
    controller.reach(web);
    controller.reach(side.with(ATTACH, THEIR_NAME));
    var third = Asked.service("third").ports("TCP/8080").with(ATTACH, THEIR_NAME);

    assertThat(writes(third)).isEmpty();

    assertThat(controller.notes(third)).contains("SharedLoadBalancerFull");
  }

  @Test
  void whenTheOwnerGoesTheOtherInheritsTheLoadBalancerAndItsAddress() {
    controller.reach(web);
    var shared = sight.balancer("_web").path("id").asText();
    var asked = side.with(ATTACH, shared);
    controller.reach(asked);
    var address = addresses(asked);

    controller.remove(web);

    assertThat(sight.listeners(shared)).hasSize(1);
    assertThat(addresses(asked)).isEqualTo(address);
    assertThat(texts(byId(shared).path("tags"))).contains("fairway-service=tests/side");
    assertThat(writes(asked)).as("the heir").isEmpty();
    controller.restart();
    assertThat(writes(asked)).as("the heir after a restart").isEmpty();
    controller.remove(asked);
    assertThat(sight.picture()).isEmpty();
  }

  @Test
  void whenTheOtherGoesTheOwnerKeepsAll() {
    controller.reach(web);
    var before = sight.picture();
    var asked = side.with(ATTACH, THEIR_NAME);
    controller.reach(asked);

    controller.remove(asked);

    assertThat(sight.picture()).isEqualTo(before);
    assertThat(writes(web)).isEmpty();
  }

  @Test
  void whatThePresentControllerMadeForASecondServiceIsTakenOverInPlace() {
    var old = oldBalancer(THEIR_NAME, THEIR_NAME, "kube_service_kubernetes_tests_side");
    secondary(old);
    var first = web.known(oldFloatingIp(old));
    var second = side.theirs("load-balancer-id", old);

    var calls =
        during(() -> {
          controller.reach(first);
          controller.reach(second);
        });

    assertThat(calls.of("POST /lbaas/listeners").count()).isZero();
    assertThat(calls.matching(call -> call.method().equals("DELETE")).count()).isZero();
    assertThat(sight.listeners(old)).hasSize(2);
    assertThat(writes(first)).isEmpty();
    assertThat(writes(second)).isEmpty();
    controller.remove(second);
    assertThat(sight.listeners(old)).hasSize(1);
    assertThat(texts(byId(old).path("tags"))).doesNotContain("kube_service_kubernetes_tests_side");
    controller.remove(first);
    assertThat(sight.picture()).isEmpty();
  }

  @Test
  void aSecondServiceMayBeTakenOverBeforeTheFirst() {
    var old = oldBalancer(THEIR_NAME, THEIR_NAME, "kube_service_kubernetes_tests_side");
    secondary(old);
    var first = web.known(oldFloatingIp(old));
    var second = side.theirs("load-balancer-id", old);

    controller.reach(second);
    controller.reach(first);

    assertThat(sight.balancers()).hasSize(1);
    assertThat(sight.listeners(old)).hasSize(2);
    assertThat(writes(first)).isEmpty();
    assertThat(writes(second)).isEmpty();
  }

  private String oldBalancer(String name) {
    return oldBalancer(name, name);
  }

  // As cloud-provider-openstack leaves it.
  private String oldBalancer(String name, String... tags) {
    var balancer =
        (ObjectNode)
            json(
                """
                {'name': '%s', 'description': 'Kubernetes external service tests/web from cluster kubernetes',
                 'vip_subnet_id': '%s', 'provider': 'amphora',
                 'listeners': [{'name': 'listener_0_%s', 'protocol': 'TCP', 'protocol_port': 80,
                   'connection_limit': -1, 'tags': ['%s'],
                   'default_pool': {'name': 'pool_0_%s', 'protocol': 'TCP', 'lb_algorithm': 'ROUND_ROBIN',
                     'members': [%s, %s, %s]}}]}
                """,
                name,
                cloud.seed().privateSubnet(),
                name,
                name,
                name,
                member(1),
                member(2),
                member(3));
    var all = balancer.putArray("tags");
    List.of(tags).forEach(all::add);
    return cloud.putBalancer(balancer);
  }

  private String member(int node) {
    return "{'name': 'node-%d', 'address': '%s', 'protocol_port': 30080, 'subnet_id': '%s'}"
        .formatted(node, Asked.address(node), cloud.seed().privateSubnet());
  }

  // Port 443 for Service side.
  private void secondary(String balancer) {
    var pool =
        sight
            .post(
                Operation.CREATE_POOL,
                "/lbaas/pools",
                json(
                    "{'pool': {'name': 'pool_0_side', 'loadbalancer_id': '%s', 'protocol': 'TCP',"
                        + " 'lb_algorithm': 'ROUND_ROBIN'}}",
                    balancer))
            .path("pool")
            .path("id")
            .asText();
    var _ = sight.balancers();
    var _ =
        sight.post(
            Operation.CREATE_LISTENER,
            "/lbaas/listeners",
            json(
                "{'listener': {'name': 'listener_0_side', 'loadbalancer_id': '%s', 'protocol': 'TCP',"
                    + " 'protocol_port': 443, 'default_pool_id': '%s',"
                    + " 'tags': ['kube_service_kubernetes_tests_side']}}",
                balancer, pool));
    var _ = sight.balancers();
  }

  // As cloud-provider-openstack leaves it.
  private String oldFloatingIp(String balancer) {
    return sight
        .post(
            Operation.CREATE_FLOATING_IP,
            "/floatingips",
            json(
                "{'floatingip': {'floating_network_id': '%s', 'port_id': '%s', 'description':"
                    + " 'Floating IP for Kubernetes external service tests/web from cluster kubernetes'}}",
                cloud.seed().publicNetwork(), byId(balancer).path("vip_port_id").asText()))
        .path("floatingip")
        .path("floating_ip_address")
        .asText();
  }

  private JsonNode byId(String id) {
    return sight.balancers().stream()
        .filter(one -> one.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, Integer> writes(Asked asked) {
    return during(() -> controller.reach(asked)).writes().byOperation();
  }

  private List<String> addresses(Asked asked) {
    return controller.provider().observe(asked.key()).ingress().stream()
        .map(one -> one instanceof Ingress.Address(var address, _) ? address : one.toString())
        .toList();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
