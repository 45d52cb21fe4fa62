// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.cloud.error.CloudException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
  private static final Call GET = Call.of(Operation.GET_LOAD_BALANCER, "/lbaas/loadbalancers/a");

  private TestKeys server;
  private TestKeys client;
  private StubCloud cloud;
  private StubCloud strict;

  @BeforeAll
  void makeKeys(@TempDir Path keys) throws Exception {
    server = new TestKeys(keys, "server", "127.0.0.1", "RSA");
    // Nobody looks at the name of a client: as a server, it has the wrong one.
    client = new TestKeys(keys, "client", "192.0.2.1", "EC");
    cloud = new StubCloud(Optional.of(server.serverThatTrusts(client)), false);
    strict = new StubCloud(Optional.of(server.serverThatTrusts(client)), true);
  }

  @AfterAll
  void close() {
    cloud.close();
    strict.close();
  }

  @Test
  void aPrivateAuthorityIsBelieved(@TempDir Path dir) {
    try (var bench = new Bench(dir, cloud.cloudConf() + "ca-file=" + server.certificate)) {
      assertThat(bench.api.get(GET)).isPresent();
    }
  }

  @Test
  void withoutItTheServerIsNotBelievedAndNothingWasSent(@TempDir Path dir) {
    var before = cloud.logins.size();
    try (var bench = new Bench(dir, cloud.cloudConf())) {
      assertThatThrownBy(() -> bench.api.get(GET))
          .isInstanceOf(CloudException.Unavailable.class)
          .hasMessageContaining("the TLS handshake with 127.0.0.1:")
          .hasMessageContaining("see ca-file");
    }
    assertThat(cloud.logins).hasSize(before);
  }

  @Test
  void aCertificateForAnotherNameIsBelievedOnlyByWhoeverAsksForNoProof(@TempDir Path dir)
      throws Exception {
    try (var elsewhere = new StubCloud(Optional.of(client.serverThatTrusts(client)), false);
        var bench = new Bench(dir, elsewhere.cloudConf() + "ca-file=" + client.certificate)) {
      assertThatThrownBy(() -> bench.api.get(GET))
          .isInstanceOf(CloudException.Unavailable.class)
          .hasMessageContaining("the TLS handshake with 127.0.0.1:");
      bench.rewrite(elsewhere.cloudConf() + "tls-insecure = true");
      bench.clock.advance(Duration.ofMinutes(1));
      assertThat(bench.api.get(GET)).isPresent();
    }
  }

  @Test
  void aServerThatWantsAClientCertificateGetsIt(@TempDir Path dir) {
    var believing = strict.cloudConf() + "ca-file=" + server.certificate + "\n";
    try (var bench = new Bench(dir, believing)) {
      assertThatThrownBy(() -> bench.api.get(GET)).isInstanceOf(CloudException.Unavailable.class);
    }
    var known = "cert-file=%s\nkey-file=%s\n".formatted(client.certificate, client.key);
    try (var bench = new Bench(dir, believing + known)) {
      assertThat(bench.api.get(GET)).isPresent();
    }
  }

  @Test
  void anAuthorityThatRotatesOnDiskIsBelievedAtTheNextTry(@TempDir Path dir) throws Exception {
    var authorities = Files.copy(client.certificate, dir.resolve("ca.pem"));
    try (var bench = new Bench(dir, cloud.cloudConf() + "ca-file=" + authorities)) {
      assertThatThrownBy(() -> bench.api.get(GET)).isInstanceOf(CloudException.Unavailable.class);

      Files.writeString(authorities, Files.readString(server.certificate));
      bench.clock.advance(Duration.ofMinutes(1));

      assertThat(bench.api.get(GET)).isPresent();
    }
  }

  @Test
  void twoCloudsWithDifferentAuthoritiesDoNotMix(@TempDir Path one, @TempDir Path two) {
    try (var good = new Bench(one, cloud.cloudConf() + "ca-file=" + server.certificate);
        var bad = new Bench(two, cloud.cloudConf() + "ca-file=" + client.certificate)) {
      assertThat(good.api.get(GET)).isPresent();
      assertThatThrownBy(() -> bad.api.get(GET)).isInstanceOf(CloudException.Unavailable.class);
      assertThat(good.api.get(GET)).isPresent();
    }
  }

  @Test
  void aFileThatIsNoCertificateIsNamed(@TempDir Path dir) {
    try (var bench = new Bench(dir, cloud.cloudConf() + "ca-file=" + client.key)) {
      assertThatThrownBy(() -> bench.api.get(GET))
          .isInstanceOf(CloudException.Denied.class)
          .hasMessageContaining("ca-file " + client.key);
    }
  }

  @Test
  void keysAreReadInAllTheFormsThatOpensslWrites() throws Exception {
    var rsa = server.privateKey();
    var ec = (ECPrivateKey) client.privateKey();

    assertThat(PemKey.parse(TestKeys.pem("PRIVATE KEY", rsa.getEncoded()))).isEqualTo(rsa);
    assertThat(PemKey.parse(TestKeys.pem("RSA PRIVATE KEY", TestKeys.pkcs1(rsa.getEncoded()))))
        .isEqualTo(rsa);
    assertSame(PemKey.parse(TestKeys.pem("PRIVATE KEY", ec.getEncoded())), ec);
    // As `openssl ecparam -name prime256v1 -genkey` writes it, parameters first.
    assertSame(
        PemKey.parse(
            TestKeys.pem("EC PARAMETERS", HexFormat.of().parseHex("06082a8648ce3d030107"))
                + TestKeys.pem("EC PRIVATE KEY", TestKeys.sec1(ec))),
        ec);
  }

  @Test
  void aKeyThatIsEncryptedOrCutIsRefused() {
    for (var pem :
        List.of(
            TestKeys.pem("ENCRYPTED PRIVATE KEY", new byte[64]),
            TestKeys.pem("EC PRIVATE KEY", new byte[] {0x30, 5, 2, 1, 1}),
            TestKeys.pem("PRIVATE KEY", new byte[10]),
            "no key")) {
      assertThatThrownBy(() -> PemKey.parse(pem)).isInstanceOf(GeneralSecurityException.class);
    }
  }

  private static void assertSame(PrivateKey read, ECPrivateKey written) {
    assertThat(read)
        .isInstanceOfSatisfying(
            ECPrivateKey.class,
            key -> {
              assertThat(key.getS()).isEqualTo(written.getS());
              assertThat(key.getParams().getOrder()).isEqualTo(written.getParams().getOrder());
            });
  }
}
