// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/// The key pair that signs service account tokens; the API server does not start without one.
record ServiceAccountKey(Path privateKey, Path publicKey) {
  /// Writes a fresh pair to `directory`, in PEM.
  static ServiceAccountKey in(Path directory) throws IOException {
    KeyPair pair = generate();
    return new ServiceAccountKey(
        Files.writeString(
            directory.resolve("service-account.key"), pem("PRIVATE KEY", pair.getPrivate())),
        Files.writeString(
            directory.resolve("service-account.pub"), pem("PUBLIC KEY", pair.getPublic())));
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks EC keys on P-256", e);
    }
  }

  private static String pem(String type, Key key) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, body, type);
  }
}
