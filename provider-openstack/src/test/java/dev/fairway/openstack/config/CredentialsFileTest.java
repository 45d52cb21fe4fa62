// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.openstack.config.Credentials.Domain;
import dev.fairway.openstack.config.Credentials.Facing;
import dev.fairway.openstack.config.Credentials.Login;
import dev.fairway.openstack.config.Credentials.Scope;
import dev.fairway.openstack.config.Credentials.Tls;
import dev.fairway.openstack.config.Credentials.User;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsFileTest {
  private static final Domain DEFAULT = new Domain(Optional.empty(), Optional.of("Default"));
  private static final Login ADA =
      new Login.Password(
          new User(Optional.empty(), Optional.of("ada"), DEFAULT),
          new Secret("hunter2"),
          new Scope.Project(Optional.of("p1"), Optional.empty(), Domain.unspecified()));
  private static final String CLOUDS =
      """
      clouds:
        prod:
          region_name: r2
          interface: internal
          cacert: /ca.pem
          auth:
            auth_url: https://clouds.example.com:5000
            username: ada
            user_domain_name: Default
            project_id: p1
            password: 0123
        app:
          auth_type: v3applicationcredential
          verify: false
          auth:
            auth_url: https://clouds.example.com:5000
            application_credential_id: ac1
            application_credential_secret: hunter3
      """;

  @TempDir Path dir;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> settings = new HashMap<>();
  private Instant now = Instant.EPOCH;

  @Test
  void aPasswordOfCloudConf() throws IOException {
    cloudConf(
        "auth-url=https://k:5000/v3\nusername=ada\npassword=hunter2\ntenant-id=p1\n"
            + "domain-name=Default\nregion=r1\nos-endpoint-type=admin\n"
            + "ca-file=/ca\ncert-file=/c\nkey-file=/k\ntls-insecure\n");

    assertThat(read())
        .isEqualTo(
            new Credentials(
                dir.resolve("cloud.conf").toString(),
                URI.create("https://k:5000/v3"),
                ADA,
                Optional.of("r1"),
                Facing.ADMIN,
                new Tls(
                    Optional.of(Path.of("/ca")),
                    Optional.of(Path.of("/c")),
                    Optional.of(Path.of("/k")),
                    true)));
  }

  @Test
  void domainsOfUserAndProjectMayDiffer() throws IOException {
    cloudConf(
        "auth-url=https://k\nusername=ada\npassword=x\ntenant-name=p\n"
            + "user-domain-id=ud\ntenant-domain-name=pd\n");

    assertThat(read().login())
        .isEqualTo(
            new Login.Password(
                new User(
                    Optional.empty(),
                    Optional.of("ada"),
                    new Domain(Optional.of("ud"), Optional.empty())),
                new Secret("x"),
                new Scope.Project(
                    Optional.empty(),
                    Optional.of("p"),
                    new Domain(Optional.empty(), Optional.of("pd")))));
  }

  @Test
  void anApplicationCredentialByNameNeedsItsUser() throws IOException {
    cloudConf(
        "auth-url=https://k\nuser-id=u1\napplication-credential-name=ac\n"
            + "application-credential-secret=hunter3\n");

    assertThat(read().login())
        .isEqualTo(
            new Login.ApplicationCredential(
                Optional.empty(),
                Optional.of("ac"),
                Optional.of(new User(Optional.of("u1"), Optional.empty(), Domain.unspecified())),
                new Secret("hunter3")));
  }

  @Test
  void aTrustIsUsedByItsTrustee() throws IOException {
    cloudConf("auth-url=https://k\ntrust-id=t1\ntrustee-id=u1\ntrustee-password=hunter2\n");

    assertThat(read().login())
        .isEqualTo(
            new Login.Password(
                new User(Optional.of("u1"), Optional.empty(), Domain.unspecified()),
                new Secret("hunter2"),
                new Scope.Trust("t1")));
  }

  @Test
  void aTokenThatSomebodyElseGot() throws IOException {
    cloudConf("auth-url=https://k\ntoken=gAAA\ntenant-id=p1\n");

    assertThat(read().login())
        .isEqualTo(
            new Login.Token(
                new Secret("gAAA"),
                new Scope.Project(Optional.of("p1"), Optional.empty(), Domain.unspecified())));
  }

  @Test
  void cloudsYamlIsReadWithAllScalarsAsTexts() throws IOException {
    write("clouds.yaml", CLOUDS);
    settings.put("cloud", "prod");

    var credentials = read();

    assertThat(credentials.authUrl()).hasHost("clouds.example.com");
    assertThat(credentials.region()).contains("r2");
    assertThat(credentials.facing()).isEqualTo(Facing.INTERNAL);
    assertThat(credentials.tls().caFile()).contains(Path.of("/ca.pem"));
    assertThat(((Login.Password) credentials.login()).password()).isEqualTo(new Secret("0123"));
  }

  @Test
  void secureYamlIsLaidOverCloudsYaml() throws IOException {
    write("clouds.yaml", CLOUDS);
    write("secure.yaml", "clouds: {prod: {auth: {password: hunter2}}}");
    settings.put("cloud", "prod");

    assertThat(read().login()).isEqualTo(ADA);
  }

  @Test
  void osCloudNamesTheCloudAndVerifyFalseMeansInsecure() throws IOException {
    write("clouds.yaml", CLOUDS);
    environment.put("OS_CLOUD", "app");

    assertThat(read().tls().insecure()).isTrue();
    assertThat(read().login())
        .isEqualTo(
            new Login.ApplicationCredential(
                Optional.of("ac1"), Optional.empty(), Optional.empty(), new Secret("hunter3")));
  }

  @Test
  void whatCloudConfSaysWinsOverCloudsYaml() throws IOException {
    write("clouds.yaml", CLOUDS);
    cloudConf(
        "use-clouds=true\nclouds-file="
            + dir.resolve("clouds.yaml")
            + "\ncloud=prod\nregion=r9\npassword=hunter2\n");

    assertThat(read().region()).contains("r9");
    assertThat(read().login()).isEqualTo(ADA);
  }

  @Test
  void aLoginOfCloudConfLeavesNoRoomForAnotherKind() throws IOException {
    write("clouds.yaml", CLOUDS);
    cloudConf(
        "use-clouds\nclouds-file="
            + dir.resolve("clouds.yaml")
            + "\ncloud=app\nuser-id=u1\npassword=hunter2\n");

    assertThat(read().login()).isInstanceOf(Login.Password.class);
  }

  @Test
  void theFirstCloudsYamlOfTheSearchOrderIsRead() throws IOException {
    var home = Files.createDirectories(dir.resolve("home/.config/openstack"));
    Files.writeString(home.resolve("clouds.yaml"), CLOUDS.replace("clouds.example.com", "home"));
    var given = write("given.yaml", CLOUDS.replace("clouds.example.com", "given"));
    environment.put("HOME", dir.resolve("home").toString());
    settings.put("cloud", "prod");
    assertThat(read().authUrl()).hasHost("home");

    write("clouds.yaml", CLOUDS.replace("clouds.example.com", "work"));
    assertThat(read().authUrl()).hasHost("work");

    environment.put("OS_CLIENT_CONFIG_FILE", given.toString());
    assertThat(read().authUrl()).hasHost("given");
  }

  @Test
  void theEnvironmentServesWhereNoFileDoes() {
    environment.putAll(
        Map.of(
            "OS_AUTH_URL", "https://env:5000",
            "OS_USERNAME", "ada",
            "OS_PASSWORD", "hunter2",
            "OS_USER_DOMAIN_NAME", "Default",
            "OS_PROJECT_ID", "p1",
            "OS_TENANT_ID", "old",
            "OS_REGION_NAME", "r3",
            "OS_INTERFACE", "internalURL",
            "OS_CACERT", "/ca.pem"));

    assertThat(read())
        .isEqualTo(
            new Credentials(
                "the environment",
                URI.create("https://env:5000"),
                ADA,
                Optional.of("r3"),
                Facing.INTERNAL,
                new Tls(
                    Optional.of(Path.of("/ca.pem")), Optional.empty(), Optional.empty(), false)));
  }

  @Test
  void allThatIsMissingIsNamedAtOnce() throws IOException {
    cloudConf("tenant-name=p\ncert-file=/c\n");

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cloud.conf are not complete")
        .hasMessageContaining("auth-url: write a URL such as")
        .hasMessageContaining("username (or user-id): write")
        .hasMessageContaining("password: write")
        .hasMessageContaining("tenant-domain-name: write")
        .hasMessageContaining("cert-file and key-file: write both or neither");
  }

  @Test
  void whatIsNotSupportedIsRefusedByName() throws IOException {
    settings.put("cloud", "x");
    write("clouds.yaml", "clouds: {x: {profile: vexxhost}}");
    assertThatThrownBy(this::read).hasMessageContaining("profile is not supported");

    write("clouds.yaml", "clouds: {x: {auth_type: v3oidcpassword, auth: {auth_url: 'https://k'}}}");
    assertThatThrownBy(this::read).hasMessageContaining("auth_type 'v3oidcpassword'");

    write("clouds.yaml", "clouds: {y: {}}");
    assertThatThrownBy(this::read).hasMessageContaining("has no cloud 'x'; it has [y]");
  }

  @Test
  void aFileThatIsNotYamlIsNotQuoted() throws IOException {
    settings.put("cloud", "x");
    write("clouds.yaml", "clouds:\n  x: {password: hunter2\n  : *hunter2");

    assertThatThrownBy(this::read)
        .hasMessageContaining("this is not YAML")
        .hasMessageContaining("clouds.yaml:")
        .satisfies(e -> assertThat(stackOf(e)).doesNotContain("hunter2"));
  }

  @Test
  void aRotationIsSeenAtOnceWhereItMattersAndWithinTenSecondsElsewhere() throws IOException {
    cloudConf("auth-url=https://k\nuser-id=u1\npassword=old\n");
    var file = file();
    assertThat(password(file.current())).isEqualTo("old");

    cloudConf("auth-url=https://k\nuser-id=u1\npassword=new\n");
    now = now.plusSeconds(9);
    assertThat(password(file.current())).isEqualTo("old");
    assertThat(password(file.fresh())).isEqualTo("new");

    cloudConf("auth-url=https://k\nuser-id=u1\npassword=newer\n");
    now = now.plus(Duration.ofSeconds(10));
    assertThat(password(file.current())).isEqualTo("newer");
  }

  @Test
  void aFileThatIsHalfWrittenLeavesTheLastCredentialsInForce() throws IOException {
    cloudConf("auth-url=https://k\nuser-id=u1\npassword=old\n");
    var file = file();
    assertThat(password(file.current())).isEqualTo("old");

    cloudConf("auth-url=https://k\nuser-");
    assertThat(password(file.fresh())).isEqualTo("old");
    Files.delete(dir.resolve("cloud.conf"));
    assertThat(password(file.fresh())).isEqualTo("old");
  }

  @Test
  void nothingSecretIsInATextOfAnyRecord() throws IOException {
    cloudConf("auth-url=https://k\nusername=ada\npassword=hunter2\ndomain-name=d\n");

    assertThat(read() + "" + CloudConf.parse(Files.readString(dir.resolve("cloud.conf")), "x"))
        .doesNotContain("hunter2")
        .contains("(secret)");
  }

  private static String password(Credentials credentials) {
    return ((Login.Password) credentials.login()).password().revealed();
  }

  private static String stackOf(Throwable error) {
    var text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private Credentials read() {
    return file().current();
  }

  private CredentialsFile file() {
    return new CredentialsFile(OpenStackSettings.parse(settings), environment, dir, () -> now);
  }

  private void cloudConf(String global) throws IOException {
    settings.put("cloudConfig", write("cloud.conf", "[Global]\n" + global).toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }
}
