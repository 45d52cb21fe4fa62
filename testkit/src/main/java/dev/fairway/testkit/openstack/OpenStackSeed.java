// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import java.net.URI;

/// What a cloud for tests starts with: a tenant, another tenant, an administrator, an external
/// network with two subnets, a private network with an IPv4 and an IPv6 subnet, and a router
/// between them. Ids, except where a name is said.
///
/// @param authUrl of the identity service, with `/v3`
/// @param password of every user, by name `demo`, `other` and `admin`, each in a project of its own
///   name and in the domain `default`
/// @param applicationCredential of `demo`
/// @param publicSubnet with room for thousands of floating IPs
/// @param smallSubnet of the external network too, with room for two, and with the tag `small`
public record OpenStackSeed(
    URI authUrl,
    String region,
    String project,
    String user,
    String password,
    String applicationCredential,
    String applicationCredentialSecret,
    String otherProject,
    String publicNetwork,
    String publicSubnet,
    String smallSubnet,
    String privateNetwork,
    String privateSubnet,
    String privateSubnet6,
    String router) {
  /// Without the secrets.
  @Override
  public String toString() {
    return "OpenStackSeed[authUrl=%s, project=%s]".formatted(authUrl, project);
  }

  /// The text of a cloud.conf for the project of `demo`, which gives its load balancers floating
  /// IPs.
  ///
  /// @param options lines at its end, of the section `[LoadBalancer]`
  public String cloudConf(String... options) {
    var text =
        """
        [Global]
        auth-url = %s
        region = %s
        application-credential-id = %s
        application-credential-secret = %s

        [LoadBalancer]
        subnet-id = %s
        floating-network-id = %s
        """
            .formatted(
                authUrl,
                region,
                applicationCredential,
                applicationCredentialSecret,
                privateSubnet,
                publicNetwork);
    return text + String.join("\n", options);
  }

  /// The same cloud behind a proxy.
  public OpenStackSeed behind(URI proxiedAuthUrl) {
    return new OpenStackSeed(
        proxiedAuthUrl,
        region,
        project,
        user,
        password,
        applicationCredential,
        applicationCredentialSecret,
        otherProject,
        publicNetwork,
        publicSubnet,
        smallSubnet,
        privateNetwork,
        privateSubnet,
        privateSubnet6,
        router);
  }
}
