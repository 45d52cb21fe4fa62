// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.manager.config.ConfigFile;
import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.SharedControlPlane;
import dev.fairway.testkit.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The kustomize base on a real API server. What the rights suffice for is shown where the programs
/// run.
@ExtendWith(SharedControlPlane.class)
class InstallationIT {
  private static final String NAMESPACE = "fairway-system";
  private static final String PART_OF = "app.kubernetes.io/part-of";

  @BeforeAll
  static void install(ControlPlane kube) {
    kube.applyYaml(Manifests.BASE);
  }

  @Test
  void ourResourcesCanBeUsedAndAreStructural(ControlPlane kube) {
    var conditions =
        kube
            .client()
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withLabel(PART_OF, "fairway")
            .list()
            .getItems()
            .stream()
            .flatMap(crd -> crd.getStatus().getConditions().stream())
            .map(condition -> condition.getType() + "=" + condition.getStatus())
            .toList();

    assertThat(conditions).filteredOn("Established=True"::equals).hasSize(4);
    assertThat(conditions).noneMatch(condition -> condition.startsWith("NonStructural"));
  }

  @Test
  void installingAgainChangesNothing(ControlPlane kube) {
    var before = controller(kube).getMetadata();
    kube.applyYaml(Manifests.BASE);

    assertThat(controller(kube).getMetadata().getResourceVersion())
        .isEqualTo(before.getResourceVersion());
  }

  @Test
  void examplesFitTheInstallation(ControlPlane kube) {
    assertThat(
            kube.kubectl(
                "apply", "--server-side", "--dry-run=server", "-k", Manifests.EXAMPLES.toString()))
        .contains("addresspool.fairway.dev/", "announcement.fairway.dev/", "service/");
    assertThat(
            kube.kubectl(
                "apply",
                "--server-side",
                "--dry-run=server",
                "-f",
                Manifests.EXAMPLES.resolve("reservation.yaml").toString()))
        .contains("addressreservation.fairway.dev/");
  }

  @Test
  void theExampleForAwsFitsToo(ControlPlane kube) {
    assertThat(
            kube.kubectl(
                "apply",
                "--server-side",
                "--dry-run=server",
                "-k",
                Manifests.EXAMPLES.resolve("aws").toString()))
        .contains("configmap/fairway ", "deployment.apps/fairway-controller ")
        .doesNotContain("daemonset");
  }

  @Test
  void theConfigurationSaysWhatTheDefaultsAre(ControlPlane kube) {
    var file =
        kube.client().configMaps().inNamespace(NAMESPACE).withName("fairway").get().getData();

    assertThat(ConfigFile.parse(file.get("config.yaml"))).isEqualTo(ConfigFile.parse(""));
  }

  @Test
  void controllerMeetsTheRestrictedPodSecurityStandard(ControlPlane kube, TestNamespace namespace) {
    restrict(kube, namespace);

    assertThat(Manifests.refusal(kube, pod(namespace, controller(kube).getSpec().getTemplate())))
        .isEmpty();
    assertThat(Manifests.refusal(kube, pod(namespace, speaker(kube))))
        .as("the standard is enforced")
        .get()
        .asString()
        .contains("NET_RAW");
  }

