// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate that signs itself, made by the JDK's own tool.
final class TestKeys {
  private static final String PASSWORD = "changeit";
  final Path certificate;
  final Path key;
  private final KeyStore store;

  /// @param name of the files and of the holder
  /// @param address in the certificate
  TestKeys(Path dir, String name, String address, String algorithm)
      throws IOException, GeneralSecurityException, InterruptedException {
    var file = dir.resolve(name + ".p12");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:" + address,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
    command.addAll(
        algorithm.equals("EC") ? List.of("-groupname", "secp256r1") : List.of("-keysize", "2048"));
    var tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tool.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
    store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    certificate =
        Files.writeString(
            dir.resolve(name + ".pem"),
            pem("CERTIFICATE", store.getCertificate(name).getEncoded()));
    key =
        Files.writeString(
            dir.resolve(name + ".key"),
            pem("PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded()));
  }

  /// Of a server with this certificate that believes clients with the other one.
  SSLContext serverThatTrusts(TestKeys clients) throws GeneralSecurityException, IOException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "client", clients.store.getCertificate(clients.store.aliases().nextElement()));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  static String pem(String kind, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
  }

  /// What a PKCS#8 key of RSA wraps: the OCTET STRING is its end.
  static byte[] pkcs1(byte[] pkcs8) {
    return Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
  }

  /// SEQUENCE { INTEGER 1, OCTET STRING of 32 bytes, [0] { prime256v1 } }
  static byte[] sec1(ECPrivateKey key) {
    var number = "%064x".formatted(key.getS());
    return HexFormat.of()
        .parseHex("3031" + "020101" + "0420" + number + "a00a" + "06082a8648ce3d030107");
  }

  PrivateKey privateKey() throws GeneralSecurityException {
    return (PrivateKey) store.getKey(store.aliases().nextElement(), PASSWORD.toCharArray());
  }
}
