// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.desired.ServiceView;
import java.util.TreeSet;

/// Whether a Service is this controller's business.
///
/// @param duty what is to be done about it
/// @param why in words, to follow "because"
public record Ownership(ServiceScope.Duty duty, String why) {

  public static Ownership of(ServiceView service, ServiceScope scope) {
    var duty = scope.duty(service);
    return new Ownership(duty, why(service, scope, duty));
  }

  private static String why(ServiceView service, ServiceScope scope, ServiceScope.Duty duty) {
    return switch (duty) {
      case SERVE -> "%s; %s".formatted(itsClass(service), served(scope));
      case CLEAN_UP ->
          service.loadBalancer()
              ? "it is being deleted"
              : "it is not of type LoadBalancer any more";
      case LEAVE -> whyLeft(service, scope);
    };
  }

  private static String whyLeft(ServiceView service, ServiceScope scope) {
    if (!service.loadBalancer()) {
      return "it is not of type LoadBalancer";
    }
    var isServed =
        service.loadBalancerClass().map(scope.classes()::contains).orElse(scope.classless());
    return isServed
        ? "it is being deleted, and nothing of it is left to clean up"
        : "%s; %s".formatted(itsClass(service), served(scope));
  }

  private static String itsClass(ServiceView service) {
    return service.loadBalancerClass().map("its class is %s"::formatted).orElse("it has no class");
  }

  private static String served(ServiceScope scope) {
    var served = new TreeSet<>(scope.classes()).stream().toList();
    var classes = served.isEmpty() ? "" : "class " + String.join(", ", served);
    var classless = scope.classless() ? "Services without class" : "";
    var joint = classes.isEmpty() || classless.isEmpty() ? "" : " and ";
    return "this controller serves " + classes + joint + classless;
  }
}