  @Test
  void speakerMaySendRawPacketsAndNothingElse(ControlPlane kube) {
    var container = container(speaker(kube));
    var security = container.getSecurityContext();

    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(security.getCapabilities().getAdd()).containsExactly("NET_RAW");
    assertThat(security.getPrivileged()).isNull();
    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getResources().getLimits()).doesNotContainKey("cpu");
  }

  @Test
  void rootFileSystemsAreReadOnly(ControlPlane kube) {
    assertThat(Stream.of(controller(kube).getSpec().getTemplate(), speaker(kube)))
        .allMatch(pod -> container(pod).getSecurityContext().getReadOnlyRootFilesystem());
  }

  @Test
  void noRightIsAWildcardAndNobodyReadsMoreThanTheKeysOfHeartbeats(ControlPlane kube) {
    var rules = rules(kube);

    assertThat(rules)
        .isNotEmpty()
        .allSatisfy(rule -> {
          assertThat(rule.getVerbs())
              .doesNotContain("*", "deletecollection", "impersonate", "escalate");
          assertThat(rule.getResources()).doesNotContain("*", "services/*");
          assertThat(rule.getApiGroups()).doesNotContain("*");
        });
    assertThat(clusterRules(kube)).noneMatch(InstallationIT::isAboutSecrets);
    assertThat(rules(kube))
        .filteredOn(InstallationIT::isAboutSecrets)
        .hasSize(2)
        // A right to create cannot be limited to a name.
        .allSatisfy(rule ->
            assertThat(
                    rule.getVerbs().equals(List.of("create"))
                        || rule.getResourceNames().equals(List.of("heartbeat-keys")))
                .isTrue());
  }

  @Test
  void podsAreListedAndNothingElse(ControlPlane kube) {
    assertThat(rules(kube))
        .filteredOn(rule -> rule.getResources().contains("pods"))
        .flatMap(PolicyRule::getVerbs)
        .containsExactly("list");
  }

  @Test
  void nobodyMayChangeAServiceButItsStatus(ControlPlane kube) {
    assertThat(rules(kube))
        .filteredOn(rule -> rule.getResources().contains("services"))
        .flatMap(PolicyRule::getVerbs)
        .containsExactlyInAnyOrder("list", "watch");
  }

  @Test
  void aSpeakerReachesNoLeaseButThoseOfSpeakers(ControlPlane kube) {
    var speaker = "system:serviceaccount:fairway-system:fairway-speaker";

    assertThat(mayUpdateLeases(kube, speaker, "fairway-speakers")).isTrue();
    assertThat(mayUpdateLeases(kube, speaker, NAMESPACE)).isFalse();
  }

  private static boolean mayUpdateLeases(ControlPlane kube, String user, String namespace) {
    var answer =
        kube.client()
            .authorization()
            .v1()
            .subjectAccessReview()
            .create(
                new SubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withUser(user)
                    .withNewResourceAttributes()
                    .withGroup("coordination.k8s.io")
                    .withResource("leases")
                    .withVerb("update")
                    .withNamespace(namespace)
                    .withName("fairway-controller")
                    .endResourceAttributes()
                    .endSpec()
                    .build());
    return answer.getStatus().getAllowed();
  }

  private static boolean isAboutSecrets(PolicyRule rule) {
    return rule.getResources().contains("secrets");
  }

  private static List<PolicyRule> clusterRules(ControlPlane kube) {
    return kube
        .client()
        .rbac()
        .clusterRoles()
        .withLabel(PART_OF, "fairway")
        .list()
        .getItems()
        .stream()
        .flatMap(role -> role.getRules().stream())
        .toList();
  }

  private static List<PolicyRule> rules(ControlPlane kube) {
    var rbac = kube.client().rbac();
    return Stream.concat(
            clusterRules(kube).stream(),
            rbac.roles().inAnyNamespace().withLabel(PART_OF, "fairway").list().getItems().stream()
                .flatMap(role -> role.getRules().stream()))
        .toList();
  }

  private static Deployment controller(ControlPlane kube) {
    return kube.client()
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName("fairway-controller")
        .get();
  }

  private static PodTemplateSpec speaker(ControlPlane kube) {
    return kube.client()
        .apps()
        .daemonSets()
        .inNamespace(NAMESPACE)
        .withName("fairway-speaker")
        .get()
        .getSpec()
        .getTemplate();
  }

  private static Container container(PodTemplateSpec pod) {
    return pod.getSpec().getContainers().getFirst();
  }

  private static void restrict(ControlPlane kube, TestNamespace namespace) {
    Namespace _ =
        kube.client()
            .namespaces()
            .withName(namespace.name())
            .edit(n -> {
              n.getMetadata().getLabels().put("pod-security.kubernetes.io/enforce", "restricted");
              return n;
            });
  }

  private static Pod pod(TestNamespace namespace, PodTemplateSpec template) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("as-in-the-template")
        .withNamespace(namespace.name())
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }
}
