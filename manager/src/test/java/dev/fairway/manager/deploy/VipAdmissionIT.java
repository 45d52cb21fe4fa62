// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.SharedControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedControlPlane.class)
class VipAdmissionIT {

  @BeforeAll
  static void describeOurResources(ControlPlane kube) {
    kube.applyYaml(Manifests.CRDS);
  }

  @ParameterizedTest
  @CsvSource({
    "10.13.242.7, 10.13.242.7",
    "fd00-0013-0000-0000-0000-0000-0000-0007, fd00:13::7",
    "2001-0db8-0001-0002-0003-0004-0005-0006, 2001:db8:1:2:3:4:5:6",
  })
  void vipIsNamedAfterItsAddress(String name, String address, ControlPlane kube) {
    assertThat(refusal(kube, name, address)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.13.242.8, 10.13.242.7",
    "my-vip, 10.13.242.7",
    "fd00-0013-0000-0000-0000-0000-0000-0008, fd00:13::7",
    "fd00-13-0-0-0-0-0-7, fd00:13::7",
    "10.13.242.7, fd00:13::7",
  })
  void anotherNameIsRefused(String name, String address, ControlPlane kube) {
    assertThat(refusal(kube, name, address))
        .get()
        .asString()
        .contains("must be named after spec.address");
  }

  // Two spellings of one address would be two locks on it.
  @ParameterizedTest
  @CsvSource({
    "fd00-0013-0000-0000-0000-0000-0000-0007, FD00:13::7",
    "fd00-0013-0000-0000-0000-0000-0000-0007, fd00:13:0::7",
    "10.13.242.07, 10.13.242.07",
    "10.13.242.0, 10.13.242.0/24",
    "rubbish, rubbish",
  })
  void anotherSpellingIsRefused(String name, String address, ControlPlane kube) {
    assertThat(refusal(kube, name, address)).get().asString().contains("canonical");
  }

  @Test
  void ownersChangeButAddressAndLoadBalancerNeverDo(ControlPlane kube) {
    var vip = kube.client().resource(vip("10.13.243.9", "10.13.243.9"));
    vip.create();
    try {
      assertThat(refusalOfPatch(vip, "{'spec':{'owners':['node-2'],'interfaces':['eth0']}}"))
          .isEmpty();
      assertThat(refusalOfPatch(vip, "{'spec':{'loadBalancer':'default/other'}}"))
          .get()
          .asString()
          .contains("loadBalancer changes only when an address that was held");
      assertThat(refusalOfPatch(vip, "{'spec':{'address':'10.13.243.8'}}"))
          .get()
          .asString()
          .contains("spec.address", "never changes");
    } finally {
      vip.delete();
    }
  }

  @Test
  void anAddressThatIsHeldHasNoOwnerAndIsTakenIntoUseByAnother(ControlPlane kube) {
    var vip = kube.client().resource(vip("10.13.243.9", "10.13.243.9"));
    vip.create();
    try {
      assertThat(
              refusalOfPatch(vip, "{'spec':{'holdSeconds':60,'heldUntil':'2026-01-01T00:00:00Z'}}"))
          .get()
          .asString()
          .contains("has no owners");
      assertThat(
              refusalOfPatch(
                  vip,
                  "{'spec':{'holdSeconds':60,'heldUntil':'2026-01-01T00:00:00Z','owners':[]}}"))
          .isEmpty();
      assertThat(refusalOfPatch(vip, "{'spec':{'loadBalancer':'default/other'}}")).isPresent();
      assertThat(refusalOfPatch(vip, "{'spec':{'loadBalancer':'default/other','heldUntil':null}}"))
          .isEmpty();
    } finally {
      vip.delete();
    }
  }

  private static Optional<String> refusal(ControlPlane kube, String name, String address) {
    return Manifests.refusal(kube, vip(name, address));
  }

  private static GenericKubernetesResource vip(String name, String address) {
    return Manifests.ours(
        "Vip",
        name,
        Map.of(
            "address",
            address,
            "pool",
            "demo",
            "loadBalancer",
            "default/example-service",
            "owners",
            List.of("node-1")));
  }

  private static Optional<String> refusalOfPatch(
      Resource<GenericKubernetesResource> vip, String patch) {
    try {
      vip.patch(PatchContext.of(PatchType.JSON_MERGE), patch.replace('\'', '"'));
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(e.getMessage());
    }
  }
}
