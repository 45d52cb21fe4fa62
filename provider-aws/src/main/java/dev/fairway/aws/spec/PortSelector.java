// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.model.Frontend;

/// One element of a list of ports.
sealed interface PortSelector {
  boolean selects(Frontend frontend);

  /// `*`
  record All() implements PortSelector {
    @Override
    public boolean selects(Frontend frontend) {
      return true;
    }

    @Override
    public String toString() {
      return "*";
    }
  }

  /// By the port that clients connect to.
  record Numbered(int port) implements PortSelector {
    @Override
    public boolean selects(Frontend frontend) {
      return frontend.port() == port;
    }

    @Override
    public String toString() {
      return Integer.toString(port);
    }
  }

  /// By the name of the port in the Service.
  record Named(String name) implements PortSelector {
    @Override
    public boolean selects(Frontend frontend) {
      return frontend.name().equals(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// The number or the name of a port.
  static Syntax<PortSelector> one() {
    var number = Syntax.number(1, 65535);
    return new Syntax<>(
        "the number or name of a port",
        text -> {
          if (text.matches("-?[0-9]+")) {
            return number.<PortSelector>map(Numbered::new).read(text);
          }
          // RFC 6335, as Kubernetes has it: what is none could never be found.
          return text.length() <= 63 && text.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
              ? new Syntax.Good<>(new Named(text))
              : new Syntax.Bad<>("is neither the number nor the name of a port");
        });
  }

  /// The number or the name of a port, or all of them.
  static Syntax<PortSelector> oneOrAll() {
    var one = one();
    return new Syntax<>(
        one.description() + " or *",
        text -> text.equals("*") ? new Syntax.Good<>(new All()) : one.read(text));
  }
}
