// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Who asks, of which cloud, and how its services are reached.
///
/// @param source where they come from, for messages
/// @param authUrl Keystone's, with or without `/v3`
/// @param region of the services; empty for any
/// @param facing which endpoints of the catalogue are used
public record Credentials(
    String source, URI authUrl, Login login, Optional<String> region, Facing facing, Tls tls) {

  /// Which endpoints of the catalogue are used.
  public enum Facing {
    PUBLIC,
    INTERNAL,
    ADMIN
  }

  /// One of the ways to get a token (Identity API reference, "Authentication and token
  /// management").
  public sealed interface Login {
    /// What proves it.
    default Secret proof() {
      return switch (this) {
        case Password login -> login.password();
        case ApplicationCredential login -> login.secret();
        case Token login -> login.token();
      };
    }

    /// A user with a password.
    record Password(User user, Secret password, Scope scope) implements Login {}

    /// Found by its id, or by its name and its user. Its scope is its own.
    record ApplicationCredential(
        Optional<String> id, Optional<String> name, Optional<User> user, Secret secret)
        implements Login {}

    /// A token that somebody else got: it is exchanged, and cannot be prolonged.
    record Token(Secret token, Scope scope) implements Login {}
  }

  /// A user, by id, or by name and domain.
  public record User(Optional<String> id, Optional<String> name, Domain domain) {}

  /// A domain, by id or by name; neither where it does not matter.
  public record Domain(Optional<String> id, Optional<String> name) {
    /// Nothing is said.
    public static Domain unspecified() {
      return new Domain(Optional.empty(), Optional.empty());
    }
  }

  /// What a token is good for.
  public sealed interface Scope {
    /// By id, or by name and domain.
    record Project(Optional<String> id, Optional<String> name, Domain domain) implements Scope {}

    /// What the trustor delegated.
    record Trust(String id) implements Scope {}

    /// Whatever Keystone decides.
    record Unscoped() implements Scope {}
  }

  /// How servers prove who they are, and we to them.
  ///
  /// @param caFile PEM; instead of the public authorities
  /// @param certFile PEM, with `keyFile`
  /// @param keyFile PEM, PKCS#8 or PKCS#1, not encrypted
  /// @param insecure whether servers need no proof at all
  public record Tls(
      Optional<Path> caFile, Optional<Path> certFile, Optional<Path> keyFile, boolean insecure) {
    /// The public authorities, and no certificate of ours.
    public static Tls standard() {
      return new Tls(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
  }
}
