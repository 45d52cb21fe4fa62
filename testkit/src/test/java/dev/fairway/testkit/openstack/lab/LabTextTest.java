// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabTextTest {
  private static final LabSeed SEED = LabSeed.parse(description());

  @TempDir private Path directory;

  @Test
  void theDescriptionIsRead() {
    assertThat(SEED.authUrl()).isEqualTo(URI.create("http://127.0.0.1:20001/v3"));
    assertThat(SEED.demo().nodes())
        .containsExactly(
            new LabSeed.Node("node-1", "machine-1", "port-1", "198.19.0.7", "2001:db8:1::7"));
    assertThat(SEED.other().login().user()).isEqualTo("other");
    assertThat(SEED.external()).isEqualTo(new LabSeed.External("net-0", "large-0", "small-0"));
  }

  @Test
  void noSecretIsInTheTextOfTheSeed() {
    assertThat(SEED.toString()).doesNotContain("pass-1", "secret-1", "pass-0");
  }

  @Test
  void aDescriptionThatLacksSomethingIsRefused() {
    assertThatThrownBy(() -> LabSeed.parse("{\"external\": {}}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("auth_url");
  }

  @Test
  void theOptionsBecomeArguments() {
    assertThat(LabOptions.PLAIN.arguments()).containsExactly("--token-seconds", "86400");
    assertThat(
            LabOptions.PLAIN.withTokenLifetime(Duration.ofSeconds(20)).withRabbit(true).arguments())
        .containsExactly("--token-seconds", "20", "--rabbit");
    assertThat(LabOptions.PLAIN.withOvn(true).arguments())
        .containsExactly("--token-seconds", "86400", "--ovn");
  }

  @Test
  void tokensThatNeverAreGoodAreRefused() {
    var none = Duration.ofMillis(900);

    assertThatThrownBy(() -> LabOptions.PLAIN.withTokenLifetime(none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0.9S");
  }

  @Test
  void flagsAreRead() {
    assertThat(LabFlags.parse(List.of())).isEqualTo(new LabFlags(false, false, false));
    assertThat(LabFlags.parse(List.of("--kube", "--rabbit")))
        .isEqualTo(new LabFlags(true, false, true));
    assertThat(LabFlags.parse(List.of("--ovn"))).isEqualTo(new LabFlags(false, true, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rabit", "--nodes", "kube"})
  void wrongWordsAreRefused(String word) {
    var words = List.of(word);

    assertThatThrownBy(() -> LabFlags.parse(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(word);
  }

  @Test
  void aMissingControlPlaneIsToldWithTheWayToGetIt() throws IOException {
    assertThatThrownBy(() -> OpenStackHome.from(Optional.empty()))
        .hasMessageContaining("FAIRWAY_OPENSTACK is not set")
        .hasMessageContaining("./fairway test");
    Files.createDirectory(directory.resolve("template"));
    assertThatThrownBy(() -> OpenStackHome.from(Optional.of(directory.toString())))
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("openstack-lab");
  }

  @Test
  void cloudsAreNamedForBothTenantsAndTheAdministrator() {
    assertThat(
            new LabFiles(SEED, Path.of("/run/lab"), Path.of("/os/bin"), Optional.empty()).clouds())
        .isEqualTo(
            """
            clouds:
              demo:
                auth_type: v3applicationcredential
                region_name: RegionOne
                auth:
                  auth_url: http://127.0.0.1:20001/v3
                  application_credential_id: credential-1
                  application_credential_secret: secret-1
              other:
                auth_type: v3applicationcredential
                region_name: RegionOne
                auth:
                  auth_url: http://127.0.0.1:20001/v3
                  application_credential_id: credential-2
                  application_credential_secret: secret-2
              admin:
                region_name: RegionOne
                auth:
                  auth_url: http://127.0.0.1:20001/v3
                  username: admin
                  password: pass-0
                  project_name: admin
                  user_domain_id: default
                  project_domain_id: default
            """);
  }

  @Test
  void cloudConfAndConfigurationPointToEachOther() {
    var files = new LabFiles(SEED, Path.of("/run/lab"), Path.of("/os/bin"), Optional.empty());

    assertThat(files.cloudConf())
        .isEqualTo(
            """
            [Global]
            auth-url = http://127.0.0.1:20001/v3
            region = RegionOne
            application-credential-id = credential-1
            application-credential-secret = secret-1

            [LoadBalancer]
            subnet-id = subnet-1
            floating-network-id = net-0
            """);
    assertThat(files.configuration())
        .isEqualTo(
            """
            provider: openstack
            cluster: lab
            leaderElection:
              enabled: false
            settings:
              cloudConfig: /run/lab/cloud.conf
            """);
  }

  @Test
  void withOvnTheControllerIsToldToUseItAndToOpenTheNodes() {
    var seed = LabSeed.parse(description().replaceFirst("\\{", "{\"ovn\": {},"));
    var files = new LabFiles(seed, Path.of("/run/lab"), Path.of("/os/bin"), Optional.empty());

    assertThat(files.cloudConf()).contains("\nlb-provider = ovn\nmanage-security-groups = true");
  }

  @Test
  void withoutATemplateOfOvnItCannotBeHad() throws IOException {
    Files.createDirectory(directory.resolve("template"));
    Files.writeString(directory.resolve("template/seed.json"), "{}");
    Files.writeString(directory.resolve("openstack-lab"), "");
    assertThat(directory.resolve("openstack-lab").toFile().setExecutable(true)).isTrue();
    var home = OpenStackHome.from(Optional.of(directory.toString()));

    assertThat(home.template(LabOptions.PLAIN)).isEqualTo(directory.resolve("template"));
    assertThatThrownBy(() -> home.template(LabOptions.PLAIN.withOvn(true)))
        .hasMessageContaining("template-ovn");
  }

  @Test
  void theEnvironmentIsForShells() {
    var cluster = new LabFiles.Cluster(Path.of("/run/kube config"), Path.of("/kube"));

    assertThat(
            new LabFiles(SEED, Path.of("/run/lab"), Path.of("/os/bin"), Optional.of(cluster))
                .environment())
        .isEqualTo(
            """
            export OS_CLIENT_CONFIG_FILE='/run/lab/clouds.yaml'
            export OS_CLOUD=demo
            export PATH="$PATH:/os/bin"
            export KUBECONFIG='/run/kube config'
            export PATH="$PATH:/kube"
            """);
  }

  @Test
  void aMachineIsTheNodeThatItsKubeletWouldMake() {
    var node = MachineNodes.node(SEED.demo().nodes().getFirst(), java.time.Instant.EPOCH);

    assertThat(node.getMetadata().getName()).isEqualTo("node-1");
    assertThat(node.getSpec().getProviderID()).isEqualTo("openstack:///machine-1");
    assertThat(node.getStatus().getAddresses())
        .extracting("type", "address")
        .contains(
            org.assertj.core.groups.Tuple.tuple("InternalIP", "198.19.0.7"),
            org.assertj.core.groups.Tuple.tuple("InternalIP", "2001:db8:1::7"));
  }

  private static String description() {
    return """
    {"region": "RegionOne", "auth_url": "http://127.0.0.1:20001/v3",
     "network_url": "http://127.0.0.1:20002", "load_balancer_url": "http://127.0.0.1:20003",
     "admin": {"user": "admin", "password": "pass-0", "project": "admin"},
     "external": {"network": "net-0", "subnet": "large-0", "small_subnet": "small-0"},
     "flavor": "flavor-0", "availability_zone": "zone-0", "database_socket": "/run/db.sock",
     "demo": %s, "other": %s}
    """
        .formatted(project("demo", 1), project("other", 2));
  }

  private static String project(String name, int number) {
    return """
    {"user": "%1$s", "password": "pass-%2$d", "project": "%1$s", "user_id": "user-%2$d",
     "project_id": "project-%2$d", "application_credential_id": "credential-%2$d",
     "application_credential_secret": "secret-%2$d", "network": "net-%2$d",
     "subnet": "subnet-%2$d", "subnet6": "six-%2$d", "router": "router-%2$d", "nodes": [
       {"name": "node-1", "id": "machine-1", "port": "port-1", "address": "198.19.0.7",
        "address6": "2001:db8:1::7"}]}
    """
        .formatted(name, number);
  }
}
