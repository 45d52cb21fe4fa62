// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.openstack.config.Credentials.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Authorities and certificates from PEM files.
final class TlsContext {
  private static final char[] NO_PASSWORD = new char[0];

  private TlsContext() {}

  /// Empty where the public authorities and no certificate of ours will do.
  ///
  /// @throws IllegalArgumentException when a file cannot be used; the message names it
  static Optional<SSLContext> of(Tls tls) {
    if (tls.equals(Tls.standard())) {
      return Optional.empty();
    }
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys(tls), trust(tls), new SecureRandom());
      return Optional.of(context);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static TrustManager @Nullable [] trust(Tls tls)
      throws GeneralSecurityException, IOException {
    if (tls.insecure()) {
      return new TrustManager[] {new TrustAnybody()};
    }
    if (tls.caFile().isEmpty()) {
      return null;
    }
    var store = emptyStore();
    var number = 0;
    for (var authority : certificates(tls.caFile().get(), "ca-file")) {
      store.setCertificateEntry("ca" + number++, authority);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] keys(Tls tls)
      throws GeneralSecurityException, IOException {
    if (tls.certFile().isEmpty() || tls.keyFile().isEmpty()) {
      return null;
    }
    var store = emptyStore();
    store.setKeyEntry(
        "client",
        key(tls.keyFile().get()),
        NO_PASSWORD,
        certificates(tls.certFile().get(), "cert-file"));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static PrivateKey key(Path file) {
    try {
      return PemKey.parse(Files.readString(file));
    } catch (IOException e) {
      throw unreadable("key-file", file, e);
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      // Without the cause: it may quote the key.
      throw new IllegalArgumentException(
          "key-file %s holds no key that can be read; write a PEM file with an RSA or EC key that is not encrypted"
              .formatted(file));
    }
  }

  private static Certificate[] certificates(Path file, String option) {
    try {
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
      if (found.isEmpty()) {
        throw new GeneralSecurityException("it is empty");
      }
      return found.toArray(Certificate[]::new);
    } catch (IOException e) {
      throw unreadable(option, file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "%s %s holds no certificate; write a PEM file".formatted(option, file), e);
    }
  }

  private static IllegalArgumentException unreadable(String option, Path file, IOException e) {
    return new IllegalArgumentException(
        "%s %s cannot be read (%s)".formatted(option, file, e.getClass().getSimpleName()), e);
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
